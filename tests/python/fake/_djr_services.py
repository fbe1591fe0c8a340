"""Stands in for the native module of djr's services where the cases run without it: caches and sessions in memory."""

import pickle
import time


class Cache:
    """A cache in a dictionary of pickles."""

    ENTRIES = {}

    def __init__(self, alias, kind, prefix, version, timeout, default_timeout, validate_key):
        self.entries = self.ENTRIES.setdefault(alias, {})
        self.prefix, self.version, self.validate_key = prefix, version, validate_key
        self.timeout, self.default_timeout = timeout, default_timeout

    def _key(self, key, version):
        whole = key if self.prefix is None else f"{self.prefix}:{self.version if version is None else version}:{key}"
        if self.validate_key:
            self.validate_key(whole)
        return whole

    def _entry(self, key, version):
        key = self._key(key, version)
        value, end = self.entries.get(key, (None, 0))
        if value is None or (end is not None and end <= time.time()):
            self.entries.pop(key, None)
            return key, None
        return key, value

    def _end(self, timeout):
        seconds = self.timeout if timeout in (..., self.default_timeout) else timeout
        return None if seconds is None else time.time() + seconds if seconds > 0 else 0

    def get(self, key, default=None, version=None):
        key, value = self._entry(key, version)
        return default if value is None else pickle.loads(value)

    def get_many(self, keys, version=None):
        return {key: self.get(key, None, version) for key in keys if self.has_key(key, version)}

    def set(self, key, value, timeout=..., version=None):
        value = pickle.dumps(value)
        self.entries[self._key(key, version)] = value, self._end(timeout)

    def add(self, key, value, timeout=..., version=None):
        is_new = not self.has_key(key, version)
        if is_new:
            self.set(key, value, timeout, version)
        return is_new

    def has_key(self, key, version=None):
        return self._entry(key, version)[1] is not None

    def delete(self, key, version=None):
        key, value = self._entry(key, version)
        self.entries.pop(key, None)
        return value is not None

    def delete_many(self, keys, version=None):
        for key in keys:
            self.delete(key, version)

    def touch(self, key, timeout=..., version=None):
        key, value = self._entry(key, version)
        if value is not None:
            self.entries[key] = value, self._end(timeout)
        return value is not None

    def count(self, key, delta=1, version=None):
        key, value = self._entry(key, version)
        if value is None:
            raise ValueError(key)
        sum = pickle.loads(value) + delta
        self.entries[key] = pickle.dumps(sum), self.entries[key][1]
        return sum

    def clear(self):
        self.entries.clear()


class SessionStore:
    """Sessions by key."""

    ROWS = {}

    def __init__(self, engine):
        self.rows = self.ROWS.setdefault(engine, {})

    def load(self, key):
        return dict(self.rows[key]) if key in self.rows else None

    def exists(self, key):
        return key in self.rows

    def create(self, data):
        import secrets

        key = secrets.token_hex(16)
        self.rows[key] = dict(data)
        return key

    def save(self, key, data):
        if key in self.rows:
            self.rows[key] = dict(data)
        return key in self.rows

    def delete(self, key):
        self.rows.pop(key, None)

    def clear_expired(self):
        pass


def static(path):
    return f"/static/{path}"


def password_errors(password, attributes):
    return []


def password_help_texts():
    return []
