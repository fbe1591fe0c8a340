"""Records what real Django's model forms and Django REST framework's serializers say of rows that break a rule of their
model, in golden/constraints.json.

`record_constraints.py` writes the file; `record_constraints.py --check` fails if a fresh recording differs from it.
The models are those of forms/constraints.toml, in djr's own form; here they become Django's classes. `cargo test` does
the same with djr and compares (src/forms/model_form/constraint_tests.rs, src/api/serializer/constraint_tests.rs).
"""

import datetime
import json
import sqlite3
import tomllib
import warnings
from decimal import Decimal
from pathlib import Path

import declared_app
import record_detected
import record_model_forms
import record_queries
import recording

HERE = Path(__file__).parent
MODELS = HERE / "forms" / "constraints.toml"
GOLDEN = HERE / "golden" / "constraints.json"
ZONE = "Europe/Vienna"

EVERY = "fields = '__all__'"
OFFER = {"name": "New", "slug": "new", "status": "DF", "owner": "1", "price": "3", "low": "1", "high": "2"}
EVENT = {"title": "The new", "room": "c", "day": "2026-05-06", "starts": "2026-05-06 10:00", "ends": "2026-05-06 11:00",
         "is_open": "on", "data": '{"place": 1}', "seats": "30", "tag": "new"}
WORDS = "error_messages = { name = { unique = 'Name!', order = 'Never.' }, label = { unique = 'Label!' } }"
OF_NO_FIELD = "error_messages = { __all__ = { order = 'In order, please: %(name)s.', unique_together = '%(model_name)s: %(field_labels)s.' } }"

