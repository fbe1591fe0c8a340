"""Records the fields that real Django makes of the fields of models, and what its model forms refuse and save, in
golden/model_forms.json.

`record_model_forms.py` writes the file; `record_model_forms.py --check` fails if a fresh recording differs from it.
The models are those of forms/models.toml, in djr's own form; here they become Django's classes.
`cargo test` does the same with djr and compares (src/forms/model_form/corpus_tests.rs).
"""

import json
import sqlite3
import tomllib
import warnings
from pathlib import Path

import declared_app
import record_detected
import record_form_fields
import recording

HERE = Path(__file__).parent
MODELS = HERE / "forms" / "models.toml"
GOLDEN = HERE / "golden" / "model_forms.json"
ZONE = "Europe/Vienna"
LONG = "x" * 50

# What is sent for each field of `Everything`, beside nothing.
SENT = {
    "big_integer": ["5", "9223372036854775807", "9223372036854775808", "x"],
    "boolean": ["on", "false"],
    "boolean_default": ["on"],
    "boolean_null": ["true", "unknown", "false"],
    "boolean_choices": ["True", "False", "x"],
    "char": ["abc", LONG, "<b>", "\0"],
    "char_null": [" ", "a"],
    "char_choices": ["a", "b", "c"],
    "char_choices_default": ["b", "c"],
    "date": ["2026-01-02", "x"],
    "date_default": ["2026-01-03"],
    "date_time": ["2026-01-02 03:04", "x"],
    "decimal": ["1.5", "123.456", "1234", "x"],
    "duration": ["1 02:03:04", "x"],
    "email": ["a@b.de", "x"],
    "file_path": ["tests/parity/models/constraints.py", "/etc/passwd"],
    "float": ["1.5", "x"],
    "ip_address": ["::1", "1.2.3.4", "x"],
    "ip_v4": ["::1", "1.2.3.4"],
    "integer": ["7", "2147483647", "x"],
    "integer_default": ["7"],
    "integer_choices": ["2", "3"],
    "json": ['{"a": 1}', "[", "null"],
    "positive_big_integer": ["7", "-1"],
    "positive_integer": ["7", "-1"],
    "positive_small_integer": ["7", "-1"],
    "slug": ["a-b", "a b"],
    "slug_unicode": ["é", "a b"],
    "small_integer": ["7", "-7"],
    "text": ["a\r\nb"],
    "text_limited": [LONG],
    "text_choices": ["a", "b"],
    "time": ["03:04", "x"],
    "url": ["example.com", "javascript:x"],
    "uuid": ["8c3a1f2e-6d1b-4a77-9f3b-1f8f2a9f1c11", "x"],
    "validated": ["abc", "a b", "bc", "b c", LONG],
    "tag": ["1", "9", "x", "1 OR 1=1"],
    "tag_default": ["2", "9"],
    "author": ["1", "9"],
    "tags": [["1"], ["1", "2"], ["9"], ["x"], ["1", "1"], "1"],
}

GOOD = {"title": "A title", "slug": "a-slug", "author": "1", "status": "PB", "rating": "4"}
POST = "fields = ['title', 'slug', 'author', 'status', 'rating', 'published', 'tags']"
EVERY = "fields = '__all__'"

