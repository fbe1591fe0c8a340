"""A cache of djr under the name that it has in Django."""

from django._absent import absent
from django.core.cache.backends.djr import DjrCache


class LocMemCache(DjrCache):
    """In the memory of the server, which all its workers share."""

    kind = "locmem"


__getattr__ = absent(__name__)
