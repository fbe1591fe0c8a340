"""Functions of days, times and moments."""

from django._absent import absent
from django.db.models.expressions import Func


class Now(Func):
    function = "CURRENT_TIMESTAMP"
    _djr_function = "Now"
    arity = 0


class Extract(Func):
    """A part of a day, a time or a moment."""

    _djr_form = "Extract"
    lookup_name = None

    def __init__(self, expression, lookup_name=None, tzinfo=None, **extra):
        if self.lookup_name is None:
            self.lookup_name = lookup_name
        if self.lookup_name is None:
            raise ValueError("lookup_name must be provided")
        self.tzinfo = tzinfo
        super().__init__(expression, **extra)


class ExtractYear(Extract):
    lookup_name = "year"


class ExtractIsoYear(Extract):
    lookup_name = "iso_year"


class ExtractMonth(Extract):
    lookup_name = "month"


class ExtractDay(Extract):
    lookup_name = "day"


class ExtractWeek(Extract):
    lookup_name = "week"


class ExtractWeekDay(Extract):
    lookup_name = "week_day"


class ExtractIsoWeekDay(Extract):
    lookup_name = "iso_week_day"


class ExtractQuarter(Extract):
    lookup_name = "quarter"


class ExtractHour(Extract):
    lookup_name = "hour"


class ExtractMinute(Extract):
    lookup_name = "minute"


class ExtractSecond(Extract):
    lookup_name = "second"


class TruncBase(Func):
    """The beginning of the year, the month and so on that a day, a time or a moment is in."""

    _djr_form = "Trunc"
    kind = None
    tzinfo = None

    def __init__(self, expression, output_field=None, tzinfo=None, **extra):
        self.tzinfo = tzinfo
        super().__init__(expression, output_field=output_field, **extra)


class Trunc(TruncBase):
    def __init__(self, expression, kind, output_field=None, tzinfo=None, **extra):
        self.kind = kind
        super().__init__(expression, output_field=output_field, tzinfo=tzinfo, **extra)


class TruncYear(TruncBase):
    kind = "year"


class TruncQuarter(TruncBase):
    kind = "quarter"


class TruncMonth(TruncBase):
    kind = "month"


class TruncWeek(TruncBase):
    kind = "week"


class TruncDay(TruncBase):
    kind = "day"


class TruncDate(TruncBase):
    kind = "date"


class TruncTime(TruncBase):
    kind = "time"


class TruncHour(TruncBase):
    kind = "hour"


class TruncMinute(TruncBase):
    kind = "minute"


class TruncSecond(TruncBase):
    kind = "second"


__getattr__ = absent(__name__)
