import datetime
from datetime import timedelta as delta, timezone as fixed
from zoneinfo import ZoneInfo
from django.utils import timezone, dateparse, dateformat, timesince, formats, dates, duration
from django.utils.timesince import timesince, timeuntil
D = ["2026-11-30", "2026-2-3", "20261130", "2026-W48-1", "2026-13-01", "2026-02-30", "", "x", "0000-01-01", " 2026-11-30", "2026-11-30 ", "2026-11-30T10:00", "9999-12-31", "٢٠٢٦-١١-٣٠", "2026-11-30\n", "2012-4-9"]
each(dateparse.parse_date, *D)
T = ["10:30", "1:2", "10:30:59", "10:30:59.1", "10:30:59,123456", "10:30:59.1234567", "25:00", "", "x", "10:60", "10:30:59.1234567890123", "10:30+01:00", "10", "1030", "10:30:59Z", "4:8:16", "091500", "09.15.00", " 10:30"]
each(dateparse.parse_time, *T)
DT = ["2026-11-30 10:30", "2026-11-30T10:30:59", "2026-11-30T10:30:59Z", "2026-11-30T10:30:59+01:00", "2026-11-30T10:30:59-0230", "2026-11-30T10:30+01", "2026-11-30", "2026-11-30 25:00", "2026-11-30 10:30:59.000001", "2012-4-9 4:8", "2012-04-23T10:20:30.400-02", "", "x", "20120423091500", "2012-56-23T09:15:90", "2012-04-23T10:20:30.400 +02:30", "2012-04-23T09:15:00  Z", "2026-11-30 10:30 ", "2026-11-30t10:30", "2012-04-23T10:20:30,4Z"]
each(dateparse.parse_datetime, *DT)
DUR = ["4 15:30:25.5", "15:30", "30", "-30", "1 day, 0:00:00", "4 days 15:30:25", "-4 15:30:25", "P4DT15H", "PT5M", "-PT0.000005S", "P", "PT", "", "x", "P4Y", "P1W", "4 days", "1 day -0:00:01", "-1 day +0:00:01", "15:30:0.1", "25.123456789", "10:15:30.25,5", "P0.5D", "+PT3S", "PT1,5H", "3 days 04:05:06", "-172800", "-15:30", "0:0:0", "4 days, 15:30:00.1", "P-1D"]
each(dateparse.parse_duration, *DUR)
each(lambda f: tried(f, None), dateparse.parse_date, dateparse.parse_time, dateparse.parse_datetime, dateparse.parse_duration)
VIENNA = ZoneInfo("Europe/Vienna")
AWARE = datetime.datetime(2026, 7, 4, 15, 6, 7, 89, tzinfo=VIENNA)
MOMENTS = [AWARE, datetime.datetime(2024, 2, 29, 0, 0), datetime.datetime(2026, 3, 29, 2, 30), datetime.datetime(2026, 10, 25, 2, 30), datetime.datetime(2026, 10, 25, 2, 30, tzinfo=VIENNA), datetime.datetime(999, 1, 1, 12, 0), datetime.datetime(2026, 1, 1, 12, 0, tzinfo=fixed.utc), datetime.datetime(2026, 9, 11, 11, 59, tzinfo=fixed(delta(hours=-3, minutes=-30))), datetime.datetime(2026, 5, 13, 0, 5)]
LETTERS = "aAbBcdDeEfFgGhHiIjlLmMnNoOPrsStTuUwWyYzZ"
[[f"{letter}={tried(dateformat.format, moment, letter)!s}" for letter in LETTERS.replace("B", "")] for moment in MOMENTS]
[[f"{letter}={show(tried(dateformat.format, datetime.date(2026, 3, 22), letter))}" for letter in LETTERS.replace("B", "").replace("U", "")]]
[[f"{letter}={show(tried(dateformat.time_format, t, letter))}" for letter in "aAefgGhHiOPsTuZ"] for t in (datetime.time(0, 0), datetime.time(12, 0), datetime.time(13, 5, 9, 12), datetime.time(1, 0, tzinfo=fixed.utc))]
dateformat.format(AWARE, r"jS \o\f F, Y \a\t G:i"), dateformat.format(AWARE, ""), dateformat.format(AWARE, "\\"), dateformat.format(AWARE, r"\\Y"), dateformat.format(AWARE, "Q!? ü"), dateformat.format(AWARE, "%Y")
[dateformat.format(datetime.date(2026, 1, day), "jS") for day in range(1, 32)]
[dateformat.format(datetime.date(2026, month, 1), "b M N F E n t") for month in range(1, 13)]
[dateformat.format(datetime.date(year, 1, 1), "o W z L") for year in (1999, 2000, 2004, 2005, 2010, 2016)]
timezone.get_default_timezone_name(), timezone.get_current_timezone_name(), str(timezone.get_default_timezone())
with timezone.override("Asia/Tokyo"):
    inside = timezone.get_current_timezone_name(), timezone.localtime(AWARE), timezone.localdate(AWARE)
inside, timezone.get_current_timezone_name()
timezone.activate(fixed(delta(hours=2)))
timezone.get_current_timezone_name()
with timezone.override(None):
    inside = timezone.get_current_timezone_name()
inside
timezone.deactivate()
tried(timezone.activate, 5)
tried(timezone.activate, "No/Where")
@timezone.override("UTC")
def in_utc():
    return timezone.get_current_timezone_name()
