"""Records the rows that real Django finds, in golden/queries.json, for the queries of queries/cases.toml.

`record_queries.py` writes the file; `record_queries.py --check` fails if a fresh recording differs from it.
The models are those of queries/library.toml, in djr's own form; here they become Django's classes.
`cargo test` asks the same of the same rows and compares (src/query/tests.rs).
"""

import datetime
import json
import random
import sqlite3
import tomllib
import uuid
from decimal import Decimal
from pathlib import Path

import declared_app
import record_detected
import recording

HERE = Path(__file__).parent
MODELS = HERE / "queries" / "library.toml"
CASES = HERE / "queries" / "cases.toml"
GOLDEN = HERE / "golden" / "queries.json"
ZONE = "Europe/Vienna"


def declared_models(file=MODELS, text=None):
    from django.apps import apps
    from django.db.models import CompositePrimaryKey, Model

    found = {}
    for name, declared in tomllib.loads(text or file.read_text(encoding="utf-8")).items():
        declared = dict(declared)
        attributes = {}
        for key, options in declared.pop("fields", {}).items():
            is_composite = options["type"] == "CompositePrimaryKey"
            attributes[key] = CompositePrimaryKey(*options["fields"]) if is_composite else record_detected.field(options)
        bases = [found[base] for base in declared.pop("bases", [])]
        attributes["__module__"] = "library"
        options = record_detected.meta(declared, "library", apps)
        inherited = [base.Meta for base in bases if hasattr(base, "Meta")]
        attributes["Meta"] = type("Meta", (options, *inherited), {})
        found[name] = type(name, (*bases, Model) if not bases else tuple(bases), attributes)
    return {name: model for name, model in found.items() if not model._meta.abstract}


def fill(models):
    """Rows of every kind: missing values, shared ones, edges, letters beyond ASCII."""
    pick = random.Random(7)
    day = lambda number: datetime.date(1890, 1, 1) + datetime.timedelta(days=number)
    moment = lambda number: datetime.datetime(2023, 12, 30, 22, 30, tzinfo=datetime.UTC) + datetime.timedelta(hours=number)
    names = ["Ada", "Bertha", "Čapek", "Döblin", "Eco", "eco", "Fontane", "Grass", "O'Hara", "100% Ünïcode", "under_score"]
    people = [
        models["Person"].objects.create(name=name, born=None if index % 4 == 0 else day(index * 4000))
        for index, name in enumerate(names)
    ]
    for person in people[:6]:
        for friend in pick.sample(people, 2):
            person.friends.add(friend)
    houses = [
        models["Publisher"].objects.create(
            name=f"House {index}", city=[None, "Wien", "Bern", "Wien"][index], owner=[None, people[0], people[3], people[0]][index]
        )
        for index in range(4)
    ]
    tags = []
    for index, slug in enumerate(["novel", "poetry", "crime", "science", "new-novel", "lost"]):
        tags.append(models["Tag"].objects.create(slug=slug, parent=None if index < 3 else tags[index - 3]))
    books = []
    for index in range(24):
        books.append(models["Book"].objects.create(
            title=["Alpha", "beta", "Gamma 100%", "delta_x", "Épsilon", "Zeta", "alpha", "A\\B"][index % 8] + f" {index // 8}",
            author=people[index % 7], translator=None if index % 3 else people[(index + 2) % 11],
            publisher=None if index % 5 == 0 else houses[index % 4], sequel_of=books[index - 5] if index in (7, 9, 13) else None,
            price=Decimal(index * 37 % 50) + Decimal("0.50"), pages=None if index % 6 == 5 else index * 41 % 300,
            weight=None if index % 7 == 3 else index / 8, in_print=index % 3 != 1,
            published=None if index % 8 == 2 else datetime.date(2020, 1, 1) + datetime.timedelta(days=index * 97),
            added=moment(index * 700), opens=None if index % 4 == 1 else datetime.time(index % 24, index * 7 % 60, index),
            length=None if index % 5 == 2 else datetime.timedelta(days=index % 3, seconds=index * 1000),
            code=uuid.UUID(int=index * 12345678901234567890), note="" if index % 2 else f"note {index}\nsecond line",
        ))
    for index, book in enumerate(books):
        # One at a time: a set of names is in another order in each run.
        for step in range(index % 4):
            book.tags.add(tags[(index + step) % 5])
    for index in range(40):
        models["Review"].objects.create(
            book=books[index * 5 % 19], critic=None if index % 4 == 3 else people[index * 3 % 11], stars=index % 5 + 1,
            text=None if index % 6 == 0 else ["good", "Bad", "so so", "100%", ""][index % 5],
        )
    for index in range(15):
        models["Loan"].objects.create(
            book=books[index * 7 % 24], reader=people[index * 2 % 11], returned=None if index % 3 == 0 else moment(index * 31),
        )


    documents = [
        None, {}, [], {"a": 1}, {"a": "1"}, {"a": None}, {"a": True, "b": False}, {"a": {"b": [1, {"c": "x"}]}}, {"a": [5, 7, 9]},
        [1, {"a": 2}, "three"], 7, 7.5, "text", True, {"a": "Äpfel", "0": "zero", "q\"uote": 1, "sp ace": 2}, {"a": 10, "b": "abc%_"},
        {"a": 2.5, "h": {"i": "j"}}, {"a": "", "b": []}, {"b": {"c": None}},
    ]
    for index, data in enumerate(documents):
        models["Document"].objects.create(name=f"d{index}", data=data, owner=None if index % 4 == 0 else people[index % 11])
    # A document that is `null`, and not missing.
    models["Document"].objects.create(name="null", data=json_null())


