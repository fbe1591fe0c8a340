"""Records what real Django reads of rows, and writes, in golden/rows.json: queries/instances.toml and queries/writes.toml.

`record_rows.py` writes the file; `record_rows.py --check` fails if a fresh recording differs from it.
The models are those of queries/library.toml, with the rows of record_queries.py, and of queries/stock.toml, whose rows
writes.toml makes. `cargo test` does the same and compares (src/query/instance_tests.rs, write_tests.rs).
"""

import json
import tomllib
from pathlib import Path

import declared_app
import record_computed
import record_queries
import recording
from record_queries import plain

HERE = Path(__file__).parent
INSTANCES = HERE / "queries" / "instances.toml"
WRITES = HERE / "queries" / "writes.toml"
STOCK = HERE / "queries" / "stock.toml"
GOLDEN = HERE / "golden" / "rows.json"


def asked(models, name, calls):
    rows = models[name].objects.all()
    for call in calls:
        for method, value in call.items():
            if method in ("select_related", "only", "defer"):
                rows = getattr(rows, method)(*value)
            elif method == "prefetch_related":
                rows = rows.prefetch_related(*(prefetch(models, one) for one in value))
            elif method not in ("limit", "offset"):
                rows = record_computed.step(rows, method, value)
        rows = record_computed.sliced(rows, call)
    return rows


def prefetch(models, one):
    from django.db.models import Prefetch

    if isinstance(one, str):
        return one
    query = one.get("query")
    query = query and asked(models, query["model"], query.get("calls", []))
    return Prefetch(one["path"], queryset=query, to_attr=one.get("to_attr"))


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


def written(models, case):
    """What each step returns, and the rows at the end, before all of it is taken back."""
    from django.db import connection, transaction

    with transaction.atomic():
        for index in range(case["tops"]):
            letter = "abcdef"[index]
            models["Top"].objects.create(name=letter, code=f"code {letter}")
        results = [tried(step_inside, models, step) for step in case["steps"]]
        after = {name: table(models, name) for name in case["after"]}
        connection.check_constraints()
        transaction.set_rollback(True)
    return {"results": results, "after": after}


def step_inside(models, step):
    from django.db import connection, transaction

    with transaction.atomic():
        result = done(models, step)
        connection.check_constraints()
        return result


def values(given):
    return {key: one if key in ("extra", "data") else record_queries.operand(one) for key, one in given.items()}


def done(models, step):
    model = models[step["model"]]
    if "create" in step:
        return plain(model.objects.create(**values(step["create"])).pk)
    for name in ("get_or_create", "update_or_create"):
        if name in step:
            more = {"create_defaults": values(step["create_defaults"])} if "create_defaults" in step else {}
            row, is_new = getattr(model.objects, name)(**step[name], defaults=values(step["defaults"]), **more)
            return [plain(row.pk), is_new]
    if "bulk_create" in step:
        rows = [model(**values(given)) for given in step["bulk_create"]]
        names = ("ignore_conflicts", "update_conflicts", "update_fields", "unique_fields")
        model.objects.bulk_create(rows, **{name: step[name] for name in names if name in step})
        return len(rows) if step.get("ignore_conflicts") else [plain(row.pk) for row in rows]
    if "bulk_update" in step:
        rows = []
        for key, given in step["bulk_update"].items():
            row = model.objects.get(pk=key)
            for name, one in given.items():
                setattr(row, name, one)
            rows.append(row)
        return model.objects.bulk_update(rows, step["fields"])
    if "calls" in step or "query" in step:
        rows = record_computed.asked(step["query"]) if "query" in step else asked(models, step["model"], step["calls"])
        if "delete" in step:
            total, by_model = rows.delete()
            return [total, {name: count for name, count in sorted(by_model.items()) if count}]
        given = {key: record_computed.Expressions.operand(one) for key, one in step["update"].items()}
        return rows.update(**given)
    rows = model.objects.only(*step["only"]) if "only" in step else model.objects.all()
    row = rows.get(pk=step["get"])
    if "remove_row" in step:
        total, by_model = row.delete()
        return [total, {name: count for name, count in sorted(by_model.items()) if count}]
    if "relation" in step:
        manager = getattr(row, step["relation"])
        defaults = {"through_defaults": step["through_defaults"]} if "through_defaults" in step else {}
        for name in ("add", "remove"):
            if name in step:
                keys = step[name]
                if step["relation"].endswith("_set"):
                    keys = list(manager.model.objects.filter(pk__in=keys))
                getattr(manager, name)(*keys, **defaults)
        if "set" in step:
            found = manager.model.objects.filter(pk__in=step["set"]) if step["relation"].endswith("_set") else step["set"]
            manager.set(found, **defaults)
        if "clear" in step:
            manager.clear()
        return sorted(plain(key) for key in manager.values_list("pk", flat=True))
    for name, one in step["set"].items():
        setattr(row, name, one)
    row.save(**step["save"])
    return plain(row.pk)


def table(models, name):
    """All rows of a model, or of the table between two; a moment of today is `now`."""
    import datetime

    model, _, many = name.partition(".")
    model = getattr(models[model], many).through if many else models[model]
    today = datetime.datetime.now(datetime.UTC)

    def shown(one):
        if isinstance(one, datetime.datetime):
            return "now" if abs(today - one) < datetime.timedelta(hours=1) else str(one)
        return one if isinstance(one, dict) else plain(one)

    fields = [field.attname for field in model._meta.concrete_fields if not (many and field.primary_key)]
    rows = model.objects.order_by("pk").values_list(*fields)
    rows = [[shown(one) for one in row] for row in rows]
    return sorted(rows) if many else rows


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


MODELS_PY = """import record_queries
FOUND = record_queries.declared_models()
STOCK = record_queries.declared_models(record_queries.HERE / 'queries' / 'stock.toml')
"""


def main():
    with declared_app.tables_of("library", MODELS_PY, zone=record_queries.ZONE) as (_, declared):
        from django.db import connection

        models, stock = declared.FOUND, declared.STOCK
        record_computed.MODELS.update({**models, **stock})
        record_queries.fill(models)
        cases = tomllib.loads(INSTANCES.read_text(encoding="utf-8"))["read"]
        answers = [tried(read, models, case) for case in cases]
        script = [row[0] for row in connection.connection.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY rowid"
        )]
        writes = tomllib.loads(WRITES.read_text(encoding="utf-8"))["write"]
        changes = [written(stock, case) for case in writes]
    fresh = json.dumps({"instances": answers, "schema": script, "writes": changes}, indent=0, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
