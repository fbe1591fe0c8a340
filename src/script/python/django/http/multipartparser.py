"""Forms with files, as tests send them. What browsers send is read by djr's server."""

from django._absent import absent
from django.http.querydict import QueryDict
from django.utils.datastructures import MultiValueDict

MAX_TOTAL_HEADER_SIZE = 1024


class MultiPartParserError(Exception):
    """A body that is not what its header says."""


class InputStreamExhausted(Exception):
    """The body ends too early."""


class MultiPartParser:
    """Reads the fields and the files of a body."""

    def __init__(self, META, input_data, upload_handlers, encoding=None):
        from django.conf import settings
        from django.utils.http import parse_header_parameters

        kind = META.get("CONTENT_TYPE", "")
        if not kind.startswith("multipart/"):
            raise MultiPartParserError(f"the body is {kind!r}, not a form with files")
        try:
            kind.encode("ascii")
            _, parameters = parse_header_parameters(kind)
        except ValueError:
            raise MultiPartParserError("the kind of the body cannot be read") from None
        boundary = parameters.get("boundary")
        if not boundary or len(boundary) > 200 or not boundary.isascii() or "\n" in boundary:
            raise MultiPartParserError(f"the boundary {boundary!r} cannot be used")
        try:
            self._length = int(META.get("CONTENT_LENGTH", 0))
        except (TypeError, ValueError):
            self._length = 0
        if self._length < 0:
            raise MultiPartParserError(f"the length of the body is {self._length}")
        self._boundary = boundary.encode()
        self._input_data = input_data
        self._encoding = encoding or settings.DEFAULT_CHARSET

    def parse(self):
        """The fields and the files."""
        fields, files = QueryDict("", mutable=True, encoding=self._encoding), MultiValueDict()
        if self._length:
            self._read(self._input_data.read(), fields, files)
        fields._mutable = False
        return fields, files

    def _read(self, data, fields, files):
        from django.conf import settings
        from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent

        counts = {True: 0, False: 0}
        for headers, content in self._parts(data):
            _, parameters = headers.get("content-disposition", ("", {}))
            name = parameters.get("name")
            if name is None:
                continue
            is_file = bool(parameters.get("filename"))
            counts[is_file] += 1
            most_files, most_fields = settings.DATA_UPLOAD_MAX_NUMBER_FILES, settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
            if most_files is not None and counts[True] > most_files:
                raise TooManyFilesSent("more files than DATA_UPLOAD_MAX_NUMBER_FILES")
            if most_fields is not None and counts[False] > most_fields:
                raise TooManyFieldsSent("more fields than DATA_UPLOAD_MAX_NUMBER_FIELDS")
            content = _decoded(headers, content)
            if is_file:
                self._add_file(files, name, parameters["filename"], headers, content)
            else:
                fields.appendlist(name, content.decode(self._encoding, "replace"))

    def _parts(self, data):
        """The headers and the content of each part."""
        for part in (b"\r\n" + data).split(b"\r\n--" + self._boundary)[1:]:
            if part.startswith(b"--"):
                return
            head, separator, content = part.partition(b"\r\n\r\n")
            if not separator:
                continue
            if len(head) > MAX_TOTAL_HEADER_SIZE:
                raise MultiPartParserError(f"the headers of a part have more than {MAX_TOTAL_HEADER_SIZE} bytes")
            yield dict(self._headers(head)), content

    def _headers(self, head):
        from django.utils.http import parse_header_parameters

        for line in head.decode(self._encoding, "replace").split("\r\n"):
            name, colon, value = line.partition(":")
            if colon:
                yield name.lower().rstrip(" "), parse_header_parameters(value.strip())

    def _add_file(self, files, field, name, headers, content):
        from io import BytesIO

        from django.core.files.uploadedfile import InMemoryUploadedFile

        name = sanitize_file_name(name)
        if not name:
            return
        kind, parameters = headers.get("content-type", ("", {}))
        extra = {parameter: value.encode() for parameter, value in parameters.items()}
        charset = extra.get("charset")
        file = InMemoryUploadedFile(BytesIO(content), field, name, kind, len(content), charset, extra)
        files.appendlist(field, file)


def _decoded(headers, content):
    if headers.get("content-transfer-encoding", ("", {}))[0] != "base64":
        return content
    import base64
    import binascii

    try:
        return base64.b64decode(content)
    except binascii.Error:
        return content


def sanitize_file_name(file_name):
    """The name without folders and what cannot be printed; None where nothing is left."""
    import html

    name = html.unescape(file_name).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(char for char in name if char.isprintable())
    return None if name in ("", ".", "..") else name


__getattr__ = absent(__name__)
