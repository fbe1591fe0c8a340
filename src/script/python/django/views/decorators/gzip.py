"""Views whose answers are compressed."""

from functools import wraps


def gzip_page(func):
    """A decorator: the content is compressed where the browser takes that."""

    @wraps(func)
    def inner(request, *args, **kwargs):
        from django.middleware.gzip import GZipMiddleware

        return GZipMiddleware(lambda request: func(request, *args, **kwargs))(request)

    return inner
