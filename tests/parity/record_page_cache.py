"""Records what Django does with the headers of caches, with cached pages and with compression, in golden/page_cache.json.

`record_page_cache.py` writes the file; `record_page_cache.py --check` fails if a fresh recording differs from it.
`cargo test` asks djr the same and compares (src/http/recorded_tests.rs, src/page_cache/tests, src/middleware/tests).
"""

import json
import time
from itertools import product
from pathlib import Path

import recording

GOLDEN = Path(__file__).parent / "golden" / "page_cache.json"
NOW = 1795191516
DATE = "Sun, 08 Nov 2026 10:00:00 GMT"
EARLIER = "Sun, 08 Nov 2026 09:59:59 GMT"

VARY = [None, "Cookie", "cookie", "Accept-Encoding, Cookie", "Accept-Encoding ,Cookie", "*", "Cookie, *", "X-A"]
NEW_VARY = [["Cookie"], ["cookie"], ["Accept-Language", "Cookie"], ["*"], ["X-A", "Origin"]]

CACHE_CONTROL = [
    None, "max-age=60", "MAX-AGE=60", "max-age=0", "private", "public", "private, max-age=5", "no-cache", "no-store",
    'no-cache="Set-Cookie"', "public,max-age=100 , must-revalidate", "max-age=5, s-maxage=7", "Private",
]
PATCHES = [
    {"max_age": 10}, {"max_age": 1000}, {"public": True}, {"private": True}, {"private": True, "max_age": 30},
    {"no_cache": True}, {"no_cache": "Set-Cookie"}, {"no_cache": "Other"}, {"must_revalidate": True},
    {"s_maxage": 3}, {"public": True, "immutable": True, "max_age": 31536000},
    {"stale_while_revalidate": 60, "stale_if_error": 120}, {"no_store": True},
]
MAX_AGES = [
    None, "max-age=60", "MAX-AGE=60", "max-age=0", "max-age=-1", "max-age=x", "max-age=", "public",
    "public, max-age=7", "max-age=7, max-age=8", "s-maxage=3", "max-age=1.5",
]

PATHS = ["/", "/x/", "/a b/", "/é/", "/x/?a=1", "/x/?b=1&a=2", "/x/?q=%20x", "/x/?", "/a;b/", "/a%3Fb/"]
HOSTS = ["testserver", "example.com:8000", "Example.com", "[::1]:80"]
HEADERS = [
    {}, {"Cookie": "a=1"}, {"Cookie": ""}, {"Accept-Encoding": "gzip", "Cookie": "c"}, {"X-A": "1"},
]
LISTS = [[], ["HTTP_COOKIE"], ["HTTP_ACCEPT_ENCODING", "HTTP_COOKIE"], ["HTTP_X_A"], ["HTTP_COOKIE", "HTTP_X_A"]]

TAGS = [None, '"a"', 'W/"a"', '"b"']
CONDITIONS = [
    {}, {"If-None-Match": '"a"'}, {"If-None-Match": 'W/"a"'}, {"If-None-Match": '"x", "a"'}, {"If-None-Match": "*"},
    {"If-None-Match": "garbage"}, {"If-None-Match": "garbage", "If-Modified-Since": DATE}, {"If-Match": '"a"'},
    {"If-Match": 'W/"a"'}, {"If-Match": "*"}, {"If-Match": '"x"'}, {"If-Match": "garbage"},
    {"If-Modified-Since": DATE}, {"If-Modified-Since": EARLIER}, {"If-Modified-Since": "yesterday"},
    {"If-Unmodified-Since": DATE}, {"If-Unmodified-Since": EARLIER}, {"If-Unmodified-Since": "x"},
    {"If-None-Match": '"b"', "If-Modified-Since": DATE}, {"If-None-Match": '"a"', "If-Modified-Since": EARLIER},
    {"If-Match": '"x"', "If-Unmodified-Since": DATE}, {"If-Match": '"a"', "If-None-Match": '"a"'},
    {"If-Match": '"a"', "If-None-Match": '"a"', "If-Unmodified-Since": EARLIER}, {"If-None-Match": ""},
    {"If-None-Match": "  *  "}, {"If-None-Match": '"a'},
]


def django():
    from django.conf import settings

    settings.configure(
        SECRET_KEY="x",
        ALLOWED_HOSTS=["*"],
        TIME_ZONE="UTC",
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    )
    import django

    django.setup()
    time.time = lambda: NOW


def response_with(headers, status=200, body=b"page"):
    from django.http import HttpResponse

    response = HttpResponse(body, status=status)
    for name, value in headers.items():
        if value is not None:
            response.headers[name] = value
    return response


