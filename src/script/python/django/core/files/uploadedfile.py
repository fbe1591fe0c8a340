"""Files that a browser sent."""

import os
from io import BytesIO

from django.core.files.base import File
from django.core.files.utils import validate_file_name

__all__ = ("UploadedFile", "TemporaryUploadedFile", "InMemoryUploadedFile", "SimpleUploadedFile")

_LONGEST_NAME = 255


class UploadedFile(File):
    """A file with the name, kind and size that the browser told."""

    def __init__(
        self, file=None, name=None, content_type=None, size=None, charset=None, content_type_extra=None
    ):
        super().__init__(file, name)
        self.size = size
        self.content_type = content_type
        self.charset = charset
        self.content_type_extra = content_type_extra

    def __repr__(self):
        return f"<{type(self).__name__}: {self.name} ({self.content_type})>"

    @property
    def name(self):
        return self._name

    @name.setter
    def name(self, name):
        if name is not None:
            name = os.path.basename(name)
            if len(name) > _LONGEST_NAME:
                stem, extension = os.path.splitext(name)
                extension = extension[:_LONGEST_NAME]
                name = stem[: _LONGEST_NAME - len(extension)] + extension
            name = validate_file_name(name)
        self._name = name


class TemporaryUploadedFile(UploadedFile):
    """A file that lies on the disk until the request is over."""

    def __init__(self, name, content_type, size, charset, content_type_extra=None):
        from tempfile import NamedTemporaryFile

        from django.conf import settings

        extension = os.path.splitext(name)[1]
        file = NamedTemporaryFile(suffix=f".upload{extension}", dir=settings.FILE_UPLOAD_TEMP_DIR)
        super().__init__(file, name, content_type, size, charset, content_type_extra)

    def temporary_file_path(self):
        return self.file.name

    def close(self):
        try:
            return self.file.close()
        except FileNotFoundError:
            # It was moved to where it belongs.
            self.file._closer.delete = False


class InMemoryUploadedFile(UploadedFile):
    """A file in memory."""

    def __init__(self, file, field_name, name, content_type, size, charset, content_type_extra=None):
        super().__init__(file, name, content_type, size, charset, content_type_extra)
        self.field_name = field_name

    def open(self, mode=None):
        self.file.seek(0)
        return self

    def chunks(self, chunk_size=None):
        self.file.seek(0)
        yield self.read()

    def multiple_chunks(self, chunk_size=None):
        return False


class SimpleUploadedFile(InMemoryUploadedFile):
    """A file of a name and its bytes, for tests."""

    def __init__(self, name, content, content_type="text/plain"):
        content = content or b""
        super().__init__(BytesIO(content), None, name, content_type, len(content), None, None)

    @classmethod
    def from_dict(cls, file_dict):
        """From `filename`, `content` and `content-type`."""
        return cls(file_dict["filename"], file_dict["content"], file_dict.get("content-type", "text/plain"))