# The form, the key of the row that it changes, and what is sent.
CASES = [
    ("Offer", EVERY, None, OFFER),
    ("Offer", EVERY, None, {}),
    ("Offer", EVERY, None, {**OFFER, "price": "-1"}),
    ("Offer", EVERY, None, {**OFFER, "price": ""}),
    ("Offer", EVERY, None, {**OFFER, "price": "x"}),
    ("Offer", EVERY, None, {**OFFER, "low": "3"}),
    ("Offer", EVERY, None, {**OFFER, "low": "3", "high": ""}),
    ("Offer", EVERY, None, {**OFFER, "low": "3", "price": "-1"}),
    ("Offer", EVERY, None, {**OFFER, "status": "PB", "price": "13"}),
    ("Offer", EVERY, None, {**OFFER, "status": "PB", "price": "13.00"}),
    ("Offer", EVERY, None, {**OFFER, "status": "PB", "price": ""}),
    ("Offer", EVERY, None, {**OFFER, "low": "-7"}),
    ("Offer", EVERY, None, {**OFFER, "low": "-7", "price": "1000.01"}),
    ("Offer", EVERY, None, {**OFFER, "name": "Taken", "status": "PB", "owner": ""}),
    ("Offer", EVERY, None, {**OFFER, "name": "Taken", "owner": ""}),
    ("Offer", EVERY, None, {**OFFER, "name": "Drafted", "status": "PB", "owner": ""}),
    ("Offer", EVERY, None, {**OFFER, "name": "Taken", "status": "XX", "owner": ""}),
    ("Offer", EVERY, None, {**OFFER, "slug": "taken", "price": "6"}),
    ("Offer", EVERY, None, {**OFFER, "slug": "taken", "price": "5"}),
    ("Offer", EVERY, None, {**OFFER, "slug": "taken", "price": "5.01", "owner": "2"}),
    ("Offer", EVERY, None, {**OFFER, "slug": "taken", "price": "5.01", "owner": ""}),
    ("Offer", EVERY, None, {**OFFER, "slug": "taken", "price": ""}),
    ("Offer", EVERY, None, {**OFFER, "note": "lost", "slug": "lost"}),
    ("Offer", EVERY, None, {**OFFER, "note": "kept", "slug": "kept"}),
    ("Offer", EVERY, None, {**OFFER, "note": "", "slug": "kept"}),
    ("Offer", EVERY, None, {**OFFER, "note": "KEPT"}),
    ("Offer", EVERY, None, {**OFFER, "note": "kept", "slug": "taken"}),
    ("Offer", EVERY, None, {**OFFER, "code": "c-1"}),
    ("Offer", EVERY, None, {**OFFER, "code": ""}),
    ("Offer", EVERY, None, {**OFFER, "label": "l-1"}),
    ("Offer", EVERY, None, {**OFFER, "label": "l-1", "code": "c-1"}),
    ("Offer", EVERY, None, {**OFFER, "label": "l-2", "status": "SA"}),
    ("Offer", EVERY, None, {**OFFER, "label": "l-2"}),
    ("Offer", EVERY, None, {**OFFER, "name": "Taken"}),
    ("Offer", EVERY, None, {**OFFER, "name": "Taken", "status": "PB"}),
    ("Offer", EVERY, None, {**OFFER, "slug": "taken", "price": "9.5", "owner": "2"}),
    ("Offer", EVERY, None, {**OFFER, "slug": "taken", "price": "9.50", "owner": "1"}),
    ("Offer", EVERY, None, {**OFFER, "low": "110", "high": "120"}),
    ("Offer", EVERY, None, {**OFFER, "low": "110", "high": "120", "status": "SA"}),
    ("Offer", EVERY, None, {**OFFER, "low": "90", "high": "140", "status": "SA"}),
    ("Offer", EVERY, None, {**OFFER, "low": "110", "high": "", "status": "SA"}),
    ("Offer", EVERY, None, {**OFFER, "name": "' OR 1=1 --", "slug": "taken", "price": "99", "note": "%(name)s"}),
    ("Offer", EVERY, 1, {**OFFER, "name": "Taken", "status": "PB", "slug": "taken", "price": "9.5", "note": "Kept", "label": "l-1", "code": "c-1"}),
    ("Offer", EVERY, 2, {**OFFER, "name": "Taken", "status": "PB", "slug": "taken", "price": "9.5", "note": "Kept", "label": "l-1", "code": "c-1"}),
    ("Offer", EVERY, 2, {**OFFER, "low": "4", "high": "3"}),
    # Fields that are not in the form.
    ("Offer", "fields = ['name', 'price']", None, {"name": "Taken", "price": "-1", "low": "9", "high": "1"}),
    ("Offer", "fields = ['name', 'status']", None, {"name": "Taken", "status": "PB"}),
    ("Offer", "fields = ['name']", None, {"name": "Taken"}),
    ("Offer", "fields = ['name']", 3, {"name": "Taken"}),
    ("Offer", "fields = ['low']", 2, {"low": "900"}),
    ("Offer", "fields = ['low', 'high']", 2, {"low": "900", "high": "1"}),
    ("Offer", "fields = ['slug', 'owner']", 2, {"slug": "taken", "owner": "1"}),
    ("Offer", "fields = ['note']", None, {"note": "KEPT"}),
    ("Offer", "exclude = ['status']", None, {**OFFER, "low": "110", "high": "120"}),
    ("Offer", "exclude = ['price']", None, {**OFFER, "status": "PB", "name": "Taken", "owner": "2"}),
    # Words of the form's own.
    ("Offer", f"{EVERY}\n{WORDS}", None, {**OFFER, "name": "Taken", "low": "3", "label": "l-1"}),
    ("Offer", f"{EVERY}\n{OF_NO_FIELD}", None, {**OFFER, "name": "Taken", "low": "3", "label": "l-1"}),
    ("Event", EVERY, None, EVENT),
    ("Event", EVERY, None, {**EVENT, "starts": "", "ends": "", "data": ""}),
    ("Event", EVERY, None, {**EVENT, "ends": "2026-05-06 10:00"}),
    ("Event", EVERY, None, {**EVENT, "ends": "2026-05-06 09:59"}),
    ("Event", EVERY, None, {**EVENT, "room": "a", "day": "2026-01-02"}),
    ("Event", EVERY, None, {**EVENT, "room": "a", "day": "2026-01-02", "is_open": "false"}),
    ("Event", EVERY, None, {**EVENT, "room": "a", "day": ""}),
    ("Event", EVERY, None, {**EVENT, "day": "1999-12-31"}),
    ("Event", EVERY, None, {**EVENT, "day": "2100-01-01"}),
    ("Event", EVERY, None, {**EVENT, "starts": "2026-01-01 00:59"}),
    ("Event", EVERY, None, {**EVENT, "starts": "2026-01-01 01:00"}),
    ("Event", EVERY, None, {**EVENT, "data": "{}"}),
    ("Event", EVERY, None, {**EVENT, "data": '{"place": null}'}),
    ("Event", EVERY, None, {**EVENT, "data": "null"}),
    ("Event", EVERY, None, {**EVENT, "data": "[1]"}),
    ("Event", EVERY, None, {**EVENT, "seats": "-49"}),
    ("Event", EVERY, None, {**EVENT, "seats": "-50"}),
    ("Event", EVERY, None, {**EVENT, "seats": "-7", "room": "a"}),
    ("Event", EVERY, None, {**EVENT, "room": "d"}),
    ("Event", EVERY, None, {**EVENT, "title": "A title"}),
    ("Event", EVERY, None, {**EVENT, "title": "the new"}),
    ("Event", "exclude = ['seats']", None, {**EVENT, "room": "a", "seats": "7"}),
    ("Event", "fields = ['room', 'day', 'title']", None, {**EVENT, "room": "a", "day": "2026-01-02"}),
    # One value within a day, a month, a year.
    ("Event", EVERY, None, {**EVENT, "title": "The first"}),
    ("Event", EVERY, None, {**EVENT, "title": "The first", "room": "a"}),
    ("Event", EVERY, None, {**EVENT, "title": "The first", "day": "2026-01-02"}),
    ("Event", EVERY, None, {**EVENT, "title": "The first", "day": "2025-01-02"}),
    ("Event", EVERY, None, {**EVENT, "title": "The first", "day": "", "starts": ""}),
    ("Event", EVERY, None, {**EVENT, "title": "The first", "starts": "2027-01-31 23:30", "ends": "2027-02-01 00:30"}),
    ("Event", EVERY, None, {**EVENT, "title": "The first", "starts": "2027-02-01 00:30", "ends": "2027-02-01 01:30"}),
    ("Event", EVERY, None, {**EVENT, "tag": "t"}),
    ("Event", EVERY, None, {**EVENT, "tag": "t", "day": "2027-05-06"}),
    ("Event", EVERY, None, {**EVENT, "tag": ""}),
    ("Event", EVERY, 2, {**EVENT, "tag": "t", "title": "The first", "day": "2026-01-02"}),
    ("Event", EVERY, 1, {**EVENT, "tag": "t", "title": "The first", "day": "2026-01-02"}),
    ("Event", "fields = ['title']", None, {"title": "The first"}),
    ("Event", "fields = ['title', 'day']", None, {"title": "The first", "day": "2026-01-02"}),
    ("Event", "fields = ['title', 'day']\nerror_messages = { title = { unique_for_date = 'Not today.' } }", None,
     {"title": "The first", "day": "2026-01-02"}),
    ("Log", EVERY, None, {"name": "first"}),
    ("Log", EVERY, None, {"name": "second"}),
]

