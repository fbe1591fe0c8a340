"""Records how real Django cleans and prints every field of a form with every widget that fits it, in
golden/form_fields.json.

`record_form_fields.py` writes the file; `record_form_fields.py --check` fails if a fresh recording differs from it.
`cargo test` reads each case's `toml` as a field of `forms.toml` and compares (src/forms/corpus_tests.rs).

A case is a field as `forms.toml` declares it, from which the field of Django is made, and what is sent for it. The
lists of classes come from Django itself, so that a class without a case fails the test.
"""

import base64
import datetime
import decimal
import hashlib
import json
import re
import tempfile
import uuid
import warnings
from pathlib import Path

import django_site
import recording

GOLDEN = Path(__file__).parent / "golden" / "form_fields.json"

LONG = "x" * 60
HOSTILE = ['<script>alert("1")</script>', "a'&\"<>`", "\0", "' OR 1=1 --", "{{ 7*7 }}", "%(value)s %d", "é😀\u202e", LONG]

TEXT = ["", " ", " a b ", "abc", "12345", "line\r\nline", *HOSTILE]
NUMBERS = ["", " ", "0", "1", " 7 ", "-5", "+3", "1.0", "1.50", "2.", ".5", "1e2", "1_000", "1__0", "1,5", "0x10", "nan", "inf",
           "-0", "00012", "99999999999999999999", "1e400", "abc", "1 2", "3.14159", "123456.789", *HOSTILE]
DATES = ["", " ", "2026-01-02", " 2026-01-02 ", "2026-1-2", "01/02/2026", "1/2/26", "1/2/70", "Oct 25 2006", "october 25, 2006",
         "25 Oct 2006", "25 October, 2006", "2026-02-30", "0000-01-01", "9999-12-31", "2026-01-02 03:04:05", "20260102", "today", *HOSTILE]
TIMES = ["", "14:30", "14:30:59", "14:30:59.123456", "14:30:59.1", " 14:30 ", "24:00", "14:60", "2:5", "2:30 pm", "noon", *HOSTILE]
MOMENTS = ["", "2026-01-02 03:04:05", "2026-01-02T03:04:05", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05+05:30", "2026-01-02 03:04",
           "2026-01-02 03:04:05.123456", "2026-01-02", "01/02/2026 03:04", "1/2/26 03:04:05", "Oct 25 2006", "2026-03-29 02:30",
           "2026-10-25 02:30", "2026-02-30 00:00", " 2026-01-02 03:04 ", "now", *HOSTILE]
DURATIONS = ["", "0", "30", "15:30", "5:15:30", "1 5:15:30", "1 day, 5:15:30", "-1 23:59:59.5", "P4DT1H15M20S", "PT1.5H", "-P1D", "1:2:3:4",
             "soon", *HOSTILE]
CHOICES = ["", "a", "b", "1", "2", "g1", "nothing", "A", " a ", *HOSTILE]
EMAILS = ["", "a@b.de", " A@B.de ", "a@b", "a@localhost", "@b.de", "a@", '"a b"@c.de', "a@[127.0.0.1]", "a@b.de\n", "x" * 330 + "@y.de", *HOSTILE]
URLS = ["", "example.com", "http://example.com", " https://a.de/x?y=1#z ", "//a.de", "ftp://a.de", "javascript:alert(1)", "http://",
        "http://a b.de", "http://localhost:8000/", "http://[::1]/", "http://127.0.0.1", "a.de/b:c", "mailto:a@b.de", "http://a.de:99999", *HOSTILE]
ADDRESSES = ["", "127.0.0.1", " 10.0.0.1 ", "256.1.1.1", "1.2.3", "::1", "2001:0db8:0000:0000:0000:ff00:0042:8329", "::ffff:10.1.2.3",
             "::ffff:0a0a:0a0a", "1::2::3", "fe80::1%eth0", ":::", *HOSTILE]
UUIDS = ["", "8c3a1f2e-6d1b-4a77-9f3b-1f8f2a9f1c11", "8c3a1f2e6d1b4a779f3b1f8f2a9f1c11", "{8C3A1F2E-6D1B-4A77-9F3B-1F8F2A9F1C11}",
         "urn:uuid:8c3a1f2e-6d1b-4a77-9f3b-1f8f2a9f1c11", "8c3a1f2e", *HOSTILE]