in_utc()
each(lambda o: repr(timezone.get_fixed_timezone(o)), 0, 90, -90, delta(hours=-5, minutes=-30), 600)
NAIVE = datetime.datetime(2026, 7, 4, 12)
timezone.is_aware(AWARE), timezone.is_naive(AWARE), timezone.is_naive(NAIVE)
timezone.make_aware(NAIVE), timezone.make_aware(NAIVE, fixed.utc), tried(timezone.make_aware, AWARE)
timezone.make_naive(AWARE), timezone.make_naive(AWARE, fixed.utc), tried(timezone.make_naive, NAIVE)
tried(timezone.localtime, NAIVE), timezone.localtime(AWARE, fixed.utc), timezone.localdate(AWARE)
timezone.now().tzinfo, timezone.localtime().tzinfo, type(timezone.localdate()).__name__
timezone.template_localtime(AWARE), timezone.template_localtime(NAIVE), timezone.template_localtime(5), timezone.template_localtime(AWARE, use_tz=False)
NOW = datetime.datetime(2026, 11, 30, 12, 0)
BEFORE = [NOW, NOW - delta(microseconds=5), NOW - delta(seconds=59), NOW - delta(minutes=1), NOW - delta(minutes=61), NOW - delta(hours=25), NOW - delta(days=6), NOW - delta(days=7), NOW - delta(days=8, hours=2), NOW - delta(days=29), NOW - delta(days=30), NOW - delta(days=31), NOW - delta(days=59), NOW - delta(days=365), NOW - delta(days=366), NOW - delta(days=400), NOW - delta(days=3000, hours=5), NOW + delta(days=1), datetime.date(2026, 10, 31), datetime.date(2026, 11, 30), datetime.datetime(2024, 2, 29, 12, 0), datetime.datetime(2025, 11, 30, 12, 0), datetime.datetime(2026, 1, 31, 12), datetime.datetime(2025, 12, 31, 23, 59, 59)]
each(lambda d: timesince(d, NOW), *BEFORE)
each(lambda d: timeuntil(NOW, d), *BEFORE)
each(lambda n: timesince(NOW - delta(days=400, hours=3, minutes=5), NOW, depth=n), 0, 1, 2, 3, 4, 6, 10, -1)
each(lambda d: timesince(d, datetime.date(2026, 11, 30)), *BEFORE[-5:])
timesince(datetime.datetime(2026, 3, 28, 12, tzinfo=VIENNA), datetime.datetime(2026, 3, 29, 12, tzinfo=VIENNA))
timesince(datetime.datetime(2026, 3, 28, 12, tzinfo=VIENNA), datetime.datetime(2026, 3, 29, 12, tzinfo=fixed.utc))
timeuntil(NOW - delta(days=40), NOW), timeuntil(NOW + delta(days=40), NOW)
[timesince(datetime.datetime(2026, 1, 31, 10), datetime.datetime(2026, month, 1, 9)) for month in range(2, 13)]
tried(timesince, NOW, AWARE)
from django.utils.timesince import TIME_STRINGS
each(duration.duration_string, delta(0), delta(1), delta(-1), delta(days=1, hours=2, seconds=3, microseconds=4), delta(hours=-1))
each(duration.duration_iso_string, delta(0), delta(1), delta(-1), delta(days=1, hours=2, seconds=3, microseconds=4), delta(hours=-1))
each(duration.duration_microseconds, delta(0), delta(1), delta(days=-1, microseconds=5))
formats.date_format(AWARE), formats.date_format(AWARE, "SHORT_DATE_FORMAT"), formats.date_format(AWARE, "Y"), formats.time_format(AWARE), formats.time_format(datetime.time(9, 30), "H:i"), formats.date_format(datetime.date(2026, 1, 2), "YEAR_MONTH_FORMAT")
from decimal import Decimal
NUMBERS = [0, 5, -5, 1234567, 1234567.891, Decimal("1234.5000"), Decimal("1E+210"), Decimal("-0.001"), 1e25, "1234.5", None, "", True, 0.1, -0.0, Decimal("0.00000001"), 1e-10]
each(formats.number_format, *NUMBERS)
each(lambda n: formats.number_format(n, 2), *NUMBERS)
each(lambda n: formats.number_format(n, force_grouping=True), *NUMBERS)
each(lambda n: formats.number_format(n, 1, use_l10n=False, force_grouping=True), *NUMBERS)
each(formats.localize, *NUMBERS, AWARE, datetime.date(2026, 1, 2), datetime.time(3, 4), [1])
each(formats.localize_input, 5, 1.5, "x", True, datetime.datetime(2026, 1, 2, 3, 4, 5), datetime.date(2026, 1, 2), datetime.time(3, 4), None)
each(formats.sanitize_separators, "1,234.5", "1.5", "1,5", "x", 5, "", "1.2.3")
each(formats.get_format, "DATE_FORMAT", "DATE_INPUT_FORMATS", "TIME_INPUT_FORMATS", "DATETIME_INPUT_FORMATS", "DECIMAL_SEPARATOR", "NUMBER_GROUPING", "THOUSAND_SEPARATOR", "FIRST_DAY_OF_WEEK", "nothing", "SHORT_DATETIME_FORMAT")
from django.utils import numberformat
each(lambda n: numberformat.format(n, ",", 3, (3, 2, 0), ".", force_grouping=True), 10000000000, 123, Decimal("-1234567.12345"), "98765432.1")
each(lambda n: numberformat.format(n, "."), *NUMBERS)
{str(k): str(v) for k, v in dates.MONTHS.items()}, {k: str(v) for k, v in dates.MONTHS_3.items()}, {k: str(v) for k, v in dates.MONTHS_AP.items()}, {k: str(v) for k, v in dates.WEEKDAYS_ABBR.items()}
