"""Records what real Django reads of rows, and writes, in golden/rows.json: queries/instances.toml and queries/writes.toml.

`record_rows.py` writes the file; `record_rows.py --check` fails if a fresh recording differs from it.
The models are those of queries/library.toml and queries/writes.toml; the rows are those of record_queries.py, and
those that writes.toml names. `cargo test` does the same and compares (src/query/instance_tests.rs, write_tests.rs).
"""

import json
import os
import sqlite3
import sys
import tempfile
import tomllib
from pathlib import Path

import django_site
import record_queries
from record_queries import condition, plain

HERE = Path(__file__).parent
INSTANCES = HERE / "queries" / "instances.toml"
GOLDEN = HERE / "golden" / "rows.json"


def asked(models, name, calls):
    from django.db.models import Prefetch

    rows = models[name].objects.all()
    for call in calls:
        (method, value), = call.items()
        if method in ("select_related", "only", "defer"):
            rows = getattr(rows, method)(*value)
        elif method == "prefetch_related":
            rows = rows.prefetch_related(*value)
        elif method == "prefetch":
            query = asked(models, value["model"], value.get("calls", []))
            rows = rows.prefetch_related(Prefetch(value["path"], queryset=query, to_attr=value.get("to_attr")))
        else:
            rows = record_queries.asked_call(rows, call)
    return rows


def shown(value, path):
    """What stands at `author.books.*.title` of a row."""
    for index, name in enumerate(path):
        if value is None:
            return None
        if name == "*":
            rows = value if isinstance(value, list) else value.all()
            return [shown(row, path[index + 1 :]) for row in rows]
        if name == "@deferred":
            return sorted(value.get_deferred_fields())
        if name == "@str":
            return str(value)
        from django.core.exceptions import ObjectDoesNotExist

        try:
            value = getattr(value, name)
        except ObjectDoesNotExist:
            value = None
    return plain(value)


def read(models, case):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    rows = asked(models, case["model"], case["calls"])
    if "pick" in case:
        (method, value), = case["pick"].items()
        if method == "in_bulk":
            found = rows.in_bulk(*value[:1], **({"field_name": value[1]} if len(value) > 1 else {}))
            return sorted([plain(key), plain(row.pk)] for key, row in found.items())
        row = getattr(rows, method)(*value)
        return None if row is None else plain(row.pk)
    if "dates" in case:
        method = "datetimes" if case.get("moments") else "dates"
        return [str(value) for value in getattr(rows, method)(*case["dates"])]
    paths = [path.split(".") for path in case["show"]]
    with CaptureQueriesContext(connection) as queries:
        rows = list(rows)
    count = len(queries)
    with CaptureQueriesContext(connection) as queries:
        found = [[shown(row, path) for path in paths] for row in rows]
    assert len(queries) == 0, (case, queries.captured_queries)
    return {"queries": count, "rows": found}


def tried(work, *arguments):
    from django.core.exceptions import FieldDoesNotExist, FieldError, MultipleObjectsReturned, ObjectDoesNotExist, ValidationError
    from django.db import DatabaseError
    from django.db.models import ProtectedError, RestrictedError

    known = (FieldDoesNotExist, FieldError, ValidationError, ValueError, TypeError, AttributeError, ObjectDoesNotExist, DatabaseError)
    try:
        return work(*arguments)
    except (ProtectedError, RestrictedError) as error:
        return {"error": type(error).__name__}
    except (*known, MultipleObjectsReturned) as error:
        kind = type(error)
        for base in (ObjectDoesNotExist, MultipleObjectsReturned, DatabaseError):
            kind = base if isinstance(error, base) else kind
        return {"error": kind.__name__}


def main():
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "db.sqlite3"
        app = Path(directory) / "library"
        app.mkdir()
        (app / "__init__.py").touch()
        (app / "models.py").write_text("import record_queries\nFOUND = record_queries.declared_models()\n")
        sys.path.insert(0, directory)
        os.environ["PARITY_APPS"] = "library"
        django_site.configure(file, "golden")
        from django.conf import settings
        from django.db import connection
        from django.utils import timezone

        settings.TIME_ZONE = record_queries.ZONE
        timezone.get_default_timezone.cache_clear()
        from library.models import FOUND as models

        with connection.schema_editor() as editor:
            for model in models.values():
                editor.create_model(model)
        record_queries.fill(models)
        cases = tomllib.loads(INSTANCES.read_text(encoding="utf-8"))["read"]
        answers = [tried(read, models, case) for case in cases]
        connection.close()
    fresh = json.dumps({"instances": answers}, indent=0, ensure_ascii=False) + "\n"
    if "--check" in sys.argv[1:]:
        if GOLDEN.read_text(encoding="utf-8") != fresh:
            sys.exit(f"{GOLDEN} is not what this Django does: run `python {__file__}` and look at the difference")
        return
    GOLDEN.write_text(fresh, encoding="utf-8")


if __name__ == "__main__":
    main()
