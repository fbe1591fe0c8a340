"""Which sites may show a view in a frame."""

from functools import wraps


def _framed(func, value):
    @wraps(func)
    def inner(*args, **kwargs):
        response = func(*args, **kwargs)
        if response.get("X-Frame-Options") is None:
            response["X-Frame-Options"] = value
        return response

    return inner


def xframe_options_deny(view_func):
    """A decorator: no site may."""
    return _framed(view_func, "DENY")


def xframe_options_sameorigin(view_func):
    """A decorator: only pages of the site itself may."""
    return _framed(view_func, "SAMEORIGIN")


def xframe_options_exempt(view_func):
    """A decorator: every site may."""

    @wraps(view_func)
    def inner(*args, **kwargs):
        response = view_func(*args, **kwargs)
        response.xframe_options_exempt = True
        return response

    return inner
