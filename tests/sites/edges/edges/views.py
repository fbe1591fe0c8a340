"""Views at the edges of HTTP: decorators, streams, files, headers, cookies and bodies."""

import datetime
import hashlib
import io
import tempfile

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import (
    FileResponse,
    Http404,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
    StreamingHttpResponse,
)
from django.template.response import TemplateResponse
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import (
    xframe_options_deny,
    xframe_options_exempt,
    xframe_options_sameorigin,
)
from django.views.decorators.common import no_append_slash
from django.views.decorators.csrf import (
    csrf_exempt,
    csrf_protect,
    ensure_csrf_cookie,
    requires_csrf_token,
)
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import (
    condition,
    conditional_page,
    etag,
    last_modified,
    require_GET,
    require_http_methods,
    require_POST,
    require_safe,
)
from django.views.decorators.vary import vary_on_cookie, vary_on_headers

CHANGED = datetime.datetime(2024, 5, 17, 12, 30, 15, tzinfo=datetime.timezone.utc)
LONG = "edges of HTTP " * 200


def _own(values):
    """What a walk sends, without the token that differs with each."""
    return {name: values[name] for name in values if not name.startswith("csrf")}


def plain(request):
    return HttpResponse("plain")


@csrf_exempt
def exempt(request):
    return JsonResponse({"method": request.method, "post": _own(request.POST)})


@csrf_exempt
@csrf_protect
def both(request):
    return HttpResponse("both")


@csrf_protect
@csrf_exempt
def exempt_within(request):
    return HttpResponse("exempt within")


@method_decorator(csrf_exempt, name="dispatch")
class Exempt(View):
    def get(self, request):
        return HttpResponse("get")

    def post(self, request):
        return HttpResponse(f"post {request.POST.get('a')}")


@csrf_protect
def guarded(request):
    return HttpResponse("guarded")


@ensure_csrf_cookie
def with_cookie(request):
    return HttpResponse("cookie")


@requires_csrf_token
def with_token(request):
    return HttpResponse("token")


@never_cache
def never(request):
    return HttpResponse("never")


@cache_control(max_age=60, public=True, stale_while_revalidate=30)
def control(request):
    return HttpResponse("control")


@vary_on_cookie
@vary_on_headers("User-Agent", "Accept-Language")
def vary(request):
    return HttpResponse("vary")


@require_GET
def only_get(request):
    return HttpResponse("get")


@require_POST
def only_post(request):
    return HttpResponse("post")


@require_safe
def only_safe(request):
    return HttpResponse("safe")


@require_http_methods(["PUT", "PATCH"])
def only_put(request):
    return HttpResponse(request.body)


def _tag(request, *args, **kwargs):
    return hashlib.md5(request.GET.get("v", "1").encode()).hexdigest()


def _changed(request, *args, **kwargs):
    return CHANGED


@csrf_exempt
@condition(etag_func=_tag, last_modified_func=_changed)
def conditional(request):
    return HttpResponse("conditional")


@etag(_tag)
def tagged(request):
    return HttpResponse("tagged")


@last_modified(_changed)
def dated(request):
    return HttpResponse("dated")


@conditional_page
def tagged_by_content(request):
    return HttpResponse("tagged by content")


@gzip_page
def packed(request):
    return HttpResponse(LONG, content_type="text/plain")


@xframe_options_deny
def deny(request):
    return HttpResponse("deny")


@xframe_options_sameorigin
def sameorigin(request):
    return HttpResponse("sameorigin")


@xframe_options_exempt
def framed(request):
    return HttpResponse("framed")


@no_append_slash
def no_slash(request):
    return HttpResponse("no slash")


@sensitive_post_parameters("password")
@sensitive_variables("secret")
def sensitive(request):
    secret = request.POST.get("password")
    return HttpResponse(f"{request.sensitive_post_parameters} {len(secret or '')}")


def template(request):
    return TemplateResponse(request, "edges/page.html", {"name": "<ada>"})


