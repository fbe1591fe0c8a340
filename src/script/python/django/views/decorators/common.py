"""Views whose addresses get no slash."""

from functools import wraps


def no_append_slash(view_func):
    """A decorator: an address without a slash at its end does not lead to this view."""

    @wraps(view_func)
    def inner(*args, **kwargs):
        return view_func(*args, **kwargs)

    inner.should_append_slash = False
    return inner
