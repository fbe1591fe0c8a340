"""The caches of the project: `cache` is the one named default, `caches` has all by alias."""

from django.core.cache.backends.base import (
    BaseCache,
    CacheKeyWarning,
    InvalidCacheBackendError,
    InvalidCacheKey,
)

DEFAULT_CACHE_ALIAS = "default"

__all__ = [
    "cache",
    "caches",
    "DEFAULT_CACHE_ALIAS",
    "InvalidCacheBackendError",
    "CacheKeyWarning",
    "BaseCache",
    "InvalidCacheKey",
]


class CacheHandler:
    """Makes each cache when it is first asked for."""

    exception_class = InvalidCacheBackendError

    def __init__(self):
        self._made = {}

    @property
    def settings(self):
        from django.conf import settings

        return settings.CACHES

    def __getitem__(self, alias):
        if alias not in self._made:
            self._made[alias] = self.create_connection(alias)
        return self._made[alias]

    def create_connection(self, alias):
        options = self.settings.get(alias)
        if options is None:
            raise InvalidCacheBackendError(f"there is no cache {alias!r} in the settings")
        from django.utils.module_loading import import_string

        options = dict(options)
        backend, location = options.pop("BACKEND", ""), options.pop("LOCATION", "")
        try:
            kind = import_string(backend)
        except ImportError as error:
            raise InvalidCacheBackendError(f"the backend {backend!r} cannot be imported: {error}") from error
        from django.core.cache.backends.djr import ALIAS, DjrCache

        if isinstance(kind, type) and issubclass(kind, DjrCache):
            options[ALIAS] = alias
        return kind(location, options)

    def __setitem__(self, alias, value):
        self._made[alias] = value
        cache.__dict__.clear()

    def __delitem__(self, alias):
        del self._made[alias]
        cache.__dict__.clear()

    def forget(self):
        """Makes all of them anew, with the settings as they are now."""
        self._made.clear()
        cache.__dict__.clear()

    def __iter__(self):
        return iter(self.settings)

    def all(self, initialized_only=False):
        return [self[alias] for alias in self if not initialized_only or alias in self._made]

    def close_all(self):
        for cache in self.all(initialized_only=True):
            cache.close()


caches = CacheHandler()


class _DefaultCache:
    """Stands for the cache named default; its methods are looked up once."""

    def __getattr__(self, name):
        found = getattr(caches[DEFAULT_CACHE_ALIAS], name)
        if callable(found):
            self.__dict__[name] = found
        return found

    def __setattr__(self, name, value):
        self.__dict__.clear()
        setattr(caches[DEFAULT_CACHE_ALIAS], name, value)

    def __delattr__(self, name):
        self.__dict__.clear()
        delattr(caches[DEFAULT_CACHE_ALIAS], name)

    def __contains__(self, key):
        return key in caches[DEFAULT_CACHE_ALIAS]

    def __eq__(self, other):
        return caches[DEFAULT_CACHE_ALIAS] == other

    __hash__ = None


cache = _DefaultCache()


def close_caches(**kwargs):
    caches.close_all()
