"""Records what Django's filters write, in golden/filters.json.

`record_filters.py` writes the file; `record_filters.py --check` fails if a fresh recording differs from it.
`cargo test` renders the same values by the same filters of djr and compares (src/templates/filters/tests.rs).
"""

import datetime
import json
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from unittest import mock
from zoneinfo import ZoneInfo

import recording

GOLDEN = Path(__file__).parent / "golden" / "filters.json"

LIBRARIES = {
    "": "django.template.defaultfilters",
    "humanize": "django.contrib.humanize.templatetags.humanize",
    "tz": "django.templatetags.tz",
    "l10n": "django.templatetags.l10n",
    "i18n": "django.templatetags.i18n",
    "static": "django.templatetags.static",
    "cache": "django.templatetags.cache",
}

UTC = datetime.timezone.utc
NOW = datetime.datetime(2026, 6, 15, 12, 0, 0, 500_000, tzinfo=UTC)


class Safe(str):
    """Text that is marked as safe."""


class Ago(int):
    """A moment so many seconds before now."""


class Undefined:
    """A name that the page does not know."""


S = Safe
TEXTS = [
    "", "a", "plain text", "Hello World", "it's <b>bold</b> & \"quoted\"", S("it's <b>bold</b> & \"quoted\""),
    "Ünïcödé façade", "日本語 テキスト", "e\u0301te\u0301", "line one\nline two\n\n\nline three\r\nfour\rfive", "  spaced   out  ",
    "tab\there", "a\u00a0b\u2028c", "'\"\\", "</script><script>alert(1)</script>", S("&amp; &lt;x&gt;"), "😀 emoji 👩‍👩‍👧", "\x00\x1f",
    "x" * 120, "MiXeD cAsE 3rd o'neil's", 0, 42, -7, 3.5, 1e20, True, False, None, Undefined, ["a", "<b>", 3], [], {"k": "<v>"},
    Decimal("12.50"),
]
HTML = [
    "", "plain", "<p>One <b>two</b> three</p>", S("<p>One <b>two</b> three</p>"), "<p>One<br>two<br/>three <img src='x'> four</p>",
    "a &amp; b &lt; c &eacute; d", "<p>unclosed <i>tags <b>here", "text < 3 and > 4", "<!-- comment -->after<!doctype html>",
    "<a href=\"x>y\" title='z'>link</a> rest", "<ul><li>日本</li><li>語テ</li></ul>", "<script>var a = '<b>';</script>tail",
    "<style>p {}</style>x", "</p>stray end", "<br/>", "one two three four five six", "<p>one</p>\n\n<p>two  three</p>",
    "<b>e\u0301e\u0301e\u0301</b>", "<<b>>x</b>", "<b", "a<b>c", "&lt;b&gt;x&lt;/b&gt;", "&#60;b&#62; &nosuch; &copy 2024",
    "<x-y data-a=1>custom</x-y>", "<p/>self <div/>closed", "<P>UPPER</P>", "<p\nclass='a'>new\nline</p>", "&nbsp;&hellip;x", "<?php echo 1 ?>x",
]
MOMENTS = [
    datetime.datetime(2024, 2, 29, 23, 59, 59, 999_999, UTC), datetime.datetime(2026, 3, 29, 0, 59, 59, 0, UTC),
    datetime.datetime(2026, 10, 25, 1, 30, tzinfo=UTC), datetime.datetime(1999, 12, 31, 12, 0, tzinfo=UTC),
    datetime.datetime(1970, 1, 1, tzinfo=UTC), datetime.datetime(2021, 1, 3, 0, 5, tzinfo=UTC),
    datetime.datetime(1890, 7, 22, 11, 1, 2, 3, tzinfo=UTC), datetime.datetime(987, 9, 11, 13, 7, tzinfo=UTC),
]
DAYS = [
    datetime.date(2024, 2, 29), datetime.date(2021, 1, 1), datetime.date(2026, 11, 3), datetime.date(987, 5, 22), datetime.date(2023, 12, 11),
]
TIMES = [datetime.time(0, 0), datetime.time(12, 0), datetime.time(13, 7, 9, 50), datetime.time(23, 59, 59), datetime.time(9, 30)]
ZONES = ["UTC", "Europe/Vienna", "America/New_York", "Asia/Kathmandu"]
FORMATS = [
    None, "", "Y-m-d", "N j, Y", "D, d M Y", "l jS \\o\\f F Y", "jS n y b E", "o W z t L w", "c", "U", "r", "e T O Z I", "DATE_FORMAT",
    "SHORT_DATE_FORMAT", "YEAR_MONTH_FORMAT", "MONTH_DAY_FORMAT", "no letters? \\n\\o", "\\Y\\\\Y", "<b>Y</b>", "日 Y",
]
TIME_FORMATS = ["H:i:s", "P", "g:i a", "G h A f", "u", "TIME_FORMAT", "SHORT_DATETIME_FORMAT", "DATETIME_FORMAT"]
NUMBERS = [
    0, 1, 2, 5, 10, 11, 12, 13, 21, 22, 23, 101, 111, 999, 1000, 1001, 12345, 999_999, 1_000_000, 1_250_000, 999_950_000, 10**9, 10**12, 10**15,
    10**18, 10**21, 10**24, 10**27, 10**30, 10**33, -1, -12, -1000, -1_500_000, 0.0, 1.0, 1.5, 1234.5678, -0.5, 1e16, 1e22, 1.5e-7, 123456789.25,
    float("nan"), float("inf"), "7", "1234567", "-1234.5", "12abc", "abc", "", " 42 ", "1_000", True, False, None, Undefined, [], [1],
    Decimal("1234.50"), Decimal("0.00"), Decimal("-7"), S("1234"), "<b>1</b>",
]
FLOATS = [
    34.23234, 34.0, 34.26, 0, 0.0, -0.0, -0.04, 1, 7.7, -7.7, 0.5, 1.5, 2.5, 1e-7, 1.5e300, 123456.789, 1234567, "34.5", "34.45", "1e3", "abc", "",
    None, True, Decimal("1234.5678"), Decimal("0.045"), Decimal("1E+3"), float("nan"), float("inf"), "1_000.5", " 1.25 ", "-0", "1e999",
    "99.995", 0.1 + 0.2, Undefined, "<b>", [1],
]
PLACES = [None, 0, 1, 2, 3, -1, -2, -3, "2", "-2", "g", "2g", "0g", "2u", "2gu", "u", "x", 200, 300]
LISTS = [
    [], ["a"], ["a", "b", "c"], [1, 2, 3], ["<b>", S("<i>"), "&"], "text", "", S("<b>"), [None, True, 1.5], [["x", "y"], ["z"]], Undefined,
]
BOOLEANS = [True, False, None, 0, 1, "", "x", [], [0], {}, 0.0, Undefined, Decimal("0.0"), Decimal("0.1")]
PEOPLE = [
    [{"name": "Cy", "age": 30}, {"name": "Al", "age": 25}, {"name": "bo", "age": 30}],
    [{"name": {"last": "B"}}, {"name": {"last": "A"}}], [{"name": "x"}, {}], [{"name": 1}, {"name": "x"}], [], 5, None,
    [["b", 2], ["a", 1]], [{"name": None}, {"name": "a"}], [{"name": True}, {"name": 0}, {"name": 0.5}],
]
TREES = [
    [], ["a"], ["a", "b"], ["States", ["Kansas", ["Lawrence", "Topeka"], "Illinois"]], ["<b>", ["&", S("<i>x</i>")]], ["a", []], ["a", ["b", ["c", ["d"]]]],
    [["lone"]], [1, [2.5, None]],
]
LINKS = [
    "http://example.com", "https://example.com/a?b=c&d=e#f", "see www.example.com.", "(http://example.com/a_(b))", "mail a.b+c@example.org now",
    "example.com and example.org/path, example.de", "http://example.com/<script>", "javascript:alert(1)", "http://exämple.com/ü?q=ö ü",
    "http://example.com/a%20b", "http://example.com/?a=%2526", "[http://example.com/]", "http://example.com:8080/x.", "HTTP://EXAMPLE.COM/",
    "a@b", "a@localhost", "x@example.com.", "http://", "http:///", "https://[::1]/", "www.", "foo.com!", "'http://example.com/'",
    "\"http://example.com\"", "http://example.com/&amp;x", "http://example.com/&lt;", "a.com;", "http://a.com?x&y=", "http://a.com/?x=1;y=2",
    "text with no links at all", "", S("<a href='http://example.com'>http://example.com</a> http://example.org"), "http://example.com/" + "x" * 60,
    "http://example.com\nhttp://example.org", "ftp://example.com", "user:pass@example.com", "http://user:pass@example.com/", "(see example.org)",
    "http://a.com/)))", "http://a.com...", "http://example.com/日本", "mailto:a@example.com", "a@b.c.d.example", 5, None,
]
JSON = [
    "a", "</script>", {"a": 1, "b": [None, True, 1.5, "é"]}, [], {}, 1, None, [1, [2]], "😀\u2028", Decimal("1.50"), datetime.date(2026, 1, 2),
    datetime.datetime(2026, 1, 2, 3, 4, 5, 678_901, UTC), datetime.time(3, 4, 5), S("<b>"), {1: 2}, "&<>'\"",
]
CONVERSIONS = [
    "s", "d", "5d", "-5d", "05d", "+d", " d", "x", "#x", "X", "o", "#o", "f", ".2f", "8.3f", "08.2f", "-8.1f", "+.1f", "e", ".3e", "E", "g", ".3g", "#g", "G", "c", "r",
    "a", "10s", "-10s", ".2s", "", "z", "s and s", "d%", "d%%", "%", "d items", "5", "i", "u", "ld", ".0f", "020", "1e", "<b>s",
]
FORMATTED = [0, 1, -3, 42, 3.14159, -0.5, 1e10, 1e-5, "text", "<b>", S("<b>"), "é", True, None, [1, "a"], Decimal("2.5"), 65, "", 123456789]
RELATIVE = [0, 1, 30, 59, 60, 90, 119, 120, 3599, 3600, 7199, 7200, 50_000, 86_400, 100_000, 172_800, 604_800, 700_000, 1_300_000]
RELATIVE = [Ago(sign * seconds) for seconds in RELATIVE for sign in (1, -1)]