ALL = "__all__"
RESTED = {**OFFER, "owner": 1}
HELD = {**EVENT, "starts": "2026-05-06T10:00:00Z", "ends": "2026-05-06T11:00:00Z", "is_open": True, "data": {"place": 1}, "seats": 30, "tag": "new"}

# The fields of a serializer, the key of the row that it changes, whether in part, and what is sent.
SERIALIZED = [
    ("Offer", ALL, None, False, RESTED),
    ("Offer", ALL, None, False, {}),
    ("Offer", ALL, None, False, {"name": "New"}),
    ("Offer", ALL, None, False, {**RESTED, "name": "Taken"}),
    ("Offer", ALL, None, False, {**RESTED, "name": "Taken", "owner": 2}),
    ("Offer", ALL, None, False, {**RESTED, "name": "Taken", "owner": 2, "status": "PB"}),
    ("Offer", ALL, None, False, {**RESTED, "name": "Drafted", "owner": 2, "status": "PB"}),
    ("Offer", ALL, None, False, {**RESTED, "slug": "taken", "price": "6"}),
    ("Offer", ALL, None, False, {**RESTED, "slug": "taken", "price": "5"}),
    ("Offer", ALL, None, False, {**RESTED, "slug": "taken", "price": "6", "owner": 2}),
    ("Offer", ALL, None, False, {**RESTED, "slug": "taken", "price": "6", "owner": None}),
    ("Offer", ALL, None, False, {**RESTED, "slug": "taken", "price": None}),
    ("Offer", ALL, None, False, {**RESTED, "note": "kept", "slug": "kept"}),
    ("Offer", ALL, None, False, {**RESTED, "note": "lost", "slug": "lost"}),
    ("Offer", ALL, None, False, {**RESTED, "slug": "taken", "price": "9.50", "owner": 2}),
    ("Offer", ALL, None, False, {**RESTED, "code": "c-1", "label": "l-1"}),
    ("Offer", ALL, None, False, {**RESTED, "label": "l-2", "status": "SA"}),
    ("Offer", ALL, None, False, {**RESTED, "low": 3}),
    ("Offer", ALL, None, False, {**RESTED, "note": "KEPT"}),
    ("Offer", ALL, 2, False, {**RESTED, "slug": "taken", "price": "6"}),
    ("Offer", ALL, 1, False, {**RESTED, "slug": "taken", "price": "6"}),
    ("Offer", ALL, 2, True, {"slug": "taken"}),
    ("Offer", ALL, 2, True, {"slug": "taken", "price": "9.50"}),
    ("Offer", ALL, 3, True, {"price": "9.50", "slug": "taken", "owner": 1}),
    ("Offer", ALL, 2, True, {"name": "Taken"}),
    ("Offer", ALL, 2, True, {"high": 0}),
    ("Offer", ["name", "slug", "owner"], None, False, {"name": "New", "slug": "taken", "owner": 1}),
    ("Offer", ["name", "slug", "owner"], None, False, {"name": "Taken", "slug": "x"}),
    ("Offer", ["slug", "price"], None, False, {"slug": "taken"}),
    ("Event", ALL, None, False, HELD),
    ("Event", ALL, None, False, {}),
    ("Event", ALL, None, False, {"title": "The new", "room": "c"}),
    ("Event", ALL, None, False, {**HELD, "room": "a", "day": "2026-01-02"}),
    ("Event", ALL, None, False, {**HELD, "room": "a", "day": "2026-01-02", "is_open": False}),
    ("Event", ALL, None, False, {**HELD, "title": "The first", "room": "a", "day": "2025-01-02"}),
    ("Event", ALL, None, False, {**HELD, "title": "The first", "day": "2026-01-02"}),
    ("Event", ALL, None, False, {**HELD, "title": "The first", "starts": "2027-01-31T22:30:00Z", "ends": "2027-01-31T23:30:00Z"}),
    ("Event", ALL, None, False, {**HELD, "title": "The first", "starts": "2027-01-31T23:30:00Z", "ends": "2027-02-01T23:30:00Z"}),
    ("Event", ALL, None, False, {**HELD, "title": "The first", "starts": "2027-01-31T23:30:00Z", "ends": "2027-02-01T23:30:00Z", "tag": "t"}),
    ("Event", ALL, None, False, {**HELD, "tag": "t"}),
    ("Event", ALL, None, False, {**HELD, "tag": None}),
    ("Event", ALL, None, False, {**HELD, "day": None}),
    ("Event", ALL, None, False, {**HELD, "day": None, "tag": "t", "starts": None}),
    ("Event", ALL, None, False, {**HELD, "room": "d", "title": "A", "data": None, "ends": "2026-05-06T09:00:00Z"}),
    ("Event", ALL, None, False, {**HELD, "title": "The first", "room": "a", "day": "2026-01-02", "is_open": False}),
    ("Event", ALL, None, False, {name: value for name, value in HELD.items() if name != "tag"}),
    ("Event", ALL, 1, False, {**HELD, "title": "The first", "day": "2026-01-02"}),
    ("Event", ALL, 2, False, {**HELD, "title": "The first", "day": "2026-01-02"}),
    ("Event", ALL, 2, True, {"title": "The first", "day": "2026-01-02", "starts": "2026-03-02T10:00:00Z", "tag": "t"}),
    ("Event", ALL, 2, True, {"title": "The first"}),
    ("Event", ALL, 2, True, {"room": "a"}),
    ("Event", ALL, 2, True, {"seats": 3}),
    ("Event", ["title", "day", "room"], None, False, {"title": "The first", "day": "2026-01-02", "room": "b"}),
    ("Event", ["title", "starts", "room"], None, False, {"title": "The first", "starts": "2026-03-02T10:00:00Z", "room": "b"}),
    ("Event", ["tag", "room", "title"], None, False, {"title": "The new", "tag": "t", "room": "b"}),
    ("Log", ALL, None, False, {"name": "first"}),
    ("Log", ALL, None, False, {"name": "second"}),
    ("Log", ALL, 1, False, {"name": "first"}),
    ("Log", ALL, 2, False, {"name": "first"}),
    ("Log", ALL, 2, True, {"name": "first"}),
    ("Log", ["name"], None, False, {"name": "first"}),
]


