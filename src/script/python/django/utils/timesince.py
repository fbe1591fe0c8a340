"""How long ago something was, in words."""

import datetime

from django.utils.html import avoid_wrapping
from django.utils.timezone import is_aware

_UNITS = ("year", "month", "week", "day", "hour", "minute")
TIME_STRINGS = {unit: {1: f"%(num)d {unit}", 2: f"%(num)d {unit}s"} for unit in _UNITS}
TIME_STRINGS_KEYS = list(_UNITS)
TIME_CHUNKS = [7 * 86400, 86400, 3600, 60]
MONTHS_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def timesince(d, now=None, reversed=False, time_strings=None, depth=2):
    """The time from `d` to `now` as `2 weeks, 3 days`: at most `depth` neighbouring units."""
    if depth <= 0:
        raise ValueError("depth must be greater than 0")
    d = _moment(d)
    now = _moment(now) if now else datetime.datetime.now(d.tzinfo if is_aware(d) else None)
    if reversed:
        d, now = now, d
    if d.tzinfo is not None and now.tzinfo is not None:
        # Both on the same clocks: a day of 23 hours is a day.
        now = now.astimezone(d.tzinfo)
    delta = now - d
    seconds = delta.days * 86400 + delta.seconds
    words = _words_of(time_strings)
    if seconds <= 0:
        return avoid_wrapping(words("minute", 0))
    counts = _counts(d, now, seconds)
    first = next((at for at, count in enumerate(counts) if count), None)
    if first is None:
        return avoid_wrapping(words("minute", 0))
    shown = []
    for unit, count in zip(_UNITS[first : first + depth], counts[first : first + depth]):
        if not count:
            break
        shown.append(avoid_wrapping(words(unit, count)))
    return ", ".join(shown)


def timeuntil(d, now=None, time_strings=None, depth=2):
    """The time from `now` to `d`."""
    return timesince(d, now, reversed=True, time_strings=time_strings, depth=depth)


def _words_of(time_strings):
    """A function that writes a count of a unit."""

    def words(unit, count):
        forms = (time_strings or TIME_STRINGS)[unit]
        form = forms[1 if count == 1 else 2] if isinstance(forms, dict) else str(forms)
        return form % {"num": count}

    return words


def _moment(value):
    if isinstance(value, datetime.datetime):
        return value
    return datetime.datetime(value.year, value.month, value.day)


def _counts(d, now, seconds):
    """Years, months, weeks, days, hours and minutes of the time between."""
    total = (now.year - d.year) * 12 + (now.month - d.month)
    if d.day > now.day or (d.day == now.day and d.time() > now.time()):
        total -= 1
    years, months = divmod(total, 12)
    if years or months:
        year, month = d.year + years, d.month + months
        if month > 12:
            year, month = year + 1, month - 12
        day = min(MONTHS_DAYS[month - 1], d.day)
        pivot = datetime.datetime(year, month, day, d.hour, d.minute, d.second, tzinfo=d.tzinfo)
    else:
        pivot = d
    left = (now - pivot).total_seconds()
    counts = [years, months]
    for chunk in TIME_CHUNKS:
        count = int(left // chunk)
        counts.append(count)
        left -= chunk * count
    return counts
