"""The storages of `[storages]` in djr.toml, as the server has them."""

from django.core.files.base import File
from django.core.files.storage.base import Storage
from django.core.files.storage.filesystem import FileSystemStorage


class ServerStorage(Storage):
    """Files of the storage `alias`, wherever that keeps them."""

    def __init__(self, alias="default"):
        self.alias = alias

    def __eq__(self, other):
        return type(other) is type(self) and other.alias == self.alias

    def __hash__(self):
        return hash(self.alias)

    def deconstruct(self):
        return f"{type(self).__module__}.{type(self).__qualname__}", [], {"alias": self.alias}

    def _open(self, name, mode="rb"):
        return StoredFile(self, name, mode)

    def save(self, name, content, max_length=None):
        """Keeps the content whole or not at all; answers the name, which no other file has."""
        import _djr_storage

        name = content.name if name is None else name
        if name is None:
            raise TypeError("the name of a file is needed")
        return _djr_storage.save(self.alias, str(name).replace("\\", "/"), _bytes_of(content), max_length)

    def delete(self, name):
        import _djr_storage

        if not name:
            raise ValueError("the name of a file is needed")
        _djr_storage.delete(self.alias, str(name))

    def exists(self, name):
        import _djr_storage

        return _djr_storage.exists(self.alias, str(name))

    def listdir(self, path):
        import _djr_storage

        return _djr_storage.listdir(self.alias, str(path))

    def size(self, name):
        import _djr_storage

        return _djr_storage.size(self.alias, str(name))

    def url(self, name):
        import _djr_storage

        return _djr_storage.url(self.alias, str(name))

    def path(self, name):
        import _djr_storage

        path = _djr_storage.path(self.alias, str(name))
        return super().path(name) if path is None else path

    def get_modified_time(self, name):
        import _djr_storage
        from django.core.files.storage.filesystem import _moment

        return _moment(_djr_storage.modified(self.alias, str(name)))

    # What services tell is when a file last changed.
    get_created_time = get_accessed_time = get_modified_time


class ServerFileSystemStorage(ServerStorage, FileSystemStorage):
    """Files of a storage that is a directory."""

    def __init__(self, alias="default", location=None, base_url=None):
        ServerStorage.__init__(self, alias)
        FileSystemStorage.__init__(self, location, base_url)

    __eq__ = ServerStorage.__eq__
    __hash__ = ServerStorage.__hash__
    deconstruct = ServerStorage.deconstruct
    get_created_time = FileSystemStorage.get_created_time
    get_accessed_time = FileSystemStorage.get_accessed_time


class StoredFile(File):
    """A file of a storage; what was written is kept when it is closed."""

    def __init__(self, storage, name, mode="rb"):
        from io import BytesIO, StringIO

        import _djr_storage

        self._storage, self._is_changed = storage, False
        is_new = "w" in mode or ("x" in mode) or ("a" in mode and not storage.exists(name))
        if "x" in mode and storage.exists(name):
            raise FileExistsError(f"a file is called {name!r} already")
        content = b"" if is_new else _djr_storage.read(storage.alias, str(name))
        self._is_changed = is_new
        super().__init__(BytesIO(content) if "b" in mode else StringIO(content.decode()), name)
        self.mode = mode
        if "a" in mode:
            self.file.seek(0, 2)

    def write(self, data):
        if not any(letter in self.mode for letter in "wax+"):
            import io

            raise io.UnsupportedOperation("write")
        self._is_changed = True
        return self.file.write(data)

    def open(self, mode=None):
        if self.closed:
            self.__init__(self._storage, self.name, mode or self.mode)
        self.seek(0)
        return self

    def close(self):
        if self._is_changed and not self.closed:
            import _djr_storage

            content = self.file.getvalue()
            storage = self._storage
            # A file is never half of one and half of another.
            storage.delete(self.name)
            _djr_storage.save(storage.alias, self.name, content if isinstance(content, bytes) else content.encode(), None)
            self._is_changed = False
        self.file.close()


def _bytes_of(content):
    if not hasattr(content, "chunks"):
        content = File(content)
    parts = [chunk.encode() if isinstance(chunk, str) else chunk for chunk in content.chunks()]
    return parts[0] if len(parts) == 1 else b"".join(parts)
