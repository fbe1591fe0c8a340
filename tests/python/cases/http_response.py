import datetime, pickle, json
from io import BytesIO, StringIO
from django.http import *
from django.http.response import ResponseHeaders, BadHeaderError, HttpResponseBase
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
r = HttpResponse("ü", status=201)
r.content, r.status_code, r.reason_phrase, r.charset, dict(r.headers), r["content-type"], repr(r), r.text, r.streaming, r.closed
each(lambda c: HttpResponse(c).content, "", b"x", "a", None, 5, ["a", b"b", 1], ("x",), iter("ab"), lazystr("z"), mark_safe("<b>"), {"a": 1}, memoryview(b"m"), (n for n in range(3)), bytearray(b"ab"), {"s"}, True, 1.5)
each(lambda s: HttpResponse(status=s).status_code, 200, "404", 99, 600, "x", None, 100, 599, 299.9, True)
each(lambda s: HttpResponse(status=s).reason_phrase, 200, 404, 418, 299, 500, 302, 203)
HttpResponse(reason="Own").reason_phrase
each(lambda k: (lambda x: (x["Content-Type"], x.charset))(HttpResponse("", content_type=k)), "text/plain", "text/plain; charset=latin-1", "text/html; charset=\"utf-16\"", "x; CHARSET=ascii", None, "", "a; charset=", "text/plain;charset='x'")
HttpResponse("ü", charset="latin-1").content, HttpResponse(headers={"X": 1, "Content-Type": "t"}).headers
tried(HttpResponse, headers={"Content-Type": "a"}, content_type="b")
r["X-A"] = "1"
r.headers["X-B"] = 2
r.setdefault("X-A", "9")
r.setdefault("X-C", "3")
"x-a" in r, r.has_header("X-A"), r["x-a"], r.get("no"), r.get("no", 5), list(r.items())
del r["X-A"]
del r["never"]
tried(lambda: r["X-A"])
tried(lambda: r.__setitem__("a\nb", "x"))
each(lambda v: (lambda x: (x.__setitem__("X", v), x["X"]))(HttpResponse()), "a\nb", "a\r", b"bytes", "ü", "日本", 5, None, "x" * 200, "日" * 100, b"\xff", "a\x00b", lazystr("l"))
each(lambda k: (lambda x: (x.__setitem__(k, "v"), list(x.headers)))(HttpResponse()), "ü", b"b", "x y", 5, "")
r.serialize_headers(), r.serialize(), bytes(HttpResponse("x"))
w = HttpResponse("a")
w.write("b")
w.write(b"c")
w.writelines(["d", "e"])
w.content, w.tell(), w.getvalue(), w.writable(), w.readable(), w.seekable(), list(w)
w.content = ["x", "y"]
w.content
w.flush(), w.close(), w.closed
c = HttpResponse()
c.set_cookie("a", "b")
c.set_cookie("b", "x y;z", max_age=10, path="/p", domain="d.com", secure=True, httponly=True, samesite="Lax")
c.set_cookie("c", "v", max_age=datetime.timedelta(hours=1))
c.set_cookie("e", expires=datetime.datetime(2000, 1, 1))
c.set_cookie("f", expires="Thu, 01 Jan 2030 00:00:00 GMT")
c.set_cookie("g", "", path=None)
import re
[re.sub("expires=[^;]*(20[3-9]|202[6-9])[^;]*", "expires=LATER", m.OutputString()) for m in c.cookies.values()]
tried(c.set_cookie, "x", samesite="nope")
tried(c.set_cookie, "x", expires=datetime.datetime(2030, 1, 1), max_age=5)
tried(c.set_cookie, "a b")
tried(c.set_cookie, "ü", "ü")
c.set_cookie("n", max_age=1.5), c.cookies["n"]["max-age"]
d = HttpResponse()
d.delete_cookie("a")
d.delete_cookie("__Secure-b", path="/x", domain="q", samesite="none")
d.cookies.output()
d.set_signed_cookie("s", "v", salt="z", httponly=True), d.cookies["s"].value.startswith("v:"), d.cookies["s"]["httponly"]
URLS = ["/a", "http://x/", "ftp://x", "javascript:alert(1)", "//h", "/ü?x=ö", "", "mailto:a@b", "a:b", "x" * 16384, "x" * 16385, lazystr("/l"), "/a b", "data:text/html,x", "HTTP://X/"]
each(lambda u: (lambda x: (x.status_code, x.url, x["Location"], x.content))(HttpResponseRedirect(u)), *URLS)
each(lambda u: (lambda x: (x.status_code, x.url))(HttpResponsePermanentRedirect(u, preserve_request=True)), "/a", "javascript:x")
HttpResponseRedirect("/a", preserve_request=True).status_code, repr(HttpResponseRedirect("/a")), HttpResponseRedirect("/a", content_type="t")["Content-Type"]
n = HttpResponseNotModified()
n.status_code, n.content, list(n.headers), tried(HttpResponseNotModified, "x"), tried(setattr, n, "content", "y")
[(x.status_code, x.content) for x in (HttpResponseBadRequest("b"), HttpResponseNotFound("n"), HttpResponseForbidden(), HttpResponseGone(), HttpResponseServerError("s"))]
a = HttpResponseNotAllowed(["GET", "POST"], "c")
a.status_code, a["Allow"], repr(a), a.content
each(lambda v: JsonResponse(v).content, {}, {"a": 1, "ü": "ö"}, [], "x", None, {"d": datetime.date(2026, 1, 2)}, {"o": object()}, {1: 2}, {"n": float("nan")})
each(lambda v: JsonResponse(v, safe=False).content, [1], "x", None, 5, lazystr("z"))
JsonResponse({"a": [1]}, json_dumps_params={"indent": 1}, status=400).content, JsonResponse({}, status=400).status_code, JsonResponse({})["Content-Type"], repr(JsonResponse({})), JsonResponse({}, content_type="x")["Content-Type"], JsonResponse({}, headers={"X": "y"})["X"], JsonResponse({"a": 1}, encoder=json.JSONEncoder).content
s = StreamingHttpResponse(x for x in ["a", b"b", 1])
s.streaming, list(s), list(s), tried(lambda: s.content), tried(lambda: s.text), repr(s), tried(s.write, "x"), tried(s.tell)
s.streaming_content = ["z"]
s.getvalue(), s.is_async
closed = []
class Source(BytesIO):
    name = "dir/report.pdf"
    def close(self):
        closed.append(1)
        super().close()
