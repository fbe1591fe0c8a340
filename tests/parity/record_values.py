"""Records what real Django loads, stores and dumps for values at the edges of each field type, in golden/values.json.

`record_values.py` writes the file; `record_values.py --check` fails if a fresh recording differs from it.
`cargo test` loads the same values with djr and compares (tests/cli/field_values.rs).
"""

import json
import tempfile
from pathlib import Path

import django_site
import recording

GOLDEN = Path(__file__).parent / "golden" / "values.json"

INTEGERS = ["0", "-1", "1.0", '"7"', '" 7 "', "true", '"x"', "null", "[1]", "NaN", "1e3"]
LARGE = [*INTEGERS, "9223372036854775807", "-9223372036854775808"]
POSITIVE = [text for text in INTEGERS if text != "-1"]
TEXTS = ['""', '"é\\u0000\\n\\"\\\\ \\ud83d\\ude00"', '"\\ud83d"', "7", "1.50", "true", "NaN", "-Infinity", "null"]
FILES = ['""', '"a/é.txt"', "null", '"\\ud83d"']

# A value as SQL; versions of SQLite quote numbers with a fraction in different ways.
STORED = "CASE typeof(value) WHEN 'real' THEN printf('%!.15g', value) ELSE quote(value) END"

# The options of each class, and what a fixture holds.
FIELDS = {
    "AutoField": ({"primary_key": True}, ["1", "2147483647", '"7"', '"x"']),
    "SmallAutoField": ({"primary_key": True}, ["1", "32767"]),
    "BigAutoField": ({"primary_key": True}, ["1", "9223372036854775807"]),
    "BigIntegerField": ({}, LARGE),
    "BinaryField": ({}, ['""', '"AP8="', '"/+8="', "null", "7"]),
    "BooleanField": ({}, ["true", "false", "1", "0", '"True"', '"f"', '"1"', '"yes"', "2", "null"]),
    "CharField": ({"max_length": 20}, TEXTS),
    "DateField": (
        {},
        [
            '"0001-01-01"',
            '"9999-12-31"',
            '"0000-01-01"',
            '"10000-01-01"',
            '"2026-1-2"',
            '"2026-02-29"',
            '"20240102"',
            '"2024-W05-2"',
            '"2024W052"',
            '"2024-W05"',
            '"2024W05"',
            '"2020-W53-7"',
            '"2021-W53-1"',
            '"2024-0102"',
            '"2024-W05-8"',
            '"2024-02-03T04:05"',
            '""',
            "7",
            "null",
        ],
    ),
    "DateTimeField": (
        {},
        [
            '"0001-01-01T00:00:00Z"',
            '"0001-01-01T00:00:00+00:01"',
            '"0001-01-01T00:00:00-23:59"',
            '"9999-12-31T23:59:59.999999Z"',
            '"9999-12-31T23:59:59-00:01"',
            '"9999-12-31T23:59:59+23:59"',
            '"2026-01-02T03:04:05.1Z"',
            '"2026-01-02 03:04:05 +0530"',
            '"2026-01-02T03:04:05+24:00"',
            '"2026-01-02T24:00:00Z"',
            '"2026-01-02T23:59:60Z"',
            '"0000-01-01T00:00:00Z"',
            '"2024-1-2 3:4:5"',
            '"20240102T030405Z"',
            '"20240102T030405,5+0100"',
            '"2024-01-02 03Z"',
            '"2024-01-02x03:04:05.1234567-01:30:15"',
            '"2024-W05-2T03:04"',
            '"2024W052T0304"',
            '"2024W05T0304"',
            '"2024-W05"',
            '"20240102"',
            '"2024-01-02T"',
            '"2024-01-02T03:04:05z"',
            '"2024-01-02T03:0405"',
            '"2024-01-02T03:04:05 +01:00"',
            '""',
            "7",
            "null",
        ],
    ),
    "DecimalField": (
        {"max_digits": 12, "decimal_places": 4},
        ['"0"', '"-0.0001"', '"99999999.9999"', "-99999999.9999", '"1e3"', "1.1", "7", '"NaN"', "NaN", '"x"', "null"],
    ),
    "DurationField": (
        {},
        [
            '"0"',
            '"-1"',
            '"-106751992 19:59:05.224192"',
            '"-106751992 19:59:05.224191"',
            '"106751991 04:00:54.775807"',
            '"106751991 04:00:54.775808"',
            '"P1DT2H0.5S"',
            '"-P1.5D"',
            '"3 days 04:05:06"',
            '"1:2.0000019"',
            '"P1W"',
            '"1 days"',
            '"1 day "',
            '"-1 days -00:00:01"',
            '"1 days, 2:03"',
            '"1 days 2:03"',
            '"1 days 12:03:04.5"',
            '"1 days 12:03:4"',
            '"1 days9"',
            '"-1 day 0"',
            '"+00:00:01"',
            '"+1"',
            '"PT0.0000015S"',
            '"PT0.0000025S"',
            '"P1.5DT0.5H,5S"',
            '"P3.3DT3.3H3.3M3.3S"',
            '"x"',
            "null",
        ],
    ),
    "EmailField": ({}, TEXTS),
    "FileField": ({}, FILES),
    "FilePathField": ({"path": "/"}, FILES),
    "FloatField": ({}, ["0.1", "-0.0", "1e308", "5e-324", "7", '"1.5"', "Infinity", "-Infinity", '"x"', "null"]),
    "GenericIPAddressField": ({}, ['"10.0.0.1"', '"2001:0DB8:0::1"', '"::ffff:10.0.0.1"', '"fe80::1%eth0"', "null"]),
    "ImageField": ({}, FILES),
    "IntegerField": ({}, INTEGERS),
    "JSONField": (
        {},
        [
            '{"a": [1, 1.5, null, true, "é"]}',
            '"text"',
            "7",
            "123456789012345678901234567890",
            "1e400",
            "[[]]",
            "{}",
            '{"a": "\\ud83d"}',
            "NaN",
            "[" * 500 + "]" * 500,
        ],
    ),
    "PositiveBigIntegerField": ({}, [text for text in LARGE if not text.startswith("-")]),
    "PositiveIntegerField": ({}, POSITIVE),
    "PositiveSmallIntegerField": ({}, POSITIVE),
    "SlugField": ({}, TEXTS),
    "SmallIntegerField": ({}, INTEGERS),
    "TextField": ({}, TEXTS),
    "TimeField": (
        {},
        [
            '"00:00"',
            '"23:59:59.999999"',
            '"7:05"',
            '"12:00:00,5"',
            '"1720"',
            '"T17:20:30"',
            '"172030.5"',
            '"17"',
            '"17:20+01:00"',
            '"17:20Z"',
            '"7"',
            '"17:2030"',
            '"24:00"',
            '"23:59:60"',
            '""',
            "7",
            "null",
        ],
    ),
    "URLField": ({}, TEXTS),
    "UUIDField": (
        {},
        ['"550E8400-e29b-41d4-a716-446655440000"', '"{550e8400e29b41d4a716446655440000}"', '"x"', "null"],
    ),
}


