"""For tests of views without the server; djr itself keeps messages as the settings say."""

from django.contrib.messages.storage.base import MemoryStorage


class FallbackStorage(MemoryStorage):
    """Keeps messages in the request."""
