"""Every rule of a model's table, broken by Django on its own: keys, nulls, references, uniques, checks."""

import datetime
import decimal
import itertools
import random
import re

from django.db import IntegrityError, connection, models, transaction
from django.db.models.constraints import CheckConstraint, UniqueConstraint

TRIES = 4000


class unchecked:
    """Without the checks of any table."""

    def __enter__(self):
        connection.cursor().execute("PRAGMA ignore_check_constraints = ON")

    def __exit__(self, *_):
        connection.cursor().execute("PRAGMA ignore_check_constraints = OFF")


class alone:
    """With one check of a table only: others that exclude each other are there for their SQL."""

    def __init__(self, table, name):
        self.table, self.name = table, name

    def __enter__(self):
        query = "SELECT sql FROM sqlite_master WHERE name = %s"
        with connection.cursor() as cursor:
            self.sql = cursor.execute(query, [self.table]).fetchone()[0]
        self.write(without_others(self.sql, self.name))

    def __exit__(self, *_):
        self.write(self.sql)

    def write(self, sql):
        with connection.cursor() as cursor:
            version = cursor.execute("PRAGMA schema_version").fetchone()[0]
            cursor.execute("PRAGMA writable_schema = ON")
            update = "UPDATE sqlite_master SET sql = %s WHERE type = 'table' AND name = %s"
            cursor.execute(update, [sql, self.table])
            cursor.execute(f"PRAGMA schema_version = {version + 1}")
            cursor.execute("PRAGMA writable_schema = OFF")


def without_others(sql, kept):
    """The definition of a table with one of its named checks."""
    for found in reversed(list(re.finditer(r', CONSTRAINT "(\w+)" CHECK \(', sql))):
        if found[1] != kept:
            sql = sql[: found.start()] + sql[closing(sql, found.end()) + 1 :]
    return sql


def closing(sql, at):
    """Where the parenthesis closes that was opened before `at`."""
    depth, quoted = 1, None
    while depth:
        letter = sql[at]
        if quoted:
            quoted = None if letter == quoted else quoted
        elif letter in "'\"":
            quoted = letter
        else:
            depth += (letter == "(") - (letter == ")")
        at += 1
    return at - 1


def refusal(change):
    """How the database refuses the change, if it does; the change is undone either way."""
    try:
        with transaction.atomic():
            change()
            connection.check_constraints()
            transaction.set_rollback(True)
    except IntegrityError as error:
        return str(error)
    return None


class Violations:
    """The rules of one model, each broken beside the row that keeps them all."""

    def __init__(self, rows, row):
        self.rows, self.row, self.model = rows, row, type(row)
        self.found = self.model._base_manager.filter(pk=row.pk)
        self.draw = random.Random(5)
        self.count = 0
        self.always_true, self.never_true = [], []

    def all(self):
        with unchecked():
            self.nulls()
            self.references()
            for unique in self.uniques():
                self.unique(*unique)
        self.own_checks()
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, CheckConstraint):
                self.check(constraint)

    def refused(self, what, expected, change):
        """Fails unless the database refuses the change for what is expected."""
        said = refusal(change)
        assert said and expected in said, f"{self.model._meta.label}: {what}: {said}"
        self.count += 1

    def fields(self):
        fields = self.model._meta.concrete_fields
        return [field for field in fields if not field.generated]

    def set(self, field, value):
        table = self.model._meta.db_table
        sql = f'UPDATE "{table}" SET "{field.column}" = %s'
        return lambda: connection.cursor().execute(sql, [value])

    def nulls(self):
        for field in self.fields():
            # SQLite gives a row its number where there is none: it cannot be null.
            is_number = field.primary_key and field.db_type(connection) == "integer"
            if not field.null and not is_number:
                name = f"NOT NULL constraint failed: {self.column(field)}"
                self.refused(f"no {field.name}", name, self.set(field, None))

    def references(self):
        for field in self.fields():
            if field.is_relation and field.db_constraint:
                lost = self.rows.lost(field)
                change = lambda: self.found.update(**{field.attname: lost})
                self.refused(f"a lost {field.name}", "foreign key", change)

    def column(self, field):
        return f"{self.model._meta.db_table}.{field.column}"

    def uniques(self):
        """Fields that are unique together, and the constraint that says so, if it has a name."""
        meta = self.model._meta
        for field in self.model._meta.concrete_fields:
            if field.unique:
                yield [field.name], None
        if isinstance(meta.pk, models.CompositePrimaryKey):
            yield list(meta.pk.field_names), None
        for names in meta.unique_together:
            yield list(names), None
        for constraint in meta.constraints:
            if isinstance(constraint, UniqueConstraint):
                yield names_in(constraint), constraint

    def unique(self, names, constraint):
        """Saves a row and another one that is like it where no two rows may be alike."""
        fields = [self.model._meta.get_field(name) for name in names]
        expected = ", ".join(map(self.column, fields))
        if constraint and constraint.expressions:
            expected = f"index '{constraint.name}'"
        condition = constraint and constraint.condition
        kept = [name for field in fields if field.generated for name in inputs(field)]
        kept += [*names, *(field.name for field in fields_in(self.model, condition))]
        said = None
        for _ in range(TRIES):
            said = refusal(lambda: self.twice(kept, condition, constraint))
            if said == f"UNIQUE constraint failed: {expected}":
                self.count += 1
                return
        raise AssertionError(f"{self.model._meta.label}: two of {names}: {said}")

    def drop_others(self, constraint):
        """Drops the named unique indexes but that of the constraint: two alike may break several."""
        named = {found.name for found in self.model._meta.constraints}
        with connection.cursor() as cursor:
            indexes = cursor.execute(f'PRAGMA index_list("{self.model._meta.db_table}")').fetchall()
            for _, name, unique, origin, _ in indexes:
                other = constraint is None or name != constraint.name
                if unique and origin == "c" and name in named and other:
                    cursor.execute(f'DROP INDEX "{name}"')

    def twice(self, kept, condition, constraint):
        self.drop_others(constraint)
        # A boolean has values for two rows, not for three.
        self.found._raw_delete(self.found.db)
        first = self.rows.fresh(self.model)
        for field in self.fields():
            if field.name in kept and field.is_relation and getattr(first, field.attname) is None:
                setattr(first, field.attname, self.row.pk)
        if condition is not None:
            for field in fields_in(self.model, condition):
                setattr(first, field.attname, self.draw.choice(candidates(field, condition)))
        first.save(force_insert=True)
        if condition is not None and not self.model.objects.filter(condition, pk=first.pk).exists():
            return
        second = self.rows.fresh(self.model)
        for field in self.fields():
            if field.name in kept:
                setattr(second, field.attname, getattr(first, field.attname))
        second.save(force_insert=True)

    def own_checks(self):
        """What the type of a column checks."""
        for field in self.fields():
            if field.db_check(connection):
                wrong = "{" if isinstance(field, models.JSONField) else -1
                with alone(self.model._meta.db_table, ""):
                    said = refusal(self.set(field, wrong))
                # SQLite names a check that has no name by its text or its column.
                names = [field.db_check(connection), field.column]
                refused = [f"CHECK constraint failed: {name}" for name in names]
                assert said in refused, f"{self.model._meta.label}: a wrong {field.name}: {said}"
                self.count += 1

    def check(self, constraint):
        """Finds a row that the check accepts and one that it refuses."""
        fields = fields_in(self.model, constraint.condition)
        drawn = [candidates(field, constraint.condition) for field in fields]
        accepted = refused = False
        with alone(self.model._meta.db_table, constraint.name):
            for _ in range(TRIES):
                values = {field.attname: self.draw.choice(of) for field, of in zip(fields, drawn)}
                said = refusal(lambda: self.found.update(**values))
                accepted |= said is None or "CHECK" not in said
                refused |= said == f"CHECK constraint failed: {constraint.name}"
                if accepted and refused:
                    self.count += 1
                    return
        (self.always_true if accepted else self.never_true).append(constraint.name)


