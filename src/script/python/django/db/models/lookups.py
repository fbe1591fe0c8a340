"""Comparisons as expressions: GreaterThan(F("price"), 3)."""

from django._absent import absent
from django.db.models.expressions import Expression, Func
from django.db.models.own_lookups import RegisterLookupMixin
from django.db.models.own_sql import is_own, written


class Lookup(Expression):
    """A comparison of a field with a value."""

    _djr_form = "Lookup"
    lookup_name = None
    conditional = True
    prepare_rhs = True
    _djr_is_own = False

    def __init__(self, lhs, rhs):
        super().__init__()
        self.lhs = lhs
        self.rhs = rhs
        self._djr_is_own = is_own(type(self), Lookup, ("as_sql", "as_sqlite"))

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        cls._djr_is_own = is_own(cls, Lookup, ("as_sql", "as_sqlite"))

    def get_prep_lookup(self):
        """The right side as the field of the left side has it."""
        if not self.prepare_rhs or hasattr(self.rhs, "resolve_expression"):
            return self.rhs
        field = getattr(self.lhs, "output_field", None)
        return field.get_prep_value(self.rhs) if hasattr(field, "get_prep_value") else self.rhs

    def process_lhs(self, compiler, connection, lhs=None):
        sql, params = compiler.compile(self.lhs if lhs is None else lhs)
        return sql, list(params)

    def process_rhs(self, compiler, connection):
        value = self.get_prep_lookup()
        if getattr(self.lhs, "bilateral", False):
            return compiler.compile(self.lhs.of(value))
        return compiler.compile(value) if hasattr(value, "resolve_expression") else ("%s", [value])

    def as_sql(self, compiler, connection):
        from django.db.utils import NotSupportedError

        operator = OPERATORS.get(self.lookup_name)
        if operator is None:
            raise NotSupportedError(f"{type(self).__name__} must have an as_sql() of its own")
        lhs, lhs_params = self.process_lhs(compiler, connection)
        rhs, rhs_params = self.process_rhs(compiler, connection)
        return f"{lhs} {operator} {rhs}", [*lhs_params, *rhs_params]

    def _djr_template(self):
        return written(self, "condition")

    def __repr__(self):
        return f"{self.__class__.__name__}({self.lhs!r}, {self.rhs!r})"


OPERATORS = {"exact": "=", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}


class BuiltinLookup(Lookup):
    """A lookup that djr has; subclasses may write it otherwise."""


class Transform(RegisterLookupMixin, Func):
    """What a lookup makes of a field before it is compared."""

    bilateral = False
    arity = 1

    @property
    def lhs(self):
        return self.source_expressions[0]

    @property
    def output_field(self):
        return self.lhs.output_field if self._djr_output is None else self._djr_output

    def of(self, value):
        """The same of another value."""
        from django.db.models.expressions import Value

        return type(self)(value if hasattr(value, "resolve_expression") else Value(value, output_field=self.lhs.output_field))


def built_in(name):
    """The class of a lookup that djr has; None for other names."""
    found = [one for one in globals().values() if isinstance(one, type) and getattr(one, "lookup_name", None) == name]
    return found[0] if found else None


class Exact(BuiltinLookup):
    lookup_name = "exact"


class IExact(BuiltinLookup):
    lookup_name = "iexact"


class GreaterThan(BuiltinLookup):
    lookup_name = "gt"


class GreaterThanOrEqual(BuiltinLookup):
    lookup_name = "gte"


class LessThan(BuiltinLookup):
    lookup_name = "lt"


class LessThanOrEqual(BuiltinLookup):
    lookup_name = "lte"


class In(BuiltinLookup):
    lookup_name = "in"


class Range(BuiltinLookup):
    lookup_name = "range"


class IsNull(BuiltinLookup):
    lookup_name = "isnull"


class Contains(BuiltinLookup):
    lookup_name = "contains"


class IContains(BuiltinLookup):
    lookup_name = "icontains"


class StartsWith(BuiltinLookup):
    lookup_name = "startswith"


class IStartsWith(BuiltinLookup):
    lookup_name = "istartswith"


class EndsWith(BuiltinLookup):
    lookup_name = "endswith"


class IEndsWith(BuiltinLookup):
    lookup_name = "iendswith"


class Regex(BuiltinLookup):
    lookup_name = "regex"


class IRegex(BuiltinLookup):
    lookup_name = "iregex"


__getattr__ = absent(__name__)
