"""Text: cut, joined, normalized and split."""

import unicodedata

from django._absent import absent
from django.utils.functional import SimpleLazyObject, cached_property, keep_lazy_text, lazy
from django.utils.safestring import mark_safe


@keep_lazy_text
def capfirst(x):
    """`x` with its first letter as a capital."""
    text = x if isinstance(x, str) else (str(x) if x else x)
    return text[0].upper() + text[1:] if text else text


@keep_lazy_text
def wrap(text, width):
    """`text` broken at spaces into lines of at most `width` characters where its words allow it."""
    import textwrap

    wrapper = textwrap.TextWrapper(
        width=width, break_long_words=False, break_on_hyphens=False, replace_whitespace=False
    )
    lines = []
    for line in text.splitlines():
        lines.extend(wrapper.wrap(line) or [""])
    if text.endswith("\n"):
        lines.append("")
    return "\n".join(lines)


def add_truncation_text(text, truncate=None):
    """`text` with the mark of what was cut, unless it ends with that already."""
    if truncate is None:
        truncate = "…"
    if "%(truncated_text)s" in truncate:
        return truncate % {"truncated_text": text}
    return text if text.endswith(truncate) else f"{text}{truncate}"


def calculate_truncate_chars_length(length, replacement):
    """How many characters of a text of `length` are left beside the mark of what was cut."""
    left = length - sum(1 for char in add_truncation_text("", replacement) if not unicodedata.combining(char))
    return max(0, left)


class Truncator(SimpleLazyObject):
    """Cuts a text to a number of characters or words."""

    def __init__(self, text):
        super().__init__(lambda: str(text))

    def chars(self, num, truncate=None, html=False):
        """At most `num` characters; those that combine with the one before do not count."""
        self._setup()
        length = int(num)
        if length <= 0:
            return ""
        text = unicodedata.normalize("NFC", self._wrapped)
        if html:
            from django.utils.truncate_html import truncated_chars

            return truncated_chars(text, length, truncate)
        left = calculate_truncate_chars_length(length, truncate)
        count, cut = 0, None
        for at, char in enumerate(text):
            if unicodedata.combining(char):
                continue
            count += 1
            if cut is None and count > left:
                cut = at
            if count > length:
                return add_truncation_text(text[: cut or 0], truncate)
        return text

    def words(self, num, truncate=None, html=False):
        """At most `num` words."""
        self._setup()
        length = int(num)
        if length <= 0:
            return ""
        if html:
            from django.utils.truncate_html import truncated_words

            return truncated_words(self._wrapped, length, truncate)
        words = self._wrapped.split()
        if len(words) > length:
            return add_truncation_text(" ".join(words[:length]), truncate)
        return " ".join(words)


@keep_lazy_text
def get_valid_filename(name):
    """`name` without what some file system does not bear."""
    import re

    from django.core.exceptions import SuspiciousFileOperation

    kept = re.sub(r"[^-\w.]", "", str(name).strip().replace(" ", "_"))
    if kept in {"", ".", ".."}:
        raise SuspiciousFileOperation(f"{name!r} leaves nothing that could be the name of a file")
    return kept


@keep_lazy_text
def get_text_list(list_, last_word="or"):
    """`a, b or c`."""
    if not list_:
        return ""
    *first, last = map(str, list_)
    return f"{', '.join(first)} {last_word} {last}" if first else last


@keep_lazy_text
def normalize_newlines(text):
    """`text` with `\\n` at the end of each line."""
    return str(text).replace("\r\n", "\n").replace("\r", "\n")


@keep_lazy_text
def phone2numeric(phone):
    """The digits that stand for letters on a telephone."""
    keys = dict(zip("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999"))
    return "".join(keys.get(char, char) for char in phone.lower())


def compress_string(s, *, max_random_bytes=None):
    """`s` as gzip; with `max_random_bytes` its header holds a name of random length."""
    return b"".join(compress_sequence([s], max_random_bytes=max_random_bytes))


def compress_sequence(sequence, *, max_random_bytes=None):
    """The parts of `sequence` as gzip, piece by piece."""
    from gzip import GzipFile
    from io import BytesIO

    buffer = BytesIO()
    name = ""
    if max_random_bytes:
        import secrets

        name = "a" * secrets.randbelow(max_random_bytes)

    def taken():
        piece = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return piece

    with GzipFile(filename=name, mode="wb", compresslevel=6, fileobj=buffer, mtime=0) as file:
        yield taken()
        for item in sequence:
            file.write(item)
            file.flush()
            piece = taken()
            if piece:
                yield piece
    yield taken()


def smart_split(text):
    """The parts of `text` between spaces; what stands in quotes is one part, with its quotes."""
    import re

    pattern = r"""((?:[^\s'"]*(?:(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')[^\s'"]*)+)|\S+)"""
    for match in re.finditer(pattern, str(text)):
        yield match[0]


@keep_lazy_text
def unescape_string_literal(s):
    """What a string in quotes stands for; a ValueError where `s` is none."""
    if not s or s[0] not in "\"'" or s[-1] != s[0]:
        raise ValueError(f"{s!r} does not stand in quotes")
    quote = s[0]
    return s[1:-1].replace(rf"\{quote}", quote).replace(r"\\", "\\")


@keep_lazy_text
def slugify(value, allow_unicode=False):
    """`value` as a part of an address: small letters, digits, underscores and hyphens."""
    text = str(value)
    if allow_unicode:
        text = unicodedata.normalize("NFKC", text)
    else:
        text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode("ascii")
    kept = []
    for char in text.lower():
        if char == "-" or char.isspace():
            if not kept or kept[-1] != "-":
                kept.append("-")
        elif char == "_" or char.isalnum():
            kept.append(char)
    return "".join(kept).strip("-_")


def camel_case_to_spaces(value):
    """`CamelCase` as `camel case`."""
    import re

    return re.sub(r"(((?<=[a-z])[A-Z])|([A-Z](?![A-Z]|$)))", r" \1", value).strip().lower()


def _format_lazy(format_string, *args, **kwargs):
    return format_string.format(*args, **kwargs)


format_lazy = lazy(_format_lazy, str)


__getattr__ = absent(__name__)
