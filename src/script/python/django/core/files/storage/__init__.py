"""Where files of the site are kept."""

from django.conf import DEFAULT_STORAGE_ALIAS
from django.core.files.storage.base import Storage
from django.core.files.storage.filesystem import FileSystemStorage
from django.core.files.storage.handler import InvalidStorageError, StorageHandler
from django.core.files.storage.memory import InMemoryStorage
from django.utils.functional import LazyObject

__all__ = (
    "FileSystemStorage",
    "InMemoryStorage",
    "Storage",
    "DEFAULT_STORAGE_ALIAS",
    "DefaultStorage",
    "default_storage",
    "InvalidStorageError",
    "StorageHandler",
    "storages",
)


class DefaultStorage(LazyObject):
    """The storage named default."""

    def _setup(self):
        self._wrapped = storages[DEFAULT_STORAGE_ALIAS]


storages = StorageHandler()
default_storage = DefaultStorage()
