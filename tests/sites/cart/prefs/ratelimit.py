"""Limits how often a view is called: by session, or by address through the cache."""

import functools
import time

from django.core.cache import cache
from django.http import HttpResponse, JsonResponse


def session_limit(count, seconds):
    def decorator(view):
        @functools.wraps(view)
        def wrapper(request, *args, **kwargs):
            now = time.time()
            calls = [moment for moment in request.session.get("calls", []) if now - moment < seconds]
            if len(calls) >= count:
                response = JsonResponse({"error": "too many requests", "limit": count}, status=429)
                response["Retry-After"] = str(seconds)
                return response
            calls.append(now)
            request.session["calls"] = calls
            return view(request, *args, **kwargs)

        return wrapper

    return decorator


def cache_limit(count, seconds):
    def decorator(view):
        @functools.wraps(view)
        def wrapper(request, *args, **kwargs):
            key = f"limit:{view.__name__}:{request.META['REMOTE_ADDR']}"
            cache.add(key, 0, seconds)
            if cache.incr(key) > count:
                return HttpResponse("slow down", status=429, content_type="text/plain")
            return view(request, *args, **kwargs)

        return wrapper

    return decorator
