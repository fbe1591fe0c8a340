"""Records what query sets return that are written as Python, in golden/query_sets.json.

`record_query_sets.py` writes the file; `record_query_sets.py --check` fails if a fresh recording differs from it.
Most of them are the queries of queries/cases.toml and queries/computed.toml, which become source text here; those of
queries/query_sets.txt are written by hand, one in a line, and the blocks of queries/query_set_writes.txt, which write. The rows are those of record_queries.py. `cargo test` runs the
same text by djr's own interpreter and compares (src/script/engine/db/query_set_tests.rs).
"""

import json
import sqlite3
import sys
import tomllib
from pathlib import Path

import declared_app
import record_computed
import record_queries
import recording

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "query_sets.json"
BY_HAND = HERE / "queries" / "query_sets.txt"
WRITES = HERE / "queries" / "query_set_writes.txt"
SIGNS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "mod": "%", "pow": "**"}


def called(name, /, *arguments, **options):
    parts = [*arguments, *(f"{key}={value}" for key, value in options.items())]
    return f"{name}({', '.join(parts)})"


def condition(found):
    parts = []
    lookups = {}
    for key, value in found.items():
        if key in ("any", "xor"):
            sign = " | " if key == "any" else " ^ "
            parts.append("(" + sign.join(condition(one) for one in value) + ")" if value else "Q()")
        elif key == "all":
            parts.extend(condition(one) for one in value)
        elif key == "not":
            parts.append("~" + condition(value))
        elif key == "Exists":
            parts.append("Q(" + expression({"Exists": value}) + ")")
        else:
            lookups[key] = operand(record_queries.typed(key, value))
    if lookups or not parts:
        parts.append(called("Q", **lookups))
    return parts[0] if len(parts) == 1 else "(" + " & ".join(parts) + ")"


def operand(value):
    """Beside a lookup text stands for itself."""
    if isinstance(value, list):
        return "[" + ", ".join(operand(one) for one in value) + "]"
    if isinstance(value, dict) and list(value) == ["Value"]:
        return repr(value["Value"])
    if isinstance(value, dict) and list(value) == ["Subquery"]:
        return query(value["Subquery"])
    return expression(value) if isinstance(value, dict) else repr(value)


def field(value):
    """As an argument text stands for a field."""
    return f"F({value!r})" if isinstance(value, str) else expression(value)


def several(value):
    return [field(one) for one in (value if isinstance(value, list) else [value])]


def output_field(value):
    options = dict(value)
    return called("models." + options.pop("type"), **{key: repr(one) for key, one in options.items()})


def expression(value):
    if not isinstance(value, dict):
        return f"Value({value!r})"
    keys = dict(value)
    name = next(iter(keys))
    inner = keys.pop(name)
    declared = keys.pop("output_field", None)
    output = None if declared is None else output_field(declared)
    own = {} if output is None else {"output_field": output}
    if name == "Value":
        return called("Value", repr(typed(inner, declared)), **own)
    if name == "ExpressionWrapper":
        return called("ExpressionWrapper", field(inner), **own)
    if name == "Cast":
        return called("Cast", field(inner), **own)
    if name.startswith("Trunc"):
        return called(name, field(inner), **({"kind": repr(keys["kind"])} if name == "Trunc" else {}), **own, **zone(keys))
    built = form(name, inner, keys)
    return built if output is None else called("ExpressionWrapper", built, **own)


def typed(value, declared):
    import record_detected

    return record_computed.typed(value, None if declared is None else record_detected.field(declared))


def zone(keys):
    return {"tzinfo": f"ZoneInfo({keys['tzinfo']!r})"} if "tzinfo" in keys else {}


def form(name, inner, keys):
    if name == "F":
        return f"F({inner!r})"
    if name in SIGNS:
        return "(" + f" {SIGNS[name]} ".join(several(inner)) + ")"
    if name in record_computed.OPERATORS:
        first, *rest = several(inner)
        return first + "".join(f".{name}({one})" for one in rest)
    if name == "Collate":
        return called("Collate", field(inner), repr(keys["collation"]))
    if name == "Q":
        return called("ExpressionWrapper", condition(inner), output_field="models.BooleanField()")
    if name == "Case":
        whens = [called("When", condition(one["when"]), then=field(one["then"])) for one in inner]
        return called("Case", *whens, **({"default": field(keys["default"])} if "default" in keys else {}))
    if name in record_computed.AGGREGATES:
        return aggregate(name, inner, keys)
    if name == "Extract":
        return called("Extract", field(inner), repr(keys["lookup_name"]), **zone(keys))
    if name.startswith("Extract"):
        return called(name, field(inner), **zone(keys))
    if name == "JSONObject":
        return called("JSONObject", **{key: field(one) for key, one in inner.items()})
    if name == "KT":
        return f"KT({inner!r})"
    if name == "OuterRef":
        return f"OuterRef({form(*next(iter(inner.items())), {}) if isinstance(inner, dict) else repr(inner)})"
    if name == "FilteredRelation":
        return called("FilteredRelation", repr(inner), condition=condition(keys["condition"]))
    if name in ("Subquery", "Exists"):
        return called(name, query(inner))
    if name == "Window":
        return window(inner, keys)
    return called(name, *several(inner))