DOCUMENTS = ["", "null", "{}", "[]", '""', "0", "1.50", '{"a": [1, "é", null, true]}', '{"a":1,"a":2}', "[1,", "NaN", "'a'", ' {"b" : 1} ', *HOSTILE]
TRUTHS = ["", "on", "true", "True", "False", "false", "0", "1", "2", "3", "unknown", "x", *HOSTILE]

OPTIONS = [["", "None of them"], ["a", "A <first>"], ["b", "B & second"], ["Group \"1\"", [["g1", "One"], ["g2", "Two"]]], [1, "One"], [2, "Two"]]
NUMBERED = [[1, "One"], [2, "Two"], ["Group", [[3, "Three"]]]]

# For each class: options, what is sent, and widgets beside the usual one.
TEXT_WIDGETS = ["Textarea", "HiddenInput", "PasswordInput", "SearchInput", "TelInput", "ColorInput", "URLInput", "EmailInput",
                {"type": "Textarea", "attrs": {"rows": 3, "class": "wide"}}, {"type": "PasswordInput", "render_value": True},
                {"type": "TextInput", "attrs": {"type": "range", "data-x": "<1>", "hidden": True, "absent": False}}]
CHOICE_WIDGETS = ["RadioSelect", "TextInput", "HiddenInput", {"type": "Select", "attrs": {"class": "wide"}},
                  {"type": "RadioSelect", "attrs": {"class": "wide", "id": "own"}}]
LIST_WIDGETS = ["CheckboxSelectMultiple", "MultipleHiddenInput", {"type": "CheckboxSelectMultiple", "attrs": {"class": "wide"}}]
DATE_WIDGETS = ["TextInput", "HiddenInput", {"type": "DateInput", "format": "%d.%m.%Y"}]

