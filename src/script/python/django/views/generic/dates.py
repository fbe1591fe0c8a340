"""Archives: the rows of a year, a month, a week or a day."""

import datetime

from django.http import Http404
from django.utils import timezone
from django.views.generic.base import View
from django.views.generic.date_mixins import (
    DateMixin,
    DayMixin,
    MonthMixin,
    WeekMixin,
    YearMixin,
    _date_from_string,
    timezone_today,
)
from django.views.generic.detail import BaseDetailView, SingleObjectTemplateResponseMixin
from django.views.generic.list import MultipleObjectMixin, MultipleObjectTemplateResponseMixin


class BaseDateListView(MultipleObjectMixin, DateMixin, View):
    """Rows in the order of their dates."""

    allow_empty = False
    date_list_period = "year"

    def get(self, request, *args, **kwargs):
        self.date_list, self.object_list, extra_context = self.get_dated_items()
        context = self.get_context_data(object_list=self.object_list, date_list=self.date_list, **extra_context)
        return self.render_to_response(context)

    def get_dated_items(self):
        """The dates, the rows, and more names for the template."""
        raise NotImplementedError(f"{type(self).__name__} needs get_dated_items()")

    def get_ordering(self):
        """By date, the newest first, unless `ordering` says otherwise."""
        return f"-{self.get_date_field()}" if self.ordering is None else self.ordering

    def get_dated_queryset(self, **lookup):
        """The rows of the conditions; the page of 404 where there are none and `allow_empty` is off."""
        rows = self.get_queryset().filter(**lookup)
        page_size = self.get_paginate_by(rows)
        if not self.get_allow_future():
            now = timezone.now() if self.uses_datetime_field else timezone_today()
            rows = rows.filter(**{f"{self.get_date_field()}__lte": now})
        if not self.get_allow_empty() and not (rows if page_size is None else rows.exists()):
            raise Http404(f"there are no {rows.model._meta.verbose_name_plural} at that time")
        return rows

    def get_date_list_period(self):
        return self.date_list_period

    def get_date_list(self, queryset, date_type=None, ordering="ASC"):
        """The years, months or days in which there are rows."""
        period = date_type or self.get_date_list_period()
        method = queryset.datetimes if self.uses_datetime_field else queryset.dates
        dates = method(self.get_date_field(), period, ordering)
        if dates is not None and not dates and not self.get_allow_empty():
            raise Http404(f"there are no {queryset.model._meta.verbose_name_plural} at that time")
        return dates


class BaseArchiveIndexView(BaseDateListView):
    """All rows, without saying how they are shown."""

    context_object_name = "latest"

    def get_dated_items(self):
        rows = self.get_dated_queryset()
        dates = self.get_date_list(rows, ordering="DESC")
        return dates, rows if dates else rows.none(), {}


class ArchiveIndexView(MultipleObjectTemplateResponseMixin, BaseArchiveIndexView):
    """The page of the newest rows."""

    template_name_suffix = "_archive"


class BaseYearArchiveView(YearMixin, BaseDateListView):
    """The rows of a year, without saying how they are shown."""

    date_list_period = "month"
    make_object_list = False

    def get_dated_items(self):
        date = _date_from_string(self.get_year(), self.get_year_format())
        since, until = date, self._get_next_year(date)
        rows = self.get_dated_queryset(**self._lookup_between(since, until))
        dates = self.get_date_list(rows)
        if not self.get_make_object_list():
            rows = rows.none()
        extra = {
            "year": since,
            "next_year": self.get_next_year(date),
            "previous_year": self.get_previous_year(date),
        }
        return dates, rows, extra

    def get_make_object_list(self):
        """Whether the rows are in the page, beside the months."""
        return self.make_object_list


class YearArchiveView(MultipleObjectTemplateResponseMixin, BaseYearArchiveView):
    """The page of a year."""

    template_name_suffix = "_archive_year"


