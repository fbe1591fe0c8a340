"""Views of what most sites need."""

from django.views.generic.base import RedirectView, TemplateView, View

_PLACES = {
    "dates": (
        "ArchiveIndexView DateDetailView DayArchiveView MonthArchiveView TodayArchiveView WeekArchiveView "
        "YearArchiveView"
    ),
    "detail": "DetailView",
    "edit": "CreateView DeleteView FormView UpdateView",
    "list": "ListView",
}
_MODULES = {name: module for module, names in _PLACES.items() for name in names.split()}

__all__ = ["View", "TemplateView", "RedirectView", *_MODULES, "GenericViewError"]


class GenericViewError(Exception):
    """Something is wrong with a generic view."""


def __getattr__(name):
    # Each kind of view is read when a site uses it.
    if name in _MODULES:
        from importlib import import_module

        return getattr(import_module(f"django.views.generic.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
