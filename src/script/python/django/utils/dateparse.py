"""Days, times, moments and durations from text: None where it is not one, a ValueError where there is no such day."""

import datetime

from django.utils._digits import ascii_digits
from django.utils.regex_helper import _lazy_re_compile

_TIME = (
    r"(?P<hour>\d{1,2}):(?P<minute>\d{1,2})"
    r"(?::(?P<second>\d{1,2})(?:[\.,](?P<microsecond>\d{1,6})\d{0,6})?)?"
)
_DAY = r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"

date_re = _lazy_re_compile(_DAY + "$")
time_re = _lazy_re_compile(_TIME + "$")
datetime_re = _lazy_re_compile(_DAY + r"[T ]" + _TIME + r"\s*(?P<tzinfo>Z|[+-]\d{2}(?::?\d{2})?)?$")
standard_duration_re = _lazy_re_compile(
    r"^(?:(?P<days>-?\d+) (days?, )?)?(?P<sign>-?)"
    r"((?:(?P<hours>\d+):)(?=\d+:\d+))?(?:(?P<minutes>\d+):)?"
    r"(?P<seconds>\d+)(?:[\.,](?P<microseconds>\d{1,6})\d{0,6})?$"
)
iso8601_duration_re = _lazy_re_compile(
    r"^(?P<sign>[-+]?)P(?:(?P<days>\d+([\.,]\d+)?)D)?"
    r"(?:T(?:(?P<hours>\d+([\.,]\d+)?)H)?(?:(?P<minutes>\d+([\.,]\d+)?)M)?(?:(?P<seconds>\d+([\.,]\d+)?)S)?)?$"
)
postgres_interval_re = _lazy_re_compile(
    r"^(?:(?P<days>-?\d+) (days? ?))?"
    r"(?:(?P<sign>[-+])?(?P<hours>\d+):(?P<minutes>\d\d):(?P<seconds>\d\d)(?:\.(?P<microseconds>\d{1,6}))?)?$"
)


def parse_date(value):
    """A date from `2026-11-30` or another form of ISO 8601."""
    try:
        return datetime.date.fromisoformat(value)
    except ValueError:
        found = date_re.match(ascii_digits(value))
        return found and datetime.date(**{name: int(number) for name, number in found.groupdict().items()})


def parse_time(value):
    """A time from `14:30`, `14:30:59` or `14:30:59.000001`; a zone behind it is an answer of None."""
    try:
        return datetime.time.fromisoformat(value).replace(tzinfo=None)
    except ValueError:
        found = time_re.match(ascii_digits(value))
        return found and datetime.time(**_numbers(found.groupdict()))


def parse_datetime(value):
    """A datetime from a day and a time, with its offset where one is given."""
    try:
        # The interpreter takes a day with any one character behind it.
        if value[-1:].isdigit() or value[-1:] == "Z":
            return datetime.datetime.fromisoformat(value)
        raise ValueError(value)
    except ValueError:
        found = datetime_re.match(ascii_digits(value))
        if not found:
            return None
        parts = found.groupdict()
        return datetime.datetime(**_numbers(parts), tzinfo=_zone(parts.pop("tzinfo")))


def _numbers(parts):
    parts = {name: text for name, text in parts.items() if text is not None and name != "tzinfo"}
    if "microsecond" in parts:
        parts["microsecond"] = parts["microsecond"].ljust(6, "0")
    return {name: int(text) for name, text in parts.items()}


def _zone(text):
    if text is None:
        return None
    if text == "Z":
        return datetime.timezone.utc
    from django.utils.timezone import get_fixed_timezone

    minutes = int(text[1:3]) * 60 + (int(text[-2:]) if len(text) > 3 else 0)
    return get_fixed_timezone(-minutes if text[0] == "-" else minutes)


def parse_duration(value):
    """A timedelta from `4 15:30:25.5`, from ISO 8601 (`P4DT15H`) or from PostgreSQL's form."""
    found = (
        standard_duration_re.match(value) or iso8601_duration_re.match(value) or postgres_interval_re.match(value)
    )
    if not found:
        return None
    parts = found.groupdict()
    sign = -1 if parts.pop("sign", None) == "-" else 1
    if parts.get("microseconds"):
        parts["microseconds"] = parts["microseconds"].ljust(6, "0")
    numbers = {name: float(text.replace(",", ".")) for name, text in parts.items() if text is not None}
    days = datetime.timedelta(numbers.pop("days", 0.0))
    if found.re == iso8601_duration_re:
        days *= sign
    return days + sign * datetime.timedelta(**numbers)
