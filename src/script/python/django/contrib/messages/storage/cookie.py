"""For tests of views without the server; djr itself keeps messages as the settings say."""

from django._absent import absent
from django.contrib.messages.storage.base import MemoryStorage


class CookieStorage(MemoryStorage):
    """Keeps messages in the request."""


__getattr__ = absent(__name__)
