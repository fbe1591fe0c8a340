"""Records what real Django computes for the queries of queries/computed.toml, in golden/computed.json.

`record_computed.py` writes the file; `record_computed.py --check` fails if a fresh recording differs from it.
The rows are those of record_queries.py; the queries are written as in `urls.toml`, and here they become Django's query
sets. `cargo test` asks the same of the same rows and compares (src/query/computed_tests.rs). Recorded too are the names of
Django's functions and of the lookups of its fields, so that one without a twin in djr is found.
"""

import datetime
import decimal
import json
import tomllib
import uuid
from pathlib import Path

import declared_app
import record_detected
import record_queries
import recording

HERE = Path(__file__).parent
CASES = HERE / "queries" / "computed.toml"
GOLDEN = HERE / "golden" / "computed.json"

OPERATORS = {
    "add": "__add__", "sub": "__sub__", "mul": "__mul__", "div": "__truediv__", "mod": "__mod__", "pow": "__pow__",
    "bitand": "bitand", "bitor": "bitor", "bitxor": "bitxor", "bitleftshift": "bitleftshift", "bitrightshift": "bitrightshift",
}
AGGREGATES = ["Avg", "Count", "Max", "Min", "StdDev", "Sum", "Variance"]
EXTRACTS = ["Day", "Hour", "IsoWeekDay", "IsoYear", "Minute", "Month", "Quarter", "Second", "Week", "WeekDay", "Year"]
TRUNCATIONS = ["Date", "Day", "Hour", "Minute", "Month", "Quarter", "Second", "Time", "Week", "Year"]
MODELS = {}