CASES = [
    ({"type": "CharField"}, TEXT, TEXT_WIDGETS),
    ({"type": "CharField", "max_length": 5, "min_length": 2}, TEXT, ["Textarea", "HiddenInput"]),
    ({"type": "CharField", "max_length": 1, "strip": False}, TEXT, []),
    ({"type": "CharField", "required": False, "empty_is_null": True}, TEXT, []),
    ({"type": "CharField", "validators": ["validate_slug", "validate_integer"]}, TEXT, []),
    ({"type": "CharField", "validators": [{"RegexValidator": {"regex": "^a", "message": "Begin with a.", "code": "a"}},
                                          {"MinLengthValidator": 4}]}, TEXT, []),
    ({"type": "CharField", "validators": ["validate_comma_separated_integer_list"]}, ["", "1,2", "1,", "a"], []),
    ({"type": "CharField", "validators": ["validate_domain_name"]}, ["", "a.de", "localhost", "a..de"], []),
    ({"type": "CharField", "validators": ["validate_unicode_slug"]}, ["", "é-1", "a b"], []),
    ({"type": "CharField", "validators": ["validate_ipv4_address"]}, ADDRESSES, []),
    ({"type": "CharField", "validators": ["validate_ipv6_address"]}, ADDRESSES, []),
    ({"type": "CharField", "validators": ["ascii_username"]}, ["", "a.b@c", "é", "a b"], []),
    ({"type": "CharField", "validators": ["unicode_username"]}, ["", "é_1", "a b"], []),
    ({"type": "BooleanField"}, TRUTHS, ["HiddenInput", "TextInput", "Select", "RadioSelect", {"type": "CheckboxInput", "attrs": {"class": "box"}}]),
    ({"type": "BooleanField", "required": False, "initial": True}, TRUTHS, []),
    ({"type": "NullBooleanField"}, TRUTHS, ["HiddenInput", "TextInput"]),
    ({"type": "NullBooleanField", "initial": False}, TRUTHS, []),
    ({"type": "ChoiceField", "choices": OPTIONS}, CHOICES, CHOICE_WIDGETS),
    ({"type": "ChoiceField", "choices": OPTIONS[1:3], "required": False}, CHOICES, ["RadioSelect"]),
    ({"type": "ChoiceField", "choices": [], "initial": "a"}, CHOICES, []),
    ({"type": "TypedChoiceField", "choices": NUMBERED, "coerce": "int"}, ["", "1", "3", "4", "x"], CHOICE_WIDGETS),
    ({"type": "TypedChoiceField", "choices": OPTIONS, "coerce": "int", "required": False, "empty_is_null": True}, CHOICES, []),
    ({"type": "TypedChoiceField", "choices": [["True", "Yes"], ["False", "No"]], "coerce": "bool"}, ["", "True", "False", "1"], ["RadioSelect"]),
    ({"type": "TypedChoiceField", "choices": [["1.5", "A"], ["2", "B"]], "coerce": "float"}, ["", "1.5", "2"], []),
    ({"type": "TypedChoiceField", "choices": [["1.50", "A"], ["2", "B"]], "coerce": "decimal"}, ["", "1.50", "2"], []),
    ({"type": "MultipleChoiceField", "choices": OPTIONS}, [[], ["a"], ["a", "g1"], ["a", "a"], ["nothing"], ["a", HOSTILE[0]], [""]], LIST_WIDGETS),
    ({"type": "MultipleChoiceField", "choices": OPTIONS, "required": False, "initial": ["a", "2"]}, [[], ["b"]], LIST_WIDGETS),
    ({"type": "TypedMultipleChoiceField", "choices": NUMBERED, "coerce": "int"}, [[], ["1"], ["1", "3"], ["4"], ["x"]], LIST_WIDGETS),
    ({"type": "TypedMultipleChoiceField", "choices": OPTIONS, "coerce": "int", "required": False}, [[], ["1"], ["a"]], []),
    ({"type": "IntegerField"}, NUMBERS, ["TextInput", "HiddenInput", "Textarea"]),
    ({"type": "IntegerField", "min_value": 1, "max_value": 10}, NUMBERS, ["TextInput"]),
    ({"type": "IntegerField", "min_value": 1, "step_size": 3, "initial": 4}, NUMBERS, []),
    ({"type": "IntegerField", "step_size": 5, "required": False, "localize": True}, NUMBERS, []),
    ({"type": "FloatField"}, NUMBERS, ["TextInput", {"type": "NumberInput", "attrs": {"step": "0.5"}}]),
    ({"type": "FloatField", "min_value": -1.5, "max_value": 2.5, "step_size": 0.25, "initial": 0.5}, NUMBERS, []),
    ({"type": "DecimalField"}, NUMBERS, ["TextInput"]),
    ({"type": "DecimalField", "max_digits": 5, "decimal_places": 2, "initial": "1.50"}, NUMBERS, []),
    ({"type": "DecimalField", "max_digits": 1, "decimal_places": 1}, NUMBERS, []),
    ({"type": "DecimalField", "decimal_places": 7, "min_value": "0.5", "max_value": 100}, NUMBERS, []),
    ({"type": "DateField"}, DATES, DATE_WIDGETS),
    ({"type": "DateField", "initial": "2026-03-04"}, ["", "2026-01-02"], DATE_WIDGETS),
    ({"type": "DateField", "input_formats": ["%d.%m.%Y", "%Y%m%d"], "required": False}, [*DATES, "02.01.2026", "202611"], []),
    ({"type": "TimeField"}, TIMES, ["TextInput", {"type": "TimeInput", "format": "%H:%M"}]),
    ({"type": "TimeField", "initial": "14:30:15", "input_formats": ["%I:%M %p"]}, TIMES, [{"type": "TimeInput", "format": "%H:%M"}]),
    ({"type": "DateTimeField"}, MOMENTS, ["TextInput", "HiddenInput", {"type": "DateTimeInput", "format": "%d.%m.%Y %H:%M"},
                                          {"type": "DateTimeInput", "attrs": {"type": "datetime-local"}}]),
    ({"type": "DateTimeField", "initial": "2026-07-04T10:00:00Z", "required": False}, MOMENTS, ["TextInput", {"type": "DateTimeInput", "format": "%Y-%m-%dT%H:%M"}]),
    ({"type": "DurationField"}, DURATIONS, ["HiddenInput"]),
    ({"type": "DurationField", "initial": "1 02:03:04"}, DURATIONS, []),
    ({"type": "EmailField"}, EMAILS, ["TextInput"]),
    ({"type": "EmailField", "required": False, "max_length": 10}, EMAILS, []),
    ({"type": "URLField"}, URLS, ["TextInput"]),
    ({"type": "URLField", "required": False, "assume_scheme": "https", "max_length": 30}, URLS, []),
    ({"type": "SlugField"}, ["", "a-b_1", " a ", "é", "a b", *HOSTILE], []),
    ({"type": "SlugField", "allow_unicode": True, "max_length": 4}, ["", "a-b_1", "é", *HOSTILE], []),
    ({"type": "RegexField", "regex": "^[a-z]+\\d?$"}, ["", "abc", " abc", "abc1", "abc\n", "1", *HOSTILE], []),
    ({"type": "RegexField", "regex": "x", "strip": True, "required": False, "max_length": 9}, ["", " x ", "a", LONG], []),
    ({"type": "GenericIPAddressField"}, ADDRESSES, []),
    ({"type": "GenericIPAddressField", "protocol": "IPv4"}, ADDRESSES, []),
    ({"type": "GenericIPAddressField", "protocol": "IPv6", "required": False}, ADDRESSES, []),
    ({"type": "GenericIPAddressField", "unpack_ipv4": True}, ADDRESSES, []),
    ({"type": "UUIDField"}, UUIDS, ["HiddenInput"]),
    ({"type": "UUIDField", "initial": "8c3a1f2e-6d1b-4a77-9f3b-1f8f2a9f1c11", "required": False}, UUIDS, []),
    ({"type": "JSONField"}, DOCUMENTS, ["TextInput", "HiddenInput"]),
    ({"type": "JSONField", "required": False, "initial": {"a": [1, "é"]}}, DOCUMENTS, []),
    ({"type": "ComboField", "fields": [{"type": "CharField", "max_length": 6}, {"type": "EmailField"}]}, ["", "a@b.de", "aaa@bbb.de", "x", *HOSTILE], []),
    ({"type": "SplitDateTimeField"},
     [{"_0": day, "_1": time} for day, time in [("", ""), ("2026-01-02", "03:04"), ("2026-01-02", ""), ("", "03:04"), ("x", "y"),
                                               ("2026-03-29", "02:30"), (HOSTILE[0], HOSTILE[1]), (LONG, "03:04")]],
     ["SplitHiddenDateTimeWidget", {"type": "SplitDateTimeWidget", "date_format": "%d.%m.%Y", "time_format": "%H:%M", "attrs": {"class": "half"}},
      {"type": "SplitDateTimeWidget", "date_attrs": {"type": "date"}, "time_attrs": {"type": "time"}}]),
    ({"type": "SplitDateTimeField", "required": False, "initial": "2026-07-04T10:00:00Z", "error_messages": {"invalid_date": "No day."}},
     [{"_0": day, "_1": time} for day, time in [("", ""), ("2026-01-02", ""), ("", "03:04"), ("x", "03:04")]], []),
    ({"type": "MultiValueField", "separator": "-", "fields": [{"type": "CharField", "max_length": 3}, {"type": "IntegerField", "min_value": 0}]},
     [{"_0": left, "_1": right} for left, right in [("", ""), ("ab", "1"), ("abcd", "-1"), ("ab", ""), (HOSTILE[0], HOSTILE[1])]], []),
    ({"type": "MultiValueField", "separator": "-", "require_all_fields": False, "initial": "ab-7",
      "fields": [{"type": "CharField", "error_messages": {"incomplete": "Left?"}}, {"type": "IntegerField", "required": False}]},
     [{"_0": left, "_1": right} for left, right in [("", ""), ("ab", "1"), ("", "1"), ("ab", ""), ("ab", "x")]], []),
]

