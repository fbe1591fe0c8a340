"""Indexes of tables."""

from django._absent import absent

__all__ = ["Index"]


class Index:
    """An index of fields or expressions; models.toml has those of the database."""

    suffix = "idx"
    max_name_length = 30

    def __init__(self, *expressions, fields=(), name=None, db_tablespace=None, opclasses=(), condition=None, include=None):
        if not expressions and not fields:
            raise ValueError("At least one field or expression is required to define an index.")
        if expressions and not name:
            raise ValueError("An index must be named to use expressions.")
        self.take_facts(name or "", list(fields), len(expressions), condition)
        self.expressions = expressions

    def take_facts(self, name, fields, expression_count, condition):
        self.name, self.fields, self.condition = name, list(fields), condition
        self.expressions = ()
        self.contains_expressions = bool(expression_count)
        self.fields_orders = [(field.removeprefix("-"), "DESC" if field.startswith("-") else "") for field in self.fields]
        self.include, self.opclasses, self.db_tablespace = (), (), None

    def clone(self):
        from copy import copy

        return copy(self)

    def deconstruct(self):
        return "django.db.models.Index", (), {"name": self.name, "fields": self.fields}

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(self.name)

    def __repr__(self):
        return f"<Index: fields={self.fields!r} name={self.name!r}>"


__getattr__ = absent(__name__)