# The form, the key of the row that it changes, and what is sent.
CASES = [
    ("Tag", EVERY, None, {"name": "new"}),
    ("Tag", EVERY, None, {"name": "red"}),
    ("Tag", EVERY, 1, {"name": "red"}),
    ("Tag", EVERY, 1, {"name": "blue"}),
    ("Tag", EVERY, 1, {"name": "crimson", "id": "2", "pk": "2"}),
    ("Tag", EVERY, None, {"name": "with <script>'\"; DROP TABLE app_tag"}),
    ("Author", EVERY, None, {"name": "Cleo", "slug": "cleo"}),
    ("Author", EVERY, None, {"name": "Cleo", "slug": "ada", "email": "no"}),
    ("Author", EVERY, 1, {"name": "Ada", "slug": "ada", "retired": "on"}),
    ("Author", "exclude = ['retired']", 1, {"name": "Ada", "slug": "ada", "retired": "on"}),
    ("Post", POST, None, {}),
    ("Post", POST, None, GOOD),
    ("Post", POST, None, {**GOOD, "tags": ["1", "2"]}),
    ("Post", POST, None, {**GOOD, "slug": "first"}),
    ("Post", POST, None, {**GOOD, "slug": "first", "author": "2"}),
    ("Post", POST, None, {**GOOD, "title": "First"}),
    ("Post", POST, None, {**GOOD, "title": "First", "author": "2", "published": "2026-01-02"}),
    ("Post", POST, None, {**GOOD, "title": "First", "author": "2", "published": "2026-01-09"}),
    ("Post", POST, None, {**GOOD, "title": "First", "author": "2", "published": "2026-02-02"}),
    ("Post", POST, None, {**GOOD, "rating": "9"}),
    ("Post", POST, None, {**GOOD, "author": "3"}),
    ("Post", POST, None, {**GOOD, "author": "99", "status": "XX", "tags": ["7"]}),
    ("Post", POST, None, {**GOOD, "secret": "seen", "id": "7", "headline": "stolen"}),
    ("Post", POST, None, {"title": "A title", "slug": "s", "author": "1"}),
    ("Post", POST, None, {"title": "A title", "slug": "s", "author": "1", "status": "", "rating": ""}),
    ("Post", POST, 1, GOOD),
    ("Post", POST, 1, {**GOOD, "tags": ["2", "3"]}),
    ("Post", POST, 1, {**GOOD, "slug": "first", "title": "First", "published": "2026-01-02"}),
    ("Post", POST, 1, {**GOOD, "slug": "second", "author": "2"}),
    ("Post", EVERY, None, {**GOOD, "headline": "News"}),
    ("Post", EVERY, None, {**GOOD, "headline": "", "level": "", "editor": "", "by_slug": ""}),
    ("Post", EVERY, None, {**GOOD, "level": "2", "editor": "2", "by_slug": "bob", "headline": "Other"}),
    ("Post", EVERY, None, {**GOOD, "level": "3", "editor": "x", "by_slug": "1"}),
    ("Post", "fields = ['slug', 'title']", 1, {"slug": "second", "title": "Second"}),
    ("Post", "fields = ['slug', 'title', 'status', 'rating', 'level']\nfield_classes = { title = 'SlugField', status = 'CharField' }\n"
             "localized_fields = ['rating', 'title', 'level']", None, {"slug": "a b", "title": "a b", "status": "DF", "rating": "4"}),
    ("Post", "fields = ['slug', 'title', 'author', 'rating']\nlocalized_fields = '__all__'\nwidgets = { rating = 'NumberInput' }", None,
     {"slug": "a", "title": "a", "author": "1", "rating": "4"}),
    ("Everything", "fields = ['text', 'url', 'decimal', 'date_time']\nlocalized_fields = '__all__'\n"
                   "field_classes = { text = 'SlugField', url = 'CharField', date_time = 'SplitDateTimeField' }", None,
     {"text": "a b", "url": "x y", "decimal": "1.5", "date_time_0": "2026-01-02", "date_time_1": "x"}),
    ("Post", "fields = ['slug', 'author', 'title']\nlabels = { slug = 'Short <name>' }\nhelp_texts = { title = 'Say <b>it</b>' }\n"
             "widgets = { title = 'Textarea', author = 'RadioSelect' }\nerror_messages = { title = { required = 'Title?' } }", None, {"slug": "x"}),
]


def model_field(declared):
    declared = dict(declared)
    if "validators" in declared:
        declared["validators"] = [record_form_fields.validator_of(validator) for validator in declared["validators"]]
    if declared["type"] == "DateField" and isinstance(declared.get("default"), str):
        import datetime

        declared["default"] = datetime.date.fromisoformat(declared["default"])
    declared.pop("upload_to_storage", None)
    return record_detected.field(declared)


def declared_models(file=MODELS):
    """Django's classes for the models that `file` declares."""
    from django.apps import apps
    from django.db.models import Model

    found = {}
    for name, declared in tomllib.loads(file.read_text(encoding="utf-8")).items():
        declared = dict(declared)
        fields, text = declared.pop("fields"), declared.pop("str", None)
        attributes = {key: model_field(options) for key, options in fields.items()}
        attributes["__module__"] = "app"
        attributes["Meta"] = record_detected.meta(declared, "app", apps)
        if text:
            attributes["__str__"] = lambda self, text=text: text.replace("{{ name }}", self.name).replace("{{ email }}", getattr(self, "email", ""))
        found[name] = type(name, (Model,), attributes)
    return found


