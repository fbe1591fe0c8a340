"""A cache of djr under the name that it has in Django."""

from django._absent import absent
from django.core.cache.backends.djr import DjrCache


class FileBasedCache(DjrCache):
    """In a directory."""

    kind = "file"


__getattr__ = absent(__name__)
