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


def commands():
    return {}


def set_header(store, name, value):
    """Nothing is plain enough: the module does it itself."""
    return False


def isoformat(value):
    """None: the module does it itself."""
    return None
