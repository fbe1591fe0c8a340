"""Text and bytes, and addresses made of either."""

from django.utils.functional import Promise


_PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/")


def quote(text, safe):
    """`text` with all encoded but letters, digits, `-._~` and `safe`."""
    # Most addresses need nothing, and the library for the others is large.
    if isinstance(text, str) and _PLAIN.union(safe).issuperset(text):
        return text
    from urllib.parse import quote as standard

    return standard(text, safe=safe)


class DjangoUnicodeDecodeError(UnicodeDecodeError):
    """Bytes that are not text, with what they were."""

    def __str__(self):
        return f"{super().__str__()}: {self.object!r} of {type(self.object)}"


def is_protected_type(obj):
    """Whether `force_str(strings_only=True)` leaves `obj` as it is."""
    import datetime
    from decimal import Decimal

    kinds = (type(None), int, float, Decimal, datetime.datetime, datetime.date, datetime.time)
    return isinstance(obj, kinds)


def smart_str(s, encoding="utf-8", strings_only=False, errors="strict"):
    """As `force_str`, but a promise stays one."""
    return s if isinstance(s, Promise) else force_str(s, encoding, strings_only, errors)


def force_str(s, encoding="utf-8", strings_only=False, errors="strict"):
    """`s` as text; bytes are decoded."""
    if issubclass(type(s), str):
        return s
    if strings_only and is_protected_type(s):
        return s
    try:
        return str(s, encoding, errors) if isinstance(s, bytes) else str(s)
    except UnicodeDecodeError as error:
        raise DjangoUnicodeDecodeError(*error.args) from None


def smart_bytes(s, encoding="utf-8", strings_only=False, errors="strict"):
    """As `force_bytes`, but a promise stays one."""
    return s if isinstance(s, Promise) else force_bytes(s, encoding, strings_only, errors)


def force_bytes(s, encoding="utf-8", strings_only=False, errors="strict"):
    """`s` as bytes; bytes are taken to be UTF-8 and written in `encoding`."""
    if isinstance(s, bytes):
        return s if encoding == "utf-8" else s.decode("utf-8", errors).encode(encoding, errors)
    if strings_only and is_protected_type(s):
        return s
    return bytes(s) if isinstance(s, memoryview) else str(s).encode(encoding, errors)


def iri_to_uri(iri):
    """An address with letters of any script as one of ASCII."""
    if iri is None:
        return None
    return quote(str(iri) if isinstance(iri, Promise) else iri, safe="/#%[]=:;$&()+,!?*@'~")


def uri_to_iri(uri):
    """An address of ASCII as one to read: encoded letters are shown, what has a meaning stays encoded."""
    if uri is None:
        return None
    head, *parts = force_bytes(uri).split(b"%")
    result = [head]
    for part in parts:
        byte = _hex_byte(part[:2])
        if byte is not None and (byte >= 0x80 or chr(byte).isalnum() or byte in b"-._~"):
            result.append(bytes([byte]) + part[2:])
        else:
            result.append(b"%" + part)
    return repercent_broken_unicode(b"".join(result)).decode()


def _hex_byte(digits):
    try:
        return int(digits, 16) if len(digits) == 2 and digits.isalnum() else None
    except ValueError:
        return None


def escape_uri_path(path):
    """A path with all encoded that has no meaning in one."""
    return quote(path, safe="/:@&+$,-_.!~*'()")


def punycode(domain):
    """A domain as the network knows it."""
    return domain.encode("idna").decode("ascii")


def repercent_broken_unicode(path):
    """`path` with each byte encoded that is not a part of UTF-8."""
    kept = []
    while True:
        try:
            path.decode()
        except UnicodeDecodeError as error:
            kept.append(path[: error.start])
            kept.append(quote(path[error.start : error.end], safe="/#%[]=:;$&()+,!?*@'~").encode())
            path = path[error.end :]
        else:
            return b"".join([*kept, path])


def filepath_to_uri(path):
    """A path of files as a part of an address."""
    if path is None:
        return None
    return quote(str(path).replace("\\", "/"), safe="/~!*()'")


def get_system_encoding():
    """The encoding of the machine's texts."""
    return "utf-8"


DEFAULT_LOCALE_ENCODING = get_system_encoding()
