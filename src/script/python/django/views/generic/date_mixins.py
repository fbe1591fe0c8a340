"""Years, months, weeks and days of addresses, and the rows between two moments."""

import datetime

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property


class _PeriodMixin:
    """A part of a date, from the attribute, the address or the query."""

    def _part(self, name):
        value = getattr(self, name)
        if value is None:
            value = self.kwargs.get(name)
        if value is None:
            value = self.request.GET.get(name)
        if value is None:
            raise Http404(f"the address names no {name}")
        return value


class YearMixin(_PeriodMixin):
    year_format = "%Y"
    year = None

    def get_year_format(self):
        return self.year_format

    def get_year(self):
        return self._part("year")

    def get_next_year(self, date):
        return _get_next_prev(self, date, is_previous=False, period="year")

    def get_previous_year(self, date):
        return _get_next_prev(self, date, is_previous=True, period="year")

    def _get_next_year(self, date):
        """The first day of the year after."""
        try:
            return date.replace(year=date.year + 1, month=1, day=1)
        except ValueError:
            raise Http404("there is no such year") from None

    def _get_current_year(self, date):
        return date.replace(month=1, day=1)


class MonthMixin(_PeriodMixin):
    month_format = "%b"
    month = None

    def get_month_format(self):
        return self.month_format

    def get_month(self):
        return self._part("month")

    def get_next_month(self, date):
        return _get_next_prev(self, date, is_previous=False, period="month")

    def get_previous_month(self, date):
        return _get_next_prev(self, date, is_previous=True, period="month")

    def _get_next_month(self, date):
        """The first day of the month after."""
        year, month = divmod(date.year * 12 + date.month, 12)
        try:
            return date.replace(year=year, month=month + 1, day=1)
        except ValueError:
            raise Http404("there is no such month") from None

    def _get_current_month(self, date):
        return date.replace(day=1)


class DayMixin(_PeriodMixin):
    day_format = "%d"
    day = None

    def get_day_format(self):
        return self.day_format

    def get_day(self):
        return self._part("day")

    def get_next_day(self, date):
        return _get_next_prev(self, date, is_previous=False, period="day")

    def get_previous_day(self, date):
        return _get_next_prev(self, date, is_previous=True, period="day")

    def _get_next_day(self, date):
        return date + datetime.timedelta(days=1)

    def _get_current_day(self, date):
        return date


class WeekMixin(_PeriodMixin):
    week_format = "%U"
    week = None

    def get_week_format(self):
        return self.week_format

    def get_week(self):
        return self._part("week")

    def get_next_week(self, date):
        return _get_next_prev(self, date, is_previous=False, period="week")

    def get_previous_week(self, date):
        return _get_next_prev(self, date, is_previous=True, period="week")

    def _get_next_week(self, date):
        """The first day of the week after."""
        try:
            return date + datetime.timedelta(days=7 - self._get_weekday(date))
        except OverflowError:
            raise Http404("there is no such week") from None

    def _get_current_week(self, date):
        return date - datetime.timedelta(self._get_weekday(date))

    def _get_weekday(self, date):
        """The day in its week, whose first is 0."""
        week_format = self.get_week_format()
        if week_format in ("%W", "%V"):
            return date.weekday()
        if week_format == "%U":
            return (date.weekday() + 1) % 7
        raise ValueError(f"the week format {week_format!r} is none of %U, %W and %V")


class DateMixin:
    """Rows by a field of dates."""

    date_field = None
    allow_future = False

    def get_date_field(self):
        if self.date_field is None:
            raise ImproperlyConfigured(f"{type(self).__name__} needs a date_field")
        return self.date_field

    def get_allow_future(self):
        return self.allow_future

    @cached_property
    def uses_datetime_field(self):
        """Whether the field holds moments rather than days."""
        model = self.get_queryset().model if self.model is None else self.model
        field = model._meta.get_field(self.get_date_field())
        return field.get_internal_type() == "DateTimeField"

    def _make_date_lookup_arg(self, value):
        """A day as the field is compared with it: its first moment, where the field holds moments."""
        if not self.uses_datetime_field:
            return value
        moment = datetime.datetime.combine(value, datetime.time.min)
        from django.conf import settings

        return timezone.make_aware(moment) if settings.USE_TZ else moment

    def _make_single_date_lookup(self, date):
        """The conditions for one day."""
        field = self.get_date_field()
        if not self.uses_datetime_field:
            return {field: date}
        return _between(field, self._make_date_lookup_arg(date), self._make_date_lookup_arg(self._get_next_day(date)))

    def _lookup_between(self, since, until):
        """The conditions for the days from `since` to before `until`."""
        return _between(self.get_date_field(), self._make_date_lookup_arg(since), self._make_date_lookup_arg(until))


def _between(field, since, until):
    return {f"{field}__gte": since, f"{field}__lt": until}


def timezone_today():
    """Today, in the current zone."""
    from django.conf import settings

    return timezone.localdate() if settings.USE_TZ else datetime.date.today()


def _date_from_string(year, year_format, month="", month_format="", day="", day_format="", delim="__"):
    """The day that the parts of an address name; the page of 404 where there is none."""
    form = delim.join((year_format, month_format, day_format))
    text = delim.join(map(str, (year, month, day)))
    try:
        return datetime.datetime.strptime(text, form).date()
    except ValueError:
        raise Http404(f"{text!r} is not a date of the form {form!r}") from None


def _get_next_prev(generic_view, date, is_previous, period):
    """The period after or before that of `date`, or None.

    With `allow_empty` it is the neighbour; without, the next one in which there is a row.
    """
    field = generic_view.get_date_field()
    allow_future = generic_view.get_allow_future()
    first_day = getattr(generic_view, f"_get_current_{period}")
    next_first_day = getattr(generic_view, f"_get_next_{period}")
    start, end = first_day(date), next_first_day(date)
    if generic_view.get_allow_empty():
        found = first_day(start - datetime.timedelta(days=1)) if is_previous else end
        return found if allow_future or found <= timezone_today() else None
    rows = generic_view.get_queryset()
    if is_previous:
        edge = {f"{field}__lt": generic_view._make_date_lookup_arg(start)}
        rows = rows.filter(**edge).order_by(f"-{field}")
    else:
        edge = {f"{field}__gte": generic_view._make_date_lookup_arg(end)}
        if not allow_future:
            now = timezone.now() if generic_view.uses_datetime_field else timezone_today()
            edge[f"{field}__lte"] = now
        rows = rows.filter(**edge).order_by(field)
    nearest = next(iter(rows[:1]), None)
    if nearest is None:
        return None
    found = getattr(nearest, field)
    if generic_view.uses_datetime_field:
        from django.conf import settings

        found = (timezone.localtime(found) if settings.USE_TZ else found).date()
    return first_day(found)