def model_of(name, options):
    from django.db import models

    class Meta:
        app_label = "sessions"

    options = options if "primary_key" in options else {"null": True, **options}
    field = getattr(models, name)(**options)
    return type(f"{name}Row", (models.Model,), {"value": field, "Meta": Meta, "__module__": __name__})


def fixture(model, given):
    """One object, as JSON; the value is the key where the field is one."""
    label = model._meta.label_lower
    if model._meta.pk.name == "value":
        return f'[{{"model": "{label}", "pk": {given}, "fields": {{}}}}]'
    return f'[{{"model": "{label}", "pk": 1, "fields": {{"value": {given}}}}}]'


def record(model, given):
    """What becomes of `given`: how it is stored and dumped; neither where it is refused."""
    from django.core import serializers
    from django.db import connection, transaction

    model.objects.all().delete()
    row = {"given": given, "stored": None, "dumped": None}
    try:
        with transaction.atomic():
            for loaded in serializers.deserialize("json", fixture(model, given)):
                loaded.save()
    # Django refuses in many ways, most of them by accident.
    except Exception:
        return row
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT CAST({STORED} AS text) FROM "{model._meta.db_table}"')
        row["stored"] = cursor.fetchone()[0]
    dumped = json.loads(serializers.serialize("json", model.objects.all()))[0]
    dumped = dumped["pk"] if model._meta.pk.name == "value" else dumped["fields"]["value"]
    row["dumped"] = json.dumps(dumped)
    return row


def main():
    recorded = {}
    with tempfile.TemporaryDirectory() as directory:
        django_site.configure(Path(directory) / "db.sqlite3", "golden")
        from django.db import connection

        for name, (options, values) in FIELDS.items():
            model = model_of(name, options)
            with connection.schema_editor() as editor:
                editor.create_model(model)
            recorded[name] = {"options": options, "values": [record(model, given) for given in values]}
    fresh = json.dumps(recorded, indent=1) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