SELECT_DATES = [{"_year": y, "_month": m, "_day": d} for y, m, d in [
    ("", "", ""), ("2026", "1", "2"), ("2026", "2", "30"), ("2026", "", "5"), ("2027", "12", "31"), ("x", "1", "1"), ("2026", "13", "1"),
    ("99999999999", "1", "1"), ("-1", "1", "1"), ("<b>", "'", "\""), (" 2026 ", "01", "02")]]
SELECT = {"type": "SelectDateWidget", "years": [2025, 2026, 2027]}
CASES += [
    ({"type": "DateField", "widget": SELECT}, SELECT_DATES, []),
    ({"type": "DateField", "required": False, "widget": {**SELECT, "empty_label": ["Year", "Month", "Day"]}}, SELECT_DATES, []),
    ({"type": "DateField", "required": False, "initial": "2026-03-04",
      "widget": {**SELECT, "empty_label": "Nothing", "months": {"1": "Jan", "3": "Mär"}, "attrs": {"class": "part"}}}, SELECT_DATES[:3], []),
]

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
GIF = "R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
FILES = [
    {"file": ["a.txt", "aGk=", "text/plain"]},
    {"file": ["empty.txt", "", "text/plain"]},
    {"file": ["a" * 30 + ".txt", "aGk=", "text/plain"]},
    {"file": ['<b>"&.pdf', "aGk=", "application/pdf"]},
    {"-clear": "on"},
    {"-clear": "false"},
    {"-clear": "on", "file": ["a.txt", "aGk=", "text/plain"]},
    {"": "typed.txt"},
]
IMAGES = [
    {"file": ["a.png", PNG, "image/png"]},
    {"file": ["a.gif", GIF, "image/gif"]},
    {"file": ["a.txt", PNG, "image/png"]},
    {"file": ["a.png", "aGk=", "image/png"]},
    {"file": ["a.png", "", "image/png"]},
    {"file": ["a.png", PNG[:12], "image/png"]},
    {"file": ["a", PNG, "image/png"]},
    {"file": ["a.svg", "PHN2Zy8+", "image/svg+xml"]},
    {"-clear": "on"},
]
STORED = {"name": "up/<old>.png", "url": "/media/up/%3Cold%3E.png?a&b"}
CASES += [
    ({"type": "FileField"}, FILES, ["FileInput", {"type": "ClearableFileInput", "attrs": {"class": "wide"}}]),
    ({"type": "FileField", "required": False, "max_length": 20, "allow_empty_file": True}, FILES, ["FileInput"]),
    ({"type": "FileField", "validators": [{"FileExtensionValidator": ["pdf", "TXT"]}]}, FILES, []),
    ({"type": "FileField", "stored": STORED}, FILES, ["FileInput"]),
    ({"type": "FileField", "stored": STORED, "required": False}, FILES, ["FileInput"]),
    ({"type": "FileField", "stored": STORED, "required": False, "disabled": True}, FILES[:2], []),
    ({"type": "ImageField"}, IMAGES, ["FileInput", {"type": "FileInput", "attrs": {"accept": "image/png"}}]),
    ({"type": "ImageField", "stored": STORED, "required": False}, IMAGES, []),
    ({"type": "FilePathField", "path": "tests/parity/models", "match": "\\.py$|^[a-f]"}, ["", "x", "../x"], ["RadioSelect"]),
    ({"type": "FilePathField", "path": "tests/vectors", "required": False, "recursive": True, "allow_folders": True}, ["", "x"], []),
]

