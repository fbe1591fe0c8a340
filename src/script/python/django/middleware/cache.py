"""Pages that are kept in a cache."""

import time

from django._absent import absent
from django.utils.cache import (
    get_cache_key,
    get_max_age,
    has_vary_header,
    learn_cache_key,
    patch_response_headers,
)
from django.utils.deprecation import MiddlewareMixin
from django.utils.http import parse_http_date_safe


class _CacheSettings(MiddlewareMixin):
    """Seconds, prefix and alias, of the settings or of one's own."""

    def __init__(self, get_response, cache_timeout=None, page_timeout=None, cache_alias=None, key_prefix=None):
        from django.conf import settings

        super().__init__(get_response)
        self.page_timeout = page_timeout
        self.cache_timeout = settings.CACHE_MIDDLEWARE_SECONDS if cache_timeout is None else cache_timeout
        self.key_prefix = settings.CACHE_MIDDLEWARE_KEY_PREFIX if key_prefix is None else key_prefix
        self.cache_alias = settings.CACHE_MIDDLEWARE_ALIAS if cache_alias is None else cache_alias

    @property
    def cache(self):
        from django.core.cache import caches

        return caches[self.cache_alias]


class _UpdateCache:
    def _should_update_cache(self, request, response):
        return getattr(request, "_cache_update_cache", False)

    def process_response(self, request, response):
        """Keeps the answer where that is allowed."""
        if not self._should_update_cache(request, response) or not _may_be_kept(request, response):
            return response
        seconds = self.page_timeout
        if seconds is None:
            age = get_max_age(response)
            seconds = self.cache_timeout if age is None else age
            if seconds == 0:
                return response
        patch_response_headers(response, seconds)
        if seconds and response.status_code == 200:
            key = learn_cache_key(request, response, seconds, self.key_prefix, cache=self.cache)
            if hasattr(response, "render") and callable(response.render):
                response.add_post_render_callback(lambda rendered: self.cache.set(key, rendered, seconds))
            else:
                self.cache.set(key, response, seconds)
        return response


def _may_be_kept(request, response):
    if response.streaming or response.status_code not in (200, 304):
        return False
    if not request.COOKIES and response.cookies and has_vary_header(response, "Cookie"):
        return False
    control = response.get("Cache-Control", "").lower()
    return not any(word in control for word in ("private", "no-cache", "no-store"))


class _FetchFromCache:
    def process_request(self, request):
        """The answer that is kept, or None."""
        request._cache_update_cache = request.method in ("GET", "HEAD")
        if not request._cache_update_cache:
            return None
        response = self._kept(request, "GET")
        if response is None and request.method == "HEAD":
            response = self._kept(request, "HEAD")
        if response is None:
            return None
        request._cache_update_cache = False
        age = get_max_age(response)
        expires = parse_http_date_safe(response["Expires"]) if response.has_header("Expires") else None
        if age is not None and expires is not None:
            response["Age"] = max(0, age - max(0, expires - int(time.time())))
        return response

    def _kept(self, request, method):
        key = get_cache_key(request, self.key_prefix, method, cache=self.cache)
        return None if key is None else self.cache.get(key)


class UpdateCacheMiddleware(_UpdateCache, _CacheSettings):
    """Keeps answers; stands first in the list."""

    def __init__(self, get_response):
        super().__init__(get_response)


class FetchFromCacheMiddleware(_FetchFromCache, _CacheSettings):
    """Answers from the cache; stands last in the list."""

    def __init__(self, get_response):
        super().__init__(get_response)


class CacheMiddleware(_UpdateCache, _FetchFromCache, _CacheSettings):
    """Both in one, as `cache_page` uses it."""


__getattr__ = absent(__name__)