def vary():
    from django.utils.cache import has_vary_header, patch_vary_headers

    for given in VARY:
        response = response_with({"Vary": given})
        has = [has_vary_header(response, name) for name in ("Cookie", "x-a", "*")]
        for new in NEW_VARY:
            response = response_with({"Vary": given})
            patch_vary_headers(response, new)
            yield [given, new, response.headers["Vary"], has]


def cache_control():
    from django.utils.cache import patch_cache_control

    for given, patch in product(CACHE_CONTROL, PATCHES):
        response = response_with({"Cache-Control": given})
        patch_cache_control(response, **patch)
        written = response.headers["Cache-Control"]
        # The order of several fields is that of a set of Python's, which changes from run to run.
        if written.count("no-cache") > 1:
            continue
        yield [given, patch, written]


def response_headers():
    from django.utils.cache import add_never_cache_headers, patch_response_headers

    for given, expires in product(CACHE_CONTROL, [None, DATE]):
        response = response_with({"Cache-Control": given, "Expires": expires})
        patch_response_headers(response, 50)
        never = response_with({"Cache-Control": given, "Expires": expires})
        add_never_cache_headers(never)
        names = ("Expires", "Cache-Control")
        yield [given, expires, [response[name] for name in names], [never[name] for name in names]]


def max_age():
    from django.utils.cache import get_max_age

    for given in MAX_AGES:
        yield [given, get_max_age(response_with({"Cache-Control": given}))]


def request_with(path, headers, method="GET", host="testserver", secure=False):
    """A request as a server hands it over: the path is decoded, the query is not."""
    from urllib.parse import unquote_to_bytes

    from django.test import RequestFactory

    path, _, query = path.partition("?")
    request = RequestFactory().generic(method, "/", secure=secure, headers={**headers, "Host": host})
    # The factory sends an empty cookie where none is meant.
    if "Cookie" not in headers:
        del request.META["HTTP_COOKIE"]
    request.path = request.path_info = unquote_to_bytes(path).decode()
    request.META["QUERY_STRING"] = query.encode().decode("latin-1")
    return request


def keys():
    from django.utils.cache import _generate_cache_header_key, _generate_cache_key

    def key(path, headers, names, prefix="", method="GET", host="testserver", secure=False):
        request = request_with(path, headers, method, host, secure)
        uri = request.build_absolute_uri()
        page = _generate_cache_key(request, method, names, prefix)
        given = {"path": path, "headers": headers, "names": names, "prefix": prefix, "method": method, "host": host, "secure": secure}
        return {**given, "uri": uri, "page_key": page, "header_key": _generate_cache_header_key(prefix, request)}

    yield from (key(path, {}, []) for path in PATHS)
    yield from (key("/x/?a=1", {}, [], host=host, secure=secure) for host in HOSTS for secure in (False, True))
    yield from (key("/x/", headers, names) for headers in HEADERS for names in LISTS)
    yield from (key("/x/", {}, [], prefix, method) for prefix in ("", "pre", "a.b") for method in ("GET", "HEAD"))


def learned():
    """The headers that a page's `Vary` names, without a locale: their names decide, not the language."""
    from django.conf import settings
    from django.core.cache import cache
    from django.utils.cache import learn_cache_key

    settings.USE_I18N = False
    for given in [*VARY, "User-Agent,Accept", "X-Ab, X-A-B, X-A", "Accept-Language, Cookie", "B, a, C"]:
        cache.clear()
        learn_cache_key(request_with("/x/", {}), response_with({"Vary": given}), 60, "", cache)
        yield [given, next(iter(cache._cache.values())) and cache.get(list(cache._cache)[0].split(":", 2)[2])]
    settings.USE_I18N = True


PAGES = [
    {}, {"status": 404}, {"status": 500}, {"status": 301}, {"status": 304}, {"cookie": True, "headers": {"Vary": "Cookie"}},
    {"headers": {"Vary": "Cookie"}}, {"headers": {"Vary": "*"}}, {"headers": {"Vary": "Cookie , *"}},
    {"headers": {"Cache-Control": "private"}}, {"headers": {"Cache-Control": "Private, max-age=5"}},
    {"headers": {"Cache-Control": "no-cache"}}, {"headers": {"Cache-Control": "no-store"}},
    {"headers": {"Cache-Control": "NO-STORE"}}, {"headers": {"Cache-Control": "max-age=30"}},
    {"headers": {"Cache-Control": "max-age=0"}}, {"headers": {"Cache-Control": "public"}},
{"headers": {"Expires": DATE}}, {"headers": {"ETag": '"a"'}},
    {"streaming": True}, {"method": "POST"}, {"method": "HEAD"}, {"method": "PUT"}, {"method": "OPTIONS"},
    {"request": {"Authorization": "Token 1"}}, {"request": {"Authorization": "Token 1"}, "headers": {"Cache-Control": "public"}},
    {"request": {"Authorization": "Token 1"}, "headers": {"Cache-Control": "PUBLIC"}},
    {"request": {"Cookie": "a=1"}, "headers": {"Vary": "Cookie"}}, {"request": {"Cookie": "a=1"}},
    {"headers": {"Vary": "Accept-Encoding, Cookie"}}, {"status": 206}, {"status": 204},
]