# What every field may have.
DECORATED = [
    {"label": "Its <label>"},
    {"label": "Sure?"},
    {"label": ""},
    {"label_suffix": " ::"},
    {"help_text": "Some <b>help</b>"},
    {"help_text": "h", "widget": {"type": "TextInput", "attrs": {"aria-describedby": "own", "id": "own"}}},
    {"disabled": True, "initial": "fixed"},
    {"initial": "start <i>"},
    {"show_hidden_initial": True, "initial": "start"},
    {"error_messages": {"required": "Say <it>.", "max_length": "%(limit_value)d but %(show_value)d"}, "max_length": 3},
    {"widget": {"type": "Textarea", "attrs": {"cols": 20}}, "help_text": "h"},
]
CASES += [({"type": "CharField", **options}, ["", "abc", "abcdef", HOSTILE[0]], []) for options in DECORATED]
CASES += [
    ({"type": "ChoiceField", "choices": OPTIONS, "widget": "RadioSelect", "help_text": "Choose", "disabled": True, "initial": "b"}, ["", "a"], []),
    ({"type": "DateTimeField", "show_hidden_initial": True, "initial": "2026-07-04T10:00:00Z"}, ["", "2026-01-02 03:04"], []),
    ({"type": "MultipleChoiceField", "choices": OPTIONS, "show_hidden_initial": True, "initial": ["a", "b"]}, [[], ["a"]], []),
    ({"type": "SplitDateTimeField", "disabled": True, "initial": "2026-07-04T10:00:00Z", "help_text": "When"}, [{"_0": "x", "_1": "y"}], []),
    ({"type": "IntegerField", "disabled": True, "initial": 5}, ["7"], []),
    ({"type": "JSONField", "disabled": True, "initial": {"a": 1}}, ["7"], []),
]