def rows():
    """Filter, value, arguments and zone of each recording."""
    one_text = [
        "addslashes", "capfirst", "lower", "upper", "title", "slugify", "make_list", "wordcount", "escape", "force_escape", "escapejs", "safe",
        "linebreaks", "linebreaksbr", "linenumbers", "iriencode", "phone2numeric", "pprint", "urlencode", "striptags", "localize", "unlocalize",
    ]
    for name in one_text:
        for value in TEXTS:
            yield name, value, []
    for value in ["ß", "ﬁrst", "o'NEIL's 2nd", "x3Y", "-a_b-C  d-", "Straße--__", "ΑΣ ΟΔΟΣ", "isn't it?", "a.b-c/d"]:
        for name in ["capfirst", "lower", "upper", "title", "slugify"]:
            yield name, value, []
    for value in ["1-800-COLLECT", "(555) CALL-NOW", "é"]:
        yield "phone2numeric", value, []
    for value in ["http://exämple.com/ü?a=b c", "/a%20b/<x>", "a&b=c"]:
        yield "iriencode", value, []
        for safe in ["", "/", "/:?&="]:
            yield "urlencode", value, [safe]
    for value in TEXTS:
        for width in [0, 3, 10, 11, -2, "12", "x"]:
            for name in ["center", "ljust", "rjust"]:
                if isinstance(value, str) and len(value) < 30:
                    yield name, value, [width]
        for cut in [" ", "a", ";", "<", ""]:
            yield "cut", value, [cut]
        for length in [0, 1, 2, 5, 12, 1000, -1, "3", "x"]:
            yield "truncatechars", value, [length]
            yield "truncatewords", value, [length]
        for width in [1, 5, 14]:
            if isinstance(value, str):
                yield "wordwrap", value, [width]
    for value in ["the quick  brown fox\njumps  over\n\nthe lazy dog\n", "averyveryverylongword and more", "   leading", "a\tb", "trailing   "]:
        for width in [1, 4, 10, 80, 0, -1, "6", "x"]:
            yield "wordwrap", value, [width]
    for value in HTML:
        yield "striptags", value, []
        for length in [0, 1, 2, 3, 5, 9, 100, -1, "x"]:
            yield "truncatechars_html", value, [length]
            yield "truncatewords_html", value, [length]
    for value in LINKS:
        yield "urlize", value, []
        for limit in [0, 1, 10, 20, 1000]:
            yield "urlizetrunc", value, [limit]
    for value in [LISTS[:-1], LISTS[4], ["a", 1, None], [S("<b>"), "<i>"]]:
        yield "escapeseq", value, []
        yield "safeseq", value, []
        yield "pprint", value, []
    for value in [["long item number %d" % index for index in range(8)], {"key %d" % index: ["v" * 30, index] for index in (2, 0, 1)}, [[1] * 40, {"a": {}}],
                  (1, 2), (1,), {"b": 1, "a": 2}, DAYS[0], MOMENTS[0], datetime.timedelta(1, 2, 3), Decimal("1.50"), "it's", 'both " and \'']:
        yield "pprint", value, []
    for value in LISTS:
        for name in ["first", "last", "length"]:
            yield name, value, []
        for joiner in [", ", "<br>", S("<br>"), "", 5]:
            yield "join", value, [joiner]
        for bounds in [":2", "1:", "::2", "::-1", "-2:", ":-1", "1:2:3", "x", "", ":", "5:1", "0", "1", "::0", "-100:100"]:
            yield "slice", value, [bounds]
        yield "unordered_list", value, []
    for value in [{"a": 1}, {}, 5, None, "日本語"]:
        yield "length", value, []
    yield "random", ["only"], []
    yield "random", [], []
    yield "random", S("<"), []
    for value in TREES:
        yield "unordered_list", value, []
    for value in PEOPLE:
        for key in ["name", "age", "name.last", "nosuch", 0, 1, "0", "_private", ""]:
            yield "dictsortreversed", value, [key]
            yield "dictsort", value, [key]
    for value in NUMBERS:
        for name in ["intcomma", "intword", "apnumber", "ordinal", "filesizeformat", "pluralize"]:
            yield name, value, []
        yield "intcomma", value, [False]
        for other in [1, -5, 1.5, "2", "x", "", None, [1], "<b>", S("<i>")]:
            yield "add", value, [other]
        for position in [1, 2, 3, 0, -1, "1", "x"]:
            yield "get_digit", value, [position]
        for divisor in [1, 3, "7", -2]:
            yield "divisibleby", value, [divisor]
    for value in [10**100, 10**103, 10**104, str(10**40), "9" * 50]:
        if isinstance(value, str):
            yield "intword", value, []
    for value in [500, 1023, 1024, 1025, 1536, 1_048_575, 1_048_576, 10**10, 10**13, 10**16, 10**19, -1, -2048, "2048", 1.9, None, "x", Decimal("1024")]:
        yield "filesizeformat", value, []
    for value in ["a", S("<b>"), [1], ["a"]]:
        for other in ["b", S("<i>"), [2], 3, None]:
            yield "add", value, [other]
    for value in FLOATS:
        for places in PLACES:
            yield "floatformat", value, [] if places is None else [places]
    for value in [0, 1, 2, "1", "1.0", "x", [], [1], [1, 2], {}, {"a": 1}, True, False, None, 1.0, "", Decimal("1"), DAYS[0]]:
        for endings in [None, "es", "y,ies", "a,b,c", "", ",", "<b>,<i>", S("<b>,<i>")]:
            yield "pluralize", value, [] if endings is None else [endings]
    for value in BOOLEANS:
        for words in [None, "yeah,no,maybe", "yeah,no", "yeah", "", "a,b,c,d", "<b>,&,'", S("<b>,&,'"), ",,"]:
            yield "yesno", value, [] if words is None else [words]
        for other in ["x", 0, None, "<b>", S("<b>")]:
            yield "default_if_none", value, [other]
    for value in JSON:
        for element in [None, "data", "<x>", "", S("a&amp;b")]:
            yield "json_script", value, [] if element is None else [element]
    for value in FORMATTED:
        for conversion in CONVERSIONS:
            yield "stringformat", value, [conversion]