def fill(models):
    tags = [models["Tag"].objects.create(name=name) for name in ["red", "blue", "<green>"]]
    authors = [models["Author"].objects.create(name=name, slug=name.lower(), email=f"{name}@b.de", retired=name == "Old")
               for name in ["Ada", "Bob", "Old"]]
    for number, (title, author) in enumerate([("First", authors[0]), ("Second", authors[1])]):
        post = models["Post"].objects.create(
            title=title, slug=title.lower(), author=author, published=f"2026-01-0{number + 2}", headline=["News", None][number], rating=number + 1)
        post.tags.set(tags[: number + 1])


def meta_of(model, declared):
    from django import forms

    options = dict(declared)
    if "widgets" in options:
        options["widgets"] = {name: record_form_fields.widget_of(widget) for name, widget in options["widgets"].items()}
    if "field_classes" in options:
        options["field_classes"] = {name: getattr(forms, kind) for name, kind in options["field_classes"].items()}
    return type("Meta", (), {"model": model, **options})


def form_class(models, name, declared):
    from django import forms

    return type("Sample", (forms.ModelForm,), {"Meta": meta_of(models[name], tomllib.loads(declared))})


def body(data):
    from django.http import QueryDict

    form = QueryDict(mutable=True)
    for key, value in data.items():
        form.setlist(key, value if isinstance(value, list) else [value])
    return form


def errors_of(form):
    return {name: list(errors) for name, errors in form.errors.items()}


def plain(value):
    """What the column holds: Django's connection reads days and booleans by the type of the column."""
    if isinstance(value, bool):
        return int(value)
    return value if value is None or isinstance(value, (int, float, str)) else str(value)


def stored(connection, model):
    """All rows of the table of `model` and of those of its references to many."""
    tables = [model._meta.db_table, *(field.m2m_db_table() for field in model._meta.many_to_many)]
    with connection.cursor() as cursor:
        found = {}
        for table in tables:
            cursor.execute(f"SELECT * FROM {table} ORDER BY 1")
            names = [column[0] for column in cursor.description]
            found[table] = [
                dict(zip(names, map(plain, row))) if table == tables[0] else list(row[1:]) for row in cursor.fetchall()
            ]
        for table in tables[1:]:
            found[table].sort()
    return found


def fields_of(models):
    from django import forms

    everything = models["Everything"]
    for field in everything._meta.get_fields():
        if field.auto_created:
            continue
        made = field.formfield() if getattr(field, "editable", True) else None
        row = {"field": field.name, "class": type(field).__name__}
        if made is None:
            yield {**row, "form_field": None}
            continue
        sample = form_class(models, "Everything", f"fields = ['{field.name}']")
        row.update(form_field=type(made).__name__, widget=type(made.widget).__name__, required=made.required,
                   as_div=record_form_fields.squashed(sample().as_div()), rows=[])
        for value in [None, *SENT.get(field.name, [])]:
            form = sample(body({} if value is None else {field.name: value}))
            entry = {"sent": value, "errors": errors_of(form)}
            if field.name in form.cleaned_data and not isinstance(made, forms.FileField):
                found = form.cleaned_data[field.name]
                if isinstance(found, everything._base_manager._queryset_class):
                    found = sorted(row.pk for row in found)
                elif hasattr(found, "pk"):
                    found = found.pk
                entry["cleaned"] = record_form_fields.cleaned(found, type(made).__name__)
            row["rows"].append(entry)
        yield row


def answer(models, connection, name, declared, key, data):
    from django.db import transaction

    sample = form_class(models, name, declared)
    model = models[name]
    instance = model.objects.get(pk=key) if key else None
    row = {"model": name, "declared": declared, "key": key, "sent": data}
    row["unbound"] = record_form_fields.squashed(sample(instance=instance).as_div())
    with transaction.atomic():
        form = sample(body(data), instance=model.objects.get(pk=key) if key else None)
        row["errors"] = errors_of(form)
        row["bound"] = record_form_fields.squashed(form.as_div())
        if form.is_valid():
            form.save()
            row["stored"] = stored(connection, model)
        transaction.set_rollback(True)
    return row


def main():
    warnings.simplefilter("ignore")
    with declared_app.tables_of("app", declared_app.declared_by("record_model_forms"), zone=ZONE) as (file, declared):
        from django.db import connection

        models = declared.FOUND
        fill(models)
        fields = list(fields_of(models))
        answers = [answer(models, connection, *case) for case in CASES]
        script = list(sqlite3.connect(file).iterdump())
    fresh = json.dumps({"zone": ZONE, "script": script, "fields": fields, "answers": answers}, indent=0, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
