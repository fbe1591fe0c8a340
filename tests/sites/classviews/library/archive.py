from django.views.generic.dates import (
    ArchiveIndexView,
    DateDetailView,
    DayArchiveView,
    MonthArchiveView,
    TodayArchiveView,
    WeekArchiveView,
    YearArchiveView,
)

from library.models import Book


class OfBooks:
    model = Book
    date_field = "published"
    allow_future = True
    template_name = "library/archive.html"


class Books(OfBooks, ArchiveIndexView):
    date_list_period = "month"


class Year(OfBooks, YearArchiveView):
    make_object_list = True


class Month(OfBooks, MonthArchiveView):
    month_format = "%m"


class Week(OfBooks, WeekArchiveView):
    week_format = "%W"


class Day(OfBooks, DayArchiveView):
    month_format = "%m"


class Today(OfBooks, TodayArchiveView):
    pass


class Dated(OfBooks, DateDetailView):
    month_format = "%m"
    template_name = "library/book_detail.html"