def widget_of(declared):
    from django import forms

    if isinstance(declared, str):
        declared = {"type": declared}
    declared = dict(declared)
    widget_class = getattr(forms, declared.pop("type"))
    if "months" in declared:
        declared["months"] = {int(key): label for key, label in declared["months"].items()}
    return widget_class(**declared)


VALIDATORS = {
    "ascii_username": ("django.contrib.auth.validators", "ASCIIUsernameValidator"),
    "unicode_username": ("django.contrib.auth.validators", "UnicodeUsernameValidator"),
}


def validator_of(declared):
    from importlib import import_module

    from django.core import validators

    if isinstance(declared, str):
        if declared in VALIDATORS:
            module, name = VALIDATORS[declared]
            return getattr(import_module(module), name)()
        return getattr(validators, declared)
    ((name, arguments),) = declared.items()
    validator = getattr(validators, name)
    return validator(**arguments) if isinstance(arguments, dict) else validator(arguments)


COERCE = {"int": int, "float": float, "decimal": decimal.Decimal, "str": str, "uuid": uuid.UUID}


def to_bool(value):
    from django.db import models

    return models.BooleanField().to_python(value)


def initial_of(declared, value):
    name = declared["type"]
    if name == "DateField":
        return datetime.date.fromisoformat(value)
    if name == "TimeField":
        return datetime.time.fromisoformat(value)
    if name in ("DateTimeField", "SplitDateTimeField"):
        return datetime.datetime.fromisoformat(value)
    if name == "DurationField":
        from django.utils.dateparse import parse_duration

        return parse_duration(value)
    if name == "UUIDField":
        return uuid.UUID(value)
    if name == "DecimalField":
        return decimal.Decimal(value)
    return value


def field_of(declared):
    from django import forms

    options = dict(declared)
    name = options.pop("type")
    if "widget" in options:
        options["widget"] = widget_of(options["widget"])
    if "validators" in options:
        options["validators"] = [validator_of(validator) for validator in options["validators"]]
    if "coerce" in options:
        options["coerce"] = to_bool if options["coerce"] == "bool" else COERCE[options["coerce"]]
    if options.pop("empty_is_null", False):
        options["empty_value"] = None
    if "initial" in options:
        options["initial"] = initial_of(declared, options["initial"])
    if name == "DecimalField":
        for key in ("min_value", "max_value"):
            if isinstance(options.get(key), str):
                options[key] = decimal.Decimal(options[key])
    separator = options.pop("separator", None)
    if "fields" in options:
        options["fields"] = [field_of(inner) for inner in options["fields"]]
    if name != "MultiValueField":
        return getattr(forms, name)(**options)

    class Joined(forms.MultiValueField):
        def compress(self, values):
            return separator.join("" if value is None else str(value) for value in values) if values else None

    class Parts(forms.MultiWidget):
        def decompress(self, value):
            return value.split(separator) if value else []

    return Joined(widget=Parts([field.widget for field in options["fields"]]), **options)


def form_of(declared):
    from django import forms

    return type("Sample", (forms.Form,), {"value": field_of(declared)})


