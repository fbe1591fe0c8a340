"""Values that the database computes: native code reads these objects by their attributes."""

from django._absent import absent
from django.db.models.combinable import BaseExpression, Combinable, Expression
from django.db.models.own_sql import is_own, written
from django.db.models.query_utils import Q
from django.db.models.windows import RowRange, ValueRange, Window, WindowFrame, WindowFrameExclusion


class F(Combinable):
    """What the row holds in a field."""

    _djr_form = "F"
    allowed_default = False
    conditional = False

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"{self.__class__.__name__}({self.name})"

    def __contains__(self, other):
        raise TypeError(f"argument of type '{self.__class__.__name__}' is not iterable")

    def __getitem__(self, item):
        return sliced(self, item)

    def resolve_expression(self, query=None, allow_joins=True, reuse=None, summarize=False, for_save=False):
        return self

    def asc(self, **kwargs):
        return OrderBy(self, **kwargs)

    def desc(self, **kwargs):
        return OrderBy(self, descending=True, **kwargs)

    def __eq__(self, other):
        return self.__class__ == other.__class__ and self.name == other.name

    def __hash__(self):
        return hash(self.name)

    def copy(self):
        return self.__class__(self.name)


class Col(F):
    """The field at the end of a path."""

    def __init__(self, name, field):
        super().__init__(name)
        self.target = self.output_field = field


class RawSQL(Expression):
    """SQL of a project's own, with %s for values; tables have their names in it."""

    _djr_form = "Template"
    allowed_default = True

    def __init__(self, sql, params, output_field=None):
        self.sql, self.params = sql, params
        super().__init__(output_field)

    def __repr__(self):
        return f"{self.__class__.__name__}({self.sql}, {self.params})"

    def as_sql(self, compiler, connection):
        return f"({self.sql})", self.params

    def _djr_template(self):
        return written(self, "stored")


def sliced(expression, item):
    """A part of a text: letters from a place on."""
    from django.db.models.functions import Substr

    if isinstance(item, int):
        if item < 0:
            raise ValueError("Negative indexing is not supported.")
        return Substr(expression, item + 1, 1)
    if not isinstance(item, slice):
        raise TypeError("Argument to slice must be either int or slice instance.")
    if item.step is not None:
        raise ValueError("Step argument is not supported.")
    start, stop = item.start or 0, item.stop
    if start < 0 or stop is not None and stop < 0:
        raise ValueError("Negative indexing is not supported.")
    if stop is None:
        return Substr(expression, start + 1)
    if stop < start:
        raise ValueError("Slice stop must be greater than slice start.")
    return Substr(expression, start + 1, stop - start)


class OuterRef(F):
    """What the query around this one says of its row."""

    _djr_form = "OuterRef"
    contains_aggregate = False

    def __init__(self, name):
        self.levels = 1
        if isinstance(name, OuterRef):
            self.levels = name.levels + 1
            name = name.name
        super().__init__(name)

    def copy(self):
        copied = self.__class__(self.name)
        copied.levels = self.levels
        return copied


class Value(Expression):
    """A value."""

    _djr_form = "Value"
    allowed_default = True

    def __init__(self, value, output_field=None):
        super().__init__(output_field)
        self.value = value

    @property
    def conditional(self):
        return self._djr_output is None and isinstance(self.value, bool) or super().conditional

    def __repr__(self):
        return f"{self.__class__.__name__}({self.value!r})"

    @property
    def empty_result_set_value(self):
        return self.value


class CombinedExpression(Expression):
    """Two expressions, joined by an operator."""

    _djr_form = "Combined"

    def __init__(self, lhs, connector, rhs, output_field=None):
        super().__init__(output_field)
        self.connector = connector
        self.lhs = lhs
        self.rhs = rhs

    def __repr__(self):
        return f"<{self.__class__.__name__}: {self}>"

    def __str__(self):
        return f"{self.lhs} {self.connector} {self.rhs}"

    def get_source_expressions(self):
        return [self.lhs, self.rhs]

    def set_source_expressions(self, expressions):
        self.lhs, self.rhs = expressions


