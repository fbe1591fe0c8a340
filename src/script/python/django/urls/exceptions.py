"""What goes wrong with addresses."""

from django.http.response import Http404


class Resolver404(Http404):
    """No address of the site is of that form."""


class NoReverseMatch(Exception):
    """No address of that name takes those arguments."""

    silent_variable_failure = True
