"""Records what the functions of Django's SQLite connections answer, in golden/functions.json.

`record_functions.py` writes the file; `record_functions.py --check` fails if a fresh recording differs from it.
`cargo test` calls the same functions of djr and compares (src/db/functions/tests.rs).
"""

import json
import sqlite3
from pathlib import Path

import recording

GOLDEN = Path(__file__).parent / "golden" / "functions.json"

MOMENTS = [
    "2024-02-29 23:59:59.999999", "2026-01-01 00:00:00", "2020-12-31 12:30:00", "2021-01-03 01:02:03.5",
    "1969-07-20 20:17:40", "0001-01-01 00:00:00", "9999-12-31 23:59:59", "2026-03-29 01:30:00",
    "2026-10-25 00:30:00", "2026-11-30 10:00:00+00:00", "nonsense", "2026-13-01 00:00:00", "2026-02-30 00:00:00", None,
]
DAYS = ["2024-02-29", "2021-01-01", "2020-12-28", "0001-01-01", "9999-12-31", "2026-11-30", "x", None]
TIMES = ["00:00:00", "23:59:59.999999", "12:30:00.5", "7:8:9", "24:00:00", "12:30", "nonsense", None]
PARTS = [
    "year", "month", "day", "hour", "minute", "second", "week_day", "iso_week_day", "week", "quarter", "iso_year",
    "microsecond", "century",
]
UNITS = ["year", "quarter", "month", "week", "day", "hour", "minute", "second", "century"]
ZONES = [
    ("UTC", "UTC"), ("Europe/Vienna", "UTC"), ("America/New_York", "UTC"), ("Asia/Kathmandu", "UTC"),
    ("UTC", "Europe/Vienna"), ("Europe/Vienna+02:30", "UTC"), ("+03:00", "UTC"), ("UTC-05:00", "UTC"),
    ("Nowhere/City", "UTC"), (None, None),
]
# Edges of the calendar are told apart in UTC only: what a zone makes of year 1 and 9999 is an error of its own.
EDGES = {"0001-01-01 00:00:00", "9999-12-31 23:59:59"}


def with_zones(start):
    """Each moment in UTC and in two other zones, from `start` on: all pairs would be too many."""
    for index, moment in enumerate(MOMENTS):
        others = [] if moment in EDGES else [ZONES[(start + index + step) % len(ZONES)] for step in (0, 3)]
        for zone in {("UTC", "UTC"): None, **dict.fromkeys(others)}:
            yield moment, zone


def calls():
    for start, part in enumerate(PARTS):
        for day in DAYS:
            yield "django_date_extract", [part, day]
        for time in TIMES:
            yield "django_time_extract", [part, time]
        for moment, zone in with_zones(start):
            yield "django_datetime_extract", [part, moment, *zone]
    for start, unit in enumerate(UNITS):
        for day in DAYS:
            yield "django_date_trunc", [unit, day, None, None]
        for time in TIMES:
            yield "django_time_trunc", [unit, time, None, None]
        for moment, zone in with_zones(start):
            yield "django_datetime_trunc", [unit, moment, *zone]
    for moment, zone in with_zones(0):
        yield "django_datetime_cast_date", [moment, *zone]
        yield "django_datetime_cast_time", [moment, *zone]
    for left in TIMES:
        for right in TIMES[:2]:
            yield "django_time_diff", [left, right]
    for left in MOMENTS:
        for right in MOMENTS[:2]:
            yield "django_timestamp_diff", [left, right]
    for left in [*MOMENTS, *DAYS]:
        for connector in [" + ", "-"]:
            for delta in [0, 1, 86_400_000_000, -86_400_000_001, 400 * 86_400_000_000]:
                yield "django_format_dtdelta", [connector, left, delta]
    for connector, left, right in [
        ("*", 3, 4), ("*", 3, 1.5), ("/", 3, 2), ("/", 1_000_000, 4), ("+", 1, "2026-11-30 10:00:00"),
        ("+", None, 1), ("*", None, 1), (None, 1, 1), ("-", 1, "2026-11-30 10:00:00"),
    ]:
        yield "django_format_dtdelta", [connector, left, right]
    texts = ["", "a", "abc", "Ünïcödé", "line\n", "a\nb", "10.5", "日本", None]
    for pattern in [
        "b", "^a", "c$", "^$", "$", r"\d", r"\w+$", "(?i)ABC", "(?i)ÜN", r"\Z", r"e\Z", "[$]", "a|b", r"^(a)(?P<x>b)(?P=x)?",
        "(?m)^b$", "(?s)a.b", "a.b", r"\bb\b", "(", "[^a]", r"[\w]{3}", "(?=b)", None,
    ]:
        for text in texts:
            yield "regexp", [pattern, text]
    for pair in [(6, 3), (-1, 1), (0, 0), (None, 1), (2**40, 5)]:
        yield "BITXOR", list(pair)
    numbers = [1, 0.5, -2.5, 0, 100, "1.5", "x", -1, 3, None]
    for name in ["ACOS", "ASIN", "ATAN", "CEILING", "COS", "DEGREES", "EXP", "FLOOR", "LN", "RADIANS", "SIN", "SQRT", "TAN"]:
        for number in numbers:
            yield name, [number]
    for name in ["ATAN2", "LOG", "MOD", "POWER"]:
        for pair in [(2, 8), (0, 1), (1, 0), (-2, 3), (10, 0.01), (2.5, 2), (1, 5), (-8, 0.5), ("3", 2), (None, 1), (1, None)]:
            yield name, list(pair)
    yield from [("PI", [])] * 3
    for number in [1, 0.5, -2.5, 0, 1e9, None]:
        yield "SIGN", [number]
        if number != 0:
            yield "COT", [number]
    for text in texts:
        for name in ["MD5", "SHA1", "SHA224", "SHA256", "SHA384", "SHA512", "REVERSE"]:
            yield name, [text]
        for count in [0, 1, 3, -1, None]:
            yield "REPEAT", [text, count]
        for length in [0, 2, 5, None]:
            for filling in ["xy", "", None]:
                yield "LPAD", [text, length, filling]
                yield "RPAD", [text, length, filling]


def aggregates():
    for name in ["STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP"]:
        for values in [[1, 2, 3, 4], [1.5, 2.25], [7, 7, 7], [-3, 1e6, 12]]:
            rows = " UNION ALL ".join(f"SELECT {value} AS x" for value in values)
            yield f"SELECT {name}(x) FROM ({rows})", []


def answer(connection, sql, arguments):
    try:
        return {"sql": sql, "arguments": arguments, "answer": connection.execute(sql, arguments).fetchone()[0]}
    except sqlite3.Error:
        return {"sql": sql, "arguments": arguments, "fails": True}


def main():
    from django.db.backends.sqlite3 import _functions

    connection = sqlite3.connect(":memory:")
    _functions.register(connection)
    scalars = ((f"SELECT {name}({', '.join('?' * len(arguments))})", arguments) for name, arguments in calls())
    rows = [answer(connection, sql, arguments) for sql, arguments in [*scalars, *aggregates()]]
    fresh = "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