def time_rows():
    """The same with the zone of each."""
    for index, moment in enumerate(MOMENTS):
        for step, form in enumerate(FORMATS + TIME_FORMATS):
            for zone in dict.fromkeys(["UTC", ZONES[(index + step) % len(ZONES)]]):
                yield "date", moment, [] if form is None else [form], zone
        for form in [None, "", *TIME_FORMATS, "Y", "e O T Z"]:
            yield "time", moment, [] if form is None else [form], ZONES[index % len(ZONES)]
        for zone in ZONES:
            yield "localtime", moment, [], zone
            yield "utc", moment, [], zone
            for name in [*ZONES, "Nowhere/City", "", 5]:
                yield "timezone", moment, [name], zone
        for other in MOMENTS:
            yield "timesince", moment, [other], "UTC"
            yield "timeuntil", moment, [other], ZONES[index % len(ZONES)]
        for name in ["timesince", "timeuntil"]:
            yield name, moment, [DAYS[0]], "UTC"
        yield "naturalday", moment, [], ZONES[index % len(ZONES)]
        yield "naturalday", moment, ["Y-m-d"], "UTC"
        for name in ["localize", "unlocalize", "upper", "pprint", "default_if_none"]:
            yield name, moment, ["x"] if name == "default_if_none" else [], ZONES[index % len(ZONES)]
    for start, end in [
        ((2013, 2, 10), (2014, 3, 10)), ((2007, 8, 10), (2008, 9, 10)), ((2024, 2, 29), (2025, 2, 28)), ((2024, 1, 31), (2024, 3, 1)),
        ((2023, 12, 31), (2024, 1, 1)), ((2020, 1, 1), (2030, 12, 31)), ((2024, 5, 5), (2024, 5, 5)), ((2024, 3, 31), (2024, 4, 30)),
    ]:
        for hours in [0, 1, 23]:
            earlier = datetime.datetime(*start, tzinfo=UTC)
            later = datetime.datetime(*end, hours, 30, tzinfo=UTC)
            for zone in ZONES:
                yield "timesince", earlier, [later], zone
                yield "timeuntil", later, [earlier], zone
                yield "timesince", later, [earlier], zone
    for day in DAYS:
        for form in FORMATS + TIME_FORMATS:
            yield "date", day, [] if form is None else [form], "UTC"
        for form in [None, "H", "Y", "x"]:
            yield "time", day, [] if form is None else [form], "UTC"
        for other in DAYS:
            yield "timesince", day, [other], "UTC"
            yield "timeuntil", day, [other], "UTC"
        yield "naturalday", day, [], "UTC"
        for name in ["localize", "unlocalize", "naturaltime", "make_list"]:
            if name != "naturaltime":
                yield name, day, [], "UTC"
    for time in TIMES:
        for form in [None, "", *TIME_FORMATS, "Y", "e O T Z|"]:
            yield "time", time, [] if form is None else [form], "UTC"
            yield "date", time, [form or "H:i"], "UTC"
        yield "timesince", time, [], "UTC"
        yield "naturalday", time, [], "UTC"
        yield "localize", time, [], "UTC"
    for value in RELATIVE:
        for name in ["naturaltime", "naturalday", "timesince", "timeuntil"]:
            if name != "naturalday" or value % 86_400 == 0 and abs(value) < 100_000:
                yield name, value, [], "UTC"
    for value in ["", None, "nonsense", "<b>", Undefined, [], True]:
        for name in ["date", "time", "timesince", "timeuntil", "naturaltime", "naturalday", "localtime", "utc"]:
            yield name, value, [], "UTC"
        yield "timezone", value, ["UTC"], "UTC"


