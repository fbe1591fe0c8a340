"""Requests without a browser."""

import json
from io import BytesIO
from urllib.parse import unquote_to_bytes, urlsplit

from django._absent import absent
from django.core.handlers.wsgi import WSGIRequest
from django.core.serializers.json import DjangoJSONEncoder
from django.http.cookie import HasCookies
from django.test.encoding import encode_file, encode_multipart
from django.test.rendered import ContextList
from django.utils.encoding import force_bytes
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

BOUNDARY = "BoUnDaRyOfDjr"
MULTIPART_CONTENT = f"multipart/form-data; boundary={BOUNDARY}"

__all__ = ("Client", "RequestFactory", "encode_file", "encode_multipart", "RedirectCycleError")


class RedirectCycleError(Exception):
    """A redirect leads back to where it came from."""

    def __init__(self, message, last_response):
        super().__init__(message)
        self.last_response = last_response
        self.redirect_chain = last_response.redirect_chain


class RequestFactory(HasCookies):
    """Makes requests that can be handed to a view."""

    def __init__(self, *, json_encoder=DjangoJSONEncoder, headers=None, query_params=None, **defaults):
        self.json_encoder = json_encoder
        self.defaults = {**defaults, **_of_headers(headers)}
        self.query_params = query_params

    def _base_environ(self, **request):
        cookies = "; ".join(f"{cookie.key}={cookie.coded_value}" for cookie in (self._cookies or {}).values())
        return {
            "HTTP_COOKIE": cookies,
            "PATH_INFO": "/",
            "REMOTE_ADDR": "127.0.0.1",
            "REQUEST_METHOD": "GET",
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(b""),
            "wsgi.errors": BytesIO(),
            "wsgi.multiprocess": True,
            "wsgi.multithread": False,
            "wsgi.run_once": False,
            **self.defaults,
            **request,
        }

    def request(self, **request):
        return WSGIRequest(self._base_environ(**request))

    def get(self, path, data=None, secure=False, *, headers=None, query_params=None, **extra):
        return self._with_query("GET", path, data, secure, headers, query_params, extra)

    def head(self, path, data=None, secure=False, *, headers=None, query_params=None, **extra):
        return self._with_query("HEAD", path, data, secure, headers, query_params, extra)

    def trace(self, path, secure=False, *, headers=None, query_params=None, **extra):
        return self.generic("TRACE", path, secure=secure, headers=headers, query_params=query_params, **extra)

    def post(
        self, path, data=None, content_type=MULTIPART_CONTENT, secure=False, *, headers=None, query_params=None, **extra
    ):
        data = self._encode_json({} if data is None else data, content_type)
        body = self._encode_data(data, content_type)
        return self.generic(
            "POST", path, body, content_type, secure=secure, headers=headers, query_params=query_params, **extra
        )

    def options(
        self,
        path,
        data="",
        content_type="application/octet-stream",
        secure=False,
        *,
        headers=None,
        query_params=None,
        **extra,
    ):
        return self.generic(
            "OPTIONS", path, data, content_type, secure=secure, headers=headers, query_params=query_params, **extra
        )

    def put(self, path, data="", content_type="application/octet-stream", secure=False, **extra):
        return self.generic("PUT", path, self._encode_json(data, content_type), content_type, secure=secure, **extra)

    def patch(self, path, data="", content_type="application/octet-stream", secure=False, **extra):
        return self.generic("PATCH", path, self._encode_json(data, content_type), content_type, secure=secure, **extra)

    def delete(self, path, data="", content_type="application/octet-stream", secure=False, **extra):
        return self.generic("DELETE", path, self._encode_json(data, content_type), content_type, secure=secure, **extra)

    def generic(
        self,
        method,
        path,
        data="",
        content_type="application/octet-stream",
        secure=False,
        *,
        headers=None,
        query_params=None,
        **extra,
    ):
        """A request of any method."""
        from django.conf import settings

        parts = urlsplit(str(path))
        data = force_bytes(data, settings.DEFAULT_CHARSET)
        environ = {
            "PATH_INFO": self._get_path(parts),
            "REQUEST_METHOD": method,
            "SERVER_PORT": "443" if secure else "80",
            "wsgi.url_scheme": "https" if secure else "http",
        }
        if data:
            environ.update(
                {"CONTENT_LENGTH": str(len(data)), "CONTENT_TYPE": content_type, "wsgi.input": BytesIO(data)}
            )
        extra = {**extra, **_of_headers(headers)}
        query_params = query_params or self.query_params
        if query_params:
            extra["QUERY_STRING"] = urlencode(query_params, doseq=True)
        environ.update(extra)
        if not environ.get("QUERY_STRING"):
            environ["QUERY_STRING"] = parts.query.encode().decode("iso-8859-1")
        return self.request(**environ)

    def _with_query(self, method, path, data, secure, headers, query_params, extra):
        query = query_params or data or {}
        query = {**extra, "QUERY_STRING": urlencode(query, doseq=True)}
        return self.generic(method, path, secure=secure, headers=headers, **query)

    def _encode_json(self, data, content_type):
        is_json = content_type.partition(";")[0].strip().lower().removeprefix("application/")
        is_json = is_json == "json" or is_json.endswith("+json")
        return json.dumps(data, cls=self.json_encoder) if is_json and isinstance(data, (dict, list, tuple)) else data

    def _encode_data(self, data, content_type):
        if content_type is MULTIPART_CONTENT:
            return encode_multipart(BOUNDARY, data)
        from django.conf import settings

        charset = settings.DEFAULT_CHARSET
        if "charset=" in content_type:
            charset = content_type.partition("charset=")[2].partition(";")[0].strip().strip('"')
        return force_bytes(data, encoding=charset)

    def _get_path(self, parsed):
        """The path as WSGI has it: each byte as a letter."""
        path = parsed.path
        return unquote_to_bytes(path).decode("iso-8859-1")


