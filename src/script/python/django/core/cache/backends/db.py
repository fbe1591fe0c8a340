"""A cache of djr under the name that it has in Django."""

from django._absent import absent
from django.core.cache.backends.djr import DjrCache


class DatabaseCache(DjrCache):
    """In a table."""

    kind = "database"


__getattr__ = absent(__name__)