PERSONS = [{"name": "A", "group": "x"}, {"name": "B", "group": "y"}, {"name": "C", "group": "x"}]


def tags():
    """A tag of Django, the same in Jinja, what the page knows, and the query of the request."""
    for query in ["", "a=1", "a=1&b=2&a=3", "q=x+y%26z&page=4", "ü=é&empty="]:
        for change in ["", "page=2", "a=None", "a=None b=None", "q='ä b'", "a=many page=1", "x=''", "n=3.5"]:
            names = change.replace(" b=", ", b=").replace(" page=", ", page=").replace("None", "none")
            yield f"{{% querystring {change} %}}", f"{{{{ querystring({names}) }}}}", {"many": ["7", "8 9"]}, query
        yield "{% querystring request.GET a=1 %}", "{{ querystring(request.GET, a=1) }}", {}, query
    for value, most, width in [(175, 200, 100), (50, 100, 5), (1, 3, 10), (5, 0, 10), ("x", 1, 1), (-1, 3, 100), ("50", "100", "7"), (2.5, 5, 1), (None, 1, 1), (7.5, 1, 1)]:
        yield "{% widthratio v m w %}", "{{ widthratio(v, m, w) }}", {"v": value, "m": most, "w": width}, ""
    for arguments, jinja in [("", ""), ("1 w", '1, "w"'), ("5 w", '5, "w"'), ("19 w", '19, "w"'), ("1 p", '1, "p"'), ("1 b", '1, "b"'), ("0 w", '0, "w"'), ("0 p", '0, "p"')]:
        yield f"{{% lorem {arguments} %}}", f"{{{{ lorem({jinja}) }}}}", {}, ""
    for text in ["<p> <b> x </b>  \n</p>", "  <a>\t</a> text <i> </i> ", "", "no tags ", "a > < b", "<p>a</p>\n\nb <br> <br>"]:
        yield f"{{% spaceless %}}{text}{{% endspaceless %}}", f"{{% filter spaceless %}}{text}{{% endfilter %}}", {}, ""
    values = {"a": "", "b": 0, "c": "<c>", "d": S("<d>")}
    for names in ["a b c d", "d c", "a b 'x'"]:
        yield f"{{% firstof {names} %}}", "{{ " + " or ".join(names.split()) + " }}", values, ""
    yield (
        "{% for x in r %}{% cycle 'odd' 'even' %}{{ x }}{% endfor %}", "{% for x in r %}{{ loop.cycle('odd', 'even') }}{{ x }}{% endfor %}",
        {"r": [1, 2, 3]}, "",
    )
    yield (
        "{% for x in r %}{% ifchanged x %}{{ x }}{% else %}-{% endifchanged %}{% endfor %}",
        "{% for x in r %}{% if loop.changed(x) %}{{ x }}{% else %}-{% endif %}{% endfor %}", {"r": [1, 1, 2, 2, 1]}, "",
    )
    yield (
        "{% regroup p|dictsort:'group' by group as gs %}{% for g in gs %}{{ g.grouper }}:{% for x in g.list %}{{ x.name }}{% endfor %};{% endfor %}",
        "{% for g in p|groupby('group') %}{{ g.grouper }}:{% for x in g.list %}{{ x.name }}{% endfor %};{% endfor %}", {"p": PERSONS}, "",
    )
    yield "{% with x=1 y='z' %}{{ x }}{{ y }}{% endwith %}", "{% with x = 1, y = 'z' %}{{ x }}{{ y }}{% endwith %}", {}, ""
    yield "{% verbatim %}{{ x }}{% endverbatim %}", "{% raw %}{{ x }}{% endraw %}", {}, ""
    yield "{% filter lower %}A<B{% endfilter %}", "{% filter lower %}A<B{% endfilter %}", {}, ""
    yield "{% autoescape off %}{{ x }}{% endautoescape %}{{ x }}", "{% autoescape false %}{{ x }}{% endautoescape %}{{ x }}", {"x": "<&>"}, ""
    for kind, text in [("openblock", "{%"), ("closeblock", "%}"), ("openvariable", "{{"), ("closevariable", "}}"), ("opencomment", "{#")]:
        yield f"{{% templatetag {kind} %}}", f'{{{{ "{text}" }}}}', {}, ""
    for value in [None, True, 1.0, 1e20, 12345678, [1, "a", None], {"a": "<b>"}, (1,), "", Decimal("2.50"), DAYS[0], TIMES[2], MOMENTS[0], datetime.timedelta(2, 3)]:
        yield "{{ x }}", "{{ x }}", {"x": value}, ""


