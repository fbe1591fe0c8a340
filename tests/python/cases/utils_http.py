from django.utils.http import *
from django.utils.http import escape_leading_slashes, is_same_domain, parse_etags, quote_etag, parse_header_parameters, content_disposition_header
from django.utils.datastructures import MultiValueDict
each(lambda q: urlencode(q), {}, {"a": 1, "b": "ü &"}, [("a", 1), ("a", 2)], {"a": [1, 2]}, {"a": None}, {"a": b"\xff"}, MultiValueDict({"a": [1, 2]}), {"a": ""}, {"ü": True}, [("a", "b", "c")], "ab", 5, {"a": {"x": 1}})
each(lambda q: urlencode(q, doseq=True), {"a": [1, 2], "b": "xy"}, {"a": []}, {"a": (None,)}, MultiValueDict({"a": [1, 2]}), {"a": None}, {"a": {"x": 1}}, {"a": [b"\xff", "ü"]}, {"a": 5}, {"a": b"x"}, {"a": [[1], [2]]}, {"a": iter([1, 2])})
each(http_date, 0, 1167616461.7, 1e9, -1)
http_date().endswith(" GMT")
DATES = ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sunday, 06-Nov-50 08:49:37 GMT", "Sunday, 31-Dec-69 08:49:37 GMT", "Sunday, 31-Dec-70 08:49:37 GMT", "", "x", "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT", "Sun Nov 16 08:49:37 1994", "sun, 06 nov 1994 08:49:37 gmt", " Sun, 06 Nov 1994 08:49:37 GMT ", "Sun, 6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 94 08:49:37 GMT", "06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 0000 08:49:37 GMT", None, 5, "Sun, 06 Nov 9999 08:49:37 GMT", "Wed, 06-Nov-94 08:49:37 GMT"]
each(parse_http_date_safe, *DATES)
each(parse_http_date, *DATES[:10])
each(int_to_base36, 0, 1, 35, 36, 123456789, 2**64, -1, "a", 1.5)
each(base36_to_int, "0", "1", "z", "Z", "10", "", " ", "!", "1" * 13, "1" * 14, "-1", None, 5)
each(urlsafe_base64_encode, b"", b"a", b"\xff\xfe", b"1234567", "a")
each(urlsafe_base64_decode, "", "YQ", "YQ==", "__4", "a", "ü", "Y Q", "!!!!", b"YQ")
each(parse_etags, "", "*", " * ", '"a"', '"a", "b"', 'W/"a","b"', '"a" "b"', 'a', '"a,b"', '"', '""', 'W/', '"a"x', 'w/"a"')
each(quote_etag, "a", '"a"', 'W/"a"', "", 'a"b', "W/a")
[[tried(is_same_domain, h, p) for h in ("example.com", "a.example.com", "EXAMPLE.com", "")] for p in ("example.com", ".example.com", "EXAMPLE.COM", "", "*", None)]
URLS = [None, "", "http://testserver", "https://testserver/a", "//testserver/a", "///testserver", "/a", "a", "//evil.com", "http:///evil.com", "http:\\\\testserver", "http:\\\\evil", "\\\\evil.com", "/\\evil.com", "javascript:alert(1)", "ftp://testserver", "http://testserver:80", "http://testserver@evil.com", "http://evil.com@testserver", "http:testserver", "\x08//evil.com", "http://[a", "http://2001:cdba:0:0:0:0:3257:9652/", "\nhttp://evil.com", "   ", "HTTP://testserver", "http://TESTSERVER", "https:\\\\\\testserver/x", "a:b", "/a:b", "?x=http://evil.com", "http:///testserver", "\u200b/evil", "/" + "a" * 3000, "http://testserver/" + "x" * 3000, "data:text/html,x", "//testserver\t/x", "http:999999999"]
each(lambda u: url_has_allowed_host_and_scheme(u, {"testserver"}), *URLS)
each(lambda u: url_has_allowed_host_and_scheme(u, "testserver", require_https=True), *URLS)
each(lambda u: url_has_allowed_host_and_scheme(u, None), *URLS)
each(lambda u: url_has_allowed_host_and_scheme(u, ["a", "b"]), "http://a", "http://b/x", "http://c")
each(escape_leading_slashes, "//a", "/a", "///a", "", "a//b")
HEADERS = ["x; a=b=c", "x; a*=utf-8''", "x; a*0=b; a*1=c", "x; title*=''bar", "x; title*=utf-8'x", "x;A", "x ; a = b ; c", "=", ";", ";a=b", "x; a=b; a=c", "x,y; a=b", "", "text/plain", "text/vnd.just.made.up.this.type ; ", "text/plain;charset=us-ascii", 'text/plain ; charset="us-ascii"', 'text/plain ; charset="us-ascii"; another=opt', 'attachment; filename="silly.txt"', 'attachment; filename="strange;name"', 'attachment; filename="strange;name";size=123;', 'form-data; name="files"; filename="fo\\"o;bar"', "Content-Type: application/x-stuff; title*=us-ascii'en-us'This%20is%20%2A%2A%2Afun%2A%2A%2A", "x; title*=UTF-8''foo%c3%a4bar", "x; a*=b", "x; a", "x; =b", "x;;a=1", "X/Y; A=B", 'x; a="', 'x; a=""', "x; title*=foo''bar", 'a="b;c"', "x; a='b'", "\xfc; a=ü", 'x; filename="a\\\\b"']
each(parse_header_parameters, *HEADERS)
[[tried(content_disposition_header, a, f) for f in ("", None, "a.txt", "a b.txt", 'a"b.txt', "a\\b", "ü.txt", "€ rates.txt", "a\nb", "a;b", "日本.txt", "a%b", "a'b(c).txt", "\x7f")] for a in (True, False)]
MAX_URL_LENGTH
