"""Numbers with separators."""

from django.utils.safestring import mark_safe


def format(
    number, decimal_sep, decimal_pos=None, grouping=0, thousand_sep="", force_grouping=False, use_l10n=None
):
    """`number` with its decimals cut or filled up to `decimal_pos`, and its digits in groups.

    `grouping` is the size of the groups, or their sizes from the right, of which the last is used again.
    """
    if number is None or number == "":
        return mark_safe(number)
    from django.conf import settings

    groups = use_l10n is not False and settings.USE_THOUSAND_SEPARATOR or force_grouping
    groups = groups and grouping != 0
    if isinstance(number, int) and not groups and not decimal_pos:
        return mark_safe(number)
    text = _digits(number, decimal_pos)
    if isinstance(text, tuple):
        mantissa, exponent = text
        shown = format(mantissa, decimal_sep, decimal_pos, grouping, thousand_sep, force_grouping, use_l10n)
        return f"{shown}e{exponent}"
    sign, text = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _, decimals = text.partition(".")
    if decimal_pos is not None:
        decimals = decimals[:decimal_pos].ljust(decimal_pos, "0")
    if groups:
        whole = _grouped(whole, grouping, thousand_sep)
    return f"{sign}{whole}{decimal_sep}{decimals}" if decimals else f"{sign}{whole}"


def _digits(number, decimal_pos):
    """The digits of a number, or its mantissa and exponent where there would be more than two hundred."""
    from decimal import Decimal

    if isinstance(number, float) and "e" in str(number).lower():
        number = Decimal(str(number))
    if not isinstance(number, Decimal):
        return str(number)
    if decimal_pos is not None:
        smallest = Decimal(1).scaleb(-decimal_pos)
        if abs(number) < smallest:
            number = Decimal(0)
    _, digits, exponent = number.as_tuple()
    if isinstance(exponent, int) and abs(exponent) + len(digits) > 200:
        mantissa, _, power = f"{number:e}".partition("e")
        return Decimal(mantissa), power
    return f"{number:f}"


def _grouped(digits, grouping, separator):
    sizes = list(grouping) if hasattr(grouping, "__iter__") else [grouping]
    groups, size = [], sizes.pop(0)
    while digits and size > 0 and len(digits) > size:
        groups.append(digits[-size:])
        digits = digits[:-size]
        if sizes:
            size = sizes.pop(0) or size
    groups.append(digits)
    return separator.join(reversed(groups))
