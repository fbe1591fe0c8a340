"""The filters of templates that Python code calls by itself, too."""

from django._absent import absent
from django.template.library import stringfilter
from django.utils.html import conditional_escape, escape, linebreaks, strip_tags
from django.utils.safestring import SafeData, mark_safe
from django.utils.text import Truncator, normalize_newlines
from django.utils.text import slugify as slug_of
from django.utils.text import wrap

__all__ = [
    "addslashes", "capfirst", "cut", "date", "default", "default_if_none", "dictsort", "divisibleby", "escape",
    "escape_filter", "filesizeformat", "first", "floatformat", "force_escape", "join", "last", "length", "linebreaks",
    "linebreaks_filter", "linebreaksbr",
    "lower", "make_list", "pluralize", "random", "safe", "slice_filter", "slugify", "stringfilter", "striptags",
    "time", "timesince_filter", "timeuntil_filter", "title", "truncatechars", "truncatewords", "upper", "urlencode",
    "wordcount", "wordwrap", "yesno",
]  # fmt: skip


def keeps_html(filter):
    """A decorator: HTML stays HTML."""
    filter.is_safe = filter.__wrapped__.is_safe = True
    return filter


@keeps_html
@stringfilter
def addslashes(value):
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("'", "\\'")


@keeps_html
@stringfilter
def capfirst(value):
    return value and value[0].upper() + value[1:]


@stringfilter
def cut(value, arg):
    """The text without what `arg` says."""
    is_html = isinstance(value, SafeData)
    left = value.replace(arg, "")
    return mark_safe(left) if is_html and arg != ";" else left


@keeps_html
@stringfilter
def lower(value):
    return value.lower()


@stringfilter
def upper(value):
    return value.upper()


@keeps_html
@stringfilter
def title(value):
    """Each word with a capital, but for what follows an apostrophe or a digit."""
    import re

    text = re.sub("([a-z])'([A-Z])", lambda found: found[0].lower(), value.title())
    return re.sub(r"\d([A-Z])", lambda found: found[0].lower(), text)


@stringfilter
def make_list(value):
    return list(value)


@keeps_html
@stringfilter
def slugify(value):
    return slug_of(value)


@keeps_html
@stringfilter
def striptags(value):
    return strip_tags(value)


@keeps_html
@stringfilter
def truncatechars(value, arg):
    length = _whole(arg)
    return value if length is None else Truncator(value).chars(length)


@keeps_html
@stringfilter
def truncatewords(value, arg):
    length = _whole(arg)
    return value if length is None else Truncator(value).words(length, truncate=" …")


@stringfilter
def wordcount(value):
    return len(value.split())


@keeps_html
@stringfilter
def wordwrap(value, arg):
    return wrap(value, int(arg))


@stringfilter
def urlencode(value, safe=None):
    from urllib.parse import quote

    return quote(value, **({} if safe is None else {"safe": safe}))


@stringfilter
def force_escape(value):
    return escape(value)


@stringfilter
def escape_filter(value):
    return conditional_escape(value)


@stringfilter
def safe(value):
    return mark_safe(value)


@stringfilter
def linebreaks_filter(value, autoescape=True):
    return mark_safe(linebreaks(value, autoescape and not isinstance(value, SafeData)))


@keeps_html
@stringfilter
def linebreaksbr(value, autoescape=True):
    escaping = autoescape and not isinstance(value, SafeData)
    text = normalize_newlines(value)
    return mark_safe((escape(text) if escaping else text).replace("\n", "<br>"))


def _whole(value):
    try:
        return int(value)
    except ValueError:
        return None


def default(value, arg):
    return value or arg


def default_if_none(value, arg):
    return arg if value is None else value


def divisibleby(value, arg):
    return int(value) % int(arg) == 0


def first(value):
    return value[0] if len(value) else ""


def last(value):
    return value[-1] if len(value) else ""


def length(value):
    try:
        return len(value)
    except (TypeError, ValueError):
        return 0


def random(value):
    import random as standard

    return standard.choice(value) if value else ""


def join(value, arg, autoescape=True):
    """The items as text with `arg` between them."""
    try:
        if autoescape:
            return mark_safe(conditional_escape(arg).join([conditional_escape(item) for item in value]))
        return mark_safe(arg.join(value))
    except TypeError:
        return value


def slice_filter(value, arg):
    """A part of a list, as `1:3` says."""
    try:
        bounds = [int(part) if part else None for part in str(arg).split(":")]
        return value[slice(*bounds)]
    except (ValueError, TypeError, KeyError):
        return value


