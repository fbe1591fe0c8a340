"""What every storage can do, over the few methods that a class of one's own has."""

import os

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.utils import validate_file_name
from django.utils.text import get_valid_filename


class Storage:
    """Keeps files by names with `/`; a class of one's own has `_open`, `_save`, `exists`, `delete`, `url` ..."""

    def open(self, name, mode="rb"):
        return self._open(name, mode)

    def save(self, name, content, max_length=None):
        """Keeps the content under that name, or another that is free; answers the name."""
        if name is None:
            name = content.name
        if name is None:
            raise TypeError("the name of a file is needed")
        if not hasattr(content, "chunks"):
            from django.core.files.base import File

            content = File(content, name)
        # An upload may be called as it likes, but not lead anywhere.
        free = self.get_available_name(name, max_length=max_length)
        kept = self._save(free, content)
        validate_file_name(kept, allow_relative_path=True)
        return kept

    def is_name_available(self, name, max_length=None):
        return not self.exists(name) and (max_length is None or len(name) <= max_length)

    def get_valid_name(self, name):
        return get_valid_filename(name)

    def get_alternative_name(self, file_root, file_ext):
        """Another name of the same kind."""
        from django.utils.crypto import get_random_string

        return f"{file_root}_{get_random_string(7)}{file_ext}"

    def get_available_name(self, name, max_length=None):
        """A name that is free and not too long."""
        name = str(name).replace("\\", "/")
        folder, file = os.path.split(name)
        if ".." in folder.split("/"):
            raise SuspiciousFileOperation(f"{folder!r} leads out of its folder")
        validate_file_name(file)
        # `a.tar.gz` keeps both endings.
        root = file.split(".", 1)[0] if not file.startswith(".") else file
        extension = file[len(root) :]
        while not self.is_name_available(name, max_length=max_length):
            name = os.path.join(folder, self.get_alternative_name(root, extension))
            if max_length is None:
                continue
            surplus = len(name) - max_length
            if surplus > 0:
                root = root[:-surplus]
                if not root:
                    raise SuspiciousFileOperation(f"no name of {max_length} characters is left for {file!r}")
                name = os.path.join(folder, self.get_alternative_name(root, extension))
        return name

    def generate_filename(self, filename):
        """The name of an upload without what a file system does not bear."""
        filename = str(filename).replace("\\", "/")
        folder, file = os.path.split(filename)
        if ".." in folder.split("/"):
            raise SuspiciousFileOperation(f"{folder!r} leads out of its folder")
        return os.path.normpath(os.path.join(folder, self.get_valid_name(file)))

    def path(self, name):
        raise NotImplementedError("this storage has no paths on the disk")

    def delete(self, name):
        raise NotImplementedError(f"{type(self).__name__} needs delete()")

    def exists(self, name):
        raise NotImplementedError(f"{type(self).__name__} needs exists()")

    def listdir(self, path):
        """The folders and the files of a folder."""
        raise NotImplementedError(f"{type(self).__name__} needs listdir()")

    def size(self, name):
        raise NotImplementedError(f"{type(self).__name__} needs size()")

    def url(self, name):
        raise NotImplementedError(f"{type(self).__name__} needs url()")

    def get_accessed_time(self, name):
        raise NotImplementedError(f"{type(self).__name__} needs get_accessed_time()")

    def get_created_time(self, name):
        raise NotImplementedError(f"{type(self).__name__} needs get_created_time()")

    def get_modified_time(self, name):
        raise NotImplementedError(f"{type(self).__name__} needs get_modified_time()")


class MediaPlace:
    """Files below `location` with addresses below `base_url`, or where media files are."""

    _location = None
    _base_url = None

    @property
    def base_location(self):
        from django.conf import settings

        return settings.MEDIA_ROOT if self._location is None else self._location

    @property
    def location(self):
        return os.path.abspath(self.base_location)

    @property
    def base_url(self):
        from django.conf import settings

        address = settings.MEDIA_URL if self._base_url is None else self._base_url
        return address + "/" if address and not address.endswith("/") else address

    def url(self, name):
        """The address of a file."""
        from urllib.parse import urljoin

        from django.utils.encoding import filepath_to_uri

        if self.base_url is None:
            raise ValueError("the files of this storage have no addresses")
        address = filepath_to_uri(name)
        return urljoin(self.base_url, address if address is None else address.lstrip("/"))
