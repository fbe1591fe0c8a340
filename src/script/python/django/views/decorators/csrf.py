"""Which views ask for the token of forms.

djr's middleware reads the marks that these set on a view.
"""

from functools import wraps


def csrf_exempt(view_func):
    """A decorator: the view takes forms without a token."""
    return _marked(view_func, csrf_exempt=True)


def csrf_protect(view_func):
    """A decorator: the view asks for a token, even without the middleware."""
    return _around(view_func, refuses=True)


def requires_csrf_token(view_func):
    """A decorator: templates of the view have the token; nothing is refused."""
    return _around(view_func)


def ensure_csrf_cookie(view_func):
    """A decorator: the cookie of the token is sent, whether or not a template shows it."""
    return _around(view_func, sends=True)


def _around(view_func, refuses=False, sends=False):
    """What the middleware does, around one view; where the middleware has done it, nothing is done twice."""

    @wraps(view_func)
    def inner(request, *args, **kwargs):
        from django.middleware.csrf import get_token

        native = getattr(request, "_native", None)
        is_first = native is not None and native.csrf_begin()
        if refuses and native is not None and not getattr(view_func, "csrf_exempt", False):
            refusal = native.csrf_refusal()
            if refusal is not None:
                return refusal
        if sends:
            get_token(request)
        response = view_func(request, *args, **kwargs)
        return _with_cookie(native, response) if is_first else response

    return inner


def _with_cookie(native, response):
    cookie = native.csrf_cookie()
    if cookie is not None:
        from django.utils.cache import patch_vary_headers

        response.cookies.load(cookie)
        patch_vary_headers(response, ("Cookie",))
    return response


def _marked(func, **marks):
    @wraps(func)
    def inner(request, *args, **kwargs):
        return func(request, *args, **kwargs)

    inner.__dict__.update(marks)
    return inner
