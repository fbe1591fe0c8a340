"""HTML from text, and text from HTML."""

from django._absent import absent
from django.utils.functional import Promise, keep_lazy, keep_lazy_text
from django.utils.safestring import SafeData, SafeString, mark_safe

VOID_ELEMENTS = frozenset(
    "area base br col embed hr img input link meta param source track wbr frame spacer".split()
)
MAX_STRIP_TAGS_DEPTH = 50
MAX_URL_LENGTH = 2048

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;"}
_ESCAPES = str.maketrans(_HTML)
_SCRIPT = {code: f"\\u{code:04X}" for code in (*range(32), *map(ord, "\\'\"<>&=-;`"), 0x2028, 0x2029)}
_JSON_SCRIPT = {ord(char): f"\\u{ord(char):04X}" for char in "<>&"}


@keep_lazy(SafeString)
def escape(text):
    """`text` as HTML, whether it is HTML already or not."""
    return SafeString(str(text).translate(_ESCAPES))


@keep_lazy(SafeString)
def escapejs(value):
    """`value` as the inside of a string of JavaScript."""
    return mark_safe(str(value).translate(_SCRIPT))


def json_script(value, element_id=None, encoder=None):
    """`value` as JSON in a script element, which no script can break out of."""
    import json

    from django.core.serializers.json import DjangoJSONEncoder

    text = json.dumps(value, cls=encoder or DjangoJSONEncoder).translate(_JSON_SCRIPT)
    if element_id:
        return format_html('<script id="{}" type="application/json">{}</script>', element_id, mark_safe(text))
    return format_html('<script type="application/json">{}</script>', mark_safe(text))


def conditional_escape(text):
    """`text` as HTML; what is HTML already stays as it is."""
    if isinstance(text, Promise):
        # The interpreter's `str()` would forget that it is HTML.
        text = text.__str__()
    if hasattr(text, "__html__"):
        return text.__html__()
    return escape(text)


def format_html(format_string, *args, **kwargs):
    """`str.format` whose arguments are escaped, as HTML."""
    if not args and not kwargs:
        import warnings

        from django.utils.deprecation import RemovedInDjango60Warning

        warnings.warn("format_html() without arguments escapes nothing", RemovedInDjango60Warning, stacklevel=2)
    named = {name: conditional_escape(value) for name, value in kwargs.items()}
    return mark_safe(format_string.format(*map(conditional_escape, args), **named))


def format_html_join(sep, format_string, args_generator):
    """`format_html` for each tuple or dictionary of arguments, joined."""

    def parts():
        from collections.abc import Mapping

        for arguments in args_generator:
            if isinstance(arguments, Mapping):
                yield format_html(format_string, **arguments)
            else:
                yield format_html(format_string, *arguments)

    return mark_safe(conditional_escape(sep).join(parts()))


@keep_lazy_text
def linebreaks(value, autoescape=False):
    """Paragraphs and `<br>` in place of empty lines and the ends of lines."""
    import re

    from django.utils.text import normalize_newlines

    paragraphs = re.split("\n{2,}", str(normalize_newlines(value)))
    inner = ((escape(text) if autoescape else text).replace("\n", "<br>") for text in paragraphs)
    return "\n\n".join(f"<p>{text}</p>" for text in inner)


@keep_lazy_text
def strip_tags(value):
    """The text of HTML. It may still hold tags together with its neighbours: escape it where it is shown."""
    from django.core.exceptions import SuspiciousOperation

    text = str(value)
    if _has_endless_tag(text):
        raise SuspiciousOperation("the tags in this HTML do not end")
    for _ in range(MAX_STRIP_TAGS_DEPTH):
        if "<" not in text or ">" not in text:
            return text
        stripped = _stripped_once(text)
        if stripped.count("<") == text.count("<"):
            return text
        text = stripped
    if "<" in text and ">" in text:
        raise SuspiciousOperation("tags stand in tags too often")
    return text


def _has_endless_tag(text):
    for part in text.split(">"):
        start = next((at for at, char in enumerate(part) if char == "<" and part[at + 1 : at + 2].isalpha()), None)
        if start is not None:
            tag = part[start:]
            if len(tag) > 1000 and tag.count("<") >= MAX_STRIP_TAGS_DEPTH:
                return True
    return False


def _stripped_once(text):
    from html.parser import HTMLParser

    parts = []
    parser = HTMLParser(convert_charrefs=False)
    parser.handle_data = parts.append
    parser.handle_entityref = lambda name: parts.append(f"&{name};")
    parser.handle_charref = lambda name: parts.append(f"&#{name};")
    parser.feed(text)
    parser.close()
    return "".join(parts)


@keep_lazy_text
def strip_spaces_between_tags(value):
    """HTML without the white space between its tags."""
    import re

    return re.sub(r">\s+<", "><", str(value))


def smart_urlquote(url):
    """`url` with all encoded that has to be, and nothing twice."""
    from django.utils.urlize import quoted_url

    return quoted_url(url)


@keep_lazy_text
def urlize(text, trim_url_limit=None, nofollow=False, autoescape=False):
    """`text` with its addresses as links."""
    from django.utils.urlize import urlized

    return urlized(text, trim_url_limit, nofollow, autoescape)


def avoid_wrapping(value):
    """`value` on one line: its spaces do not break."""
    return value.replace(" ", "\xa0")


def html_safe(klass):
    """A decorator: the `__str__` of the class is HTML."""
    if "__html__" in klass.__dict__:
        raise ValueError(f"html_safe cannot be used for {klass.__name__}, which has an __html__() of its own")
    if "__str__" not in klass.__dict__:
        raise ValueError(f"html_safe cannot be used for {klass.__name__}, which has no __str__() of its own")
    written = klass.__str__
    klass.__str__ = lambda self: mark_safe(written(self))
    klass.__html__ = lambda self: self.__str__()
    return klass


__getattr__ = absent(__name__)