def record_tag(django, jinja, values, query):
    from django.template import engines
    from django.test import RequestFactory

    request = RequestFactory().get("/" + ("?" + query if query else ""))
    template = engines["django"].from_string("{% load humanize tz l10n %}" + django)
    values_for_django = {name: given(value) for name, value in values.items()}
    row = {"jinja": jinja, "values": {name: coded(value) for name, value in values.items()}, "query": query}
    return row | {"output": template.render(values_for_django, request)}


def coded(value):
    """A value as JSON, with a tag where JSON has no such type."""
    match value:
        case Safe():
            return {"safe": str(value)}
        case Ago():
            return {"ago": int(value)}
        case bool() | None:
            return value
        case int():
            return value if abs(value) < 2**63 else {"integer": str(value)}
        case float():
            return {"float": repr(value)}
        case str():
            return value
        case Decimal():
            return {"decimal": str(value)}
        case datetime.datetime():
            return {"moment": value.isoformat()}
        case datetime.date():
            return {"day": value.isoformat()}
        case datetime.time():
            return {"time": value.isoformat()}
        case datetime.timedelta():
            return {"duration": value // datetime.timedelta(microseconds=1)}
        case tuple():
            return {"tuple": [coded(item) for item in value]}
        case list():
            return [coded(item) for item in value]
        case dict():
            return {"map": [[coded(key), coded(item)] for key, item in value.items()]}
    return {"undefined": True}


def given(value):
    """A value as Django gets it."""
    from django.utils.safestring import mark_safe

    match value:
        case Safe():
            return mark_safe(str(value))
        case Ago():
            return NOW - datetime.timedelta(seconds=int(value), milliseconds=500)
        case list():
            return [given(item) for item in value]
        case dict():
            return {key: given(item) for key, item in value.items()}
    return value


class AnyMoment(type):
    """Counts all moments as its own."""

    def __instancecheck__(cls, value):
        return isinstance(value, datetime.datetime)


class Clock(datetime.datetime, metaclass=AnyMoment):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz=None):
        moment = NOW if tz is None else NOW.astimezone(tz)
        return moment.replace(tzinfo=None) if tz is None else moment


