"""Values of groups of rows."""

from django.db.models.expressions import F, Func, Star

__all__ = ["Aggregate", "Avg", "Count", "Max", "Min", "StdDev", "Sum", "Variance"]


class Aggregate(Func):
    """A value of the rows of a group."""

    _djr_form = "Aggregate"
    name = None
    contains_aggregate = True
    window_compatible = True
    allow_distinct = False
    empty_result_set_value = None

    def __init__(self, *expressions, distinct=False, filter=None, default=None, **extra):
        if distinct and not self.allow_distinct:
            raise TypeError(f"{self.__class__.__name__} does not allow distinct.")
        if default is not None and self.empty_result_set_value is not None:
            raise TypeError(f"{self.__class__.__name__} does not allow default.")
        self.distinct = distinct
        self.filter = filter
        super().__init__(*expressions, **extra)
        self.default = None if default is None else self._parse_default(default)

    def _parse_default(self, default):
        from django.db.models.expressions import Value

        return default if hasattr(default, "resolve_expression") else Value(default)

    @property
    def default_alias(self):
        expressions = self.get_source_expressions()
        if len(expressions) == 1 and hasattr(expressions[0], "name"):
            return f"{expressions[0].name}__{self.name.lower()}"
        raise TypeError("Complex expressions require an alias")


class Avg(Aggregate):
    function = "AVG"
    name = "Avg"
    _djr_function = "Avg"
    allow_distinct = True
    arity = 1


class Count(Aggregate):
    function = "COUNT"
    name = "Count"
    _djr_function = "Count"
    allow_distinct = True
    empty_result_set_value = 0

    def __init__(self, expression, filter=None, **extra):
        if expression == "*":
            expression = Star()
        self._djr_counts_rows = isinstance(expression, Star)
        if self._djr_counts_rows and filter is not None:
            raise ValueError("Star cannot be used with filter. Please specify a field.")
        super().__init__(expression, filter=filter, **extra)


class Max(Aggregate):
    function = "MAX"
    name = "Max"
    _djr_function = "Max"
    arity = 1


class Min(Aggregate):
    function = "MIN"
    name = "Min"
    _djr_function = "Min"
    arity = 1


class _Spread(Aggregate):
    """How far values lie apart: of all there could be, or of a sample."""

    arity = 1

    def __init__(self, expression, sample=False, **extra):
        self._djr_sample = sample
        super().__init__(expression, **extra)


class StdDev(_Spread):
    name = "StdDev"
    _djr_function = "StdDev"


class Sum(Aggregate):
    function = "SUM"
    name = "Sum"
    _djr_function = "Sum"
    allow_distinct = True
    arity = 1


class Variance(_Spread):
    name = "Variance"
    _djr_function = "Variance"


def is_reference(expression):
    """Whether an expression is the name of a field alone."""
    return isinstance(expression, F)
