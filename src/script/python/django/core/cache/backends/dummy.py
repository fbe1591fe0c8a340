"""A cache of djr under the name that it has in Django."""

from django._absent import absent
from django.core.cache.backends.djr import DjrCache


class DummyCache(DjrCache):
    """Nowhere."""

    kind = "dummy"


__getattr__ = absent(__name__)