def sent(declared, data):
    """The fields and files of a form in which `data` was filled in."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.http import QueryDict
    from django.utils.datastructures import MultiValueDict

    form, files = QueryDict(mutable=True), MultiValueDict()
    if isinstance(data, dict):
        for suffix, value in data.items():
            if suffix == "file":
                name, content, content_type = value
                files["value"] = SimpleUploadedFile(name, base64.b64decode(content), content_type)
            else:
                form["value" + suffix] = value
    elif isinstance(data, list):
        form.setlist("value", data)
    elif data is not None:
        form["value"] = data
    return form, files


def squashed(html):
    """Space with a line end in it is one line end: Django's templates are indented."""
    return re.sub(r"\s*\n\s*", "\n", str(html)).strip()


def cleaned(value, name=""):
    if name == "JSONField":
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return [cleaned(item) for item in value]
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat(sep=" ")
    if isinstance(value, (dict, bool)) or value is None:
        return json.dumps(value, ensure_ascii=False)
    if hasattr(value, "url"):
        return f"stored {value.name}"
    if hasattr(value, "chunks"):
        return f"file {value.name} {value.size}"
    if isinstance(value, datetime.timedelta):
        from django.utils.duration import duration_string

        return duration_string(value)
    return str(value)


def record(form, is_bound):
    row = {}
    if is_bound:
        row["messages"] = list(form.errors.get("value", []))
        row["codes"] = [error.code or "" for error in form.errors.as_data().get("value", [])]
        if "value" in form.cleaned_data:
            row["cleaned"] = cleaned(form.cleaned_data["value"], type(form.fields["value"]).__name__)
        row["changed"] = form.has_changed()
    row["as_div"] = squashed(form.as_div())
    # The other three hold the same elements: of them a digest will do, which keeps the file small.
    others = "\n".join(squashed(getattr(form, method)()) for method in ["as_p", "as_table", "as_ul"])
    row["others"] = hashlib.sha256(others.encode()).hexdigest()[:16]
    return row


class StoredFile:
    def __init__(self, name, url):
        self.name, self.url, self.size = name, url, 3

    def __str__(self):
        return self.name


def rows_of(declared, stored, data):
    sample = form_of(declared)
    initial = {"value": StoredFile(**stored)} if stored else {}
    yield {"sent": "unbound", **record(sample(initial=initial), False)}
    for value in [None, *data]:
        fields, files = sent(declared, value)
        yield {"sent": value, **record(sample(fields, files, initial=initial), True)}


def variants():
    for declared, data, widgets in CASES:
        declared = dict(declared)
        stored = declared.pop("stored", None)
        yield declared, stored, data
        short = [value for value in data if not isinstance(value, str) or value not in HOSTILE[2:]]
        for widget in widgets:
            yield {**declared, "widget": widget}, stored, short[:9]


def toml(value):
    """A value as TOML writes it; a table in one line."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(key, ensure_ascii=False)} = {toml(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(toml(item) for item in value) + "]"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return repr(value)


def main():
    with tempfile.TemporaryDirectory() as directory:
        django_site.configure(Path(directory) / "db.sqlite3", "golden")
        from django import forms
        from django.utils import timezone

        # URLField announces another default.
        warnings.simplefilter("ignore")
        timezone.activate("Europe/Vienna")
        classes = {
            "fields": sorted(name for name in forms.fields.__all__ if name != "Field"),
            "widgets": sorted(
                name for name in forms.widgets.__all__
                if isinstance(getattr(forms, name), type) and issubclass(getattr(forms, name), forms.Widget) and name != "Widget"
            ),
        }
        cases = [
            {"toml": toml(declared), "stored": stored, "rows": list(rows_of(declared, stored, data))}
            for declared, stored, data in variants()
        ]
    body = ",\n".join(
        '  {"toml": ' + json.dumps(case["toml"], ensure_ascii=False) + ', "stored": ' + json.dumps(case["stored"]) + ', "rows": [\n'
        + ",\n".join("   " + json.dumps(row, ensure_ascii=False) for row in case["rows"]) + "\n  ]}"
        for case in cases
    )
    fresh = '{\n "classes": ' + json.dumps(classes) + ',\n "cases": [\n' + body + "\n ]\n}\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
