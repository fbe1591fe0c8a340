"""What every cache can do, over a few methods that a backend has."""

from django.core.exceptions import ImproperlyConfigured

DEFAULT_TIMEOUT = object()
MEMCACHE_MAX_KEY_LENGTH = 250
_missing = object()


class InvalidCacheBackendError(ImproperlyConfigured):
    """A cache that is not in the settings, or whose backend cannot be used."""


class CacheKeyWarning(RuntimeWarning):
    """A key that memcached would refuse."""


class InvalidCacheKey(ValueError):
    """A key that the backend refuses."""


def default_key_func(key, key_prefix, version):
    """`prefix:version:key`."""
    return f"{key_prefix}:{version}:{key}"


def get_key_func(key_func):
    """A function, that of a dotted name, or the usual one."""
    if key_func is None:
        return default_key_func
    if callable(key_func):
        return key_func
    from django.utils.module_loading import import_string

    return import_string(key_func)


class BaseCache:
    """A cache; a backend of one's own has add, get, set, touch, delete and clear."""

    _missing_key = _missing

    def __init__(self, params):
        timeout = params.get("timeout", params.get("TIMEOUT", 300))
        self.default_timeout = _whole(timeout, 300) if timeout is not None else None
        options = params.get("OPTIONS", {})
        self._max_entries = _whole(params.get("max_entries", options.get("MAX_ENTRIES", 300)), 300)
        self._cull_frequency = _whole(params.get("cull_frequency", options.get("CULL_FREQUENCY", 3)), 3)
        self.key_prefix = params.get("KEY_PREFIX", "")
        self.version = params.get("VERSION", 1)
        self.key_func = get_key_func(params.get("KEY_FUNCTION"))

    def get_backend_timeout(self, timeout=DEFAULT_TIMEOUT):
        """The moment at which an entry ends, in seconds since 1970; None for never."""
        if timeout is DEFAULT_TIMEOUT:
            timeout = self.default_timeout
        elif timeout == 0:
            # Sure to be over.
            timeout = -1
        if timeout is None:
            return None
        import time

        return time.time() + timeout

    def make_key(self, key, version=None):
        return self.key_func(key, self.key_prefix, self.version if version is None else version)

    def validate_key(self, key):
        """Warns of a key that memcached would refuse."""
        warn_of_key(key)

    def make_and_validate_key(self, key, version=None):
        key = self.make_key(key, version=version)
        self.validate_key(key)
        return key

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        """Sets a value unless there is one; whether it did."""
        raise NotImplementedError("a cache needs add()")

    def get(self, key, default=None, version=None):
        raise NotImplementedError("a cache needs get()")

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        raise NotImplementedError("a cache needs set()")

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        """Gives an entry more time; whether there is one."""
        raise NotImplementedError("a cache needs touch()")

    def delete(self, key, version=None):
        """Whether there was such an entry, which is gone now."""
        raise NotImplementedError("a cache needs delete()")

    def clear(self):
        raise NotImplementedError("a cache needs clear()")

    def get_many(self, keys, version=None):
        """The values of those keys that are there."""
        found = {}
        for key in keys:
            value = self.get(key, self._missing_key, version=version)
            if value is not self._missing_key:
                found[key] = value
        return found

    def get_or_set(self, key, default, timeout=DEFAULT_TIMEOUT, version=None):
        """The value of a key; `default`, or what it answers as a function, is kept where there is none."""
        value = self.get(key, self._missing_key, version=version)
        if value is not self._missing_key:
            return value
        value = default() if callable(default) else default
        self.add(key, value, timeout=timeout, version=version)
        # Another worker may have been quicker.
        return self.get(key, value, version=version)

    def has_key(self, key, version=None):
        return self.get(key, self._missing_key, version=version) is not self._missing_key

    def incr(self, key, delta=1, version=None):
        """The number of a key, with `delta` more; a ValueError where there is none."""
        value = self.get(key, self._missing_key, version=version)
        if value is self._missing_key:
            raise ValueError(f"the cache has no key {key!r}")
        self.set(key, value + delta, version=version)
        return value + delta

    def decr(self, key, delta=1, version=None):
        return self.incr(key, -delta, version=version)

    def __contains__(self, key):
        return self.has_key(key)

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        """The keys that could not be set."""
        for key, value in data.items():
            self.set(key, value, timeout=timeout, version=version)
        return []

    def delete_many(self, keys, version=None):
        for key in keys:
            self.delete(key, version=version)

    def incr_version(self, key, delta=1, version=None):
        """Moves an entry to another version, and answers that."""
        version = self.version if version is None else version
        value = self.get(key, self._missing_key, version=version)
        if value is self._missing_key:
            raise ValueError(f"the cache has no key {key!r}")
        self.set(key, value, version=version + delta)
        self.delete(key, version=version)
        return version + delta

    def decr_version(self, key, delta=1, version=None):
        return self.incr_version(key, -delta, version)

    def close(self, **kwargs):
        """Nothing is open."""


def warn_of_key(key):
    """Warns of a key that memcached would refuse."""
    for warning in memcache_key_warnings(key):
        import warnings

        warnings.warn(warning, CacheKeyWarning, stacklevel=2)


def _whole(value, otherwise):
    try:
        return int(value)
    except (TypeError, ValueError):
        return otherwise


def memcache_key_warnings(key):
    """What memcached would say against a key."""
    if len(key) > MEMCACHE_MAX_KEY_LENGTH:
        yield f"memcached refuses keys of more than {MEMCACHE_MAX_KEY_LENGTH} characters: {key!r}"
    for char in key:
        if ord(char) < 33 or ord(char) == 127:
            yield f"memcached refuses keys with a space or a control character: {key!r}"
            break