def render(source, name, value, arguments):
    from django.template import Context, engines

    values = {f"a{index}": given(argument) for index, argument in enumerate(arguments) if argument is not Undefined}
    if value is not Undefined:
        values["v"] = given(value)
    called = "".join(f":a{index}" for index in range(len(arguments)))
    template = engines["django"].from_string("{% load humanize tz l10n %}" + source % f"{{{{ v|{name}{called} }}}}")
    return template.template.render(Context(values))


def record(name, value, arguments, zone="UTC"):
    from django.utils import timezone

    row = {"filter": name, "value": coded(value), "arguments": [coded(argument) for argument in arguments]}
    if zone != "UTC":
        row["zone"] = zone
    with timezone.override(ZoneInfo(zone)):
        for key, source in [("html", "%s"), ("text", "{%% autoescape off %%}%s{%% endautoescape %%}")]:
            try:
                row[key] = str(render(source, name, value, arguments))
            except Exception as error:
                row[key] = {"error": type(error).__name__}
    if row["html"] == row["text"]:
        del row["text"]
    return row


def main():
    import django
    from django.conf import settings
    from django.template import library

    settings.configure(
        INSTALLED_APPS=["django.contrib.humanize"], USE_TZ=True, TIME_ZONE="UTC",
        TEMPLATES=[{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
        }],
    )
    django.setup()
    known = sorted(name for path in LIBRARIES.values() for name in library.import_library(path).filters)
    seen, lines = set(), []
    with mock.patch("django.utils.timesince.datetime", SimpleNamespace(datetime=Clock)), mock.patch(
        "django.contrib.humanize.templatetags.humanize.datetime", Clock
    ):
        for row in [*rows(), *time_rows()]:
            line = json.dumps(record(*row), ensure_ascii=True)
            if line not in seen:
                seen.add(line)
                lines.append(line)
    rows_of_tags = ",\n".join(dict.fromkeys(json.dumps(record_tag(*row)) for row in tags()))
    fresh = '{"filters": ' + json.dumps(known) + ',\n"tags": [\n' + rows_of_tags + '\n],\n"rows": [\n' + ",\n".join(lines) + "\n]}\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
