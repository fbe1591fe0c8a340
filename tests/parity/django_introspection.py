"""What Django's introspection finds in a file."""

from django.db import connection


def introspected():
    """Every table's columns, references, indexes, unique sets and checks."""
    forgive(type(connection.introspection))
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        return {table: described(cursor, table) for table in tables}


def forgive(introspection):
    """Django 5.2 reads collations out of the SQL of a table at its commas, and fails at some."""
    collations = introspection._get_column_collations

    def forgiving(self, cursor, table):
        try:
            return collations(self, cursor, table)
        except IndexError:
            return {}

    introspection._get_column_collations = forgiving


def described(cursor, table):
    introspection = connection.introspection
    relations = introspection.get_relations(cursor, table)
    constraints = introspection.get_constraints(cursor, table).values()
    return {
        "columns": columns(cursor, table),
        "references": {column: list(to) for column, to in relations.items()},
        "indexes": sorted(map(index, (found for found in constraints if is_plain(found)))),
        "uniques": sorted(
            sorted(str(column) for column in found["columns"])
            for found in constraints
            if found["unique"] or found["primary_key"]
        ),
        "checks": sorted(
            sorted(set(found["columns"])) for found in constraints if found["check"]
        ),
    }


def columns(cursor, table):
    """Type, nullability, whether there is a default and whether it is of the key, by name."""
    introspection = connection.introspection
    description = introspection.get_table_description(cursor, table)
    keys = introspection.get_primary_key_columns(cursor, table)
    return {
        column.name: [
            introspection.get_field_type(column.type_code, column),
            bool(column.null_ok) and column.name not in keys,
            column.default is not None,
            column.name in keys,
        ]
        for column in description
    }


def is_plain(constraint):
    return constraint["index"] and not constraint["unique"]


def index(constraint):
    orders = constraint.get("orders") or ["ASC"] * len(constraint["columns"])
    return [[str(column), order] for column, order in zip(constraint["columns"], orders)]