def dictsort(value, arg):
    """Dictionaries or objects by a key or an attribute; the empty text where they cannot be ordered."""

    def found(item):
        if isinstance(arg, int) or arg.isdecimal():
            return item[arg]
        for part in arg.split("."):
            item = item[part] if isinstance(item, dict) else getattr(item, part)
        return item

    try:
        return sorted(value, key=found)
    except (AttributeError, IndexError, KeyError, TypeError):
        return ""


def yesno(value, arg="yes,no,maybe"):
    """One of two or three words for true, false and None."""
    words = arg.split(",")
    if len(words) < 2:
        return value
    if value is None:
        return words[2] if len(words) == 3 else words[1]
    return words[0] if value else words[1]


def pluralize(value, arg="s"):
    """The ending of one or of many."""
    endings = arg.split(",") if "," in arg else ["", arg]
    if len(endings) > 2:
        return ""
    try:
        is_one = float(value) == 1
    except ValueError:
        return ""
    except TypeError:
        try:
            is_one = len(value) == 1
        except TypeError:
            return ""
    return endings[0] if is_one else endings[1]


def filesizeformat(bytes_):
    """A number of bytes in the unit that fits."""
    from django.utils import formats
    from django.utils.html import avoid_wrapping

    try:
        size = int(bytes_)
    except (TypeError, ValueError, UnicodeDecodeError):
        return avoid_wrapping("0 bytes")
    sign, size = ("-", -size) if size < 0 else ("", size)
    if size < 1024:
        return avoid_wrapping(f"{sign}{size} byte{'' if size == 1 else 's'}")
    power, unit = 1, "KB"
    while size >= 1024 ** (power + 1) and unit != "PB":
        power += 1
        unit = ("KB", "MB", "GB", "TB", "PB")[power - 1]
    return avoid_wrapping(f"{sign}{formats.number_format(round(size / 1024**power, 1), 1)} {unit}")


def floatformat(text, arg=-1):
    """A number with so many decimals; a negative count leaves out zeros.

    A `g` behind the count groups the digits, a `u` ignores the settings.
    """
    from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

    from django.utils import formats

    arg = str(arg)
    grouping = arg.endswith(("g", "gu", "ug"))
    use_l10n = not arg.endswith(("u", "gu", "ug"))
    places = arg.rstrip("gu") or "-1"
    try:
        value = repr(text) if isinstance(text, float) else str(text)
        number = Decimal(value)
    except InvalidOperation:
        try:
            number = Decimal(str(float(text)))
        except (ValueError, InvalidOperation, TypeError):
            return ""
    try:
        count = int(places)
    except ValueError:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 200:
        return value
    is_whole = number == number.to_integral_value()
    if is_whole and count < 0:
        return mark_safe(formats.number_format(f"{int(number)}", 0, use_l10n=use_l10n, force_grouping=grouping))
    exponent = Decimal(1).scaleb(-abs(count))
    rounded = number.quantize(exponent, ROUND_HALF_UP, Context(prec=max(len(number.as_tuple().digits), 1) + 230))
    shown = f"{rounded:f}"
    if not rounded:
        shown = shown.lstrip("-")
    return mark_safe(formats.number_format(shown, abs(count), use_l10n=use_l10n, force_grouping=grouping))


def expects_localtime(filter):
    """A decorator: a moment comes on the clocks of the current zone where a template calls the filter."""
    filter.expects_localtime = True
    return filter


@expects_localtime
def date(value, arg=None):
    """A day or a moment in the letters of `arg`."""
    from django.utils import formats

    if value in (None, ""):
        return ""
    try:
        return formats.date_format(value, arg)
    except AttributeError:
        return ""


@expects_localtime
def time(value, arg=None):
    from django.utils import formats

    if value in (None, ""):
        return ""
    try:
        return formats.time_format(value, arg)
    except (AttributeError, TypeError):
        return ""


def timesince_filter(value, arg=None):
    return _between("timesince", value, arg)


def timeuntil_filter(value, arg=None):
    return _between("timeuntil", value, arg)


def _between(name, value, arg):
    from django.utils import timesince

    if not value:
        return ""
    try:
        return getattr(timesince, name)(value, arg) if arg else getattr(timesince, name)(value)
    except (ValueError, TypeError):
        return ""


__getattr__ = absent(__name__)