class Expressions:
    """Expressions and conditions of TOML as Django's."""

    @staticmethod
    def condition(found):
        from django.db.models import Q

        parts = Q()
        for key, value in found.items():
            if key == "any":
                inner = Q()
                for one in value:
                    inner |= Expressions.condition(one)
                parts &= inner
            elif key == "xor":
                inner = Q()
                for one in value:
                    inner ^= Expressions.condition(one)
                parts &= inner
            elif key == "all":
                for one in value:
                    parts &= Expressions.condition(one)
            elif key == "not":
                parts &= ~Expressions.condition(value)
            elif key == "Exists":
                parts &= Q(Expressions.build({"Exists": value}))
        special = ("any", "all", "xor", "not", "Exists")
        lookups = {key: Expressions.operand(value) for key, value in sorted(found.items()) if key not in special}
        return parts & Q(**lookups) if lookups else parts

    @staticmethod
    def operand(value):
        """Beside a lookup text stands for itself."""
        if isinstance(value, list):
            return [Expressions.operand(one) for one in value]
        if isinstance(value, dict) and list(value) == ["Value"]:
            return value["Value"]
        if isinstance(value, dict) and list(value) == ["Subquery"]:
            return asked(value["Subquery"])
        return Expressions.build(value) if isinstance(value, dict) else value

    @staticmethod
    def field(value):
        """As an argument text stands for a field."""
        from django.db.models import F

        return F(value) if isinstance(value, str) else Expressions.build(value)

    @staticmethod
    def several(value):
        return [Expressions.field(one) for one in (value if isinstance(value, list) else [value])]

    @staticmethod
    def build(value):
        from django.db import models
        from django.db.models import functions

        if not isinstance(value, dict):
            return models.Value(value)
        value = dict(value)
        name = next(iter(value))
        inner = value.pop(name)
        own_output = name == "Cast" or name.startswith("Trunc")
        output = record_detected.field(value.pop("output_field")) if "output_field" in value else None
        if name == "Value":
            return models.Value(typed(inner, output), output_field=output)
        built = Expressions.form(name, inner, value, output if own_output or name == "ExpressionWrapper" else None, models, functions)
        if output is not None and not own_output and name != "ExpressionWrapper":
            return models.ExpressionWrapper(built, output_field=output)
        return built

    @staticmethod
    def form(name, inner, keys, output, models, functions):
        field, several = Expressions.field, Expressions.several
        if name == "F":
            return models.F(inner)
        if name in OPERATORS:
            first, *rest = several(inner)
            for one in rest:
                first = getattr(first, OPERATORS[name])(one)
            return first
        if name == "ExpressionWrapper":
            return models.ExpressionWrapper(field(inner), output_field=output)
        if name == "Cast":
            return functions.Cast(field(inner), output)
        if name == "Collate":
            return functions.Collate(field(inner), keys["collation"])
        if name == "Q":
            return models.ExpressionWrapper(Expressions.condition(inner), output_field=models.BooleanField())
        if name == "Case":
            whens = [models.When(Expressions.condition(one["when"]), then=field(one["then"])) for one in inner]
            return models.Case(*whens, default=field(keys["default"]) if "default" in keys else None)
        if name in AGGREGATES:
            return Expressions.aggregate(name, inner, keys, models)
        zone = {"tzinfo": zone_named(keys["tzinfo"])} if "tzinfo" in keys else {}
        if name == "Extract":
            return functions.Extract(field(inner), keys["lookup_name"], **zone)
        if name.startswith("Extract"):
            return getattr(functions, name)(field(inner), **zone)
        if name == "Trunc":
            return functions.Trunc(field(inner), keys["kind"], output_field=output, **zone)
        if name.startswith("Trunc"):
            more = {} if output is None else {"output_field": output}
            return getattr(functions, name)(field(inner), **zone, **more)
        if name == "JSONObject":
            return functions.JSONObject(**{key: field(one) for key, one in inner.items()})
        if name == "KT":
            from django.db.models.fields.json import KT

            return KT(inner)
        if name == "OuterRef":
            return models.OuterRef(Expressions.form(*next(iter(inner.items())), {}, None, models, functions) if isinstance(inner, dict) else inner)
        if name == "FilteredRelation":
            return models.FilteredRelation(inner, condition=Expressions.condition(keys["condition"]))
        if name in ("Subquery", "Exists"):
            return getattr(models, name)(asked(inner))
        if name == "Window":
            return Expressions.window(inner, keys, models, functions)
        return getattr(functions, name)(*several(inner))

    @staticmethod
    def aggregate(name, inner, keys, models):
        of = inner if inner == "*" else Expressions.field(inner)
        options = {key: keys[key] for key in ("distinct", "sample") if key in keys}
        if "filter" in keys:
            options["filter"] = Expressions.condition(keys["filter"])
        if "default" in keys:
            default = keys["default"]
            options["default"] = Expressions.build(default) if isinstance(default, dict) else default
        return getattr(models, name)(of, **options)

    @staticmethod
    def window(inner, keys, models, functions):
        inner = dict(inner)
        name = next(iter(inner))
        argument = inner.pop(name)
        if name in AGGREGATES:
            expression = Expressions.aggregate(name, argument, inner, models)
        else:
            arguments = argument if isinstance(argument, list) else [argument]
            expression = getattr(functions, name)(*(Expressions.field(one) if isinstance(one, (str, dict)) else one for one in arguments))
        frame = None
        for kind in ("RowRange", "ValueRange"):
            if kind in keys.get("frame", {}):
                frame = getattr(models, kind)(**keys["frame"][kind])
        partition = Expressions.several(keys["partition_by"]) if "partition_by" in keys else None
        order = [order_term(term) for term in listed(keys["order_by"])] if "order_by" in keys else None
        return models.Window(expression, partition_by=partition, order_by=order, frame=frame)


def zone_named(name):
    import zoneinfo

    return zoneinfo.ZoneInfo(name)


def typed(value, field):
    from django.utils.dateparse import parse_duration

    kind = field.get_internal_type() if field is not None else None
    if kind == "DurationField":
        return parse_duration(value)
    if kind == "DecimalField":
        return decimal.Decimal(str(value))
    return field.to_python(value) if kind not in (None, "JSONField") and isinstance(value, str) else value


def listed(value):
    return value if isinstance(value, list) else [value]


