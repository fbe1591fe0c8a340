"""Files in memory, for tests."""

import os
from io import BytesIO, StringIO

from django._absent import absent
from django.core.files.base import File
from django.core.files.storage.base import MediaPlace, Storage
from django.utils._os import safe_join


class InMemoryStorage(MediaPlace, Storage):
    """Keeps the content of files in a dictionary."""

    def __init__(
        self, location=None, base_url=None, file_permissions_mode=None, directory_permissions_mode=None
    ):
        self._location = location
        self._base_url = base_url
        self._files = {}
        self._times = {}

    def _key(self, name):
        """The name below the root; a SuspiciousFileOperation where it leads out of it."""
        return os.path.relpath(safe_join(self.location, name), self.location).replace("\\", "/")

    def _open(self, name, mode="rb"):
        key = self._key(name)
        if key not in self._files:
            if "w" not in mode:
                raise FileNotFoundError(f"there is no file {name!r}")
            self._keep(key, b"")
        return _KeptFile(self, key, mode)

    def _save(self, name, content):
        parts = [chunk.encode() if isinstance(chunk, str) else chunk for chunk in content.chunks()]
        key = self._key(name)
        self._keep(key, b"".join(parts))
        return key

    def _keep(self, key, content):
        from django.utils.timezone import now

        parts = key.split("/")
        if any("/".join(parts[:count]) in self._files for count in range(1, len(parts))):
            raise FileExistsError(f"{key!r} lies below a file")
        moment = now()
        created = self._times.get(key, (moment,))[0]
        self._files[key] = content
        self._times[key] = created, moment, moment

    def delete(self, name):
        key = self._key(name)
        for known in [known for known in self._files if known == key or known.startswith(f"{key}/")]:
            del self._files[known], self._times[known]

    def exists(self, name):
        key = self._key(name)
        return key == "." or any(known == key or known.startswith(f"{key}/") for known in self._files)

    def listdir(self, path):
        key = self._key(path)
        start = "" if key == "." else f"{key}/"
        below = [known[len(start) :] for known in self._files if known.startswith(start)]
        if not below and start:
            raise FileNotFoundError(f"there is no folder {path!r}")
        folders = dict.fromkeys(name.split("/", 1)[0] for name in below if "/" in name)
        return list(folders), [name for name in below if "/" not in name]

    def path(self, name):
        """Where the file would be, if it were on the disk."""
        return safe_join(self.location, name)

    def size(self, name):
        return len(self._content(name))

    def _content(self, name):
        key = self._key(name)
        if key not in self._files:
            raise FileNotFoundError(f"there is no file {name!r}")
        return self._files[key]

    def _time(self, name, index):
        self._content(name)
        return self._times[self._key(name)][index]

    def get_created_time(self, name):
        return self._time(name, 0)

    def get_accessed_time(self, name):
        return self._time(name, 1)

    def get_modified_time(self, name):
        return self._time(name, 2)


class _KeptFile(File):
    """A file that writes its content back when it is closed."""

    def __init__(self, storage, key, mode):
        content = b"" if "w" in mode else storage._files[key]
        super().__init__(BytesIO(content) if "b" in mode else StringIO(content.decode()), key)
        self.mode, self.storage, self.key = mode, storage, key
        if "a" in mode:
            self.file.seek(0, os.SEEK_END)

    def close(self):
        if not self.file.closed and any(letter in self.mode for letter in "wa+"):
            content = self.file.getvalue()
            self.storage._keep(self.key, content.encode() if isinstance(content, str) else content)
        super().close()


__getattr__ = absent(__name__)