f = FileResponse(Source(b"%PDF"))
dict(f.headers), f.getvalue(), f.close(), closed
NAMES = ["a.txt", "a.tar.gz", "ü.pdf", "noext", 'q"x.csv', "x.unknownext", "", "a.html", "a.js", "a.json", "a.png", "a.bz2", "a.xz", "a.Z", "a.br", "a\nb.txt"]
each(lambda n: (lambda x: [x.headers.get(k) for k in ("Content-Type", "Content-Disposition", "Content-Length")])(FileResponse(BytesIO(b"abc"), filename=n)), *NAMES)
each(lambda n: (lambda x: [x.headers.get(k) for k in ("Content-Type", "Content-Disposition", "Content-Length")])(FileResponse(BytesIO(b"abc"), filename=n, as_attachment=True)), *NAMES)
half = BytesIO(b"abcdef")
half.seek(2)
FileResponse(half)["Content-Length"], FileResponse(half).getvalue()
FileResponse(iter([b"a"])).getvalue(), FileResponse(BytesIO(b"x"), content_type="own/type")["Content-Type"], FileResponse(BytesIO(b"x"), headers={"Content-Type": "h/t"})["Content-Type"], FileResponse([b"x"]).headers
b = HttpResponseBase()
b.status_code, dict(b.headers), tried(b.write, "x"), tried(b.tell), b.flush()
p = pickle.loads(pickle.dumps(HttpResponse("x", status=202)))
p.content, p.status_code, dict(p.headers)
h = ResponseHeaders({"A": "b"})
h["a"], h.pop("A"), h.pop("A", 5), h.setdefault("Q", "1"), h["q"], tried(ResponseHeaders, [("a",)]), issubclass(BadHeaderError, ValueError), issubclass(Http404, Exception)
k = SimpleCookie("a=b; c=d")
k["a"].value, sorted(k)
