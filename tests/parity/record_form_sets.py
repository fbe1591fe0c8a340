"""Records how real Django counts, cleans and prints several forms on a page, in golden/form_sets.json.

`record_form_sets.py` writes the file; `record_form_sets.py --check` fails if a fresh recording differs from it.
`cargo test` makes the same sets with djr and compares (src/forms/form_set/corpus_tests.rs).
"""

import json
import tempfile
from pathlib import Path

import django_site
import recording
from record_form_fields import squashed

GOLDEN = Path(__file__).parent / "golden" / "form_sets.json"


def management(total, initial=0, prefix="form"):
    return {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": str(initial)}


def forms(*rows, initial=0, prefix="form", total=None):
    found = management(len(rows) if total is None else total, initial, prefix)
    for index, row in enumerate(rows):
        found.update({f"{prefix}-{index}-{name}": value for name, value in row.items()})
    return found


TWO = [{"title": "One", "count": 1}, {"title": "Two"}]
A, B, EMPTY = {"title": "a", "count": "1"}, {"title": "b"}, {"title": "", "count": ""}

# The options of the set, what it starts with, and what is sent.
CASES = [
    ({}, [], [None, {}, forms(), forms(A), forms(A, B), forms(EMPTY), forms(A, EMPTY), forms({"title": "toolong"}), forms({"count": "x"})]),
    ({"extra": 3}, [], [None, forms(A, EMPTY, EMPTY)]),
    ({"extra": 0}, [], [None, management(0)]),
    ({"extra": 2}, TWO, [None, forms({"title": "One", "count": "1"}, {"title": "", "count": ""}, EMPTY, initial=2)]),
    ({"extra": 2, "max_num": 1}, [], [None, forms(A, B)]),
    ({"extra": 2, "max_num": 1, "validate_max": True}, [], [None, forms(A, B), forms(A)]),
    ({"extra": 1, "max_num": 1}, TWO, [None]),
    ({"min_num": 2, "extra": 1}, [], [None, forms(A, EMPTY, EMPTY), forms(A, B)]),
    ({"min_num": 2, "validate_min": True, "extra": 0}, [], [None, forms(A, EMPTY), forms(A), forms(A, B)]),
    ({"min_num": 1, "validate_min": True}, [], [forms(EMPTY)]),
    ({"max_num": 3, "absolute_max": 4}, [], [forms(A, B, A, B), forms(A, B, A, B, A), management(1000000)]),
    ({"can_order": True}, TWO, [None, forms({**A, "ORDER": "2"}, {**B, "ORDER": "1"}, {**A, "ORDER": ""}, initial=2),
                                forms({**A, "ORDER": "x"}, B, initial=2)]),
    ({"can_delete": True}, TWO, [None, forms({**A, "DELETE": "on"}, B, initial=2), forms({"title": "toolong", "DELETE": "on"}, B, {**EMPTY, "DELETE": "on"}, initial=2)]),
    ({"can_delete": True, "can_delete_extra": False, "extra": 1}, TWO, [None, forms({**A, "DELETE": "on"}, B, {**A, "DELETE": "on"}, initial=2)]),
    ({"can_delete": True, "can_order": True, "validate_max": True, "max_num": 1}, TWO,
     [None, forms({**A, "DELETE": "on", "ORDER": "1"}, {**B, "ORDER": "2"}, initial=2)]),
    ({"prefix": "items"}, [], [None, forms(A, prefix="items"), forms(A)]),
    ({}, [], [{"form-TOTAL_FORMS": "x", "form-INITIAL_FORMS": "0"}, {"form-TOTAL_FORMS": "1"}, {"form-TOTAL_FORMS": "-1", "form-INITIAL_FORMS": "0"},
              {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "5", "form-0-title": ""}, {"form-TOTAL_FORMS": "<b>", "form-INITIAL_FORMS": "\0"}]),
]


def sample():
    from django import forms as django_forms

    class Item(django_forms.Form):
        title = django_forms.CharField(max_length=5)
        count = django_forms.IntegerField(required=False, help_text="How many")

    return Item


def record(item, options, initial, data):
    from django.forms import formset_factory
    from django.http import QueryDict

    options = dict(options)
    prefix = options.pop("prefix", None)
    factory = formset_factory(item, **options)
    body = None
    if data is not None:
        body = QueryDict(mutable=True)
        body.update(data)
    found = factory(body, prefix=prefix, initial=initial or None)
    row = {"sent": data}
    if data is not None:
        row["valid"] = found.is_valid()
        row["non_form_errors"] = list(found.non_form_errors())
        row["errors"] = [{name: list(errors) for name, errors in form.errors.items()} for form in found.forms]
        row["changed"] = [form.has_changed() for form in found.forms]
        if row["valid"]:
            row["deleted"] = [form.prefix for form in found.deleted_forms]
            if found.can_order:
                row["ordered"] = [form.prefix for form in found.ordered_forms]
    row["count"] = len(found.forms)
    if len(found.forms) < 10:
        row["as_div"] = squashed(found.as_div())
        row["as_table"] = squashed(found.as_table())
    row["management_form"] = squashed(found.management_form)
    row["empty_form"] = squashed(found.empty_form.as_p())
    return row


def main():
    with tempfile.TemporaryDirectory() as directory:
        django_site.configure(Path(directory) / "db.sqlite3", "golden")
        item = sample()
        cases = [
            {"options": options, "initial": initial, "rows": [record(item, options, initial, data) for data in sent]}
            for options, initial, sent in CASES
        ]
    fresh = json.dumps(cases, indent=0, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
