"""Runs query sets that are written as Python, and shows what they return: under Django when the answers are recorded, under
djr's own interpreter when they are compared.

What is shown is text, in which the type of each value can be seen.
"""

import datetime
import decimal
import uuid
import zoneinfo


def names(models):
    """What the queries can name: `models` are the classes by their names."""
    import django.db.models
    from django.db import connection, transaction
    from django.db.models import functions, lookups

    found = {name: getattr(django.db.models, name) for name in NAMES}
    found.update({name: getattr(functions, name) for name in functions.__all__})
    from django.db import IntegrityError
    from django.db.models import prefetch_related_objects

    found.update(
        {
            "IntegrityError": IntegrityError,
            "prefetch_related_objects": prefetch_related_objects,
            "connection": connection,
            "datetime": datetime,
            "decimal": decimal,
            "Decimal": decimal.Decimal,
            "KT": __import__("django.db.models.fields.json", fromlist=["KT"]).KT,
            "lookups": lookups,
            "models": django.db.models,
            "transaction": transaction,
            "uuid": uuid,
            "ZoneInfo": zoneinfo.ZoneInfo,
        }
    )
    found.update(models)
    return found


NAMES = (
    "Avg Case Count Exists ExpressionWrapper F FilteredRelation Max Min OuterRef Prefetch Q QuerySet RowRange StdDev Subquery Sum "
    "Value ValueRange Variance When Window"
).split()


FAILS_IN_PYTHON = "fails in Python"


def run(source, known):
    """What `source` returns, or the class of the exception that it raises."""
    try:
        return shown(eval(source, dict(known)))
    except Exception as error:
        if "'finalize' method" in str(error):
            # Python's spread of no values is an error; SQLite without Python has NULL.
            return FAILS_IN_PYTHON
        return f"raises {type(error).__name__}"


def run_block(block, known):
    """What a block of statements appends to `seen`, and the class of the exception that ends it; its rows are put back."""
    from django.db import transaction

    seen = []
    known = {**known, "seen": seen}
    if block.startswith("# outermost"):
        ending = ended(block, known)
    else:
        with transaction.atomic():
            ending = ended(block, known)
            transaction.set_rollback(True)
    return shown(seen) + (f" {ending}" if ending else "")


def ended(block, known):
    try:
        exec(block, known)
    except Exception as error:
        return f"raises {type(error).__name__}"
    return None


def blocks(text):
    """The blocks of query_set_writes.txt, behind its first lines."""
    return [block.strip("\n") for block in text.split("\n\n")[1:]]


def shown(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{shown(key)}: {shown(one)}" for key, one in value.items()) + "}"
    if hasattr(value, "_fields") and isinstance(value, tuple):
        return "Row(" + ", ".join(f"{name}={shown(one)}" for name, one in zip(value._fields, value)) + ")"
    if isinstance(value, tuple):
        return "(" + ", ".join(map(shown, value)) + ")"
    if isinstance(value, list) or hasattr(value, "_result_cache") or isinstance(value, set):
        return "[" + ", ".join(map(shown, value)) + "]"
    if hasattr(value, "_meta"):
        return f"{value._meta.object_name} {value.pk}"
    if isinstance(value, float):
        # The last digits are those of the library of mathematics.
        return f"float {value:.10g}"
    if isinstance(value, datetime.datetime):
        return f"moment {value.astimezone(datetime.timezone.utc).isoformat()}" if value.tzinfo else f"naive {value.isoformat()}"
    if isinstance(value, (datetime.date, datetime.time, datetime.timedelta, decimal.Decimal, uuid.UUID)):
        return f"{type(value).__name__} {value}"
    return repr(value)
