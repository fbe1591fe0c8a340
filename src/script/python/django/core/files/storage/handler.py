"""The storages of the settings by alias."""

from django.core.exceptions import ImproperlyConfigured


class InvalidStorageError(ImproperlyConfigured):
    """A storage that is not in the settings, or whose class cannot be used."""


class StorageHandler:
    """Makes each storage when it is first asked for."""

    def __init__(self, backends=None):
        self._backends = backends
        self._storages = {}

    @property
    def backends(self):
        if self._backends is None:
            from django.conf import settings

            self._backends = dict(settings.STORAGES)
        return self._backends

    def __getitem__(self, alias):
        if alias not in self._storages:
            if alias not in self.backends:
                raise InvalidStorageError(f"there is no storage {alias!r} in the settings")
            self._storages[alias] = self.create_storage(self.backends[alias])
        return self._storages[alias]

    def create_storage(self, params):
        """The storage of a class and its options."""
        from django.utils.module_loading import import_string

        name = params["BACKEND"]
        try:
            kind = import_string(name)
        except ImportError as error:
            raise InvalidStorageError(f"the storage {name!r} cannot be imported: {error}") from error
        return kind(**params.get("OPTIONS", {}))