def order_term(term):
    from django.db.models import F

    if isinstance(term, str):
        return F(term[1:]).desc() if term.startswith("-") else F(term).asc()
    for direction in ("asc", "desc"):
        if direction in term:
            nulls = {key: True for key in ("nulls_first", "nulls_last") if term.get(key)}
            return getattr(Expressions.field(term[direction]), direction)(**nulls)
    return Expressions.build(term).asc()


def asked(table, steps=None):
    rows = MODELS[table["model"].removeprefix("library.")].objects.all()
    for name, value in table.items():
        if name == "calls":
            for call in value:
                for called in call.items():
                    if called[0] not in ("limit", "offset"):
                        rows = step(rows, *called)
                rows = sliced(rows, call)
        elif name not in ("model", "limit", "offset"):
            rows = step(rows, name, value)
    return sliced(rows, table)


def sliced(rows, table):
    if "limit" in table or "offset" in table:
        start = table.get("offset", 0)
        rows = rows[start : start + table["limit"] if "limit" in table else None]
    return rows


def step(rows, name, value):
    if name in ("filter", "exclude"):
        for one in listed(value):
            rows = getattr(rows, name)(Expressions.condition(one))
        return rows
    if name in ("annotate", "alias"):
        for key, one in value.items():
            rows = getattr(rows, name)(**{key: Expressions.field(one)})
        return rows
    if name == "values":
        return rows.values(*value)
    if name == "order_by":
        return rows.order_by(*(term if isinstance(term, str) else order_term(term) for term in listed(value)))
    if name in ("distinct", "reverse"):
        return getattr(rows, name)() if value else rows
    others = [asked(one) for one in listed(value)]
    return rows.union(*others, all=True) if name == "union_all" else getattr(rows, name)(*others)


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, datetime.timedelta):
        return value // datetime.timedelta(microseconds=1)
    if isinstance(value, (decimal.Decimal, uuid.UUID, datetime.date, datetime.time)):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return int(value)
    return value.pk if hasattr(value, "pk") else value


def answer(case):
    from django.core.exceptions import FieldError, ValidationError
    from django.db import DatabaseError, NotSupportedError
    from django.db.models import Model

    refused = (FieldError, ValidationError, ValueError, TypeError, OverflowError, NotSupportedError, DatabaseError)
    try:
        rows = asked(case["query"])
        if "aggregate" in case:
            found = rows.aggregate(**{name: Expressions.field(one) for name, one in case["aggregate"].items()})
            return {name: plain(value) for name, value in found.items()}
        if case.get("count"):
            return {"count": rows.count(), "exists": rows.exists()}
        found = []
        for row in rows:
            if isinstance(row, Model):
                names = case.get("show", []) or list(rows.query.annotation_select)
                found.append([row.pk, *(plain(getattr(row, name)) for name in names)])
            else:
                found.append([plain(value) for value in row.values()])
        return found
    except refused as error:
        return {"error": type(error).__name__, "told": str(error)}


def registered():
    """The functions of Django, and what can stand behind a field of each class."""
    from django.db import models
    from django.db.models import functions
    from django.db.models.lookups import Transform

    lookups = {}
    for name in sorted(vars(models)):
        found = getattr(models, name)
        if not (isinstance(found, type) and issubclass(found, models.Field)) or name == "Field":
            continue
        of_class = found.get_lookups()
        lookups[name] = {
            "lookups": sorted(key for key, one in of_class.items() if not issubclass(one, Transform)),
            "transforms": sorted(key for key, one in of_class.items() if issubclass(one, Transform)),
        }
    return {"functions": sorted(functions.__all__), "aggregates": AGGREGATES, "lookups": lookups}


def main():
    with declared_app.tables_of("library", declared_app.declared_by("record_queries"), zone=record_queries.ZONE) as (_, declared):
        models = declared.FOUND
        MODELS.update(models)
        record_queries.fill(models)
        cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["query"]
        answers = [answer(case) for case in cases]
    recorded = {"zone": record_queries.ZONE, "registered": registered(), "answers": answers}
    fresh = json.dumps(recorded, indent=0, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
