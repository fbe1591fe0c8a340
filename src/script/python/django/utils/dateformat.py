"""Dates and times in the letters of PHP's `date`, as templates write them."""

import datetime

from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, MONTHS_AP, WEEKDAYS, WEEKDAYS_ABBR
from django.utils.timezone import _datetime_ambiguous_or_imaginary, get_default_timezone, is_naive, make_aware


class Formatter:
    """Has one method for each letter."""

    def format(self, formatstr):
        """What the letters stand for; a backslash keeps the letter behind it."""
        written, literal, before = [], "", ""
        for char in str(formatstr):
            if char in self.letters and before != "\\":
                self._check_that_it_has_a_time(char)
                written += [_without_backslashes(literal), str(getattr(self, char)())]
                literal = ""
            else:
                literal += char
            before = char
        return "".join([*written, _without_backslashes(literal)])

    def _check_that_it_has_a_time(self, letter):
        if type(self.data) is datetime.date and hasattr(TimeFormat, letter):
            raise TypeError(f"a date has no time, which the letter {letter!r} of the format stands for")


def _without_backslashes(text):
    """The text in which a backslash stands for what is behind it."""
    kept, rest = [], text
    while rest:
        before, backslash, rest = rest.partition("\\")
        kept += [before, rest[:1] or backslash]
        rest = rest[1:]
    return "".join(kept)


class TimeFormat(Formatter):
    letters = frozenset("aAefgGhHiOPsTuZ")

    def __init__(self, obj):
        self.data = obj
        self.timezone = None
        if isinstance(obj, datetime.datetime):
            self.timezone = get_default_timezone() if is_naive(obj) else obj.tzinfo

    def a(self):
        return "p.m." if self.data.hour > 11 else "a.m."

    def A(self):
        return "PM" if self.data.hour > 11 else "AM"

    def e(self):
        """The name of the zone, or its offset."""
        moment = getattr(self.data, "tzinfo", None) and self.timezone and self.data
        if not moment or _datetime_ambiguous_or_imaginary(moment, self.timezone):
            return ""
        return moment.tzname() or ""

    def f(self):
        """The hour, and the minutes unless they are zero."""
        return f"{self.g()}:{self.i()}" if self.data.minute else self.g()

    def g(self):
        return self.data.hour % 12 or 12

    def G(self):
        return self.data.hour

    def h(self):
        return f"{self.g():02d}"

    def H(self):
        return f"{self.data.hour:02d}"

    def i(self):
        return f"{self.data.minute:02d}"

    def O(self):
        """The offset from UTC as `+0200`; nothing at an hour that is there twice or not at all."""
        if self.timezone is None:
            return ""
        seconds = self.Z()
        if seconds == "":
            return ""
        hours, minutes = divmod(abs(seconds) // 60, 60)
        return f"{'-' if seconds < 0 else '+'}{hours:02d}{minutes:02d}"

    def P(self):
        """`midnight`, `noon`, or the time as `1:30 p.m.`"""
        clock = self.data.hour, self.data.minute
        if clock == (0, 0):
            return "midnight"
        return "noon" if clock == (12, 0) else f"{self.f()} {self.a()}"

    def s(self):
        return f"{self.data.second:02d}"

    def T(self):
        """The short name of the zone."""
        if self.timezone is None:
            return ""
        if not _datetime_ambiguous_or_imaginary(self.data, self.timezone):
            name = self.timezone.tzname(self.data.replace(tzinfo=None))
        else:
            name = ""
        return self.format("O") if name is None else name

    def u(self):
        return f"{self.data.microsecond:06d}"

    def Z(self):
        """The offset from UTC in seconds."""
        if self.timezone is None or _datetime_ambiguous_or_imaginary(self.data, self.timezone):
            return ""
        offset = self.timezone.utcoffset(self.data.replace(tzinfo=None))
        return offset.days * 86400 + offset.seconds


class DateFormat(TimeFormat):
    letters = TimeFormat.letters | frozenset("bcdDEFIjlLmMnNorStUwWyYz")

    def b(self):
        return MONTHS_3[self.data.month]

    def c(self):
        return self.data.isoformat()

    def d(self):
        return f"{self.data.day:02d}"

    def D(self):
        return WEEKDAYS_ABBR[self.data.weekday()]

    def E(self):
        return MONTHS_ALT[self.data.month]

    def F(self):
        return MONTHS[self.data.month]

    def I(self):
        """`1` in daylight saving time, else `0`."""
        if self.timezone is None or _datetime_ambiguous_or_imaginary(self.data, self.timezone):
            return ""
        return "1" if self.timezone.dst(self.data.replace(tzinfo=None)) else "0"

    def j(self):
        return self.data.day

    def l(self):
        return WEEKDAYS[self.data.weekday()]

    def L(self):
        import calendar

        return calendar.isleap(self.data.year)

    def m(self):
        return f"{self.data.month:02d}"

    def M(self):
        return MONTHS_3[self.data.month].title()

    def n(self):
        return self.data.month

    def N(self):
        return MONTHS_AP[self.data.month]

    def o(self):
        return self.data.isocalendar()[0]

    def r(self):
        """The date of a mail."""
        value = self.data
        if not isinstance(value, datetime.datetime):
            value = datetime.datetime.combine(value, datetime.time.min)
        if is_naive(value):
            value = make_aware(value, timezone=self.timezone)
        return _mail_date(value)

    def S(self):
        """The English ending of the day's number."""
        day = self.data.day
        return "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")

    def t(self):
        import calendar

        return calendar.monthrange(self.data.year, self.data.month)[1]

    def U(self):
        """Seconds since 1970."""
        value = self.data
        if not isinstance(value, datetime.datetime):
            value = datetime.datetime.combine(value, datetime.time.min)
        return int(value.timestamp())

    def w(self):
        return (self.data.weekday() + 1) % 7

    def W(self):
        return self.data.isocalendar()[1]

    def y(self):
        return f"{self.data.year % 100:02d}"

    def Y(self):
        return f"{self.data.year:04d}"

    def z(self):
        return self.data.timetuple().tm_yday


def _mail_date(moment):
    from email.utils import format_datetime

    return format_datetime(moment)


def format(value, format_string):
    return DateFormat(value).format(format_string)


def time_format(value, format_string):
    return TimeFormat(value).format(format_string)
