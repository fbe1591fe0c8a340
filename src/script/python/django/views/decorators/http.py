"""Which methods a view answers, and answers that a browser has already."""

from functools import wraps


def require_http_methods(request_method_list):
    """A decorator: other methods are answered with 405."""

    def decorator(func):
        @wraps(func)
        def inner(request, *args, **kwargs):
            if request.method in request_method_list:
                return func(request, *args, **kwargs)
            from django.http import HttpResponseNotAllowed

            return HttpResponseNotAllowed(request_method_list)

        return inner

    return decorator


require_GET = require_http_methods(["GET"])
require_POST = require_http_methods(["POST"])
require_safe = require_http_methods(["GET", "HEAD"])


def condition(etag_func=None, last_modified_func=None):
    """A decorator: 304 or 412 where the tag or the time of the last change say so, without calling the view.

    Both functions take what the view takes.
    """

    def decorator(func):
        @wraps(func)
        def inner(request, *args, **kwargs):
            from django.utils.cache import get_conditional_response
            from django.utils.http import http_date

            etag, changed = _state(request, args, kwargs)
            response = get_conditional_response(request, etag=etag, last_modified=changed)
            if response is None:
                response = func(request, *args, **kwargs)
            if request.method in ("GET", "HEAD"):
                if changed and not response.has_header("Last-Modified"):
                    response.headers["Last-Modified"] = http_date(changed)
                if etag:
                    response.headers.setdefault("ETag", etag)
            return response

        return inner

    def _state(request, args, kwargs):
        """The tag in quotes and the seconds of the last change, or None."""
        from django.utils.http import quote_etag

        etag = etag_func(request, *args, **kwargs) if etag_func else None
        changed = last_modified_func(request, *args, **kwargs) if last_modified_func else None
        return quote_etag(etag) if etag is not None else None, _seconds(changed) if changed else None

    return decorator


def _seconds(moment):
    import calendar
    import datetime

    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=datetime.timezone.utc)
    return calendar.timegm(moment.astimezone(datetime.timezone.utc).timetuple())


def etag(etag_func):
    return condition(etag_func=etag_func)


def last_modified(last_modified_func):
    return condition(last_modified_func=last_modified_func)


def conditional_page(func):
    """A decorator: a tag of the content, and 304 where the browser has it."""
    from django.middleware.http import ConditionalGetMiddleware
    from django.utils.decorators import decorator_from_middleware

    return decorator_from_middleware(ConditionalGetMiddleware)(func)
