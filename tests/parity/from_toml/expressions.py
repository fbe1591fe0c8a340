"""Conditions and expressions of TOML as Python."""

import datetime

# The Python type that a field holds, for those whose values TOML writes otherwise.
HELD = {"DecimalField": "Decimal", "UUIDField": "uuid.UUID"}
OPERATORS = {"add": "+", "sub": "-", "mul": "*", "div": "/", "mod": "%"}
CONNECTED = {"any": " | ", "all": " & "}


def literal(value):
    """A plain value of TOML as Python."""
    if isinstance(value, datetime.datetime):
        zone = "tzinfo=datetime.timezone.utc"
        return f"datetime.datetime.fromisoformat({value.isoformat()!r})" if value.tzinfo else f"datetime.datetime.fromisoformat({value.isoformat()!r}).replace({zone})"
    return repr(value)


def held(kind, value):
    """A value as a field of the type `kind` holds it."""
    if kind == "DurationField" and isinstance(value, (int, float)):
        return f"datetime.timedelta(seconds={value!r})"
    if kind == "BinaryField":
        return repr(value.encode())
    python = HELD.get(kind)
    return f"{python}({str(value)!r})" if python and isinstance(value, (str, int, float)) else literal(value)


def condition(value, kinds):
    """A `Q` of the lookups in `value` on fields of the types `kinds`.

    `any`, `all` and `not` come before the lookups, which are sorted.
    """
    parts = []
    for name, part in value.items():
        if name in CONNECTED:
            parts.append(f"({CONNECTED[name].join(condition(one, kinds) for one in part)})" if len(part) > 1 else condition(part[0], kinds))
        elif name == "not":
            parts.append(f"~{condition(part, kinds)}")
    lookups = [f"{name}={operand(part, kinds, kinds.get(name.partition('__')[0]))}" for name, part in sorted(value.items()) if name not in (*CONNECTED, "not")]
    if len(parts) == 1 and not lookups:
        return parts[0]
    return f"models.Q({', '.join(parts + lookups)})"


def operand(value, kinds, kind):
    """What a lookup on a field of the type `kind` compares with: text is text."""
    if isinstance(value, dict):
        return expression(value, kinds)
    if isinstance(value, list):
        return f"[{', '.join(operand(part, kinds, kind) for part in value)}]"
    return literal(value) if isinstance(value, bool) else held(kind, value)


def expression(value, kinds):
    """An expression, in which text names a field."""
    if not isinstance(value, dict):
        return literal(value)
    value = dict(value)
    if "when" in value:
        return f"models.When({condition(value['when'], kinds)}, then={expression(value['then'], kinds)})"
    name, argument = next(iter(value.items()))
    rest = [f"{key}={option(key, part, kinds)}" for key, part in list(value.items())[1:]]
    if name in OPERATORS:
        first, *others = argument
        written = computed(first, kinds)
        for part in others:
            written = f"({written} {OPERATORS[name]} {computed(part, kinds)})"
        return written
    if name in ("asc", "desc"):
        inner = f"models.F({argument!r})" if isinstance(argument, str) else expression(argument, kinds)
        return f"{inner}.{name}()"
    if name == "Q":
        return condition(argument, kinds)
    if name in ("F", "Value"):
        return f"models.{name}({literal(argument)})"
    home = "models" if name == "Case" else "functions"
    arguments = argument if isinstance(argument, list) else [argument]
    return f"{home}.{name}({', '.join([*(expression(part, kinds) for part in arguments), *rest])})"


def option(name, value, kinds):
    from .models import field_of

    if name == "output_field":
        return field_of(value, kinds)
    return literal(value) if name == "collation" else expression(value, kinds)


def computed(value, kinds):
    """A part of a calculation."""
    if isinstance(value, str):
        return f"models.F({value!r})"
    return expression(value, kinds) if isinstance(value, dict) else f"models.Value({value!r})"
