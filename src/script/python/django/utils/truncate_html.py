"""HTML cut to a number of characters or words of its text, with the elements closed that are open then."""

import re
from html import escape
from html.parser import HTMLParser

from django.utils.html import VOID_ELEMENTS
from django.utils.text import add_truncation_text, calculate_truncate_chars_length


class Cut(Exception):
    """Nothing comes after this."""


class HtmlTruncation(HTMLParser):
    """Writes HTML again until `process` says that no more of its text fits."""

    def __init__(self, left):
        super().__init__()
        self.left = left
        self.out = []
        self.open = []

    def truncated(self, html):
        try:
            self.feed(html)
            self.close()
        except Cut:
            self.out.extend(f"</{name}>" for name in reversed(self.open))
        return "".join(self.out)

    def handle_starttag(self, tag, attrs):
        self.out.append(self.get_starttag_text())
        if tag not in VOID_ELEMENTS:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag in VOID_ELEMENTS:
            return
        self.out.append(f"</{tag}>")
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, data):
        text, count = self.process(data)
        self.left -= count
        self.out.append(text)


class CharsTruncation(HtmlTruncation):
    def __init__(self, html, length, mark):
        super().__init__(calculate_truncate_chars_length(length, mark))
        self.html, self.length, self.mark = html, length, mark
        self.seen = 0

    def process(self, data):
        self.seen += len(data)
        written = sum(map(len, self.out))
        if self.seen == self.length and written + len(data) == len(self.html):
            self.out.append(data)
            raise Cut
        if self.left < len(data):
            self.out.append(add_truncation_text(escape(data[: max(0, self.left)]), self.mark))
            raise Cut
        return escape(data), len(data)


class WordsTruncation(HtmlTruncation):
    def __init__(self, length, mark):
        super().__init__(length)
        self.mark = mark

    def process(self, data):
        words = re.split(r"(?<=\S)\s+(?=\S)", data)
        kept = escape(" ".join(words[: self.left]))
        if self.left < len(words):
            self.out.append(add_truncation_text(kept, self.mark))
            raise Cut
        return kept, len(words)


def truncated_chars(html, length, mark):
    return CharsTruncation(html, length, mark).truncated(html)


def truncated_words(html, length, mark):
    return WordsTruncation(length, mark).truncated(html)
