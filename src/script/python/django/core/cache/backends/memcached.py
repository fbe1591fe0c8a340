"""A cache of djr under the name that it has in Django."""

from django._absent import absent
from django.core.cache.backends.djr import DjrCache


class PyMemcacheCache(DjrCache):
    """In memcached, which refuses keys by itself."""

    kind = "memcached"

    warns_of_keys = False


__getattr__ = absent(__name__)
