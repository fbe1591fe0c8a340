"""Which views ask for the token of forms.

djr's middleware reads the marks that these set on a view.
"""

from functools import wraps


def csrf_exempt(view_func):
    """A decorator: the view takes forms without a token."""
    return _marked(view_func, csrf_exempt=True)


def csrf_protect(view_func):
    """A decorator: the view asks for a token, even without the middleware."""
    return _marked(view_func, csrf_protect=True)


def requires_csrf_token(view_func):
    """A decorator: templates of the view have the token; nothing is refused."""
    return _marked(view_func, requires_csrf_token=True)


def ensure_csrf_cookie(view_func):
    """A decorator: the cookie of the token is sent, whether or not a template shows it."""

    @wraps(view_func)
    def inner(request, *args, **kwargs):
        from django.middleware.csrf import get_token

        get_token(request)
        return view_func(request, *args, **kwargs)

    return inner


def _marked(func, **marks):
    @wraps(func)
    def inner(request, *args, **kwargs):
        return func(request, *args, **kwargs)

    inner.__dict__.update(marks)
    return inner