def names_in(constraint):
    """The fields of a unique constraint, those of its expressions included."""
    found = list(constraint.fields)
    for expression in constraint.expressions:
        found += named(expression)
    return found


def named(expression):
    """The fields that an expression names."""
    if isinstance(expression, models.F):
        return [expression.name]
    if isinstance(expression, models.Q):
        return [name.split("__")[0] for name, _ in leaves(expression)]
    sources = getattr(expression, "get_source_expressions", list)()
    return [name for source in sources for name in named(source)]


def inputs(field):
    """The fields a generated one is computed from."""
    return named(field.expression)


def leaves(condition):
    """The names and operands of a condition's lookups."""
    for child in condition.children:
        if isinstance(child, models.Q):
            yield from leaves(child)
        else:
            yield child


def fields_in(model, condition):
    """The fields that a condition has to do with."""
    names = []
    for name, operand in leaves(condition) if condition else []:
        names.append(name.split("__")[0])
        operands = operand if isinstance(operand, (list, tuple)) else [operand]
        for part in operands:
            names += named(part)
    meta = model._meta
    found = [meta.pk if name == "pk" else meta.get_field(name) for name in names]
    return list(dict.fromkeys(field for field in found if not field.generated))


def candidates(field, condition):
    """Values at and around those that the condition compares with."""
    found = [None] if field.null else []
    operands = itertools.chain.from_iterable(
        operand if isinstance(operand, (list, tuple)) else [operand]
        for _, operand in leaves(condition)
    )
    for operand in [*operands, *start(field)]:
        if isinstance(operand, bool) != isinstance(field, models.BooleanField):
            continue
        try:
            value = field.to_python(operand)
        except Exception:
            continue  # a value of another field
        found += around(value)
    return [value for index, value in enumerate(found) if value not in found[:index]]


def start(field):
    """Values to begin with."""
    if isinstance(field, models.BooleanField):
        return [True, False]
    if isinstance(field, (models.CharField, models.TextField)):
        return ["", "a", "A", "ab", "b"]
    if isinstance(field, models.UUIDField):
        return ["0" * 32]
    if isinstance(field, models.DateTimeField):
        return [datetime.datetime(2026, 1, 1, tzinfo=datetime.timezone.utc)]
    if isinstance(field, models.DateField):
        return [datetime.date(2026, 1, 1)]
    if isinstance(field, models.TimeField):
        return [datetime.time(10)]
    return [0, 1, -1]


def around(value):
    """The value and its neighbours."""
    step = None
    if isinstance(value, str):
        return [value, f"{value}x", f"x{value}", value.upper()]
    if isinstance(value, bool):
        return [value]
    if isinstance(value, (int, float, decimal.Decimal)):
        step = 1
    elif isinstance(value, datetime.timedelta):
        step = datetime.timedelta(seconds=1)
    elif isinstance(value, datetime.date):
        step = datetime.timedelta(days=1)
    return [value] if step is None else [value - step, value, value + step]
