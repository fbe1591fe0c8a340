"""HTML as a tree, to be compared and searched."""

from html.parser import HTMLParser

from django._absent import absent
from django.utils.html import VOID_ELEMENTS

_BOOLEAN = frozenset(
    "allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate hidden ismap itemscope "
    "loop multiple muted nomodule novalidate open playsinline readonly required reversed selected truespeed".split()
)


class HTMLParseError(Exception):
    """An element is closed that is not the innermost one."""


class Element:
    """An element with its attributes in order, and what is in it; the whole document has no name."""

    def __init__(self, name=None, attributes=()):
        self.name = name
        self.attributes = sorted(attributes, key=repr)
        self.children = []

    def append(self, child):
        if not isinstance(child, str):
            if self.children and isinstance(self.children[-1], str) and self.children[-1].isspace():
                self.children.pop()
            self.children.append(child)
            return
        text = _single_spaces(child)
        if self.children and isinstance(self.children[-1], str):
            self.children[-1] = _single_spaces(self.children[-1] + text)
        elif text:
            self.children.append(text)

    def close(self):
        """Drops the spaces around texts."""
        while self.children and isinstance(self.children[-1], str) and not self.children[-1].strip():
            self.children.pop()
        self.children = [child.strip() if isinstance(child, str) else child for child in self.children]

    def facts(self):
        return self.name, self.attributes, self.children

    def __eq__(self, other):
        return isinstance(other, Element) and self.facts() == other.facts()

    __hash__ = None

    def count(self, wanted):
        """How often a text, an element, or a row of them is in this one."""
        if not isinstance(wanted, str):
            if self == wanted or wanted.name is None and self.children == wanted.children:
                return 1
        inner = [_count_in(child, wanted) for child in self.children]
        row = wanted.children if not isinstance(wanted, str) and wanted.name is None else None
        return sum(inner) + (_rows(self.children, row) if row else 0)

    def __contains__(self, wanted):
        return self.count(wanted) > 0

    def __str__(self):
        inner = "\n".join(map(str, self.children))
        if self.name is None:
            return inner
        written = "".join(f" {name}" if value is None else f' {name}="{value}"' for name, value in self.attributes)
        if self.name in VOID_ELEMENTS:
            return f"<{self.name}{written}>"
        return f"<{self.name}{written}>\n{inner}\n</{self.name}>" if inner else f"<{self.name}{written}>\n</{self.name}>"

    __repr__ = __str__


def _count_in(child, wanted):
    if not isinstance(child, str):
        return child.count(wanted)
    return child.count(wanted) if isinstance(wanted, str) else 0


def _rows(children, row):
    """How often the items of `row` follow each other, none of them counted twice."""
    found = place = 0
    while place + len(row) <= len(children):
        if children[place : place + len(row)] == row:
            found += 1
            place += len(row)
        else:
            place += 1
    return found


def _single_spaces(text):
    """Each row of spaces as one."""
    if text.isspace():
        return " "
    before, after = " " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""
    return before + " ".join(text.split()) + after


class _Parser(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = Element()
        self.open = [self.root]

    def _fail(self, message):
        line, column = self.getpos()
        raise HTMLParseError(f"{message} (line {line}, column {column})")

    def handle_starttag(self, tag, attrs):
        element = Element(tag, map(_attribute, attrs))
        self.open[-1].append(element)
        if tag in VOID_ELEMENTS:
            element.close()
        else:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID_ELEMENTS:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in VOID_ELEMENTS:
            return
        if len(self.open) == 1:
            self._fail(f"`</{tag}>` closes nothing")
        if self.open[-1].name != tag:
            self._fail(f"`</{tag}>` stands where `<{self.open[-1].name}>` is open")
        self.open.pop().close()

    def handle_data(self, data):
        self.open[-1].append(data)


def _attribute(pair):
    name, value = pair
    if name == "class" and value:
        return name, " ".join(sorted(value.split()))
    if name in _BOOLEAN:
        return name, None if not value or value == name else value
    return name, "" if value is None else value


def parse_html(html):
    """The element that is written in `html`, or all that is in it."""
    parser = _Parser()
    parser.feed(html)
    parser.close()
    # Elements that nobody closed end with the text, as in browsers.
    for element in reversed(parser.open):
        element.close()
    if len(parser.root.children) == 1 and not isinstance(parser.root.children[0], str):
        return parser.root.children[0]
    return parser.root


__getattr__ = absent(__name__)
