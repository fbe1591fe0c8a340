"""A file with a name and a size, and content as a file."""

import os
from io import BytesIO, StringIO

from django.core.files.utils import FileProxyMixin


class File(FileProxyMixin):
    """Wraps an open file."""

    DEFAULT_CHUNK_SIZE = 64 * 1024

    def __init__(self, file, name=None):
        self.file = file
        self.name = getattr(file, "name", None) if name is None else name
        if hasattr(file, "mode"):
            self.mode = file.mode

    def __str__(self):
        return self.name or ""

    def __repr__(self):
        return f"<{type(self).__name__}: {self or 'None'}>"

    def __bool__(self):
        return bool(self.name)

    def __len__(self):
        return self.size

    @property
    def size(self):
        """The size in bytes; an AttributeError where nothing tells it."""
        if "_size" in self.__dict__:
            return self._size
        if hasattr(self.file, "size"):
            return self.file.size
        name = getattr(self.file, "name", None)
        if name:
            try:
                return os.path.getsize(name)
            except (OSError, TypeError):
                pass
        if hasattr(self.file, "tell") and hasattr(self.file, "seek"):
            here = self.file.tell()
            self.file.seek(0, os.SEEK_END)
            size = self.file.tell()
            self.file.seek(here)
            return size
        raise AttributeError("nothing tells the size of this file")

    @size.setter
    def size(self, size):
        self._size = size

    def chunks(self, chunk_size=None):
        """The content from its beginning, in parts."""
        self._rewind()
        while data := self.read(chunk_size or self.DEFAULT_CHUNK_SIZE):
            yield data

    def _rewind(self):
        try:
            self.seek(0)
        except (AttributeError, OSError):
            pass

    def multiple_chunks(self, chunk_size=None):
        """Whether there is more than one part."""
        return self.size > (chunk_size or self.DEFAULT_CHUNK_SIZE)

    def __iter__(self):
        """The lines, whichever of the three ends they have."""
        rest = None
        for chunk in self.chunks():
            for line in chunk.splitlines(True):
                if rest is not None:
                    if endswith_cr(rest) and not equals_lf(line):
                        yield rest
                    else:
                        line = rest + line
                    rest = None
                if endswith_lf(line):
                    yield line
                else:
                    rest = line
        if rest is not None:
            yield rest

    def __enter__(self):
        return self

    def __exit__(self, exc_type, exc_value, tb):
        self.close()

    def open(self, mode=None, *args, **kwargs):
        """The file from its beginning; opened again by its name where it was closed."""
        if not self.closed:
            self.seek(0)
        elif self.name and os.path.exists(self.name):
            self.file = open(self.name, mode or self.mode, *args, **kwargs)
        else:
            raise ValueError("the file is closed and cannot be opened again")
        return self

    def close(self):
        self.file.close()


class ContentFile(File):
    """Text or bytes as a file."""

    def __init__(self, content, name=None):
        super().__init__((StringIO if isinstance(content, str) else BytesIO)(content), name=name)
        self.size = len(content)

    def __str__(self):
        return "Raw content"

    def __bool__(self):
        return True

    def open(self, mode=None):
        self.seek(0)
        return self

    def close(self):
        """The content stays."""

    def write(self, data):
        self.__dict__.pop("_size", None)
        return self.file.write(data)


def endswith_cr(line):
    """Whether a line of text or bytes ends with a carriage return."""
    return line.endswith("\r" if isinstance(line, str) else b"\r")


def endswith_lf(line):
    """Whether a line of text or bytes ends with a line feed."""
    return line.endswith("\n" if isinstance(line, str) else b"\n")


def equals_lf(line):
    return line == ("\n" if isinstance(line, str) else b"\n")
