"""Dates and numbers as English writes them, or as the settings say."""

import datetime

from django._absent import absent
from django.utils import dateformat, numberformat

FORMAT_SETTINGS = frozenset(
    [
        "DECIMAL_SEPARATOR", "THOUSAND_SEPARATOR", "NUMBER_GROUPING", "FIRST_DAY_OF_WEEK", "MONTH_DAY_FORMAT",
        "TIME_FORMAT", "DATE_FORMAT", "DATETIME_FORMAT", "SHORT_DATE_FORMAT", "SHORT_DATETIME_FORMAT",
        "YEAR_MONTH_FORMAT", "DATE_INPUT_FORMATS", "TIME_INPUT_FORMATS", "DATETIME_INPUT_FORMATS",
    ]
)  # fmt: skip
ISO_INPUT_FORMATS = {
    "DATE_INPUT_FORMATS": ["%Y-%m-%d"],
    "TIME_INPUT_FORMATS": ["%H:%M:%S", "%H:%M:%S.%f", "%H:%M"],
    "DATETIME_INPUT_FORMATS": ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
}


def get_format(format_type, lang=None, use_l10n=None):
    """The format of that name; a name that is none is a format itself."""
    if format_type not in FORMAT_SETTINGS:
        return format_type
    if format_type == "NUMBER_GROUPING":
        return 3 if use_l10n is not False and _settings().USE_I18N else _settings().NUMBER_GROUPING
    value = getattr(_settings(), format_type)
    extra = [form for form in ISO_INPUT_FORMATS.get(format_type, ()) if form not in value]
    return [*value, *extra] if extra else value


def _settings():
    from django.conf import settings

    return settings


get_format_lazy = get_format


def reset_format_cache():
    """Nothing is kept."""


def date_format(value, format=None, use_l10n=None):
    return dateformat.format(value, get_format(format or "DATE_FORMAT", use_l10n=use_l10n))


def time_format(value, format=None, use_l10n=None):
    return dateformat.time_format(value, get_format(format or "TIME_FORMAT", use_l10n=use_l10n))


def number_format(value, decimal_pos=None, use_l10n=None, force_grouping=False):
    """A number with the separators of the settings."""
    return numberformat.format(
        value,
        get_format("DECIMAL_SEPARATOR", use_l10n=use_l10n),
        decimal_pos,
        get_format("NUMBER_GROUPING", use_l10n=use_l10n),
        get_format("THOUSAND_SEPARATOR", use_l10n=use_l10n),
        force_grouping=force_grouping,
        use_l10n=use_l10n,
    )


def localize(value, use_l10n=None):
    """A number or a date as text; anything else stays as it is."""
    if isinstance(value, (str, bool)):
        return value if isinstance(value, str) else str(value)
    if isinstance(value, (int, float)) or type(value).__name__ == "Decimal":
        return value if use_l10n is False else number_format(value, use_l10n=use_l10n)
    if isinstance(value, datetime.datetime):
        return date_format(value, "DATETIME_FORMAT", use_l10n=use_l10n)
    if isinstance(value, datetime.date):
        return date_format(value, use_l10n=use_l10n)
    if isinstance(value, datetime.time):
        return time_format(value, use_l10n=use_l10n)
    return value


def localize_input(value, default=None):
    """A number or a date as a field shows it."""
    if isinstance(value, (str, bool)):
        return value if isinstance(value, str) else str(value)
    if isinstance(value, (int, float)) or type(value).__name__ == "Decimal":
        return number_format(value)
    for kind, name in (
        (datetime.datetime, "DATETIME_INPUT_FORMATS"),
        (datetime.date, "DATE_INPUT_FORMATS"),
        (datetime.time, "TIME_INPUT_FORMATS"),
    ):
        if isinstance(value, kind):
            return value.strftime(default or get_format(name)[0])
    return value


def sanitize_separators(value):
    """Text of a number without the separators of thousands."""
    if not isinstance(value, str):
        return value
    point, thousand = get_format("DECIMAL_SEPARATOR"), get_format("THOUSAND_SEPARATOR")
    whole, dot, fraction = value.partition(point)
    if _settings().USE_THOUSAND_SEPARATOR:
        is_decimal_point = thousand == "." and value.count(".") == 1 and len(value.split(".")[-1]) != 3
        if not is_decimal_point:
            whole = whole.replace(thousand, "")
    return f"{whole}.{fraction}" if dot else whole


__getattr__ = absent(__name__)
