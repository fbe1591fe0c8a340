"""A request, as a view sees it."""

from django.core.exceptions import DisallowedHost
from django.http.headers import HttpHeaders, MediaType
from django.http.querydict import QueryDict
from django.utils.datastructures import ImmutableList, MultiValueDict
from django.utils.functional import cached_property

RAISE_ERROR = object()


class UnreadablePostError(OSError):
    """The body broke off."""


class RawPostDataException(Exception):
    """The body was asked for after a part of it had been read."""


class HttpRequest:
    """A request; made by hand it is empty, and its attributes can be set."""

    _encoding = None
    _upload_handlers = ()
    _read_started = False
    _post_parse_error = False

    def __init__(self):
        self.GET = QueryDict(mutable=True)
        self.POST = QueryDict(mutable=True)
        self.COOKIES = {}
        self.META = {}
        self.FILES = MultiValueDict()
        self.path = ""
        self.path_info = ""
        self.method = None
        self.resolver_match = None
        self.content_type = None
        self.content_params = None

    def __repr__(self):
        name = type(self).__name__
        if self.method is None or not self.get_full_path():
            return f"<{name}>"
        return f"<{name}: {self.method} {self.get_full_path()!r}>"

    def __getstate__(self):
        return {name: value for name, value in self.__dict__.items() if name not in ("_upload_handlers", "_stream", "_native")}

    @cached_property
    def headers(self):
        return HttpHeaders(self.META)

    @cached_property
    def accepted_types(self):
        """The kinds of `Accept`, the best first; those of weight zero are left out."""
        kinds = [MediaType(part) for part in self.headers.get("Accept", "*/*").split(",") if part.strip()]
        kinds = [kind for kind in kinds if kind.quality > 0]
        return sorted(kinds, key=lambda kind: (kind.quality, kind.specificity), reverse=True)

    @cached_property
    def accepted_types_by_precedence(self):
        """The kinds of `Accept`, the most exact first."""
        return sorted(self.accepted_types, key=lambda kind: (kind.specificity, kind.quality), reverse=True)

    def accepted_type(self, media_type):
        """The most exact kind of `Accept` that covers `media_type`, or None."""
        wanted = MediaType(media_type)
        return next((kind for kind in self.accepted_types_by_precedence if wanted.match(kind)), None)

    def get_preferred_type(self, media_types):
        """Which of the kinds the client likes best, or None."""
        if not media_types or not self.accepted_types:
            return None
        accepted = [(self.accepted_type(media_type), media_type) for media_type in media_types]
        accepted = [(kind, media_type) for kind, media_type in accepted if kind]
        if not accepted:
            return None
        places = self.accepted_types
        return max(accepted, key=lambda pair: (pair[0].quality, -places.index(pair[0])))[1]

    def accepts(self, media_type):
        """Whether the client takes content of that kind."""
        return self.accepted_type(media_type) is not None

    def _set_content_type_params(self, meta):
        from django.utils.http import parse_header_parameters

        self.content_type, self.content_params = parse_header_parameters(meta.get("CONTENT_TYPE", ""))
        charset = self.content_params.get("charset")
        if charset:
            import codecs

            try:
                codecs.lookup(charset)
            except LookupError:
                return
            self.encoding = charset

    def _get_raw_host(self):
        """The host and port as they were sent."""
        from django.conf import settings

        meta = self.META
        if settings.USE_X_FORWARDED_HOST and "HTTP_X_FORWARDED_HOST" in meta:
            return meta["HTTP_X_FORWARDED_HOST"]
        if "HTTP_HOST" in meta:
            return meta["HTTP_HOST"]
        port = self.get_port()
        usual = "443" if self.is_secure() else "80"
        return meta["SERVER_NAME"] if port == usual else f"{meta['SERVER_NAME']}:{port}"

    def get_host(self):
        """The host and port; a DisallowedHost where they are not among `ALLOWED_HOSTS`."""
        from django.conf import settings

        host = self._get_raw_host()
        allowed = settings.ALLOWED_HOSTS
        if settings.DEBUG and not allowed:
            allowed = [".localhost", "127.0.0.1", "[::1]"]
        domain, port = split_domain_port(host)
        if domain and validate_host(domain, allowed):
            return host
        hint = f"add {domain!r} to allowed_hosts" if domain else "it is not the name of a host"
        raise DisallowedHost(f"the host {host!r} is not allowed: {hint}")

    def get_port(self):
        from django.conf import settings

        if settings.USE_X_FORWARDED_PORT and "HTTP_X_FORWARDED_PORT" in self.META:
            return str(self.META["HTTP_X_FORWARDED_PORT"])
        return str(self.META["SERVER_PORT"])

    def get_full_path(self, force_append_slash=False):
        """The path with its query."""
        return self._get_full_path(self.path, force_append_slash)

    def get_full_path_info(self, force_append_slash=False):
        return self._get_full_path(self.path_info, force_append_slash)

    def _get_full_path(self, path, force_append_slash):
        from django.utils.encoding import escape_uri_path, iri_to_uri

        slash = "/" if force_append_slash and not path.endswith("/") else ""
        query = self.META.get("QUERY_STRING", "")
        return f"{escape_uri_path(path)}{slash}{'?' + iri_to_uri(query) if query else ''}"

    def get_signed_cookie(self, key, default=RAISE_ERROR, salt="", max_age=None):
        """The value that `set_signed_cookie` wrote; without `default` an exception where that cannot be read."""
        from django.core import signing

        try:
            return signing.get_cookie_signer(salt=key + salt).unsign(self.COOKIES[key], max_age=max_age)
        except (KeyError, signing.BadSignature):
            if default is RAISE_ERROR:
                raise
            return default

    def build_absolute_uri(self, location=None):
        """`location`, or the address of this request, with scheme and host."""
        from urllib.parse import urljoin, urlsplit

        from django.utils.encoding import iri_to_uri

        location = f"//{self.get_full_path()}" if location is None else str(location)
        parts = urlsplit(location)
        if not (parts.scheme and parts.netloc):
            here = f"{self.scheme}://{self.get_host()}"
            is_plain = parts.path.startswith("/") and not parts.scheme and not parts.netloc
            if is_plain and "/./" not in parts.path and "/../" not in parts.path:
                location = here + location.removeprefix("//")
            else:
                location = urljoin(here + self.path, location)
        return iri_to_uri(location)

    def _get_scheme(self):
        return "http"

    @property
    def scheme(self):
        from django.conf import settings

        if settings.SECURE_PROXY_SSL_HEADER:
            try:
                header, secure_value = settings.SECURE_PROXY_SSL_HEADER
            except ValueError:
                from django.core.exceptions import ImproperlyConfigured

                raise ImproperlyConfigured("SECURE_PROXY_SSL_HEADER is a pair of a header and a value") from None
            value = self.META.get(header)
            if value is not None:
                return "https" if value.split(",", 1)[0].strip() == secure_value else "http"
        return self._get_scheme()

    def is_secure(self):
        return self.scheme == "https"

    @property
    def encoding(self):
        return self._encoding

    @encoding.setter
    def encoding(self, val):
        """Another charset: what was decoded in the old one is read again."""
        self._encoding = val
        if hasattr(self, "GET"):
            del self.GET
        if hasattr(self, "_post"):
            del self._post

    @property
    def upload_handlers(self):
        return self._upload_handlers

    @upload_handlers.setter
    def upload_handlers(self, upload_handlers):
        if hasattr(self, "_files"):
            raise AttributeError("the files of this request are read already")
        self._upload_handlers = upload_handlers

    def parse_file_upload(self, META, post_data):
        """The fields and the files of a multipart body."""
        from django.http.multipartparser import MultiPartParser

        self.upload_handlers = ImmutableList(
            self.upload_handlers, warning="the files of this request are read already"
        )
        return MultiPartParser(META, post_data, self.upload_handlers, self.encoding).parse()

    @property
    def body(self):
        """All bytes of the body."""
        if not hasattr(self, "_body"):
            if self._read_started:
                raise RawPostDataException("a part of the body was read already")
            self._check_length()
            try:
                self._body = self.read()
            except OSError as error:
                raise UnreadablePostError(*error.args) from error
            finally:
                self._stream.close()
            from io import BytesIO

            self._stream = BytesIO(self._body)
        return self._body

    def _check_length(self):
        from django.conf import settings

        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if limit is not None and int(self.META.get("CONTENT_LENGTH") or 0) > limit:
            from django.core.exceptions import RequestDataTooBig

            raise RequestDataTooBig("the body is larger than DATA_UPLOAD_MAX_MEMORY_SIZE")

    def _mark_post_parse_error(self):
        self._post, self._files = QueryDict(), MultiValueDict()

    def _load_post_and_files(self):
        """Reads the fields and files of a form."""
        if self.method != "POST":
            self._post, self._files = QueryDict(encoding=self._encoding), MultiValueDict()
            return
        if self._read_started and not hasattr(self, "_body"):
            self._mark_post_parse_error()
            return
        if self.content_type == "multipart/form-data":
            self._load_multipart()
        elif self.content_type == "application/x-www-form-urlencoded":
            if self._encoding is not None and self._encoding.lower() != "utf-8":
                from django.core.exceptions import BadRequest

                raise BadRequest("a form is sent in UTF-8")
            self._post, self._files = QueryDict(self.body, encoding=self._encoding), MultiValueDict()
        else:
            self._post, self._files = QueryDict(encoding=self._encoding), MultiValueDict()

    def _load_multipart(self):
        from io import BytesIO

        data = BytesIO(self._body) if hasattr(self, "_body") else self
        try:
            self._post, self._files = self.parse_file_upload(self.META, data)
        except Exception:
            self._mark_post_parse_error()
            raise

    def close(self):
        """Closes the files that were sent."""
        for files in getattr(self, "_files", MultiValueDict()).lists():
            for file in files[1]:
                file.close()

    def read(self, *args, **kwargs):
        self._read_started = True
        try:
            return self._stream.read(*args, **kwargs)
        except OSError as error:
            raise UnreadablePostError(*error.args) from error

    def readline(self, *args, **kwargs):
        self._read_started = True
        try:
            return self._stream.readline(*args, **kwargs)
        except OSError as error:
            raise UnreadablePostError(*error.args) from error

    def __iter__(self):
        return iter(self.readline, b"")

    def readlines(self):
        return list(self)


def bytes_to_text(s, encoding):
    """Bytes as text; what is not bytes stays as it is."""
    return str(s, encoding, "replace") if isinstance(s, bytes) else s


def split_domain_port(host):
    """The domain in small letters and the port of a `Host` header; two empty texts where it is not one."""
    host = host.lower()
    if host.startswith("["):
        inner, bracket, port = host[1:].partition("]")
        is_fine = bracket and inner and all(char in "abcdef0123456789:." for char in inner)
        domain = f"[{inner}]"
    else:
        domain, colon, port = host.partition(":")
        port = colon + port
        is_fine = all(char.isascii() and (char.isalnum() or char in ".-") for char in domain)
    is_fine = is_fine and (not port or (port[0] == ":" and port[1:].isdecimal() and port.isascii()))
    return (domain.removesuffix("."), port[1:]) if is_fine else ("", "")


def validate_host(host, allowed_hosts):
    """Whether a host is among those allowed; `.example.com` allows those below, too, and `*` all."""
    from django.utils.http import is_same_domain

    return any(pattern == "*" or is_same_domain(host, pattern) for pattern in allowed_hosts)
