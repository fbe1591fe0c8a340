"""Views of what most sites need."""

from django._lazy import lazily, names_of
from django.views.generic.base import RedirectView, TemplateView, View

_PLACES = {
    ".dates": "ArchiveIndexView DateDetailView DayArchiveView MonthArchiveView TodayArchiveView WeekArchiveView YearArchiveView",
    ".detail": "DetailView",
    ".edit": "CreateView DeleteView FormView UpdateView",
    ".list": "ListView",
}

__all__ = ["View", "TemplateView", "RedirectView", *names_of(_PLACES), "GenericViewError"]


class GenericViewError(Exception):
    """Something is wrong with a generic view."""


__getattr__ = lazily(__name__, _PLACES)
