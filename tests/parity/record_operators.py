"""Records what Python's operators make of the values that templates work with, in golden/operators.json.

`record_operators.py` writes the file; `record_operators.py --check` fails if a fresh recording differs from it.
`cargo test` has djr's templates compute and compare the same (src/templates/operators/tests.rs). Where Python refuses two
types, so must djr; only an order of nothing and anything is false, as it is in Django's templates.
"""

import datetime
import json
import operator
from decimal import Decimal
from pathlib import Path

import recording

GOLDEN = Path(__file__).parent / "golden" / "operators.json"

UTC = datetime.timezone.utc
VALUES = [
    0, 1, -7, 10**12, 0.0, 2.5, -0.1, 1e300, float("inf"), float("nan"), True, False, None, "", "10", "abc",
    Decimal("0"), Decimal("0.00"), Decimal("10"), Decimal("12.50"), Decimal("-3.10"), Decimal("0.1"), Decimal("1E+3"), Decimal("1E-30"),
    Decimal("9999999999999999999999999999"), Decimal("0.3333333333333333333333333333"), Decimal("-7"), Decimal("1.00"), Decimal("-1.0"), Decimal("2.0"), Decimal("1.05"), Decimal("-360"),
    datetime.datetime(2026, 3, 1, 12, 30, tzinfo=UTC), datetime.datetime(2026, 3, 1, 12, 30, 0, 5, tzinfo=UTC),
    datetime.datetime(1, 1, 1, tzinfo=UTC), datetime.date(2026, 3, 1), datetime.date(2024, 2, 29), datetime.date(9999, 12, 31),
    datetime.time(12, 30), datetime.time(0, 0, 0, 1),
    datetime.timedelta(0), datetime.timedelta(days=1), datetime.timedelta(hours=-5, microseconds=3), datetime.timedelta(seconds=90),
    datetime.timedelta(days=900_000), [], [1, 2], ["a"],
]
ORDERS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}
COMPARISONS = {"==": operator.eq, "!=": operator.ne, **ORDERS, "in": lambda a, b: a in b, "not in": lambda a, b: a not in b}


def power(left, right):
    """Whole powers of decimals; djr has neither others nor infinity, and computes nothing down to zero."""
    numbers = (int, Decimal)
    if isinstance(left, numbers) and isinstance(right, numbers) and right != int(right):
        raise ArithmeticError
    found = left**right
    if isinstance(found, Decimal) and (not found.is_finite() or found == 0 != left):
        raise ArithmeticError
    return found


ARITHMETIC = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "//": operator.floordiv, "%": operator.mod,
    "**": power,
}


def tagged(value):
    """The value in the form of src/templates/recorded_value.rs."""
    if isinstance(value, (bool, str)) or value is None:
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**63 else {"integer": str(value)}
    if isinstance(value, float):
        return {"float": repr(value)}
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, datetime.timedelta):
        return {"duration": value // datetime.timedelta(microseconds=1)}
    if isinstance(value, datetime.datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"day": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"time": value.isoformat()}
    return [tagged(item) for item in value]


def computed(name, left, right):
    """The result; `null` where Python refuses, as no operator makes `None`."""
    try:
        return tagged({**COMPARISONS, **ARITHMETIC}[name](left, right))
    except (ArithmeticError, TypeError, ValueError):
        return False if name in ORDERS and (left is None or right is None) else None


def are_of_the_engine(left, right):
    """What only djr's engine computes with; that it compares, too, is recorded."""
    known = (Decimal, datetime.date, datetime.time, datetime.timedelta)
    return not isinstance(left, known) and not isinstance(right, known)


def main():
    rows = []
    for a, left in enumerate(VALUES):
        for b, right in enumerate(VALUES):
            names = COMPARISONS if are_of_the_engine(left, right) else {**COMPARISONS, **ARITHMETIC}
            rows.append([a, b, [computed(name, left, right) for name in names]])
    lines = ",\n".join(json.dumps(row) for row in rows)
    names = json.dumps([*COMPARISONS, *ARITHMETIC])
    values = json.dumps([tagged(value) for value in VALUES])
    recording.keep(GOLDEN, f'{{"operators": {names},\n"values": {values},\n"rows": [\n{lines}\n]}}\n')


main()
