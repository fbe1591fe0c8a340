"""Where files of the site are kept."""

from django._absent import absent
from django.core.files.storage.base import Storage
from django.core.files.storage.filesystem import FileSystemStorage
from django.core.files.storage.handler import InvalidStorageError, StorageHandler
from django.core.files.storage.memory import InMemoryStorage
from django.utils.functional import LazyObject

__all__ = (
    "FileSystemStorage",
    "InMemoryStorage",
    "Storage",
    "DefaultStorage",
    "default_storage",
    "InvalidStorageError",
    "StorageHandler",
    "storages",
)


class DefaultStorage(LazyObject):
    """The storage named default."""

    def _setup(self):
        self._wrapped = storages["default"]


storages = StorageHandler()
default_storage = DefaultStorage()

__getattr__ = absent(__name__)
