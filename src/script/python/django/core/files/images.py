"""Pictures: their size is read from their first bytes."""

from django.core.files.base import File


class ImageFile(File):
    """A file that is a picture."""

    @property
    def width(self):
        return self._get_image_dimensions()[0]

    @property
    def height(self):
        return self._get_image_dimensions()[1]

    def _get_image_dimensions(self):
        if "_dimensions_cache" not in self.__dict__:
            was_closed = self.closed
            self.open()
            self._dimensions_cache = get_image_dimensions(self, close=was_closed)
        return self._dimensions_cache


class ImageHeader:
    """What the beginning of a picture tells, under the names of Pillow."""

    def __init__(self, content_type, format, width, height):
        self.content_type, self.format, self.width, self.height = content_type, format, width, height

    @property
    def size(self):
        return self.width, self.height

    def get_format_mimetype(self):
        return self.content_type

    def verify(self):
        """Nothing: a header is made only of what is a picture."""


def read_header(content):
    """The header of a picture; None of what is not one."""
    import _djr_storage

    found = _djr_storage.image_header(content)
    return found and ImageHeader(*found)


def get_image_dimensions(file_or_path, close=False):
    """Width and height, both None of what is not a picture; the file is left where it was, or closed."""
    if hasattr(file_or_path, "read"):
        file, place = file_or_path, file_or_path.tell()
        file.seek(0)
    else:
        try:
            file = open(file_or_path, "rb")
        except OSError:
            return None, None
        close = True
    try:
        header = read_header(file.read())
        return (None, None) if header is None else header.size
    finally:
        if close:
            file.close()
        else:
            file.seek(place)
