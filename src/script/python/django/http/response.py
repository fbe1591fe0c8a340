"""Responses that hold their content."""

from django._lazy import lazily
from django.core.exceptions import DisallowedRedirect
from django.http.response_base import (
    BadHeaderError,
    HttpResponseBase,
    ResponseHeaders,
)


MAX_URL_REDIRECT_LENGTH = 16384


class Http404(Exception):
    """Raised by a view: the page of 404 is shown."""


class HttpResponse(HttpResponseBase):
    """Status, headers and content; a part more is written by `write`."""

    streaming = False

    def __init__(self, content=b"", *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.content = content

    def __repr__(self):
        return f"<{type(self).__name__} status_code={self.status_code}{self._content_type_for_repr}>"

    def serialize(self):
        """Headers and content, as they are sent."""
        return self.serialize_headers() + b"\r\n\r\n" + self.content

    __bytes__ = serialize

    @property
    def content(self):
        return b"".join(self._container)

    @content.setter
    def content(self, value):
        if not isinstance(value, (str, bytes, memoryview)) and hasattr(value, "__iter__"):
            content = b"".join(self.make_bytes(chunk) for chunk in value)
            if hasattr(value, "close"):
                try:
                    value.close()
                except Exception:
                    pass
        else:
            content = self.make_bytes(value)
        self._container = [content]

    @property
    def text(self):
        """The content as text."""
        return self.content.decode(self.charset or "utf-8")

    def __iter__(self):
        return iter(self._container)

    def write(self, content):
        self._container.append(self.make_bytes(content))

    def tell(self):
        return len(self.content)

    def getvalue(self):
        return self.content

    def writable(self):
        return True

    def writelines(self, lines):
        for line in lines:
            self.write(line)


class HttpResponseRedirectBase(HttpResponse):
    allowed_schemes = ["http", "https", "ftp"]

    def __init__(self, redirect_to, preserve_request=False, *args, **kwargs):
        from django.utils.encoding import iri_to_uri

        super().__init__(*args, **kwargs)
        self["Location"] = iri_to_uri(redirect_to)
        target = str(redirect_to)
        if len(target) > MAX_URL_REDIRECT_LENGTH:
            raise DisallowedRedirect(f"the address of a redirect has at most {MAX_URL_REDIRECT_LENGTH} characters")
        scheme = _scheme(target)
        if preserve_request:
            self.status_code = self.status_code_preserve_request
        if scheme and scheme not in self.allowed_schemes:
            raise DisallowedRedirect(f"a redirect may not lead to an address of the scheme {scheme!r}")

    url = property(lambda self: self["Location"])

    def __repr__(self):
        return (
            f'<{type(self).__name__} status_code={self.status_code}{self._content_type_for_repr}, url="{self.url}">'
        )


def _scheme(url):
    if url.startswith("/") or ":" not in url:
        return ""
    from urllib.parse import urlsplit

    return urlsplit(url).scheme


class HttpResponseRedirect(HttpResponseRedirectBase):
    status_code = 302
    status_code_preserve_request = 307


class HttpResponsePermanentRedirect(HttpResponseRedirectBase):
    status_code = 301
    status_code_preserve_request = 308


class HttpResponseNotModified(HttpResponse):
    status_code = 304

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self["content-type"]

    @HttpResponse.content.setter
    def content(self, value):
        if value:
            raise AttributeError("a response of 304 has no content")
        self._container = []


class HttpResponseBadRequest(HttpResponse):
    status_code = 400


class HttpResponseNotFound(HttpResponse):
    status_code = 404


class HttpResponseForbidden(HttpResponse):
    status_code = 403


class HttpResponseNotAllowed(HttpResponse):
    status_code = 405

    def __init__(self, permitted_methods, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self["Allow"] = ", ".join(permitted_methods)

    def __repr__(self):
        return (
            f"<{type(self).__name__} [{self['Allow']}] "
            f"status_code={self.status_code}{self._content_type_for_repr}>"
        )


class HttpResponseGone(HttpResponse):
    status_code = 410


class HttpResponseServerError(HttpResponse):
    status_code = 500


__getattr__ = lazily(
    __name__,
    {"django.http.json": "JsonResponse", "django.http.streaming": "FileResponse StreamingHttpResponse"},
)
