"""Requests made of the environment of WSGI, as tests make them."""

from io import BytesIO

from django._absent import absent
from django.http.cookie import parse_cookie
from django.http.querydict import QueryDict
from django.http.request import HttpRequest
from django.utils.functional import cached_property


class LimitedStream:
    """Reads at most so many bytes."""

    def __init__(self, stream, limit):
        self.stream, self.left = stream, max(0, limit)

    def read(self, size=-1, /):
        return self._read(self.stream.read, size)

    def readline(self, size=-1, /):
        return self._read(self.stream.readline, size)

    def _read(self, read, size):
        if not self.left:
            return b""
        data = read(self.left if size is None or size < 0 else min(size, self.left))
        self.left -= len(data)
        return data

    def close(self):
        pass


class WSGIRequest(HttpRequest):
    """A request of the environment of WSGI."""

    def __init__(self, environ):
        script_name = get_script_name(environ)
        path_info = get_path_info(environ) or "/"
        self.environ = environ
        self.path_info = path_info
        self.path = f"{script_name.rstrip('/')}/{path_info.replace('/', '', 1)}"
        self.META = environ
        self.META["PATH_INFO"] = path_info
        self.META["SCRIPT_NAME"] = script_name
        self.method = environ["REQUEST_METHOD"].upper()
        self._set_content_type_params(environ)
        try:
            length = int(environ.get("CONTENT_LENGTH"))
        except (TypeError, ValueError):
            length = 0
        self._stream = LimitedStream(environ.get("wsgi.input", BytesIO()), length)
        self._read_started = False
        self.resolver_match = None

    def _get_scheme(self):
        return self.environ.get("wsgi.url_scheme")

    @cached_property
    def GET(self):
        return QueryDict(get_bytes_from_wsgi(self.environ, "QUERY_STRING", ""), encoding=self._encoding)

    @property
    def POST(self):
        if not hasattr(self, "_post"):
            self._load_post_and_files()
        return self._post

    @POST.setter
    def POST(self, post):
        self._post = post

    @cached_property
    def COOKIES(self):
        return parse_cookie(get_str_from_wsgi(self.environ, "HTTP_COOKIE", ""))

    @property
    def FILES(self):
        if not hasattr(self, "_files"):
            self._load_post_and_files()
        return self._files


def get_path_info(environ):
    """The path as text."""
    from django.utils.encoding import repercent_broken_unicode

    return repercent_broken_unicode(get_bytes_from_wsgi(environ, "PATH_INFO", "/")).decode()


def get_script_name(environ):
    """Where the site is mounted."""
    from django.conf import settings

    if settings.FORCE_SCRIPT_NAME is not None:
        return settings.FORCE_SCRIPT_NAME
    return get_bytes_from_wsgi(environ, "SCRIPT_NAME", "").decode()


def get_bytes_from_wsgi(environ, key, default):
    """A variable of the environment, whose text stands for bytes."""
    return environ.get(key, default).encode("iso-8859-1")


def get_str_from_wsgi(environ, key, default):
    return get_bytes_from_wsgi(environ, key, default).decode(errors="replace")


__getattr__ = absent(__name__)
