"""What all responses have: status, headers and cookies."""

from _djr import set_header
from django.conf import settings
from django.http.cookie import HasCookies
from django.utils.datastructures import CaseInsensitiveMapping


class BadHeaderError(ValueError):
    """A header with the end of a line in it."""


class ResponseHeaders(CaseInsensitiveMapping):
    """The headers of a response, by names in any case."""

    def __init__(self, data):
        self._store = {}
        if data:
            for name, value in self._unpack_items(data):
                self[name] = value

    def _convert_to_charset(self, value, charset, mime_encode=False):
        """`value` as text that HTTP can send."""
        if isinstance(value, str):
            if not (value.isascii() and value.isprintable()):
                value = _encoded(value, charset, mime_encode)
        elif isinstance(value, bytes):
            value = value.decode(charset)
        else:
            value = str(value)
            value.encode(charset)
        if "\n" in value or "\r" in value:
            raise BadHeaderError(f"a header cannot hold the end of a line: {value!r}")
        return value

    def __delitem__(self, key):
        self.pop(key)

    def __setitem__(self, key, value):
        if not set_header(self._store, key, value):
            key = self._convert_to_charset(key, "ascii")
            self._store[key.lower()] = (key, self._convert_to_charset(value, "latin-1", mime_encode=True))

    def __contains__(self, key):
        return key.lower() in self._store

    def get(self, key, default=None):
        found = self._store.get(key.lower())
        return default if found is None else found[1]

    def pop(self, key, default=None):
        return self._store.pop(key.lower(), default)

    def setdefault(self, key, value):
        if key not in self:
            self[key] = value


def _encoded(value, charset, mime_encode):
    try:
        value.encode(charset)
    except UnicodeError as error:
        if not mime_encode:
            error.reason += f", a header's {value!r}"
            raise
        if "\n" in value or "\r" in value:
            return value
        import sys
        from email.header import Header

        return Header(value, "utf-8", maxlinelen=sys.maxsize).encode()
    return value


class HttpResponseBase(HasCookies):
    """Status, headers and cookies, without content."""

    status_code = 200
    closed = False
    _reason_phrase = None
    _charset = None
    _handler_class = None

    def __init__(self, content_type=None, status=None, reason=None, charset=None, headers=None):
        self.headers = made = ResponseHeaders(headers)
        if charset is not None:
            self._charset = charset
        if "content-type" not in made._store:
            if content_type is None:
                content_type = f"text/html; charset={charset or settings.DEFAULT_CHARSET}"
            made["Content-Type"] = content_type
        elif content_type:
            raise ValueError("the kind of content is given twice: by content_type and among the headers")
        self._resource_closers = []
        if status is not None:
            try:
                self.status_code = int(status)
            except (TypeError, ValueError):
                raise TypeError(f"the status is a whole number, not {status!r}") from None
            if not 100 <= self.status_code <= 599:
                raise ValueError(f"the status lies between 100 and 599, not at {status}")
        if reason is not None:
            self._reason_phrase = reason

    @property
    def reason_phrase(self):
        """The words beside the status."""
        if self._reason_phrase is not None:
            return self._reason_phrase
        from http import HTTPStatus

        try:
            return HTTPStatus(self.status_code).phrase
        except ValueError:
            return "Unknown Status Code"

    @reason_phrase.setter
    def reason_phrase(self, value):
        self._reason_phrase = value

    @property
    def charset(self):
        if self._charset is not None:
            return self._charset
        _, content_type = self.headers._store.get("content-type", ("", ""))
        place = content_type.lower().find("charset=")
        if place >= 0:
            found = content_type[place + 8 :].partition(";")[0].strip().strip('"').strip()
            if found:
                return found
        return settings.DEFAULT_CHARSET

    @charset.setter
    def charset(self, value):
        self._charset = value

    def serialize_headers(self):
        """The headers, as they are sent."""
        return b"\r\n".join(
            f"{name}: {value}".encode("latin-1") for name, value in self.headers.items()
        )

    __bytes__ = serialize_headers

    @property
    def _content_type_for_repr(self):
        return f', "{self.headers["Content-Type"]}"' if "Content-Type" in self.headers else ""

    def __setitem__(self, header, value):
        self.headers[header] = value

    def __delitem__(self, header):
        del self.headers[header]

    def __getitem__(self, header):
        return self.headers[header]

    def has_header(self, header):
        return header in self.headers

    __contains__ = has_header

    def items(self):
        return self.headers.items()

    def get(self, header, alternate=None):
        return self.headers.get(header, alternate)

    def setdefault(self, key, value):
        """Sets a header unless it is set."""
        self.headers.setdefault(key, value)

    def set_cookie(
        self,
        key,
        value="",
        max_age=None,
        expires=None,
        path="/",
        domain=None,
        secure=False,
        httponly=False,
        samesite=None,
    ):
        """Sets a cookie; `max_age` is seconds or a timedelta, `expires` a datetime or text."""
        from django.http.set_cookie import set_cookie

        set_cookie(self.cookies, key, value, max_age, expires)
        cookie = self.cookies[key]
        if path is not None:
            cookie["path"] = path
        if domain is not None:
            cookie["domain"] = domain
        if secure:
            cookie["secure"] = True
        if httponly:
            cookie["httponly"] = True
        if samesite:
            if samesite.lower() not in ("lax", "none", "strict"):
                raise ValueError('samesite is "lax", "none" or "strict"')
            cookie["samesite"] = samesite

    def set_signed_cookie(self, key, value, salt="", **kwargs):
        """Sets a cookie that nobody can change unnoticed."""
        from django.core import signing

        return self.set_cookie(key, signing.get_cookie_signer(salt=key + salt).sign(value), **kwargs)

    def delete_cookie(self, key, path="/", domain=None, samesite=None):
        """Tells the browser to forget a cookie."""
        secure = key.startswith(("__Secure-", "__Host-")) or bool(samesite and samesite.lower() == "none")
        self.set_cookie(
            key,
            max_age=0,
            path=path,
            domain=domain,
            secure=secure,
            expires="Thu, 01 Jan 1970 00:00:00 GMT",
            samesite=samesite,
        )

    def make_bytes(self, value):
        """`value` as bytes in the charset of the response."""
        if isinstance(value, str):
            return value.encode(self.charset)
        if isinstance(value, (bytes, memoryview)):
            return bytes(value)
        return str(value).encode(self.charset)

    def close(self):
        for closer in self._resource_closers:
            try:
                closer()
            except Exception:
                pass
        self._resource_closers.clear()
        self.closed = True

    def write(self, content):
        raise OSError(f"nothing can be written to a {type(self).__name__}")

    def flush(self):
        pass

    def tell(self):
        raise OSError(f"a {type(self).__name__} does not know where it is")

    def readable(self):
        return False

    def seekable(self):
        return False

    def writable(self):
        return False

    def writelines(self, lines):
        raise OSError(f"nothing can be written to a {type(self).__name__}")
