"""What operators join, and what all expressions have."""

from django.core.exceptions import FieldError
from django.db.models.query_utils import Q


class Combinable:
    """What operators join."""

    ADD = "+"
    SUB = "-"
    MUL = "*"
    DIV = "/"
    POW = "^"
    MOD = "%%"
    BITAND = "&"
    BITOR = "|"
    BITLEFTSHIFT = "<<"
    BITRIGHTSHIFT = ">>"
    BITXOR = "#"

    def _combine(self, other, connector, reversed):
        from django.db.models.expressions import CombinedExpression, Value

        if not hasattr(other, "resolve_expression"):
            other = Value(other)
        if reversed:
            return CombinedExpression(other, connector, self)
        return CombinedExpression(self, connector, other)

    def __neg__(self):
        return self._combine(-1, self.MUL, False)

    def __add__(self, other):
        return self._combine(other, self.ADD, False)

    def __sub__(self, other):
        return self._combine(other, self.SUB, False)

    def __mul__(self, other):
        return self._combine(other, self.MUL, False)

    def __truediv__(self, other):
        return self._combine(other, self.DIV, False)

    def __mod__(self, other):
        return self._combine(other, self.MOD, False)

    def __pow__(self, other):
        return self._combine(other, self.POW, False)

    def __and__(self, other):
        if getattr(self, "conditional", False) and getattr(other, "conditional", False):
            return Q(self) & Q(other)
        raise NotImplementedError("Use .bitand(), .bitor(), and .bitxor() for bitwise logical operations.")

    def __or__(self, other):
        if getattr(self, "conditional", False) and getattr(other, "conditional", False):
            return Q(self) | Q(other)
        raise NotImplementedError("Use .bitand(), .bitor(), and .bitxor() for bitwise logical operations.")

    def __xor__(self, other):
        if getattr(self, "conditional", False) and getattr(other, "conditional", False):
            return Q(self) ^ Q(other)
        raise NotImplementedError("Use .bitand(), .bitor(), and .bitxor() for bitwise logical operations.")

    def bitand(self, other):
        return self._combine(other, self.BITAND, False)

    def bitor(self, other):
        return self._combine(other, self.BITOR, False)

    def bitxor(self, other):
        return self._combine(other, self.BITXOR, False)

    def bitleftshift(self, other):
        return self._combine(other, self.BITLEFTSHIFT, False)

    def bitrightshift(self, other):
        return self._combine(other, self.BITRIGHTSHIFT, False)

    def __radd__(self, other):
        return self._combine(other, self.ADD, True)

    def __rsub__(self, other):
        return self._combine(other, self.SUB, True)

    def __rmul__(self, other):
        return self._combine(other, self.MUL, True)

    def __rtruediv__(self, other):
        return self._combine(other, self.DIV, True)

    def __rmod__(self, other):
        return self._combine(other, self.MOD, True)

    def __rpow__(self, other):
        return self._combine(other, self.POW, True)

    def __rand__(self, other):
        raise NotImplementedError("Use .bitand(), .bitor(), and .bitxor() for bitwise logical operations.")

    __ror__ = __rxor__ = __rand__

    def __invert__(self):
        from django.db.models.expressions import NegatedExpression

        return NegatedExpression(self)


class BaseExpression:
    """What all expressions have."""

    _djr_form = None
    filterable = True
    window_compatible = False
    allowed_default = False
    contains_aggregate = False
    contains_over_clause = False

    def __init__(self, output_field=None):
        self._djr_output = output_field

    _djr_output = None

    @property
    def output_field(self):
        if self._djr_output is None:
            raise FieldError("Cannot resolve expression type, unknown output_field")
        return self._djr_output

    @property
    def conditional(self):
        return type(self._djr_output).__name__ == "BooleanField"

    def resolve_expression(self, query=None, allow_joins=True, reuse=None, summarize=False, for_save=False):
        return self

    def get_source_expressions(self):
        return list(self.__dict__.get("source_expressions", ()))

    def set_source_expressions(self, expressions):
        self.source_expressions = list(expressions)

    def _parse_expressions(self, *expressions):
        from django.db.models.expressions import F, Value

        return [
            expression if hasattr(expression, "resolve_expression") else (F(expression) if isinstance(expression, str) else Value(expression))
            for expression in expressions
        ]

    def copy(self):
        import copy

        return copy.copy(self)

    def flatten(self):
        yield self
        for expression in self.get_source_expressions():
            if hasattr(expression, "flatten"):
                yield from expression.flatten()
            elif expression is not None:
                yield expression

    def asc(self, **kwargs):
        from django.db.models.expressions import OrderBy

        return OrderBy(self, **kwargs)

    def desc(self, **kwargs):
        return self.asc(descending=True, **kwargs)

    def reverse_ordering(self):
        return self

    @property
    def identity(self):
        from django.utils.hashable import make_hashable

        return self.__class__, make_hashable({name: value for name, value in self.__dict__.items()})

    def __eq__(self, other):
        if not isinstance(other, BaseExpression):
            return NotImplemented
        return self.__class__ is other.__class__ and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash((self.__class__, repr(self)))


class Expression(BaseExpression, Combinable):
    """An expression that operators join."""
