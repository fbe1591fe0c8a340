from io import BytesIO
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, parse_cookie, HttpHeaders, RawPostDataException, UnreadablePostError
from django.http.request import MediaType, split_domain_port, validate_host
from django.test import RequestFactory
def made(method="GET", path="/", query="", body=b"", kind="", **meta):
    return WSGIRequest({"REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "wsgi.input": BytesIO(body), "CONTENT_LENGTH": str(len(body)), "CONTENT_TYPE": kind, "wsgi.url_scheme": "http", "SERVER_NAME": "testserver", "SERVER_PORT": "80", **meta})
FORM = "application/x-www-form-urlencoded"
r = made("POST", "/a/", "x=1&x=2", b"a=1&b=%C3%BC", FORM, HTTP_HOST="testserver", HTTP_COOKIE="a=b; c=d")
r.method, r.path, r.path_info, r.GET, r.POST, r.COOKIES, r.body, r.content_type, r.content_params, r.encoding, r.scheme, r.is_secure(), r.FILES
r.get_host(), r.get_port(), r.get_full_path(), r.get_full_path_info(), r.build_absolute_uri(), repr(r), r.resolver_match
each(r.build_absolute_uri, "/x", "x", "../y", "//h/x", "http://o/", "?q", "", "/a/../b", "ü", "/./x", "#f", "//", "http:x")
made(path="//evil/x").build_absolute_uri(), made(path="/ä b").get_full_path(), made(path="/a", query="q=ü").get_full_path(True)
tried(lambda: made(HTTP_HOST="evil.com").get_host())
each(lambda h: made(HTTP_HOST=h).get_host(), "testserver", "TESTSERVER", "testserver:8000", "a.example.com", "example.com", "x.com", "", "a b", "testserver:", "testserver:x", "[::1]", "testserver.", "user@testserver", "testserver/x", "évil", "example.com.", "[::1]:80", "testserver:80:80")
each(lambda m: made(**m).get_host(), {"SERVER_PORT": "8000"}, {"HTTP_X_FORWARDED_HOST": "x.com"}, {"SERVER_NAME": "example.com", "SERVER_PORT": "443"})
each(split_domain_port, "a.com", "A.com:80", "a.com.", "[::1]:80", "[::1]", "", "a b", "a:b", "a.com:", "a_b.com", "[x]", "-a.com", "ü.com")
each(lambda p: validate_host("a.example.com", p), [], ["*"], ["example.com"], [".example.com"], ["a.example.com"], ["A.EXAMPLE.COM"])
each(parse_cookie, "", "a=b", "a=b; c=d", "a", "=b", "a=b=c", 'a="b; c"', ' a = b ;c', "a=b;a=c", 'a="x\\"y"', 'a="\\303\\274"', "a=;b=", "ü=ö", "a[b]=c", ";;", "a=b, c=d", '"a"=b', 'a="', 'a=""', "a= b c", 'a="\\\\"')
h = HttpHeaders({"HTTP_USER_AGENT": "x", "CONTENT_TYPE": "t", "CONTENT_LENGTH": "5", "OTHER": "z", "HTTP_X_Y_Z": "q"})
h, h["user-agent"], h["User_Agent"], h.get("x-y-z"), "other" in h, h.get("Nothing"), h["content-type"]
tried(lambda: h["no"])
HttpHeaders.to_wsgi_name("X-Y"), HttpHeaders.to_wsgi_name("Content-Type"), HttpHeaders.parse_header_name("HTTP_A_B"), HttpHeaders.parse_header_name("A"), HttpHeaders.to_asgi_name("X-Y"), HttpHeaders.to_wsgi_names({"A": 1}), HttpHeaders.to_asgi_names({"a-b": 1})
ACCEPTS = ["*/*", "text/html", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json;q=0", "", "text/*", "text/html;version=2", "a/b;q=0.5, a/c;q=0.7, a/*;q=0.1", "text/plain;q=x", "text/html;q=1.5", "x", ",", "text/html; q=0.5; v=1, text/html"]
[[made(HTTP_ACCEPT=a).accepts(k) for k in ("text/html", "application/json", "text/plain", "a/b", "*/*", "text/html;version=2", "text/html; v=1", "text/*")] for a in ACCEPTS]
[[str(k) for k in made(HTTP_ACCEPT=a).accepted_types] for a in ACCEPTS]
[[str(k) for k in made(HTTP_ACCEPT=a).accepted_types_by_precedence] for a in ACCEPTS]
[[made(HTTP_ACCEPT=a).get_preferred_type(k) for k in (["text/html", "application/json"], ["application/json", "text/html"], [], ["a/b", "a/c"], ["image/png"], ["text/html; v=1", "text/html"])] for a in ACCEPTS]
made().accepts("x/y"), [str(k) for k in made().accepted_types]
each(lambda t: (str(MediaType(t)), repr(MediaType(t)), MediaType(t).quality, MediaType(t).specificity), "*/*", "text/html", "text/*;q=0.3", "a/b; c=d; q=0.2", "", None, "x", "a/b;q=2", "a/b;q=-1", "a/b;q=nan")
[[MediaType(a).match(b) for b in ("*/*", "text/*", "text/html", "text/html; v=1", "text/html; v=2", "", None, "a/b", "text/html; q=0.5")] for a in ("*/*", "text/*", "text/html", "text/html; v=1", "*/html")]
e = HttpRequest()
e.method, e.GET, e.POST, e.COOKIES, e.META, e.FILES, e.path, e.content_type, repr(e), e.encoding, e.scheme
e.GET["a"] = "1"
e.GET
j = made("POST", body=b'{"a": 1}', kind="application/json")
j.POST, j.body, j.content_type
c = made("POST", "/", "", "ü=ö".encode("latin-1"), FORM + "; charset=latin-1")
c.encoding, c.POST
c.encoding = "utf-8"
c.POST
made("POST", body=b"a=1", kind=FORM + "; charset=nonsense").encoding
p = made("PUT", body=b"a=1", kind=FORM)
p.POST, p.body
s = made("POST", body=b"a=1&b=2", kind=FORM)
s.read(3), tried(lambda: s.body), s.POST, s.read()
l = made("POST", body=b"x\ny\nz", kind="text/plain")
list(l), l.readlines(), l.readline()
b = made("POST", body=b"a=1", kind=FORM)
b.body, b.POST, b.read(), b.body
big = made("POST", body=b"a=" + b"x" * 3000000, kind=FORM)
tried(lambda: big.body), tried(lambda: big.POST)
short = made("POST", body=b"a=1", kind=FORM, CONTENT_LENGTH="2")
short.body, short.POST
each(lambda n: made("POST", body=b"a=1", kind=FORM, CONTENT_LENGTH=n).body, "", "x", "-1", "100", None)
BOUNDARY = "multipart/form-data; boundary=xx"
BODY = b'--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--xx\r\nContent-Disposition: form-data; name="f"; filename="C:\\\\x\\\\t.txt"\r\nContent-Type: text/plain; charset=utf-8; k=v\r\n\r\nline1\r\nline2\r\n--xx--\r\n'
m = made("POST", body=BODY, kind=BOUNDARY)
m.POST, list(m.FILES), m.FILES["f"].name, m.FILES["f"].read(), m.FILES["f"].content_type, m.FILES["f"].charset, m.FILES["f"].size, m.FILES["f"].content_type_extra, m.FILES["f"].field_name
tried(lambda: m.body)
m.close()
BAD = [b"", b"garbage", b"--xx", b"--xx--", b'--xx\r\nContent-Disposition: form-data; name="a"\r\n\r\n1', b'--xx\r\nContent-Disposition: form-data; name=""\r\n\r\n1\r\n--xx--', b'--xx\r\n\r\n1\r\n--xx--\r\n', b'--xx\r\nContent-Disposition: form-data; name="f"; filename=""\r\n\r\nx\r\n--xx--\r\n', b'--xx\r\nContent-Disposition: form-data; name="f"; filename=".."\r\n\r\nx\r\n--xx--\r\n', b'--xx\r\nContent-Disposition: form-data; name="\xc3\xbc"\r\n\r\n\xc3\xb6\r\n--xx--\r\n', b'--xx\r\nContent-Disposition: attachment; name="a"\r\n\r\n1\r\n--xx--\r\n', b'--xx\r\nContent-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64\r\n\r\nYWJj\r\n--xx--\r\n', b'--xx\r\ncontent-disposition: form-data; name=a\r\n\r\n1\r\n--xx\r\nContent-Disposition: form-data; name=a\r\n\r\n2\r\n--xx--\r\n']
each(lambda body: (lambda q: (q.POST, [(k, f.name, f.read()) for k, f in q.FILES.items()]))(made("POST", body=body, kind=BOUNDARY)), *BAD)
each(lambda kind: made("POST", body=BODY, kind=kind).POST, "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=é", "multipart/form-data; boundary=\"xx\"", "multipart/form-data; boundary=" + "x" * 300)
f = RequestFactory()
g = f.get("/a/?x=1", {"y": [1, 2]})
g.GET, g.path, g.META["SERVER_NAME"], g.method, g.get_host(), g.build_absolute_uri()
f.get("/a/?x=1&y=ü#f").GET, f.get("/ü/").path, f.get("/a%20b/").path, f.get("", query_params={"a": "1"}).GET
o = f.post("/a/", {"x": "1", "l": ["a", "b"], "n": 5, "f": BytesIO(b"data")})
o.POST, [(k, x.name, x.read()) for k, x in o.FILES.items()], o.content_type
tried(lambda: f.post("/", {"x": None}))
f.post("/", {"a": [1, {"b": 2}]}, content_type="application/json").body, f.post("/", "a=1", content_type=FORM).POST, f.put("/", {"a": 1}, content_type="application/json").body, f.delete("/").method, f.patch("/", "x").body, f.head("/?a=1").GET, f.options("/").method, f.trace("/").method, f.generic("PURGE", "/x").method
f.get("/", secure=True).is_secure(), f.get("/", headers={"user-agent": "x", "accept": "y"}).headers["User-Agent"], RequestFactory(headers={"x-a": "1"}).get("/").headers["X-A"], f.get("/", HTTP_X_B="2").META["HTTP_X_B"]
f.cookies["a"] = "b c"
f.get("/").COOKIES
each(lambda d: f.post("/", d).POST, {}, {"a": ""}, {"a": "ü"}, {"a": b"x"}, {"a": True}, {"a": ()}, {"a": (1, 2)})
x = made("POST", body=b"a=1", kind=FORM)
x.POST = {"z": 1}
x.POST
from django.core import signing
k = made()
k.COOKIES["c"] = signing.get_cookie_signer(salt="c").sign("v")
k.get_signed_cookie("c"), k.get_signed_cookie("d", default=5), tried(k.get_signed_cookie, "d"), tried(k.get_signed_cookie, "c", salt="x"), k.get_signed_cookie("c", default=None, salt="x"), k.get_signed_cookie("c", max_age=100), tried(k.get_signed_cookie, "c", max_age=-1)