def constraint(found):
    """A constraint of the models, with the conditions and expressions of queries."""
    from django.db import models

    found = dict(found)
    expressions = [models.F(one) if isinstance(one, str) else record_queries.operand(one) for one in found.pop("expressions", [])]
    if "check" in found:
        return models.CheckConstraint(condition=record_queries.condition(found.pop("check")), **found)
    if "condition" in found:
        found["condition"] = record_queries.condition(found["condition"])
    return models.UniqueConstraint(*expressions, **found)


def declared_models():
    record_detected.constraint = constraint
    return record_model_forms.declared_models(MODELS)


def fill(models):
    utc = datetime.UTC
    owners = [models["Owner"].objects.create(name=name) for name in ("Ada", "Bob")]
    models["Offer"].objects.create(
        name="Taken", slug="taken", status="PB", owner=owners[0], price=Decimal("9.50"), low=1, high=2, code="c-1", label="l-1", note="kept"
    )
    models["Offer"].objects.create(name="Drafted", slug="kept", status="SA", owner=owners[0], price=Decimal(7), low=110, high=120, label="l-2")
    models["Offer"].objects.create(name="Third", slug="lost", owner=owners[1], note="lost")
    first = {"title": "The first", "room": "a", "data": {"place": 1}, "tag": "t", "seats": 7}
    models["Event"].objects.create(
        day=datetime.date(2026, 1, 2), starts=datetime.datetime(2026, 1, 2, 10, tzinfo=utc), ends=datetime.datetime(2026, 1, 2, 11, tzinfo=utc), **first
    )
    models["Event"].objects.create(
        title="The second", room="b", data={"place": 2}, day=datetime.date(2026, 3, 2), starts=datetime.datetime(2026, 3, 2, 10, tzinfo=utc), seats=8,
    )
    models["Event"].objects.create(title="The third", room="c", data={"place": 2}, seats=9, tag=None, is_open=False)
    models["Log"].objects.create(name="first")
    models["Log"].objects.create(name="old")
    # Not of the day of the recording, which is another each time.
    models["Log"].objects.all().update(added=datetime.datetime(2020, 1, 2, tzinfo=utc))


