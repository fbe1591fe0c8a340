"""A cache of djr."""

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache


class DjrCache(BaseCache):
    """Keeps its entries where the settings say."""

    def __init__(self, alias, params):
        super().__init__(params)
        import _djr

        self._store = _djr.cache(alias)

    def _seconds(self, timeout):
        """The seconds for which an entry is kept, or None for ever."""
        return self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._store.add(self.make_and_validate_key(key, version), value, self._seconds(timeout))

    def get(self, key, default=None, version=None):
        is_found, value = self._store.get(self.make_and_validate_key(key, version))
        return value if is_found else default

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._store.set(self.make_and_validate_key(key, version), value, self._seconds(timeout))

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._store.touch(self.make_and_validate_key(key, version), self._seconds(timeout))

    def delete(self, key, version=None):
        return self._store.delete(self.make_and_validate_key(key, version))

    def has_key(self, key, version=None):
        return self._store.has_key(self.make_and_validate_key(key, version))

    def incr(self, key, delta=1, version=None):
        value = self._store.incr(self.make_and_validate_key(key, version), delta)
        if value is None:
            raise ValueError(f"the cache has no key {key!r}")
        return value

    def clear(self):
        self._store.clear()
