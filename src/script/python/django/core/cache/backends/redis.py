"""A cache of djr under the name that it has in Django."""

from django._absent import absent
from django.core.cache.backends.djr import DjrCache


class RedisCache(DjrCache):
    """In Redis."""

    kind = "redis"


__getattr__ = absent(__name__)