def judged(models, name, declared, key, data):
    """What a form says: sentences and codes by field."""
    from django import forms
    from django.db import IntegrityError, transaction

    model = models[name]
    sample = type("Sample", (forms.ModelForm,), {"Meta": record_model_forms.meta_of(model, tomllib.loads(declared))})
    row = {"model": name, "declared": declared, "key": key, "sent": data}
    with transaction.atomic():
        form = sample(record_model_forms.body(data), instance=model.objects.get(pk=key) if key else None)
        row["errors"] = json.loads(form.errors.as_json())
        if form.is_valid():
            try:
                with transaction.atomic():
                    form.save()
                row["saved"] = True
            except IntegrityError as error:
                row["saved"] = str(error)
        transaction.set_rollback(True)
    return row


def serialized(models, name, fields, key, partial, data):
    from django.db import IntegrityError, transaction
    from rest_framework import serializers

    model = models[name]
    meta = type("Meta", (), {"model": model, "fields": fields})
    sample = type("Sample", (serializers.ModelSerializer,), {"Meta": meta})
    row = {"model": name, "fields": fields, "key": key, "partial": partial, "sent": data}
    with transaction.atomic():
        instance = model.objects.get(pk=key) if key else None
        serializer = sample(*([instance] if key else []), data=data, partial=partial)
        try:
            if serializer.is_valid():
                with transaction.atomic():
                    serializer.save()
                row["saved"] = True
            else:
                row["errors"] = json.loads(json.dumps(serializer.errors))
        except (IntegrityError, KeyError, AttributeError, TypeError) as error:  # What brings Django REST framework to a 500.
            row["crash"] = f"{type(error).__name__}: {error}"
        transaction.set_rollback(True)
    return row


def main():
    warnings.simplefilter("ignore")
    with declared_app.tables_of("app", declared_app.declared_by("record_constraints"), other_apps="rest_framework", zone=ZONE) as (file, declared):
        models = declared.FOUND
        fill(models)
        forms = [judged(models, *case) for case in CASES]
        serializers = [serialized(models, *case) for case in SERIALIZED]
        script = list(sqlite3.connect(file).iterdump())
    fresh = {"zone": ZONE, "script": script, "forms": forms, "serializers": serializers}
    recording.keep(GOLDEN, json.dumps(fresh, indent=0, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
