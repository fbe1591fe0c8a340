"""Conditions, and relations of which some rows are meant."""

from django._absent import absent
from django.db.models.deferred import DeferredAttribute
from django.utils.tree import Node

__all__ = ["DeferredAttribute", "FilteredRelation", "InvalidQuery", "Q", "check_rel_lookup_compatibility"]


class InvalidQuery(Exception):
    """A statement of one's own does not select what is needed."""


class Q(Node):
    """Which rows are meant: lookups, joined by &, | and ^, or turned round by ~."""

    _djr_form = "Q"
    AND = "AND"
    OR = "OR"
    XOR = "XOR"
    default = AND
    conditional = True
    connectors = (None, AND, OR, XOR)

    def __init__(self, *args, _connector=None, _negated=False, **kwargs):
        if _connector not in self.connectors:
            raise ValueError(f"_connector must be one of {self.AND!r}, {self.OR!r}, {self.XOR!r}, or None.")
        super().__init__(children=[*args, *sorted(kwargs.items())], connector=_connector, negated=_negated)

    def _combine(self, other, connector):
        if getattr(other, "conditional", False) is False:
            raise TypeError(other)
        if not self:
            return other.copy() if hasattr(other, "copy") else other
        if not other and isinstance(other, Q):
            return self.copy()
        combined = self.create(connector=connector)
        combined.add(self, connector)
        combined.add(other, connector)
        return combined

    def __or__(self, other):
        return self._combine(other, self.OR)

    def __and__(self, other):
        return self._combine(other, self.AND)

    def __xor__(self, other):
        return self._combine(other, self.XOR)

    def __invert__(self):
        inverted = self.copy()
        inverted.negate()
        return inverted

    def flatten(self):
        yield self
        for child in self.children:
            if isinstance(child, tuple):
                child = child[1]
            if hasattr(child, "flatten"):
                yield from child.flatten()
            else:
                yield child

    @property
    def identity(self):
        children = tuple(tuple(child) if isinstance(child, (list, tuple)) else child for child in self.children)
        return self.__class__, self.connector, self.negated, children

    def deconstruct(self):
        path = "django.db.models.Q"
        kwargs = {}
        if self.connector != self.default:
            kwargs["_connector"] = self.connector
        if self.negated:
            kwargs["_negated"] = True
        return path, tuple(self.children), kwargs


class FilteredRelation:
    """Those rows of a relation that a condition holds for, joined under the name of an annotation."""

    _djr_form = "FilteredRelation"

    def __init__(self, relation_name, *, condition=None):
        if not relation_name:
            raise ValueError("relation_name cannot be empty.")
        self.relation_name = relation_name
        self.alias = None
        condition = Q() if condition is None else condition
        if not isinstance(condition, Q):
            raise ValueError("condition argument must be a Q() instance.")
        self.condition = condition

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return (self.relation_name, self.alias, self.condition) == (other.relation_name, other.alias, other.condition)

    def clone(self):
        return FilteredRelation(self.relation_name, condition=self.condition)


def check_rel_lookup_compatibility(model, target_opts, field):
    def check(opts):
        return model._meta.concrete_model == opts.concrete_model or opts.concrete_model in model._meta.all_parents

    return check(target_opts) or (getattr(field, "primary_key", False) and check(field.model._meta))


__getattr__ = absent(__name__)
