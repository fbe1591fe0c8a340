"""Files in a folder of the disk."""

import os
from datetime import datetime, timezone

from django._absent import absent
from django.core.files.storage.base import MediaPlace, Storage
from django.utils._os import safe_join
from django.utils.deconstruct import deconstructible


@deconstructible(path="django.core.files.storage.FileSystemStorage")
class FileSystemStorage(MediaPlace, Storage):
    """Keeps files below `location`, or where media files are."""

    def __init__(
        self,
        location=None,
        base_url=None,
        file_permissions_mode=None,
        directory_permissions_mode=None,
        allow_overwrite=False,
    ):
        self._location = location
        self._base_url = base_url
        self._file_permissions_mode = file_permissions_mode
        self._directory_permissions_mode = directory_permissions_mode
        self._allow_overwrite = allow_overwrite

    @property
    def file_permissions_mode(self):
        from django.conf import settings

        own = self._file_permissions_mode
        return settings.FILE_UPLOAD_PERMISSIONS if own is None else own

    @property
    def directory_permissions_mode(self):
        from django.conf import settings

        own = self._directory_permissions_mode
        return settings.FILE_UPLOAD_DIRECTORY_PERMISSIONS if own is None else own

    def _open(self, name, mode="rb"):
        from django.core.files.base import File

        return File(open(self.path(name), mode))

    def _save(self, name, content):
        path = self.path(name)
        self._make_folder(os.path.dirname(path))
        while True:
            try:
                self._write(path, content)
                break
            except FileExistsError:
                # Another request took the name meanwhile.
                name = self.get_available_name(name)
                path = self.path(name)
        if self.file_permissions_mode is not None:
            os.chmod(path, self.file_permissions_mode)
        name = os.path.relpath(path, self.location)
        return str(name).replace("\\", "/")

    def _make_folder(self, folder):
        if self.directory_permissions_mode is None:
            os.makedirs(folder, exist_ok=True)
            return
        before = os.umask(0o777 & ~self.directory_permissions_mode)
        try:
            os.makedirs(folder, self.directory_permissions_mode, exist_ok=True)
        finally:
            os.umask(before)

    def _write(self, path, content):
        """Writes a file that must not be there, unless it may be written over."""
        flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if self._allow_overwrite else os.O_EXCL)
        descriptor = os.open(path, flags, 0o666)
        try:
            for chunk in content.chunks():
                data = chunk.encode() if isinstance(chunk, str) else chunk
                while data:
                    data = data[os.write(descriptor, data) :]
        finally:
            os.close(descriptor)

    def delete(self, name):
        """Removes a file, or an empty folder; nothing wrong where it is gone."""
        if not name:
            raise ValueError("the name of a file is needed")
        path = self.path(name)
        try:
            os.rmdir(path) if os.path.isdir(path) else os.remove(path)
        except FileNotFoundError:
            pass

    def is_name_available(self, name, max_length=None):
        if self._allow_overwrite:
            return max_length is None or len(name) <= max_length
        return super().is_name_available(name, max_length=max_length)

    def exists(self, name):
        return os.path.lexists(self.path(name))

    def listdir(self, path):
        folders, files = [], []
        with os.scandir(self.path(path)) as entries:
            for entry in entries:
                (folders if entry.is_dir() else files).append(entry.name)
        return folders, files

    def path(self, name):
        return safe_join(self.location, name)

    def size(self, name):
        return os.path.getsize(self.path(name))

    def get_accessed_time(self, name):
        return _moment(os.path.getatime(self.path(name)))

    def get_created_time(self, name):
        return _moment(os.path.getctime(self.path(name)))

    def get_modified_time(self, name):
        return _moment(os.path.getmtime(self.path(name)))


def _moment(seconds):
    from django.conf import settings

    return datetime.fromtimestamp(seconds, tz=timezone.utc if settings.USE_TZ else None)


__getattr__ = absent(__name__)
