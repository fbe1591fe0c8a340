import datetime
from decimal import Decimal
from django.template.defaultfilters import addslashes, capfirst, cut, date, default, default_if_none, dictsort, divisibleby, escape, filesizeformat, first, floatformat, force_escape, join, last, length, linebreaks, linebreaksbr, lower, make_list, pluralize, safe, slice_filter, slugify, striptags, time, timesince_filter, timeuntil_filter, title, truncatechars, truncatewords, upper, urlencode, wordcount, wordwrap, yesno
from django.utils.safestring import mark_safe
TEXTS = ["", "a", "hello World", "it's 1ST <b>", mark_safe("<b>x</b>"), "ü\nö", None, 5, "O'REILLY's"]
[each(f, *TEXTS) for f in (addslashes, capfirst, escape, force_escape, linebreaks, linebreaksbr, lower, upper, make_list, safe, slugify, striptags, title, urlencode, wordcount)]
[each(lambda t: f(t, a), *TEXTS) for f, a in ((cut, "l"), (cut, ";"), (truncatechars, 3), (truncatechars, "x"), (truncatewords, 1), (truncatewords, None), (wordwrap, 4), (urlencode, ""))]
each(lambda v: default(v, "d"), "", 0, None, "x"), each(lambda v: default_if_none(v, "d"), "", 0, None, "x")
tried(divisibleby, 6, 3), tried(divisibleby, "7", "2"), tried(divisibleby, "x", 2), tried(divisibleby, 1, 0)
each(first, [], [1, 2], "ab", "", (), 5), each(last, [], [1, 2], "ab", ""), each(length, [], "abc", 5, None, {1: 2})
join(["a", "<b>"], "&"), join(["a", mark_safe("<b>")], mark_safe("<br>")), join(["a", "<"], "&", autoescape=False), join(5, ","), join([1, 2], ", ")
[slice_filter([1, 2, 3, 4], a) for a in (":2", "1:", "::2", "-1:", "", "x", "1:2:3:4", ":", 2)]
dictsort([{"a": 2}, {"a": 1}], "a"), dictsort([[2, 1], [1, 2]], 0), dictsort([{"a": {"b": 2}}, {"a": {"b": 1}}], "a.b"), dictsort(5, "a"), dictsort([{"a": 1}], "zz"), dictsort([(1, "b"), (0, "a")], "1")
[yesno(v, *a) for v in (True, False, None, "", "x") for a in ((), ("y,n",), ("y,n,m",), ("y",), ("a,b,c,d",))]
[pluralize(v, *a) for v in (0, 1, 2, "1", "x", [1], [], 1.0, 1.5, None, Decimal(1)) for a in ((), ("es",), ("y,ies",), ("a,b,c",))]
each(filesizeformat, 0, 1, 1023, 1024, 1500, 1048576, 1024**3, 1024**4 * 5, 1024**5 * 2, 1024**6 * 7, -100, -2048, "x", None, "5000", 1e4, 1048575)
NUMBERS = [7.7, 7.0, 0.7, 0.07, 0.007, 0.0, "foo", "", None, 13.1031, "1.23", -1.323, 34.25, 34.26, 1e20, Decimal("1234.5"), float("nan"), float("inf"), 5, True, "5e3", 0.000001, -0.01, Decimal("1E+300"), "1.000", 100000000.0, 2.5, 3.5, 1.005, "-0"]
[each(lambda n: floatformat(n, a), *NUMBERS) for a in (-1, 0, 1, 2, 3, -2, -3, "2", "x", "2g", "2u", "-1g", "2gu", "g", 20, "0g")]
each(floatformat, *NUMBERS)
M = datetime.datetime(2026, 7, 4, 15, 6, tzinfo=datetime.timezone.utc)
[tried(date, v, a) for v in (M, datetime.date(2026, 1, 2), None, "", "x", 5, datetime.time(1, 2)) for a in (None, "Y-m-d", "SHORT_DATE_FORMAT")]
[tried(time, v, a) for v in (M, datetime.time(9, 5), None, "", "x", 5) for a in (None, "H:i", "TIME_FORMAT")]
N = datetime.datetime(2026, 11, 30, 12)
timesince_filter(N - datetime.timedelta(3), N), timeuntil_filter(N + datetime.timedelta(3), N), timesince_filter(None), timesince_filter("x", N), timesince_filter(N, M), timeuntil_filter("")