def kept():
    """What becomes of a page, by `cache_page(60)` and by the middleware of a whole site (600 seconds)."""
    from django.core.cache import cache
    from django.http import HttpResponse, StreamingHttpResponse
    from django.middleware.cache import CacheMiddleware

    for page, seconds in product(PAGES, [60, None]):
        calls = []

        def view(request):
            calls.append(request)
            if page.get("streaming"):
                return StreamingHttpResponse([b"page"])
            response = response_with(page.get("headers", {}), page.get("status", 200))
            if page.get("cookie"):
                response.set_cookie("a", "1")
            return response

        cache.clear()
        options = {} if seconds is None else {"page_timeout": seconds}
        middleware = CacheMiddleware(view, cache_alias="default", key_prefix="", **options)
        answers = []
        for later in (0, 7):
            time.time = lambda: NOW + later
            request = request_with("/x/?a=1", page.get("request", {}), page.get("method", "GET"))
            answers.append(middleware(request))
        time.time = lambda: NOW
        names = ("Vary", "Cache-Control", "Expires", "Age")
        headers = [[answer.headers.get(name) for name in names] for answer in answers]
        yield {"page": page, "seconds": seconds, "first": headers[0], "second": headers[1], "hit": len(calls) == 1}


def conditional():
    from django.utils.cache import get_conditional_response
    from django.utils.http import parse_http_date

    for method, tag, modified, headers in product(["GET", "HEAD", "POST"], TAGS, [None, DATE], CONDITIONS):
        response = response_with({"ETag": tag, "Last-Modified": modified})
        request = request_with("/x/", headers, method)
        seconds = modified and parse_http_date(modified)
        answer = get_conditional_response(request, tag, seconds, response)
        yield [method, tag, modified, headers, answer.status_code]


def conditional_get():
    """What the middleware does with pages: the tags it makes, and what it leaves of a page that is not sent."""
    from django.middleware.http import ConditionalGetMiddleware

    cases = [
        ({}, {}), ({}, {"Cache-Control": "no-store"}), ({}, {"Cache-Control": "No-Store, private"}), ({}, {"ETag": '"own"'}),
        ({"If-None-Match": '"71860c77c6745379b0d44304d66b6a13"'}, {"Vary": "Cookie", "X-Own": "1", "Cache-Control": "max-age=5"}),
        ({"If-None-Match": '"own"'}, {"ETag": '"own"', "Expires": DATE, "Content-Location": "/a"}),
        ({"If-Modified-Since": DATE}, {"Last-Modified": DATE}), ({"If-None-Match": "*"}, {"Cache-Control": "no-store"}),
    ]
    for (headers, own), method, status in product(cases, ["GET", "HEAD", "POST"], [200, 404, 301]):
        answer = ConditionalGetMiddleware(lambda _: response_with(own, status))(request_with("/x/", headers, method))
        written = sorted([name, value] for name, value in answer.headers.items() if name != "Content-Length")
        yield [headers, own, method, status, answer.status_code, written, len(answer.content)]


def gzip():
    from django.middleware.gzip import GZipMiddleware

    accepted = [None, "", "gzip", "gzip, deflate, br", "deflate", "identity", "gzip;q=0.5"]
    bodies = ["a" * 199, "a" * 200, "a" * 5000]
    own = [{}, {"ETag": '"a"'}, {"ETag": 'W/"a"'}, {"Content-Encoding": "br"}, {"Vary": "Cookie"}]
    for accept, body, headers in product(accepted, bodies, own):
        sent = {} if accept is None else {"Accept-Encoding": accept}
        answer = GZipMiddleware(lambda _: response_with(headers, 200, body))(request_with("/x/", sent))
        names = ("Content-Encoding", "Vary", "ETag")
        yield [accept, len(body), headers, [answer.headers.get(name) for name in names]]


def main():
    django()
    parts = [vary, cache_control, response_headers, max_age, keys, learned, kept, conditional, conditional_get, gzip]
    sections = []
    for part in parts:
        lines = ",\n".join("  " + json.dumps(case, ensure_ascii=False) for case in part())
        sections.append(f' "{part.__name__}": [\n{lines}\n ]')
    recording.keep(GOLDEN, "{\n" + ",\n".join(sections) + "\n}\n")


if __name__ == "__main__":
    main()
