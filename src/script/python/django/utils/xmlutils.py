"""XML by elements without content."""

from xml.sax.saxutils import XMLGenerator


class UnserializableContentError(ValueError):
    """Text with a character that XML cannot hold."""


class SimplerXMLGenerator(XMLGenerator):
    def addQuickElement(self, name, contents=None, attrs=None):
        """An element with text in it."""
        self.startElement(name, attrs or {})
        if contents is not None:
            self.characters(contents)
        self.endElement(name)

    def characters(self, content):
        if content and any(ord(char) < 32 and char not in "\t\n\r" for char in content):
            raise UnserializableContentError("XML cannot hold control characters")
        super().characters(content)

    def startElement(self, name, attrs):
        super().startElement(name, dict(sorted(attrs.items())))
