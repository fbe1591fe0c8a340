"""SQL of a project's own: as_sql() of functions, lookups and transforms."""


class Compiler:
    """Stands for Django's compiler in as_sql(): each expression is a place in the SQL, which native code fills."""

    def __init__(self, connection):
        self.connection = connection

    def compile(self, node):
        return "%s", [node]

    def quote_name_unless_alias(self, name):
        return self.connection.ops.quote_name(name)

    __call__ = quote_name_unless_alias


def written(node, kind):
    """The SQL of node in pieces, the expressions and values between them, and what its value is."""
    from django.db import connections

    connection = connections["default"]
    as_sql = getattr(node, f"as_{connection.vendor}", None) or node.as_sql
    sql, params = as_sql(Compiler(connection), connection)
    if kind == "condition":
        sql = f"({sql})"
    pieces = sql.replace("%%", "\0").split("%s")
    params = list(params)
    if len(pieces) != len(params) + 1:
        raise TypeError(f"{type(node).__name__}.as_sql() returns {len(params)} params for {len(pieces) - 1} places in its SQL: {sql}")
    return [piece.replace("\0", "%") for piece in pieces], params, kind


def is_own(cls, base, names=("as_sql", "as_sqlite", "template", "function", "arg_joiner")):
    """Whether a class below those of django.db.models says itself how it is written."""
    for one in cls.__mro__:
        if one is base or one.__module__.startswith("django.db.models."):
            return False
        if any(name in one.__dict__ for name in names):
            return True
    return False
