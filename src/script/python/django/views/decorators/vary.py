"""What a page depends on."""

from functools import wraps


def vary_on_headers(*headers):
    """A decorator: `Vary` names these headers."""

    def decorator(func):
        @wraps(func)
        def inner(*args, **kwargs):
            from django.utils.cache import patch_vary_headers

            response = func(*args, **kwargs)
            patch_vary_headers(response, headers)
            return response

        return inner

    return decorator


vary_on_cookie = vary_on_headers("Cookie")
