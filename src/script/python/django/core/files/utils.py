"""Names of files, and what every file can do."""

import os

from django.core.exceptions import SuspiciousFileOperation


def validate_file_name(name, allow_relative_path=False):
    """`name`; a SuspiciousFileOperation where it leads out of the folder it is meant for."""
    if os.path.basename(name) in {"", ".", ".."}:
        raise SuspiciousFileOperation(f"{name!r} is not the name of a file")
    if allow_relative_path:
        parts = str(name).replace("\\", "/").split("/")
        if parts[0] == "" or ".." in parts:
            raise SuspiciousFileOperation(f"{name!r} leads out of its folder")
    elif name != os.path.basename(name):
        raise SuspiciousFileOperation(f"{name!r} holds the name of a folder")
    return name


def _forwarded(name):
    return property(lambda self: getattr(self.file, name))


class FileProxyMixin:
    """The methods of the file in `file`."""

    encoding = _forwarded("encoding")
    fileno = _forwarded("fileno")
    flush = _forwarded("flush")
    isatty = _forwarded("isatty")
    newlines = _forwarded("newlines")
    read = _forwarded("read")
    readinto = _forwarded("readinto")
    readline = _forwarded("readline")
    readlines = _forwarded("readlines")
    seek = _forwarded("seek")
    tell = _forwarded("tell")
    truncate = _forwarded("truncate")
    write = _forwarded("write")
    writelines = _forwarded("writelines")

    @property
    def closed(self):
        return not self.file or self.file.closed

    def _can(self, method, mode):
        if self.closed:
            return False
        if hasattr(self.file, method):
            return getattr(self.file, method)()
        return mode

    def readable(self):
        return self._can("readable", True)

    def writable(self):
        return self._can("writable", "w" in getattr(self.file, "mode", ""))

    def seekable(self):
        return self._can("seekable", True)

    def __iter__(self):
        return iter(self.file)
