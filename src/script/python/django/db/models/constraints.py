"""What the rows of a table keep to."""

from enum import Enum

from django._absent import absent

__all__ = ["BaseConstraint", "CheckConstraint", "Deferrable", "UniqueConstraint"]


class BaseConstraint:
    """A rule with a name. The database keeps it; djr's own checks say beforehand whether a row breaks it."""

    default_violation_error_message = "Constraint “%(name)s” is violated."
    violation_error_code = None
    violation_error_message = None
    condition = None
    contains_expressions = False
    fields = ()

    def __init__(self, *, name, violation_error_code=None, violation_error_message=None):
        self.name = name
        if violation_error_code is not None:
            self.violation_error_code = violation_error_code
        self.violation_error_message = violation_error_message or self.default_violation_error_message

    def get_violation_error_message(self):
        return self.violation_error_message % {"name": self.name}

    def validate(self, model, instance, exclude=None, using="default"):
        """Raises a ValidationError where the row breaks the rule."""
        import _djr_models

        meta = model._meta.concrete_model._meta
        exclude = list(exclude or ())
        values = dict(instance.__dict__)
        for name in exclude:
            # What is not looked at need not be what a column holds.
            field = meta._forward_fields_map.get(name)
            values.pop(getattr(field, "attname", name), None)
        if not _djr_models.breaks_constraint(meta.label, self.name, values, exclude, using):
            return
        from django.core.exceptions import ValidationError

        raise self._violation(model, instance, ValidationError)

    def _violation(self, model, instance, error):
        return error(self.get_violation_error_message(), code=self.violation_error_code)

    def deconstruct(self):
        path = f"django.db.models.{type(self).__name__}"
        return path, (), {"name": self.name}

    def clone(self):
        from copy import copy

        return copy(self)

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        shown = [f"fields={tuple(self.fields)!r}"] if self.fields else []
        if self.condition is not None:
            shown.append(f"condition={self.condition}")
        shown.append(f"name={self.name!r}")
        return f"<{type(self).__name__}: {' '.join(shown)}>"


class CheckConstraint(BaseConstraint):
    """Every row fits a condition."""

    def __init__(self, *, condition=None, check=None, name, violation_error_code=None, violation_error_message=None):
        self.condition = condition if condition is not None else check
        super().__init__(name=name, violation_error_code=violation_error_code, violation_error_message=violation_error_message)


class UniqueConstraint(BaseConstraint):
    """No two rows have the same values."""

    def __init__(
        self, *expressions, fields=(), name=None, condition=None, deferrable=None, include=None, opclasses=(),
        nulls_distinct=None, violation_error_code=None, violation_error_message=None,
    ):
        if not name:
            raise ValueError("A unique constraint must be named.")
        if not expressions and not fields:
            raise ValueError("At least one field or expression is required to define a unique constraint.")
        self.fields, self.condition, self.expressions = tuple(fields), condition, expressions
        self.contains_expressions = bool(expressions)
        super().__init__(name=name, violation_error_code=violation_error_code, violation_error_message=violation_error_message)

    def take_facts(self, name, fields, expression_count, condition, messages):
        self.fields, self.condition, self.expressions = tuple(fields), condition, ()
        self.contains_expressions = bool(expression_count)
        BaseConstraint.__init__(self, name=name, **messages)

    def _violation(self, model, instance, error):
        own = self.violation_error_message != self.default_violation_error_message
        is_plain = self.fields and self.condition is None and not self.contains_expressions
        if is_plain and not own:
            return instance.unique_error_message(model, self.fields)
        return error(self.get_violation_error_message(), code=self.violation_error_code)


class Deferrable(Enum):
    DEFERRED = "deferred"
    IMMEDIATE = "immediate"

    def __repr__(self):
        return f"{self.__class__.__qualname__}.{self._name_}"


__getattr__ = absent(__name__)