def json_null():
    from django.db.models import JSONField, Value

    return Value(None, JSONField())


def condition(found):
    """`{ a = 1, any = [{ b = 2 }, { c = 3 }], not = { d = { F = "e" } } }` as a Q."""
    from django.db.models import Q

    parts = Q()
    for key in ("any", "all", "xor", "not"):
        if key == "any" and key in found:
            inner = Q()
            for one in found[key]:
                inner |= condition(one)
            parts &= inner
        if key == "xor" and key in found:
            inner = Q()
            for one in found[key]:
                inner ^= condition(one)
            parts &= inner
        if key == "all" and key in found:
            for one in found[key]:
                parts &= condition(one)
        if key == "not" and key in found:
            parts &= ~condition(found[key])
    lookups = {key: operand(typed(key, value)) for key, value in sorted(found.items()) if key not in ("any", "all", "xor", "not")}
    return parts & Q(**lookups) if lookups else parts


def typed(key, value):
    """What Django does not read from text by itself."""
    from django.utils.dateparse import parse_duration

    if isinstance(value, list):
        return [typed(key, one) for one in value]
    return parse_duration(value) if key.startswith("length") and isinstance(value, str) else value


def operand(value):
    from django.db import models
    from django.db.models import functions

    if isinstance(value, list):
        return [operand(one) for one in value]
    if not isinstance(value, dict):
        return value
    (name, inner), = value.items()
    if name == "F":
        return models.F(inner)
    inner = inner if isinstance(inner, list) else [inner]
    inner = [models.F(one) if isinstance(one, str) else operand(one) for one in inner]
    if name == "Value":
        return models.Value(value["Value"])
    if name in ("add", "sub", "mul", "div", "mod"):
        operator = {"add": "__add__", "sub": "__sub__", "mul": "__mul__", "div": "__truediv__", "mod": "__mod__"}[name]
        first, *rest = inner
        for one in rest:
            first = getattr(first, operator)(one)
        return first
    return getattr(functions, name)(*inner)


def asked(models, case):
    rows = models[case["model"]].objects.all()
    for call in case["calls"]:
        rows = asked_call(rows, call)
    return rows


def asked_call(rows, call):
    (name, value), = call.items()
    if name in ("filter", "exclude"):
        return getattr(rows, name)(condition(value))
    if name == "order_by":
        return rows.order_by(*value)
    if name == "slice":
        start, *end = value
        return rows[start : end[0] if end else None]
    return getattr(rows, name)()


def answer(models, case):
    from django.core.exceptions import FieldError, ValidationError

    try:
        rows = asked(models, case)
        if "values" in case:
            return [[plain(value) for value in row] for row in rows.values_list(*case["values"])]
        if case.get("count"):
            return {"count": rows.count(), "exists": rows.exists()}
        return [plain(key) for key in rows.values_list("pk", flat=True)]
    except (FieldError, ValidationError, ValueError, TypeError) as error:
        return {"error": type(error).__name__}


def plain(value):
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


def main():
    with declared_app.tables_of("library", declared_app.declared_by("record_queries"), zone=ZONE) as (file, declared):
        models = declared.FOUND
        fill(models)
        cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["query"]
        answers = [answer(models, case) for case in cases]
        script = list(sqlite3.connect(file).iterdump())
    fresh = json.dumps({"zone": ZONE, "script": script, "answers": answers}, indent=0, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