def aggregate(name, inner, keys):
    of = repr(inner) if inner == "*" else field(inner)
    options = {key: repr(keys[key]) for key in ("distinct", "sample") if key in keys}
    if "filter" in keys:
        options["filter"] = condition(keys["filter"])
    if "default" in keys:
        default = keys["default"]
        options["default"] = expression(default) if isinstance(default, dict) else repr(default)
    return called(name, of, **options)


def window(inner, keys):
    inner = dict(inner)
    name = next(iter(inner))
    argument = inner.pop(name)
    if name in record_computed.AGGREGATES:
        function = aggregate(name, argument, inner)
    else:
        arguments = argument if isinstance(argument, list) else [argument]
        function = called(name, *(field(one) if isinstance(one, (str, dict)) else repr(one) for one in arguments))
    options = {}
    if "partition_by" in keys:
        options["partition_by"] = "[" + ", ".join(several(keys["partition_by"])) + "]"
    if "order_by" in keys:
        terms = [order_term(term) for term in record_computed.listed(keys["order_by"])]
        options["order_by"] = "[" + ", ".join(terms) + "]"
    for kind in ("RowRange", "ValueRange"):
        if kind in keys.get("frame", {}):
            ends = {key: repr(value) for key, value in keys["frame"][kind].items()}
            options["frame"] = called(kind, **ends)
    return called("Window", function, **options)


def order_term(term):
    if isinstance(term, str):
        return f"F({term[1:]!r}).desc()" if term.startswith("-") else f"F({term!r}).asc()"
    for direction in ("asc", "desc"):
        if direction in term:
            nulls = {key: "True" for key in ("nulls_first", "nulls_last") if term.get(key)}
            return called(f"{field(term[direction])}.{direction}", **nulls)
    return f"{expression(term)}.asc()"


def query(table):
    source = table["model"].removeprefix("library.") + ".objects.all()"
    for name, value in table.items():
        if name == "calls":
            for call in value:
                for key, one in call.items():
                    if key not in ("limit", "offset"):
                        source += step(key, one)
                source += part(call)
        elif name not in ("model", "limit", "offset"):
            source += step(name, value)
    return source + part(table)


def part(table):
    if "limit" not in table and "offset" not in table:
        return ""
    start = table.get("offset", 0)
    return f"[{start}:{start + table['limit'] if 'limit' in table else ''}]"


def step(name, value):
    if name in ("filter", "exclude"):
        return "".join("." + called(name, condition(one)) for one in record_computed.listed(value))
    if name in ("annotate", "alias"):
        return "".join("." + called(name, **{key: field(one)}) for key, one in value.items())
    if name == "values":
        return "." + called("values", *map(repr, value))
    if name == "order_by":
        terms = [repr(term) if isinstance(term, str) else order_term(term) for term in record_computed.listed(value)]
        return "." + called("order_by", *terms)
    if name in ("distinct", "reverse"):
        return f".{name}()" if value else ""
    others = [query(one) for one in record_computed.listed(value)]
    return "." + (called("union", *others, all="True") if name == "union_all" else called(name, *others))


def of_case(case):
    """A query of cases.toml."""
    rows = case["model"] + ".objects.all()"
    for call in case["calls"]:
        (name, value), = call.items()
        if name == "slice":
            start, *end = value
            rows += f"[{start}:{end[0] if end else ''}]"
        else:
            rows += step(name, value)
    if "values" in case:
        return rows + "." + called("values_list", *map(repr, case["values"]))
    if case.get("count"):
        return f"({rows}.count(), {rows}.exists())"
    return rows + ".values_list('pk', flat=True)"


def of_computed(case):
    """A query of computed.toml."""
    rows = query(case["query"])
    if "aggregate" in case:
        return rows + "." + called("aggregate", **{name: field(one) for name, one in case["aggregate"].items()})
    if case.get("count"):
        return f"({rows}.count(), {rows}.exists())"
    shown = "".join(f", row.{name}" for name in case.get("show", []))
    return f"[(row.pk{shown}) for row in {rows}]" if shown else f"list({rows})"


def sources():
    """Each with whether djr differs on purpose, as the TOML that it comes from says."""
    found = {}
    for file, source in [(record_queries.CASES, of_case), (record_computed.CASES, of_computed)]:
        for case in tomllib.loads(file.read_text(encoding="utf-8"))["query"]:
            found[source(case)] = "differs" in case
    by_hand = [line.strip() for line in BY_HAND.read_text(encoding="utf-8").splitlines()]
    found.update({line: False for line in by_hand if line and not line.startswith("#")})
    return found.items()


def main():
    sys.path.insert(0, str(HERE / "queries"))
    with declared_app.tables_of("library", declared_app.declared_by("record_queries"), zone=record_queries.ZONE) as (file, declared):
        import run_query_sets

        record_queries.fill(declared.FOUND)
        script = list(sqlite3.connect(file).iterdump())
        known = run_query_sets.names(declared.FOUND)
        answers = [[source, run_query_sets.run(source, known), differs] for source, differs in sources()]
        written = run_query_sets.blocks(WRITES.read_text(encoding="utf-8"))
        written = [[block, run_query_sets.run_block(block, known), False] for block in written]
    if script != json.loads(record_queries.GOLDEN.read_text(encoding="utf-8"))["script"]:
        sys.exit("the rows are not those of golden/queries.json: record_queries.py records them")
    fresh = json.dumps({"sets": answers, "writes": written}, indent=0, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
