"""HTML in one form, to be compared."""

from html.parser import HTMLParser

from django.utils.html import VOID_ELEMENTS

_TRUE = frozenset("checked disabled multiple readonly required selected hidden autofocus novalidate open async".split())


class _Normalizer(HTMLParser):
    def __init__(self):
        super().__init__()
        self.out = []
        self.open = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID_ELEMENTS:
            self.open.append(tag)
        written = "".join(f' {name}="{value}"' for name, value in sorted(map(_attribute, attrs)))
        self.out.append(f"<{tag}{written}>")

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in VOID_ELEMENTS:
            return
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        self.out.append(f"</{tag}>")

    def handle_data(self, data):
        words = " ".join(data.split())
        if words:
            self.out.append(words)


def _attribute(pair):
    name, value = pair
    if name == "class":
        return name, " ".join(sorted((value or "").split()))
    if name in _TRUE and value in (None, "", name):
        return name, name
    return name, "" if value is None else value


def normalized(html):
    """The elements with their attributes in order, and text with single spaces."""
    parser = _Normalizer()
    parser.feed(html)
    parser.close()
    parser.out.extend(f"</{tag}>" for tag in reversed(parser.open))
    return "\n".join(parser.out)
