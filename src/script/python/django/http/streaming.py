"""Responses whose content is made while it is sent."""

import os

from django.http.response_base import HttpResponseBase


class StreamingHttpResponse(HttpResponseBase):
    """Sends what an iterator gives."""

    streaming = True

    def __init__(self, streaming_content=(), *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.streaming_content = streaming_content

    def __repr__(self):
        return f"<{type(self).__qualname__} status_code={self.status_code}{self._content_type_for_repr}>"

    @property
    def content(self):
        raise AttributeError(f"a {type(self).__name__} has no content: use streaming_content")

    @property
    def text(self):
        raise AttributeError(f"a {type(self).__name__} has no text: use streaming_content")

    @property
    def streaming_content(self):
        return map(self.make_bytes, self._iterator)

    @streaming_content.setter
    def streaming_content(self, value):
        self._set_streaming_content(value)

    def _set_streaming_content(self, value):
        self._iterator = iter(value)
        self.is_async = False
        if hasattr(value, "close"):
            self._resource_closers.append(value.close)

    def __iter__(self):
        return iter(self.streaming_content)

    def getvalue(self):
        return b"".join(self.streaming_content)


class FileResponse(StreamingHttpResponse):
    """Sends a file, with its kind, length and name in the headers."""

    block_size = 4096

    def __init__(self, *args, as_attachment=False, filename="", **kwargs):
        self.as_attachment = as_attachment
        self.filename = filename
        self._no_explicit_content_type = kwargs.get("content_type") is None
        super().__init__(*args, **kwargs)

    def _set_streaming_content(self, value):
        self.file_to_stream = None
        if not hasattr(value, "read"):
            super()._set_streaming_content(value)
            return
        self.file_to_stream = value
        if hasattr(value, "close"):
            self._resource_closers.append(value.close)
        super()._set_streaming_content(iter(lambda: value.read(self.block_size), b""))
        self._file_iterator = self._iterator
        self.set_headers(value)

    def set_headers(self, filelike):
        """The headers that a file tells."""
        name = getattr(filelike, "name", "")
        name = name if isinstance(name, str) else ""
        length = _length(filelike, name)
        if length is not None:
            self.headers["Content-Length"] = length
        shown = os.path.basename(self.filename or name)
        if self._no_explicit_content_type:
            self.headers["Content-Type"] = _content_type(shown)
        from django.utils.http import content_disposition_header

        disposition = content_disposition_header(self.as_attachment, shown)
        if disposition:
            self.headers["Content-Disposition"] = disposition


def _length(file, name):
    is_seekable = hasattr(file, "seek") and (not hasattr(file, "seekable") or file.seekable())
    if hasattr(file, "tell") and is_seekable:
        start = file.tell()
        file.seek(0, os.SEEK_END)
        end = file.tell()
        file.seek(start)
        return end - start
    if hasattr(file, "getbuffer"):
        return file.getbuffer().nbytes
    if name and os.path.exists(name):
        return os.path.getsize(name) - (file.tell() if hasattr(file, "tell") else 0)
    return None


def _content_type(name):
    import mimetypes

    kind, encoding = mimetypes.guess_type(name)
    packed = {
        "br": "application/x-brotli",
        "bzip2": "application/x-bzip",
        "compress": "application/x-compress",
        "gzip": "application/gzip",
        "xz": "application/x-xz",
    }
    return packed.get(encoding, kind) or "application/octet-stream"
