"""What caches may keep of a view."""

from functools import wraps


def cache_page(timeout, *, cache=None, key_prefix=None):
    """A decorator: the page is kept for so many seconds and sent again without calling the view."""

    def decorator(func):
        @wraps(func)
        def inner(request, *args, **kwargs):
            from django.middleware.cache import CacheMiddleware

            middleware = CacheMiddleware(
                lambda request: func(request, *args, **kwargs),
                page_timeout=timeout,
                cache_alias=cache,
                key_prefix=key_prefix,
            )
            return middleware(request)

        return inner

    return decorator


def cache_control(**kwargs):
    """A decorator: adds directives to `Cache-Control`."""

    def decorator(func):
        @wraps(func)
        def inner(request, *args, **kw):
            _check(request, "cache_control")
            from django.utils.cache import patch_cache_control

            response = func(request, *args, **kw)
            patch_cache_control(response, **kwargs)
            return response

        return inner

    return decorator


def never_cache(view_func):
    """A decorator: no cache keeps it."""

    @wraps(view_func)
    def inner(request, *args, **kwargs):
        _check(request, "never_cache")
        from django.utils.cache import add_never_cache_headers

        response = view_func(request, *args, **kwargs)
        add_never_cache_headers(response)
        return response

    return inner


def _check(request, name):
    if not hasattr(request, "META"):
        raise TypeError(f"{name} decorates a function of a request: use method_decorator for a method of a class")
