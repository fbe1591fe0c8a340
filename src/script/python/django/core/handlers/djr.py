"""Between djr's server and Python: a request as views see it, and an answer as it is sent."""

from django.http.querydict import QueryDict
from django.http.request import HttpRequest
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property


class ServerRequest(HttpRequest):
    """A request that djr's server has read; each part is made when it is asked for."""

    _encoding = None

    def __init__(self, native):
        # The server sets the same without the call.
        self._native = native
        self.method = native.method
        self.path = native.path
        self.path_info = native.path_info

    def _get_scheme(self):
        return self._native.scheme

    @property
    def scheme(self):
        return self._native.scheme

    @cached_property
    def GET(self):
        if self._encoding not in (None, "utf-8"):
            return QueryDict(self._native.query_string, encoding=self._encoding)
        return QueryDict.of_pairs(self._native.get(), self._encoding)

    @cached_property
    def POST(self):
        return QueryDict.of_pairs(self._native.post(), self._encoding)

    @cached_property
    def FILES(self):
        return files_of(self._native.files())

    @cached_property
    def COOKIES(self):
        from django.http.cookie import parse_cookie

        return parse_cookie("; ".join(value for name, value in self._native.headers() if name.lower() == "cookie"))

    @cached_property
    def META(self):
        native = self._native
        meta = {
            "REQUEST_METHOD": native.method,
            "PATH_INFO": native.path_info,
            "SCRIPT_NAME": native.path.removesuffix(native.path_info),
            "QUERY_STRING": native.query_string,
            "REMOTE_ADDR": native.remote_addr,
            "SERVER_PROTOCOL": "HTTP/1.1",
            "CONTENT_TYPE": native.content_type or "",
            "wsgi.url_scheme": native.scheme,
        }
        host, _, port = native.host.rpartition(":")
        is_port = bool(host) and port.isdecimal()
        meta["SERVER_NAME"] = host if is_port else native.host
        meta["SERVER_PORT"] = port if is_port else {"https": "443"}.get(native.scheme, "80")
        for name, value in native.headers():
            key = name.upper().replace("-", "_")
            key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
            meta[key] = f"{meta[key]},{value}" if key in meta and key.startswith("HTTP_") else value
        return meta

    @cached_property
    def _body(self):
        return self._native.body()

    @property
    def body(self):
        return self._body

    @cached_property
    def _stream(self):
        from io import BytesIO

        return BytesIO(self._body)

    @cached_property
    def content_type(self):
        return self._content_type_and_parameters[0]

    @cached_property
    def content_params(self):
        return self._content_type_and_parameters[1]

    @cached_property
    def _content_type_and_parameters(self):
        from django.utils.http import parse_header_parameters

        return parse_header_parameters(self._native.content_type or "")

    @cached_property
    def session(self):
        return self._native.session

    @cached_property
    def user(self):
        native = self._native
        if not native.has_user:
            raise AttributeError("the request has no user: `auth` is not in `[project] middleware`")
        from django.contrib.auth.request_user import lazy_user

        return lazy_user(native)

    @cached_property
    def _messages(self):
        if not self._native.has_messages:
            raise AttributeError("`messages` is not in `[project] middleware`")
        from django.contrib.messages.storage.base import ServerStorage

        return ServerStorage(self)

    @cached_property
    def resolver_match(self):
        from django.urls.resolvers import ResolverMatch

        found = self._native.resolver_match()
        return found and ResolverMatch.of_dict(found)

    def get_host(self):
        # The server refused every other host before it asked for a view.
        return self._native.host

    def get_full_path(self, force_append_slash=False):
        if force_append_slash:
            return super().get_full_path(True)
        return self._native.full_path

    def close(self):
        if "FILES" in self.__dict__:
            for _, files in self.FILES.lists():
                for file in files:
                    file.close()


def files_of(sent):
    """The files of a form, of which the server tells."""
    files = MultiValueDict()
    for name, *file in sent:
        files.appendlist(name, _uploaded(*file))
    return files


