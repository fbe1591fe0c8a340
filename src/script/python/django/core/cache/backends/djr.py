"""A cache of djr."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache, default_key_func, warn_of_key

# Where the parameters of a cache have its alias.
ALIAS = "_alias"


class DjrCache(BaseCache):
    """Keeps its entries where `[caches]` says.

    With Django's own keys its methods are native ones; those of the class are for keys that a function makes.
    """

    warns_of_keys = True
    # The kind of cache in `djr.toml`, for classes of a project that are derived from this one.
    kind = None

    def __init__(self, location, params):
        super().__init__(params)
        import _djr_services

        alias = params.get(ALIAS, "default")

        # memcached refuses such keys by itself.
        warn = warn_of_key if self.warns_of_keys else None
        self._store = _djr_services.Cache(alias, self.kind, None, self.version, self.default_timeout, DEFAULT_TIMEOUT, warn)
        if self.key_func is default_key_func and type(self).make_key is BaseCache.make_key:
            native = _djr_services.Cache(
                alias, self.kind, self.key_prefix, self.version, self.default_timeout, DEFAULT_TIMEOUT, warn
            )
            for name in ("get", "set", "add", "touch", "delete", "has_key", "get_many", "delete_many"):
                if getattr(type(self), name) is getattr(DjrCache, name):
                    self.__dict__[name] = getattr(native, name)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._store.add(self.make_key(key, version), value, timeout)

    def get(self, key, default=None, version=None):
        return self._store.get(self.make_key(key, version), default)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._store.set(self.make_key(key, version), value, timeout)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._store.touch(self.make_key(key, version), timeout)

    def delete(self, key, version=None):
        return self._store.delete(self.make_key(key, version))

    def has_key(self, key, version=None):
        return self._store.has_key(self.make_key(key, version))

    def incr(self, key, delta=1, version=None):
        if type(delta) is int and -(2**63) <= delta < 2**63:
            try:
                found = self._store.count(self.make_key(key, version), delta)
            except ValueError:
                raise ValueError(f"the cache has no key {key!r}") from None
            if found is not NotImplemented:
                return found
        return super().incr(key, delta, version)

    def clear(self):
        self._store.clear()
