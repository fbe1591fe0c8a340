import datetime, decimal
from django.utils.encoding import *
from django.utils.encoding import repercent_broken_unicode, escape_uri_path, uri_to_iri, iri_to_uri, filepath_to_uri, punycode
from django.utils.functional import lazystr
VALUES = ["", "ü", b"", b"\xc3\xbc", b"\xff", None, 5, 1.5, lazystr("ö"), True, datetime.date(2020, 1, 1), decimal.Decimal("1.10"), memoryview(b"ab"), [1]]
each(force_str, *VALUES)
each(lambda v: force_str(v, strings_only=True), *VALUES)
each(lambda v: force_str(v, errors="replace"), *VALUES)
each(lambda v: force_str(v, "latin-1"), *VALUES)
each(lambda v: str(smart_str(v)), *VALUES)
each(force_bytes, *VALUES)
each(lambda v: force_bytes(v, "latin-1"), *VALUES)
each(lambda v: force_bytes(v, strings_only=True), *VALUES)
each(is_protected_type, *VALUES)
type(smart_str(lazystr("x"))) is str, type(smart_bytes(lazystr("x"))) is bytes
IRIS = ["", None, "/a b", "/ü/ö?x=ä&y=1#f", "red%09rosé#red", "/blog/for/Jürgen Münster/", "%", "%zz", "/%20/%25", "a'b~c", "http://öä.com/", "/😀", "\x00", "a\\b", "<>\"`{}|^", lazystr("/ü"), 5]
each(iri_to_uri, *IRIS)
URIS = ["", None, "/%C3%BC", "/%E2%99%A5%E2%99%A5/", "/%FF", "/%20a%41%2F%2f", "/%7E%2D%5F%2E", "/%", "/%4", "/%zz", "/ü", "/%E2%99", b"/%C3%BC", "/%3fa", "/%00", "/%c3%bc%C3", "%%20"]
each(uri_to_iri, *URIS)
each(escape_uri_path, "/a b/", "/;some/=awful/?path/:with/@lots/&of/+awful/chars", "/ü", "", "/%20", "/a$b,c", "/a'b!c*d(e)f~g", "/a#b", "/a\\b", "\x00[]")
each(filepath_to_uri, "a\\b", "a b", None, "", "ü/ö", "a%b", "x!y*z'()", "a~b?c")
each(repercent_broken_unicode, b"", b"a", b"\xff", b"a\xffb", b"\xc3\xbc", b"\xc3", b"/\xff/\xfe/x")
each(punycode, "öäü.com", "a.com", "", "ß.de")