class Func(Expression):
    """A function of the database: one of those in django.db.models.functions, or another by its name or template."""

    _djr_form = "Func"
    _djr_function = None
    _djr_is_own = False
    function = None
    template = "%(function)s(%(expressions)s)"
    arg_joiner = ", "
    arity = None

    def __init__(self, *expressions, output_field=None, **extra):
        if self.arity is not None and len(expressions) != self.arity:
            word = "argument" if self.arity == 1 else "arguments"
            raise TypeError(f"{self.__class__.__name__!r} takes exactly {self.arity} {word} ({len(expressions)} given)")
        super().__init__(output_field)
        self.source_expressions = self._parse_expressions(*expressions)
        self.extra = extra
        if self._djr_form in ("Func", "Aggregate") and (
            self._djr_function is None or type(self).__module__[:17] != "django.db.models." or extra
        ):
            self._djr_is_own = self._is_own(extra)

    def __repr__(self):
        arguments = ", ".join(str(argument) for argument in self.source_expressions)
        return f"{self.__class__.__name__}({arguments})"

    def _is_own(self, extra):
        """Whether it is written as it says itself, and not by djr."""
        if self._djr_function is None:
            return True
        return is_own(type(self), Func) or any(name in extra for name in ("function", "template", "arg_joiner"))

    def as_sql(self, compiler, connection, function=None, template=None, arg_joiner=None, **extra_context):
        """Its SQL and the params of that: for functions that djr does not have."""
        parts, params = [], []
        for expression in self.source_expressions:
            sql, own = compiler.compile(expression)
            parts.append(sql)
            params.extend(own)
        data = {**self.extra, **extra_context}
        data["function"] = function or data.get("function", self.function)
        joiner = arg_joiner or data.get("arg_joiner", self.arg_joiner)
        data["expressions"] = data["field"] = joiner.join(parts)
        data.setdefault("distinct", "DISTINCT " if getattr(self, "distinct", False) else "")
        return (template or data.get("template", self.template)) % data, params

    def _djr_template(self):
        if type(self).output_field is not Expression.output_field:
            self._djr_output = self.output_field
        if self._djr_form == "Aggregate":
            if self.filter is not None or self.default is not None:
                from django.db.utils import NotSupportedError

                raise NotSupportedError(f"{type(self).__name__} writes its own SQL: filter and default are not there for it")
            return written(self, "aggregate")
        return written(self, "function")


class Star(Expression):
    """All columns."""

    def __repr__(self):
        return "'*'"


class ExpressionWrapper(Expression):
    """An expression, and of what kind its value is."""

    _djr_form = "Wrapper"

    def __init__(self, expression, output_field):
        super().__init__(output_field)
        self.expression = expression

    def get_source_expressions(self):
        return [self.expression]

    def __repr__(self):
        return f"{self.__class__.__name__}({self.expression})"


class NegatedExpression(Expression):
    """That an expression is not true."""

    _djr_form = "Negated"
    conditional = True

    def __init__(self, expression):
        super().__init__()
        self.expression = expression

    def __invert__(self):
        return self.expression

    def __repr__(self):
        return f"{self.__class__.__name__}({self.expression!r})"


class When(Expression):
    """A condition of Case, and the value where it holds."""

    conditional = False

    def __init__(self, condition=None, then=None, **lookups):
        if lookups:
            condition = Q(**lookups) if condition is None else Q(condition, **lookups)
        if condition is None or not getattr(condition, "conditional", False):
            raise TypeError("When() supports a Q object, a boolean expression, or lookups as a condition.")
        if isinstance(condition, Q) and not condition:
            raise ValueError("An empty Q() can't be used as a When() condition.")
        super().__init__()
        self.condition = condition
        self.result = self._parse_expressions(then)[0]

    def __repr__(self):
        return f"<{self.__class__.__name__}: WHEN {self.condition!r} THEN {self.result!r}>"


class Case(Expression):
    """The value of the first condition that holds."""

    _djr_form = "Case"

    def __init__(self, *cases, default=None, output_field=None, **extra):
        if not all(isinstance(case, When) for case in cases):
            raise TypeError("Positional arguments must all be When objects.")
        super().__init__(output_field)
        self.cases = list(cases)
        self.default = self._parse_expressions(default)[0]

    def __repr__(self):
        return f"<{self.__class__.__name__}: {self.cases} ELSE {self.default!r}>"


class Subquery(Expression):
    """The value that a query selects."""

    _djr_form = "Subquery"

    def __init__(self, queryset, output_field=None, **extra):
        super().__init__(output_field)
        self.queryset = queryset


class Exists(Subquery):
    """Whether a query finds a row."""

    _djr_form = "Exists"
    conditional = True

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, **kwargs)


class OrderBy(Expression):
    """An expression that rows are ordered by."""

    _djr_form = "OrderBy"
    conditional = False

    def __init__(self, expression, descending=False, nulls_first=None, nulls_last=None):
        if nulls_first and nulls_last:
            raise ValueError("nulls_first and nulls_last are mutually exclusive")
        if nulls_first is False or nulls_last is False:
            raise ValueError("nulls_first and nulls_last values must be True or None.")
        if not hasattr(expression, "resolve_expression"):
            raise ValueError("expression must be an expression type")
        super().__init__()
        self.nulls_first = nulls_first
        self.nulls_last = nulls_last
        self.descending = descending
        self.expression = expression

    def __repr__(self):
        return f"{self.__class__.__name__}({self.expression}, descending={self.descending})"

    def asc(self):
        self.descending = False

    def desc(self):
        self.descending = True

    def reverse_ordering(self):
        self.descending = not self.descending
        if self.nulls_first:
            self.nulls_last, self.nulls_first = True, None
        elif self.nulls_last:
            self.nulls_first, self.nulls_last = True, None
        return self


class DatabaseDefault(Expression):
    """The value that the database gives."""

    _djr_form = "DatabaseDefault"

    def __init__(self, expression=None, output_field=None):
        super().__init__(output_field)
        self.expression = expression


class ExpressionList(Func):
    """Several expressions."""

    _djr_function = ""


__getattr__ = absent(__name__)