def stream(request):
    return StreamingHttpResponse((f"{number};" for number in range(2000)), content_type="text/plain")


def broken_stream(request):
    def pieces():
        yield b"begin"
        raise ValueError("in the middle")

    return StreamingHttpResponse(pieces(), content_type="text/plain")


def file(request):
    sent = tempfile.NamedTemporaryFile(suffix=".txt")
    sent.write(b"0123456789" * 1000)
    sent.seek(int(request.GET.get("from", 0)))
    return FileResponse(sent, as_attachment="as" in request.GET, filename="ünder \"the\" sea.txt")


def memory_file(request):
    return FileResponse(io.BytesIO(b"in memory"), filename="memory.pdf")


def not_modified(request):
    return HttpResponseNotModified()


def cookies(request):
    response = JsonResponse({"cookies": _own(request.COOKIES)})
    response.set_cookie("plain", "value")
    response.set_cookie("all", "a b;c", max_age=60, path="/edges/", domain="example.com", secure=True, httponly=True, samesite="Strict")
    response.set_cookie("until", "x", expires="Tue, 01 Jan 2030 00:00:00 GMT")
    response.set_cookie("umlaut", "ä")
    response.set_cookie("days", "x", max_age=datetime.timedelta(days=1))
    response.delete_cookie("gone", path="/a/", samesite="none")
    return response


def meta(request):
    names = ["REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "HTTP_X_ONE", "HTTP_ACCEPT_LANGUAGE", "HTTP_USER_AGENT"]
    return JsonResponse(
        {
            "meta": {name: request.META.get(name) for name in names},
            "headers": [request.headers.get("x-one"), request.headers.get("X_ONE"), "X-One" in request.headers],
            "path": [request.path, request.path_info, request.get_full_path(), request.scheme, request.is_secure()],
            "accepts": [request.accepts("text/html"), request.accepts("application/json")],
            "get": list(request.GET.lists()),
            "encoding": request.encoding,
        }
    )


@csrf_exempt
def body(request):
    found = {"length": len(request.body), "sum": hashlib.md5(request.body).hexdigest()}
    if request.content_type != "application/octet-stream":
        found["post"] = list(request.POST.lists())
    return JsonResponse(found)


@csrf_exempt
def read(request):
    first = request.read(3)
    lines = request.readlines()
    return JsonResponse({"first": first.decode("latin-1"), "lines": [line.decode("latin-1") for line in lines]})


@csrf_exempt
def upload(request):
    found = []
    for name, file in request.FILES.items():
        chunks = list(file.chunks(chunk_size=4))
        file.seek(0)
        found.append([name, file.name, file.size, file.content_type, len(chunks), file.read().decode(), file.multiple_chunks()])
    return JsonResponse({"files": found, "post": _own(request.POST)})


def headers(request):
    response = HttpResponse("headers", headers={"X-Site": "ünïcode", "Content-Type": "text/plain"})
    response.headers["X-Shop"] = "a"
    response["X-Shop"] = "b"
    del response["X-None"]
    return response


def latin(request):
    return HttpResponse("schön".encode("latin-1"), content_type="text/plain; charset=latin-1")


def raises(request, kind):
    kinds = {
        "404": Http404("no such thing"),
        "403": PermissionDenied("not you"),
        "400": BadRequest("bad"),
        "suspicious": SuspiciousOperation("odd"),
        "500": ValueError("zero"),
    }
    raise kinds[kind]


def nothing(request):
    return None


def not_found(request, exception):
    said = exception.args[0] if exception.args else ""
    return HttpResponse(f"own 404: {type(exception).__name__} {said if isinstance(said, str) else sorted(said)}", status=404, content_type="text/plain")


def forbidden(request, exception):
    return HttpResponse(f"own 403: {exception}", status=403, content_type="text/plain")


def bad_request(request, exception):
    return HttpResponse(f"own 400: {type(exception).__name__} {exception}", status=400, content_type="text/plain")


def server_error(request):
    return HttpResponse("own 500", status=500, content_type="text/plain")
