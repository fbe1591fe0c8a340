"""Functions of any values."""

from django.db.models.expressions import Func


class Cast(Func):
    function = "CAST"
    _djr_form = "Cast"

    def __init__(self, expression, output_field):
        super().__init__(expression, output_field=output_field)


class Coalesce(Func):
    function = "COALESCE"
    _djr_function = "Coalesce"

    def __init__(self, *expressions, **extra):
        if len(expressions) < 2:
            raise ValueError("Coalesce must take at least two expressions")
        super().__init__(*expressions, **extra)


class Collate(Func):
    function = "COLLATE"
    _djr_form = "Collate"

    def __init__(self, expression, collation):
        import re

        if not (collation and re.fullmatch(r"[\w-]+", collation)):
            raise ValueError(f"Invalid collation name: {collation!r}.")
        self.collation = collation
        super().__init__(expression)


class Greatest(Func):
    function = "GREATEST"
    _djr_function = "Greatest"

    def __init__(self, *expressions, **extra):
        if len(expressions) < 2:
            raise ValueError("Greatest must take at least two expressions")
        super().__init__(*expressions, **extra)


class Least(Func):
    function = "LEAST"
    _djr_function = "Least"

    def __init__(self, *expressions, **extra):
        if len(expressions) < 2:
            raise ValueError("Least must take at least two expressions")
        super().__init__(*expressions, **extra)


class NullIf(Func):
    function = "NULLIF"
    _djr_function = "NullIf"
    arity = 2