def _of_headers(headers):
    from django.http.headers import HttpHeaders

    return HttpHeaders.to_wsgi_names(headers) if headers else {}


class Client(RequestFactory):
    """A browser of tests: djr answers in this process, and cookies stay."""

    def __init__(
        self, enforce_csrf_checks=False, raise_request_exception=True, *, headers=None, query_params=None, **defaults
    ):
        super().__init__(headers=headers, query_params=query_params, **defaults)
        self.enforce_csrf_checks = enforce_csrf_checks
        self.raise_request_exception = raise_request_exception
        self.extra = None
        self.headers = None

    def request(self, **request):
        """The response of djr to a request: all its middleware is around the view."""
        import _djr_commands

        from django.core.handlers.djr import unwire
        from django.test import outbox, rendered

        environ = self._base_environ(**request)
        body = environ.pop("wsgi.input").read()
        rendered.collect()
        status, headers, content, raised = _djr_commands.respond(*self._sent(environ, body))
        seen = rendered.collect()
        outbox.collect()
        if raised is not None and self.raise_request_exception:
            raise raised
        response = unwire(status, headers, content)
        response.client = self
        response.request = request
        response.exc_info = (type(raised), raised, raised.__traceback__) if raised is not None else None
        response.templates = [template for template, _ in seen]
        response.context = _context(seen)
        response.wsgi_request = WSGIRequest({**environ, "wsgi.input": BytesIO(body)})
        self._complete(response.wsgi_request)
        for _, context in seen:
            context.fill(user=response.wsgi_request.user, request=response.wsgi_request)
        path = environ["PATH_INFO"]
        response.resolver_match = SimpleLazyObject(lambda: _resolved(path))
        response.json = lambda **options: _json_of(response, options)
        if response._cookies:
            self.cookies.update(response.cookies)
        return response

    def _complete(self, request):
        """What middleware had set on the request that was sent: session and user are those that are there now."""
        from django.contrib.auth import get_user

        request.session = SimpleLazyObject(lambda: self.session)
        request.user = SimpleLazyObject(lambda: get_user(request))

    def _sent(self, environ, body):
        """What `respond` takes of a request."""
        from django.conf import settings
        from urllib.parse import quote_from_bytes

        target = quote_from_bytes(environ["PATH_INFO"].encode("iso-8859-1"), safe="/~!$&'()*+,;=:@")
        if environ.get("QUERY_STRING"):
            target += "?" + environ["QUERY_STRING"].encode("iso-8859-1").decode("utf-8", "replace")
        secure = environ["wsgi.url_scheme"] == "https"
        port = environ["SERVER_PORT"]
        host = environ["SERVER_NAME"] + ("" if port in ("80", "443") else f":{port}")
        headers = {"Host": environ.get("HTTP_HOST", host)}
        for name, value in environ.items():
            if name.startswith("HTTP_") and name != "HTTP_HOST" and (value or name != "HTTP_COOKIE"):
                headers[name[5:].replace("_", "-").title()] = str(value)
        for name in ("CONTENT_TYPE", "CONTENT_LENGTH"):
            if environ.get(name):
                headers[name.replace("_", "-").title()] = str(environ[name])
        if not self.enforce_csrf_checks and environ["REQUEST_METHOD"] not in ("GET", "HEAD", "OPTIONS", "TRACE"):
            self._add_csrf_token(headers, secure, settings)
        return environ["REQUEST_METHOD"], target, list(headers.items()), body, secure

    def _add_csrf_token(self, headers, secure, settings):
        """A cookie and a header that belong together, where the check is not what a test is about."""
        name = settings.CSRF_COOKIE_NAME
        known = self.cookies.get(name)
        token = known.value if known else "t" * 32
        if known is None:
            cookies = headers.get("Cookie")
            headers["Cookie"] = f"{cookies}; {name}={token}" if cookies else f"{name}={token}"
        header = settings.CSRF_HEADER_NAME.removeprefix("HTTP_").replace("_", "-").title()
        headers.setdefault(header, token)
        if secure:
            headers.setdefault("Referer", f"https://{headers['Host']}/")

    def generic(self, method, path, data="", content_type="application/octet-stream", secure=False, **extra):
        """As in the factory, and after redirects with `follow`."""
        follow = extra.pop("follow", False)
        response = super().generic(method, path, data, content_type, secure, **extra)
        return self._handle_redirects(response, secure) if follow else response

    def get(self, path, data=None, follow=False, secure=False, *, headers=None, query_params=None, **extra):
        return self._with_query("GET", path, data, secure, headers, query_params, {**extra, "follow": follow})

    def head(self, path, data=None, follow=False, secure=False, *, headers=None, query_params=None, **extra):
        return self._with_query("HEAD", path, data, secure, headers, query_params, {**extra, "follow": follow})

    def _handle_redirects(self, response, secure):
        response.redirect_chain = []
        seen = []
        while response.status_code in (301, 302, 303, 307, 308):
            chain = response.redirect_chain if hasattr(response, "redirect_chain") else seen
            address = response["Location"]
            seen = [*chain, (address, response.status_code)]
            response.redirect_chain = seen
            if len(seen) > 20 or address in [where for where, _ in chain]:
                raise RedirectCycleError(f"the redirects lead back to {address}", response)
            parts = urlsplit(address)
            path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
            response = RequestFactory.generic(self, "GET", path, secure=parts.scheme == "https" or secure)
            response.redirect_chain = seen
        return response

    @property
    def session(self):
        """The session of the cookie, or a new one."""
        from django.conf import settings

        cookie = self.cookies.get(settings.SESSION_COOKIE_NAME)
        session = _session_engine().SessionStore(cookie.value if cookie else None)
        if cookie is None:
            session.save()
            self.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return session

    def login(self, **credentials):
        """Whether the user of a name and a password is the visitor now."""
        from django.contrib.auth import authenticate

        user = authenticate(**credentials)
        if user is None:
            return False
        self.force_login(user)
        return True

    def force_login(self, user, backend=None):
        """Makes a user the visitor without a password."""
        from django.conf import settings
        from django.contrib.auth import login

        request = self._request_of_session()
        login(request, user, backend or getattr(user, "backend", None) or settings.AUTHENTICATION_BACKENDS[0])
        request.session.save()
        self.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
        self.cookies[settings.SESSION_COOKIE_NAME].update(
            {
                "max-age": None,
                "path": "/",
                "domain": settings.SESSION_COOKIE_DOMAIN,
                "secure": settings.SESSION_COOKIE_SECURE or None,
                "expires": None,
            }
        )

    def logout(self):
        """Makes the visitor nobody, whose session and cookies are gone."""
        from http.cookies import SimpleCookie

        from django.contrib.auth import get_user, logout

        request = self._request_of_session()
        request.user = get_user(request)
        logout(request)
        self.cookies = SimpleCookie()

    def _request_of_session(self):
        """A request that has the session of the cookie, or a new one."""
        from django.conf import settings
        from django.http import HttpRequest

        cookie = self.cookies.get(settings.SESSION_COOKIE_NAME)
        request = HttpRequest()
        request.session = _session_engine().SessionStore(cookie.value if cookie else None)
        return request


def _context(seen):
    """The context of a response: of one template, or of all that were rendered, each once."""
    contexts = []
    for _, context in seen:
        if not any(context is known for known in contexts):
            contexts.append(context)
    if not contexts:
        return None
    return contexts[0] if len(seen) == 1 else ContextList(contexts)


def _session_engine():
    from importlib import import_module

    from django.conf import settings

    return import_module(settings.SESSION_ENGINE)


def _resolved(path):
    from django.urls import Resolver404, resolve

    try:
        return resolve(path)
    except Resolver404:
        return None


def _json_of(response, options):
    if "application/json" not in response.get("Content-Type", ""):
        raise ValueError(f"the response is {response.get('Content-Type')}, not application/json")
    return json.loads(response.content, **options)


__getattr__ = absent(__name__)
