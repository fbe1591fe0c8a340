"""Addresses in text as links.

1. The text is split at spaces, quotes and angle brackets.
2. Of each word the punctuation around an address is put aside.
3. What is left is a link if it begins as an address, or reads as one of an old domain or of mail.
"""

import re
from html import unescape
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from django.utils.html import MAX_URL_LENGTH, escape
from django.utils.safestring import SafeData

WORDS = re.compile(r"""([\s<>"']+)""")
ADDRESS = re.compile(r"^https?://\[?\w", re.IGNORECASE)
DOMAIN = re.compile(r"^www\.|^(?!http)\w[^@]+\.(com|edu|gov|int|mil|net|org)($|/.*)$", re.IGNORECASE)
BRACKETS = [("(", ")"), ("[", "]")]
PUNCTUATION = ".,:;!"


def urlized(text, limit, nofollow, autoescape):
    is_html = isinstance(text, SafeData)
    escaping = autoescape and not is_html
    words = (_word(word, limit, nofollow, escaping) for word in WORDS.split(str(text)))
    return "".join(words)


def _word(word, limit, nofollow, escaping):
    if any(mark in word for mark in ".@:"):
        lead, middle, trail = trimmed(word)
        link = _link(middle, limit, nofollow, escaping)
        if link:
            if escaping:
                lead, trail = escape(lead), escape(trail)
            return f"{lead}{link}{trail}"
    return escape(word) if escaping else word


def _link(middle, limit, nofollow, escaping):
    rel = ' rel="nofollow"' if nofollow else ""
    if len(middle) <= MAX_URL_LENGTH and ADDRESS.match(middle):
        address = quoted_url(unescape(middle))
    elif len(middle) <= MAX_URL_LENGTH and DOMAIN.match(middle):
        address = quoted_url(f"http://{unescape(middle)}")
    elif ":" not in middle and reads_as_mail(middle):
        local, _, domain = middle.rpartition("@")
        address = f"mailto:{quote(local, safe='')}@{quote(domain, safe='')}"
        rel = ""
    else:
        return None
    shown = middle
    if limit is not None and len(middle) > limit:
        shown = f"{middle[: max(0, limit - 1)]}…"
    if escaping:
        shown = escape(shown)
    return f'<a href="{escape(address)}"{rel}>{shown}</a>'


def reads_as_mail(word):
    """Whether `word` is an address of mail; a name of one word such as `localhost` does not count as a domain."""
    from django.core.exceptions import ValidationError
    from django.core.validators import EmailValidator

    if "." not in word.rpartition("@")[2]:
        return False
    try:
        EmailValidator(allowlist=[])(word)
    except ValidationError:
        return False
    return True


def trimmed(word):
    """The punctuation before an address, the address, and the punctuation behind it."""
    middle = word.lstrip("([")
    lead = word[: len(word) - len(middle)]
    surplus = {close: middle.count(close) - middle.count(open) for open, close in BRACKETS}
    kept = middle
    while kept:
        before = kept
        for close, count in surplus.items():
            if count > 0 and kept.endswith(close):
                kept = kept[:-count] if kept.endswith(close * count) else kept[: len(kept) - count]
                surplus[close] = 0
        kept = _without_punctuation(kept)
        if kept == before:
            break
    return lead, kept, middle[len(kept) :]


def _without_punctuation(word):
    reference = word.rfind("&")
    if reference < 0:
        return word.rstrip(PUNCTUATION)
    kept = word.rstrip(".,:!")
    if not kept.endswith(";"):
        return kept
    written = kept[reference:]
    resolved = unescape(written)
    if resolved != written and not resolved.endswith(";"):
        # The semicolon ends a character reference.
        return kept
    bare = kept.rstrip(PUNCTUATION)
    semicolons = len(kept) - len(kept.rstrip(";"))
    if semicolons > 1:
        # The first may end a character reference.
        return kept[: len(bare) + kept[len(bare) :].find(";") + 1]
    return bare


def _requoted(part):
    return quote(unquote(part), safe="!*'();:@&=+$,/?#[]~")


def quoted_url(url):
    """`url` with all encoded that has to be, and nothing twice."""
    try:
        scheme, netloc, path, query, fragment = urlsplit(url)
    except ValueError:
        return _requoted(url)
    if netloc:
        netloc = _requoted(netloc)
    if query:
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(unquote(name), unquote(value)) for name, value in pairs])
    return urlunsplit((scheme, netloc, _requoted(path), query, _requoted(fragment)))
