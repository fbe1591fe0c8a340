"""Stands in for the native module of djr where the cases run without it: addresses only."""

import re
from urllib.parse import quote

import case_urls

KINDS = {"int": r"[0-9]+", "slug": r"[-a-zA-Z0-9_]+", "str": r"[^/]+"}
PARAMETER = re.compile(r"<(\w+):(\w+)>")


def settings():
    return {}


def reverse(name, args, kwargs, current_app, urlconf):
    for route, known, view in reversed(case_urls.ADDRESSES):
        parameters = PARAMETER.findall(route)
        if name not in (known, view) or len(parameters) != len(args) + len(kwargs):
            continue
        values = dict(zip([parameter for _, parameter in parameters], args)) | kwargs
        if all(parameter in values and re.fullmatch(KINDS[kind], str(values[parameter])) for kind, parameter in parameters):
            return "/" + PARAMETER.sub(lambda found: quote(str(values[found[2]]), safe="/~:@!$&'()*+,;="), route)
    return None


def resolve(path):
    for route, name, _ in case_urls.ADDRESSES:
        parameters = dict((parameter, kind) for kind, parameter in PARAMETER.findall(route))
        found = re.fullmatch("/" + PARAMETER.sub(lambda one: f"(?P<{one[2]}>{KINDS[one[1]]})", route), path)
        if found:
            values = {key: int(value) if parameters[key] == "int" else value for key, value in found.groupdict().items()}
            return {"func": case_urls.view, "args": (), "kwargs": values, "url_name": name, "route": route,
                    "captured_kwargs": values, "extra_kwargs": {}, "app_names": [], "namespaces": []}
    return None


class Store:
    """Caches and sessions in a dictionary of pickles."""

    def __init__(self):
        self.entries = {}

    def get(self, key):
        import pickle
        import time

        value, end = self.entries.get(key, (None, 0))
        if value is None or (end is not None and end <= time.time()):
            self.entries.pop(key, None)
            return False, None
        return True, pickle.loads(value)

    def set(self, key, value, seconds):
        import pickle
        import time

        end = None if seconds is None else time.time() + seconds if seconds > 0 else 0
        self.entries[key] = pickle.dumps(value), end

    def add(self, key, value, seconds):
        is_new = not self.has_key(key)
        if is_new:
            self.set(key, value, seconds)
        return is_new

    def has_key(self, key):
        return self.get(key)[0]

    def delete(self, key):
        is_there = self.has_key(key)
        self.entries.pop(key, None)
        return is_there

    def touch(self, key, seconds):
        is_there, value = self.get(key)
        if is_there:
            self.set(key, value, seconds)
        return is_there

    def incr(self, key, delta):
        is_there, value = self.get(key)
        if not is_there:
            return None
        self.entries[key] = __import__("pickle").dumps(value + delta), self.entries[key][1]
        return value + delta

    def clear(self):
        self.entries.clear()


class SessionRows:
    """Sessions by key."""

    def __init__(self):
        self.rows = {}

    def load(self, key):
        return dict(self.rows[key]) if key in self.rows else None

    def exists(self, key):
        return key in self.rows

    def save(self, key, data, expires, must_create):
        if must_create == (key in self.rows):
            return False
        self.rows[key] = dict(data)
        return True

    def delete(self, key):
        self.rows.pop(key, None)

    def clear_expired(self):
        pass


STORES = {}


def cache(alias):
    return STORES.setdefault(alias, Store())


def session_store(engine):
    return STORES.setdefault(f"session {engine}", SessionRows())


def commands():
    return {}


def static(path):
    return f"/static/{path}"


def password_errors(password, user):
    return []


def password_help_texts():
    return []
