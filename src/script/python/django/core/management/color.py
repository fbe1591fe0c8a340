"""Colours of commands."""

from django._absent import absent


_CODES = {
    "ERROR": "31;1",
    "SUCCESS": "32;1",
    "WARNING": "33;1",
    "NOTICE": "31",
    "SQL_FIELD": "32;1",
    "SQL_COLTYPE": "32",
    "SQL_KEYWORD": "33",
    "SQL_TABLE": "1",
    "HTTP_INFO": "1",
    "HTTP_SUCCESS": "",
    "HTTP_REDIRECT": "32",
    "HTTP_NOT_MODIFIED": "36",
    "HTTP_BAD_REQUEST": "31;1",
    "HTTP_NOT_FOUND": "33",
    "HTTP_SERVER_ERROR": "35;1",
    "MIGRATE_HEADING": "36;1",
    "MIGRATE_LABEL": "1",
    "ERROR_OUTPUT": "31;1",
}


class Style:
    """A function for each kind of text."""

    def __init__(self, has_colors):
        for name, code in _CODES.items():
            setattr(self, name, _painter(code) if has_colors and code else str)


def _painter(code):
    return lambda text: f"\x1b[{code}m{text}\x1b[0m"


def supports_color():
    """Whether colours are wanted, and there is a terminal to show them."""
    import os
    import sys

    return "NO_COLOR" not in os.environ and hasattr(sys.stdout, "isatty") and sys.stdout.isatty()


def make_style(config_string=""):
    return Style(config_string != "nocolor")


def no_style():
    return Style(False)


def color_style(force_color=False):
    return Style(force_color or supports_color())


__getattr__ = absent(__name__)
