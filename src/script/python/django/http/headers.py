"""The headers of a request and the kinds of content it accepts."""

from django.utils.datastructures import CaseInsensitiveMapping


class HttpHeaders(CaseInsensitiveMapping):
    """The headers by name, whatever its case; `_` may stand for `-`."""

    HTTP_PREFIX = "HTTP_"
    UNPREFIXED_HEADERS = {"CONTENT_TYPE", "CONTENT_LENGTH"}

    def __init__(self, environ):
        named = ((self.parse_header_name(name), value) for name, value in environ.items())
        super().__init__({name: value for name, value in named if name})

    def __getitem__(self, key):
        return super().__getitem__(key.replace("_", "-"))

    @classmethod
    def parse_header_name(cls, header):
        """The name that a variable of the environment stands for, or None."""
        if header.startswith(cls.HTTP_PREFIX):
            header = header[len(cls.HTTP_PREFIX) :]
        elif header not in cls.UNPREFIXED_HEADERS:
            return None
        return header.replace("_", "-").title()

    @classmethod
    def to_wsgi_name(cls, header):
        """The variable of the environment that holds a header."""
        name = header.replace("-", "_").upper()
        return name if name in cls.UNPREFIXED_HEADERS else f"{cls.HTTP_PREFIX}{name}"

    @classmethod
    def to_asgi_name(cls, header):
        return header.replace("-", "_").upper()

    @classmethod
    def to_wsgi_names(cls, headers):
        return {cls.to_wsgi_name(name): value for name, value in headers.items()}

    @classmethod
    def to_asgi_names(cls, headers):
        return {cls.to_asgi_name(name): value for name, value in headers.items()}


class MediaType:
    """A kind of content as `Accept` names it: `text/html; q=0.5`."""

    def __init__(self, media_type_raw_line):
        from django.utils.http import parse_header_parameters

        line = str(media_type_raw_line) if media_type_raw_line else ""
        full, self.params = parse_header_parameters(line)
        self.main_type, _, self.sub_type = full.partition("/")

    def __str__(self):
        parameters = "".join(f"; {name}={value}" for name, value in self.params.items())
        kind = f"{self.main_type}/{self.sub_type}" if self.sub_type else self.main_type
        return f"{kind}{parameters}"

    def __repr__(self):
        return f"<{type(self).__qualname__}: {self}>"

    @property
    def range_params(self):
        """The parameters without the weight."""
        return {name: value for name, value in self.params.items() if name != "q"}

    def match(self, other):
        """Whether the two are of one kind; parameters that `other` names must be the same."""
        if not other:
            return False
        other = other if isinstance(other, MediaType) else MediaType(other)
        kinds = [(self.main_type, other.main_type), (self.sub_type, other.sub_type)]
        for pair in kinds:
            if pair[0] != pair[1] and not ("*" in pair and all(pair)):
                return False
        return not other.range_params or self.range_params == other.range_params

    @property
    def quality(self):
        """The weight, from 0 to 1."""
        try:
            weight = float(self.params.get("q", 1))
        except ValueError:
            return 1
        return 1 if weight < 0 or weight > 1 else weight

    @property
    def specificity(self):
        """How exact the kind is, from 0 (`*/*`) to 3 (with parameters)."""
        if self.main_type == "*":
            return 0
        if self.sub_type == "*":
            return 1
        return 3 if self.range_params else 2
