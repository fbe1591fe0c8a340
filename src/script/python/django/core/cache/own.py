"""Caches that are classes of the project, for djr's own pages and commands."""

from django.core.cache import caches

_missing = object()


def get(alias, key, version):
    """A tuple of the value; an empty one where there is none."""
    value = caches[alias].get(key, _missing, version=version)
    return () if value is _missing else (value,)


def set(alias, key, version, value, timeout):
    caches[alias].set(key, value, timeout, version=version)


def add(alias, key, version, value, timeout):
    """Whether the value is kept, as there was none."""
    return bool(caches[alias].add(key, value, timeout, version=version))


def replace(alias, key, version, value, timeout):
    """Whether there was another value."""
    if not caches[alias].has_key(key, version=version):
        return False
    caches[alias].set(key, value, timeout, version=version)
    return True


def touch(alias, key, version, timeout):
    return bool(caches[alias].touch(key, timeout, version=version))


def delete(alias, key, version):
    return bool(caches[alias].delete(key, version=version))


def has_key(alias, key, version):
    return bool(caches[alias].has_key(key, version=version))


def incr(alias, key, version, delta):
    """The sum; None where there is no such key."""
    try:
        return caches[alias].incr(key, delta, version=version)
    except ValueError:
        return None


def clear(alias):
    caches[alias].clear()