def _uploaded(name, content_type, size, charset, path, content):
    from io import BytesIO

    from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile

    if path is None:
        return InMemoryUploadedFile(BytesIO(content), None, name, content_type, size, charset)
    file = UploadedFile(open(path, "rb"), name, content_type, size, charset)
    file.temporary_file_path = lambda: path
    return file


def cookie_lines(cookies):
    """The values of `Set-Cookie`."""
    return [morsel.OutputString() for morsel in cookies.values()]


def streamed(response):
    """The native body of a response that nobody has put something in the place of, or the response itself."""
    import _djr

    native = getattr(response, "_native_body", None)
    if native is not None and response._iterator is response._native_iterator:
        return native
    file = getattr(response, "file_to_stream", None)
    if file is None or response._iterator is not response._file_iterator:
        return response
    if hasattr(file, "getbuffer"):
        content = file.read()
        response.close()
        return content
    try:
        start, descriptor = file.tell(), file.fileno()
        file.seek(0, 2)
        end = file.tell()
        file.seek(start)
        body = _djr.file_body(descriptor, start, end)
    except Exception:
        # Not a file of the system: it is read while it is sent.
        return response
    response.close()
    return body


def unwire(status, headers, body, may_be_framed=False):
    """The response that a view or a middleware of djr gave."""
    from django.http import HttpResponse

    if isinstance(body, bytes):
        response = HttpResponse(body, status=status, content_type="text/html")
    else:
        from django.http import StreamingHttpResponse

        chunks = iter(body.next_chunk, None)
        response = StreamingHttpResponse(chunks, status=status, content_type="text/html")
        response._native_body, response._native_iterator = body, response._iterator
    if may_be_framed:
        response.xframe_options_exempt = True
    del response["Content-Type"]
    for name, value in headers:
        if name.lower() == "set-cookie":
            response.cookies.load(value)
        else:
            response[name] = value
    return response


def view_of(obj):
    """What answers a request: a function, or `as_view()` of a class."""
    if isinstance(obj, type) and hasattr(obj, "as_view"):
        return obj.as_view()
    if not callable(obj):
        raise TypeError(f"a view is a function or a class with as_view(), not {obj!r}")
    return obj


def call_handler(view, request, kind, message, raised):
    """What the handler of an error answers; `kind` is a status or `csrf`, `raised` what a view has raised, or None."""
    if kind == "500":
        return view(request)
    if kind == "csrf":
        return view(request, reason=message)
    return view(request, exception=raised or _exception(kind, request, message))


def _exception(kind, request, message):
    """The exception that stands for what djr itself refuses."""
    from django.core.exceptions import BadRequest, PermissionDenied
    from django.http import Http404

    if kind == "404" and message == request.path:
        from django.urls.exceptions import Resolver404

        return Resolver404({"path": message.lstrip("/"), "tried": []})
    kinds = {"403": PermissionDenied, "404": Http404}
    return kinds.get(kind, BadRequest)(message)


class DjrHandler:
    """The sender of the signals of requests."""


def send_signal(name, request):
    """Sends `request_started` or `request_finished` with what Django tells."""
    from django.core import signals

    signal = getattr(signals, name)
    if name == "request_started":
        signal.send(sender=DjrHandler, environ=request.META)
    else:
        signal.send(sender=DjrHandler)


def send_exception(request, exception):
    """Sends `got_request_exception`, whose receivers may ask `sys.exc_info()`."""
    from django.core.signals import got_request_exception

    calls = exception.__traceback__
    try:
        raise exception
    except BaseException:
        got_request_exception.send(sender=None, request=request)
    finally:
        exception.__traceback__ = calls


def make_middleware(target, get_response):
    """The middleware around `get_response`, or None where it says that it is not used."""
    from django.core.exceptions import ImproperlyConfigured, MiddlewareNotUsed

    try:
        made = target(get_response)
    except MiddlewareNotUsed:
        return None
    if made is None:
        raise ImproperlyConfigured(f"the middleware {target!r} returned None where it has to return a function")
    return made
