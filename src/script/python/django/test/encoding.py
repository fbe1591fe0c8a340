"""Forms as a browser sends them."""

import os

from django.utils.encoding import force_bytes
from django.utils.itercompat import is_iterable


def is_file(thing):
    return hasattr(thing, "read") and callable(thing.read)


def encode_multipart(boundary, data):
    """A form with files as the body of a request."""
    parts = []
    for name, value in data.items():
        if value is None:
            raise TypeError(f"None cannot be sent as the value of {name!r}: pass '' or leave it out")
        for item in _values(value):
            parts += encode_file(boundary, name, item) if is_file(item) else _field(boundary, name, item)
    return b"\r\n".join([*parts, force_bytes(f"--{boundary}--"), b""])


def _values(value):
    """The values that are sent under one name."""
    if is_file(value) or isinstance(value, str) or not is_iterable(value):
        return [value]
    return list(value)


def _field(boundary, name, value):
    return [
        force_bytes(f"--{boundary}"),
        force_bytes(f'Content-Disposition: form-data; name="{name}"'),
        b"",
        force_bytes(value),
    ]


def encode_file(boundary, key, file):
    """The part of a file."""
    name = os.path.basename(getattr(file, "name", "") or "") or key
    kind = getattr(file, "content_type", None)
    if kind is None:
        import mimetypes

        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return [
        force_bytes(f"--{boundary}"),
        force_bytes(f'Content-Disposition: form-data; name="{key}"; filename="{name}"'),
        force_bytes(f"Content-Type: {kind}"),
        b"",
        force_bytes(file.read()),
    ]