class BaseMonthArchiveView(YearMixin, MonthMixin, BaseDateListView):
    """The rows of a month, without saying how they are shown."""

    date_list_period = "day"

    def get_dated_items(self):
        date = _date_from_string(self.get_year(), self.get_year_format(), self.get_month(), self.get_month_format())
        rows = self.get_dated_queryset(**self._lookup_between(date, self._get_next_month(date)))
        extra = {
            "month": date,
            "next_month": self.get_next_month(date),
            "previous_month": self.get_previous_month(date),
        }
        return self.get_date_list(rows), rows, extra


class MonthArchiveView(MultipleObjectTemplateResponseMixin, BaseMonthArchiveView):
    """The page of a month."""

    template_name_suffix = "_archive_month"


class BaseWeekArchiveView(YearMixin, WeekMixin, BaseDateListView):
    """The rows of a week, without saying how they are shown."""

    def get_dated_items(self):
        week_format, year_format = self.get_week_format(), self.get_year_format()
        first_days = {"%W": "1", "%U": "0", "%V": "1"}
        if week_format not in first_days:
            raise ValueError(f"the week format {week_format!r} is none of {', '.join(sorted(first_days))}")
        if (week_format == "%V") != (year_format == "%G"):
            raise ValueError("the week format %V and the year format %G need each other")
        day_format = "%u" if week_format == "%V" else "%w"
        date = _date_from_string(
            self.get_year(), year_format, self.get_week(), week_format, first_days[week_format], day_format
        )
        rows = self.get_dated_queryset(**self._lookup_between(date, self._get_next_week(date)))
        extra = {
            "week": date,
            "next_week": self.get_next_week(date),
            "previous_week": self.get_previous_week(date),
        }
        return None, rows, extra


class WeekArchiveView(MultipleObjectTemplateResponseMixin, BaseWeekArchiveView):
    """The page of a week."""

    template_name_suffix = "_archive_week"


class BaseDayArchiveView(YearMixin, MonthMixin, DayMixin, BaseDateListView):
    """The rows of a day, without saying how they are shown."""

    def get_dated_items(self):
        return self._get_dated_items(_day(self))

    def _get_dated_items(self, date):
        rows = self.get_dated_queryset(**self._make_single_date_lookup(date))
        extra = {
            "day": date,
            "previous_day": self.get_previous_day(date),
            "next_day": self.get_next_day(date),
            "previous_month": self.get_previous_month(date),
            "next_month": self.get_next_month(date),
        }
        return None, rows, extra


def _day(view):
    """The day that the address of a view names."""
    return _date_from_string(
        view.get_year(),
        view.get_year_format(),
        view.get_month(),
        view.get_month_format(),
        view.get_day(),
        view.get_day_format(),
    )


class DayArchiveView(MultipleObjectTemplateResponseMixin, BaseDayArchiveView):
    """The page of a day."""

    template_name_suffix = "_archive_day"


class BaseTodayArchiveView(BaseDayArchiveView):
    """The rows of today, without saying how they are shown."""

    def get_dated_items(self):
        return self._get_dated_items(datetime.date.today())


class TodayArchiveView(MultipleObjectTemplateResponseMixin, BaseTodayArchiveView):
    """The page of today."""

    template_name_suffix = "_archive_day"


class BaseDateDetailView(YearMixin, MonthMixin, DayMixin, DateMixin, BaseDetailView):
    """One row of a day, without saying how it is shown."""

    def get_object(self, queryset=None):
        date = _day(self)
        rows = self.get_queryset() if queryset is None else queryset
        if not self.get_allow_future() and date > datetime.date.today():
            raise Http404(
                f"there are no {rows.model._meta.verbose_name_plural} of the future, as "
                f"{type(self).__name__}.allow_future is off"
            )
        return super().get_object(queryset=rows.filter(**self._make_single_date_lookup(date)))


class DateDetailView(SingleObjectTemplateResponseMixin, BaseDateDetailView):
    """The page of one row of a day."""

    template_name_suffix = "_detail"
