"""Comparisons as expressions: GreaterThan(F("price"), 3)."""

from django._absent import absent
from django.db.models.expressions import Expression


class Lookup(Expression):
    """A comparison of a field with a value."""

    _djr_form = "Lookup"
    lookup_name = None
    conditional = True

    def __init__(self, lhs, rhs):
        super().__init__()
        self.lhs = lhs
        self.rhs = rhs

    def __repr__(self):
        return f"{self.__class__.__name__}({self.lhs!r}, {self.rhs!r})"


class Exact(Lookup):
    lookup_name = "exact"


class IExact(Lookup):
    lookup_name = "iexact"


class GreaterThan(Lookup):
    lookup_name = "gt"


class GreaterThanOrEqual(Lookup):
    lookup_name = "gte"


class LessThan(Lookup):
    lookup_name = "lt"


class LessThanOrEqual(Lookup):
    lookup_name = "lte"


class In(Lookup):
    lookup_name = "in"


class Range(Lookup):
    lookup_name = "range"


class IsNull(Lookup):
    lookup_name = "isnull"


class Contains(Lookup):
    lookup_name = "contains"


class IContains(Lookup):
    lookup_name = "icontains"


class StartsWith(Lookup):
    lookup_name = "startswith"


class IStartsWith(Lookup):
    lookup_name = "istartswith"


class EndsWith(Lookup):
    lookup_name = "endswith"


class IEndsWith(Lookup):
    lookup_name = "iendswith"


class Regex(Lookup):
    lookup_name = "regex"


class IRegex(Lookup):
    lookup_name = "iregex"


__getattr__ = absent(__name__)
