from django.utils.html import *
from django.utils.html import avoid_wrapping, html_safe, smart_urlquote, conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.functional import lazystr
TEXTS = ["", "a", "<b>&\"'</b>", "x < y", "ü😀\x00", "&amp;", "\u2028", "`;-=", None, 5, mark_safe("<i>"), lazystr("<u>")]
each(escape, *TEXTS)
each(escapejs, *TEXTS)
each(conditional_escape, *TEXTS)
each(lambda text: conditional_escape(escape(text)), *TEXTS)
mark_safe("a") + "b"
mark_safe("a") + mark_safe("b")
mark_safe("a").upper()
mark_safe(5)
isinstance(mark_safe("a"), SafeData)
mark_safe(mark_safe("x"))
mark_safe(lazystr("x"))
@mark_safe
def marked(x):
    return x
marked("<p>")
mark_safe("x").__html__()
str(mark_safe("x"))
format_html("<b>{}</b>{name}", "<i>", name=mark_safe("<u>"))
format_html("{:>5}", 3)
format_html("{} {}", "a")
format_html("{0.x}", "a")
format_html_join("\n", "<li>{} {}</li>", [("a", "<"), (mark_safe("&"), 2)])
format_html_join(", ", "{a}-{b}", [{"a": "<", "b": 1}])
format_html_join("<", "{}", [("a",), ("b",)])
format_html_join("", "{}", [])
json_script({"a": "</script><!-- & >", "b": [1, None, True]}, "id&1")
json_script("x")
json_script({"é": "\u2028"}, element_id=None)
tried(json_script, object())
LINES = ["", "a", "a\nb", "a\r\nb\n\nc", "a\n\n\n\nb", "\n\n", "<b>\n&", "a\rb"]
each(linebreaks, *LINES)
each(lambda text: linebreaks(text, autoescape=True), *LINES)
STRIPPED = ["", "plain", "<b>a</b>", "a < b", "a<b", "<<b>script>x", "a<script>alert(1)</script>b", "<a href='>'>x</a>", "&lt;b&gt;", "a &amp b", "<!-- c -->x", "<", ">", "a>b", "<p", "</p", "x<br/>y", "&#39;&gotcha;&#x27;", "<sc<i>ript>z", "a<!b>c", "<?php x ?>y", "<![CDATA[x]]>y", "<a" * 600, "<" * 100 + ">", "a\n<b\n>c", "<style>x{}</style>y", 5, None, "&h", "<a>&x;<b", "<>x</>", "X<b>Y</b", "<title>a<b>c</title>"]
each(strip_tags, *STRIPPED)
each(lambda n: strip_tags("<" * n + "b>"), 1, 10, 49, 50, 51, 60)
each(lambda n: strip_tags("&" + "<x" * n), 10, 400, 600)
each(strip_spaces_between_tags, "<p> a </p>  <p>\n</p>", " <a> <b> ", "", "a > b")
URLS = ["http://example.com/a b", "http://öäü.com/öäü", "http://example.com/?x=1&y=2 3&z=%20", "http://example.com/path/öäü/", "http://.www.f oo.bar/", "http://example.com?a=b#f r", "", "//a/b", "http://[::1]/", "http://[a", "http://example.com/%C3%B6/ä/", "http://example.com/?x=ö%26", "mailto:a@b.c", "a&b<c>", "http://a.b/?a=1&a=&b", "http://a/?q=http://b/?x=1%26q=django"]
each(smart_urlquote, *URLS)
LINKS = ["", "http://example.com", "www.example.com,", "a (see http://example.com/x_(y))", "me@example.com.", "djangoproject.com", "djangoproject.org/a?b=c&d", "x.co.uk", "http://a.com/?x=1&amp;y=2", "<http://a.com>", "'http://a.com'", "\"www.a.com\"", "https://[::1]/", "HTTPS://A.COM", "ftp://a.com", "localhost@localhost", "a@b", "http:// x", "www.", "http://www.a.com/a,b;c!", "http://a.com/x&lt;b", "see:http://a.com", "a.com:80", "x@a.com@b.com", "foo@bar.com?x", "http://example.com.&quot;", "example.com!!!", "((www.a.com))", "[www.a.com]", "www.a.com)", "http://a.com:8000/b", "http://öäü.com/ü", "info@öäü.com", "search for google.com/?q=! and see.", "www.a.com;;", "www.a.com&amp;;", "www.a.com?x=&gt;!", "http://" + "a" * 3000 + ".com", "mailto:a@b.com", "http://a.com/\n\nwww.b.com", "a'http://x.com", "x." + "com" * 3, "1.com", ".com", "com", "b_.org", "\"me@x.org\"", 5, None, mark_safe("<b>www.a.com</b>"), "www.a.com/..", "a.b.com(", "foo@example.com:", "www.a.com\xa0x"]
each(urlize, *LINKS)
each(lambda text: urlize(text, autoescape=True), *LINKS)
each(lambda text: urlize(text, trim_url_limit=5, nofollow=True), *LINKS)
each(lambda limit: urlize("http://example.com/long/path?x", trim_url_limit=limit), 0, 1, 2, 10, 29, 30, 31, -1)
avoid_wrapping("a b  c")
@html_safe
class Page:
    def __str__(self):
        return "<p>"
conditional_escape(Page())
str(Page())
tried(html_safe, type("WithoutText", (), {}))
tried(html_safe, Page)
