"""Records how real Django shows, checks and saves sets of forms of models, with a parent and without, in
golden/model_form_sets.json.

`record_model_form_sets.py` writes the file; `record_model_form_sets.py --check` fails if a fresh recording differs
from it. The models are those of forms/sets.toml, and a case's forms and sets are declared as in `forms.toml`.
`cargo test` does the same with djr and compares (src/forms/model_form_set/corpus_tests.rs).
"""

import json
import sqlite3
import tomllib
import uuid
import warnings
from pathlib import Path

import declared_app
import record_form_fields
import record_model_forms
import recording

HERE = Path(__file__).parent
MODELS = HERE / "forms" / "sets.toml"
GOLDEN = HERE / "golden" / "model_form_sets.json"
TOKENS = ["00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002"]


def sent(prefix, *rows, initial=0, total=None):
    """What a browser sends for these forms; of a row None nothing is sent."""
    found = {f"{prefix}-TOTAL_FORMS": str(len(rows) if total is None else total), f"{prefix}-INITIAL_FORMS": str(initial)}
    for index, row in enumerate(rows):
        found.update({f"{prefix}-{index}-{name}": value for name, value in (row or {}).items()})
    return found


def tags(*rows, **options):
    return sent("form", *rows, **options)


def tracks(*rows, **options):
    return sent("track_set", *rows, **options)


RED, BLUE = {"id": "1", "name": "red"}, {"id": "2", "name": "blue"}
A, B = {"album": "1", "id": "1", "title": "A1", "position": "1"}, {"album": "1", "id": "2", "title": "A2", "position": "2"}
NEW = {"album": "1", "id": "", "title": "New", "position": "7"}
UNTOUCHED = {"album": "1", "id": "", "title": "", "position": "1"}
EVENT = {"name": "a", "place": "p", "crew": "r", "day": "2026-02-03"}
TAG = "model = 'app.Tag'\nfields = ['name']"
TRACK = "model = 'app.Track'\nfields = ['title', 'position']"
OF_ALBUM = "parent_model = 'app.Album'"
HOSTILE = ["0", "-1", "3", "99", "x", "1 OR 1=1", "1e0", "1.0", "01", "", " ", "\0", "99999999999999999999", "None", "<b>"]

# The form, the set, the key of the parent, and what is sent.
CASES = [
    (TAG, "", None, [
        None, {}, tags(), tags(RED, BLUE, {"name": ""}, initial=2), tags({**RED, "name": "crimson"}, BLUE, {"name": "new"}, initial=2),
        tags({**RED, "name": ""}, BLUE, {"name": "x" * 30}, initial=2), tags(BLUE, RED, initial=2), tags({**BLUE, "name": "red"}, initial=1),
        tags({**RED, "name": "green"}, {**BLUE, "name": "green"}, initial=2), tags({"name": "twin"}, {"name": "twin"}, {"name": "twin"}),
        tags({"name": "twin"}, {"name": ""}, {"name": ""}), tags(None, None), tags(None, initial=1), tags({"name": "red"}),
        tags({"name": "twin"}, {"name": "twin", "id": "7"}), tags({"name": "<b>'\" --"}), tags(RED, initial=5), tags(RED, BLUE, initial=2, total=1),
        *(tags({"id": key, "name": "pink"}, initial=1) for key in HOSTILE), tags(RED, {**RED, "name": "pink"}, initial=2),
        tags({"id": "1", "name": "pink"}), tags({"id": "99", "name": "pink"}), tags({"id": "x", "name": "pink"}),
        {"form-TOTAL_FORMS": "1", "form-0-name": "a"}, {"form-TOTAL_FORMS": "-1", "form-INITIAL_FORMS": "x"}, tags(total=10 ** 6)]),
    ("model = 'app.Tag'\nfields = '__all__'", "extra = 2\nprefix = 'colours'\nmax_num = 3", None, [
        None, sent("colours", RED, BLUE, {"name": "new"}, initial=2), sent("colours", RED, {**RED, "name": "pink"}, initial=2)]),
    (TAG, "can_delete = true\ncan_order = true", None, [
        None, tags({**RED, "DELETE": "on"}, {**BLUE, "ORDER": "1"}, {"name": "a", "DELETE": "on"}, initial=2),
        tags({**RED, "name": "", "DELETE": "on"}, {**BLUE, "name": "red"}, initial=2),
        tags({"id": "99", "name": "red", "DELETE": "on"}, BLUE, initial=2),
        tags({**RED, "name": "pink", "DELETE": "on"}, BLUE, {"name": "pink"}, initial=2),
        tags({**RED, "DELETE": "on"}, {**RED, "name": "pink"}, initial=2)]),
    (TAG, "can_delete = true\ncan_delete_extra = false\nextra = 1", None, [None, tags(RED, BLUE, {"name": "a", "DELETE": "on"}, initial=2)]),
    (TAG, "extra = 0\nedit_only = true", None, [
        None, tags({**RED, "name": "pink"}, BLUE, {"name": "new"}, initial=2), tags({"name": "new"}), tags({"name": "red"})]),
    (TAG, "filter = { name__startswith = 'b' }", None, [
        None, tags({**BLUE, "name": "black"}, initial=1), tags({**BLUE, "name": "zinc"}, initial=1), tags({**RED, "name": "pink"}, initial=1)]),
    (TAG, "exclude = { name = 'red' }\norder_by = ['-name']\nextra = 0", None, [None]),
    (TAG, "order_by = ['-name']\nextra = 0\nmax_num = 1", None, [None, tags(BLUE, RED, initial=2)]),
    (TAG, "max_num = 1\nvalidate_max = true\nmin_num = 1\nvalidate_min = true", None, [
        None, tags(RED, BLUE, initial=2), tags(RED, initial=1), tags({"name": ""})]),
    (TAG, "min_num = 4\nextra = 0", None, [None, tags(RED, BLUE, {"name": ""}, {"name": ""}, initial=2)]),
    (TRACK, OF_ALBUM, 1, [
        None, {}, tracks(), tracks(A, B, UNTOUCHED, UNTOUCHED, UNTOUCHED, initial=2), tracks({**A, "title": "Other"}, B, NEW, initial=2),
        tracks({**A, "DELETE": "on"}, {**B, "position": "x"}, NEW, initial=2), tracks({**A, "DELETE": "on"}, {**B, "title": ""}, initial=2),
        tracks({**A, "DELETE": "on"}, B, {**NEW, "title": "A1"}, initial=2), tracks(A, {**B, "title": "A1"}, initial=2),
        tracks(A, B, NEW, NEW, initial=2), tracks(A, B, {**NEW, "title": "B1"}, initial=2), tracks({**A, "album": "2"}, B, initial=2),
        tracks({**A, "album": ""}, {key: value for key, value in B.items() if key != "album"}, {**NEW, "album": ""}, initial=2),
        tracks({**A, "album": "x"}, {**B, "album": "99"}, {**NEW, "album": "2"}, initial=2),
        tracks({**A, "id": "3"}, initial=1), tracks({**A, "id": "3", "title": "Mine"}, initial=1), tracks({**A, "id": "3", "DELETE": "on"}, initial=1),
        *(tracks({**A, "id": key}, initial=1) for key in HOSTILE), tracks(A, {**A, "title": "Twice"}, initial=2),
        tracks(NEW, {**NEW, "title": "New", "DELETE": "on"}), tracks({**NEW, "id": "3"}), tracks(*[NEW] * 3)]),
    (TRACK, OF_ALBUM, None, [
        None, tracks({**UNTOUCHED, "album": ""}), tracks({**NEW, "album": ""}), tracks({**NEW, "album": "1"}),
        tracks({**NEW, "album": ""}, {**NEW, "album": ""}), tracks({**A, "album": ""}, initial=1)]),
    (TRACK, OF_ALBUM, 3, [None]),
    ("model = 'app.Track'\nfields = ['album', 'title', 'tags']", OF_ALBUM + "\nextra = 1\ncan_delete = false\ncan_order = true", 2, [
        None, tracks({"album": "2", "id": "3", "title": "B1", "tags": ["1"]}, initial=1),
        tracks({"album": "2", "id": "3", "title": "B1", "tags": ["2", "9"]}, initial=1),
        tracks({"album": "1", "id": "3", "title": "B1", "tags": []}, {"album": "2", "id": "", "title": "B2", "tags": ["1", "2"], "ORDER": "1"}, initial=1)]),
    ("model = 'app.Track'\nexclude = ['tags']\nlabels = { album = 'Of' }", OF_ALBUM + "\nextra = 0\nfilter = { position__gt = 1 }\nprefix = 'songs'", 1, [
        None, sent("songs", {**B, "title": "Longer"}, initial=1), sent("songs", {**A, "title": "Longer"}, initial=1)]),
    ("model = 'app.Review'\nfields = ['author', 'stars']", "parent_model = 'app.Album'\nextra = 1", 1, [
        None, sent("reviews", {"slug": "one", "id": "1", "author": "ada", "stars": "1"}, {"slug": "one", "id": "", "author": "bob", "stars": "2"}, initial=1),
        sent("reviews", {"slug": "one", "id": "1", "author": "ada", "stars": "1"}, {"slug": "one", "id": "", "author": "ada", "stars": "2"}, initial=1),
        sent("reviews", {"slug": "1", "id": "1", "author": "ada", "stars": "1"}, initial=1),
        sent("reviews", {"slug": "two", "id": "1", "author": "ada", "stars": "3"}, initial=1),
        sent("reviews", {"slug": "one", "id": "", "author": "", "stars": "1"}, {"slug": "one", "id": "", "author": "", "stars": "1"})]),
    ("model = 'app.Review'\nfields = ['author', 'stars']", "parent_model = 'app.Album'\nextra = 1", None, [
        None, sent("reviews", {"slug": "", "id": "", "author": "bob", "stars": "1"}, {"slug": "", "id": "", "author": "bob", "stars": "1"})]),
    ("model = 'app.Cover'\nfields = ['artist']", "parent_model = 'app.Album'", 1, [
        None, sent("cover", {"album": "1", "artist": "ada"}, initial=1), sent("cover", {"album": "1", "artist": "ada", "DELETE": "on"}, initial=1),
        sent("cover", {"album": "2", "artist": "ada"}, initial=1), sent("cover", {"artist": "ada"}, initial=1), sent("cover", {"album": "1", "artist": "bob"})]),
    ("model = 'app.Cover'\nfields = ['artist']", "parent_model = 'app.Album'", 2, [
        None, sent("cover", {"album": "2", "artist": "new"}), sent("cover", {"album": "", "artist": "new"}), sent("cover", {"album": "1", "artist": "new"}),
        sent("cover", {"album": "2", "artist": "new"}, {"album": "2", "artist": "more"}), sent("cover", {"album": "1", "artist": "new"}, initial=1)]),
    ("model = 'app.Label'\nfields = '__all__'", "can_delete = true", None, [
        None, tags({"code": "a", "name": "Alpha!"}, {"code": "c", "name": "new"}, initial=1), tags({"code": "z", "name": "Alpha!"}, initial=1),
        tags({"code": "", "name": "Alpha!"}, initial=1), tags({"code": "a", "name": "again"}), tags({"code": "c", "name": "x"}, {"code": "c", "name": "y"}),
        tags({"code": "a", "name": "", "DELETE": "on"}, initial=1)]),
    ("model = 'app.Label'\nfields = ['name']", "extra = 0", None, [
        None, tags({"code": "a", "name": "Alpha!"}, {"code": "b", "name": "Beta"}, initial=2), tags({"code": "", "name": "Alpha!"}, initial=1)]),
    ("model = 'app.Ticket'\nfields = '__all__'", "extra = 1", None, [
        None, tags({"token": TOKENS[0], "name": "other"}, {"token": "", "name": "new"}, initial=1),
        tags({"token": TOKENS[0].replace("-", "").upper(), "name": "other"}, initial=1), tags({"token": "x", "name": "other"}, initial=1)]),
    ("model = 'app.Event'\nfields = '__all__'", "", None, [
        *(tags({**EVENT, **first}, {**EVENT, **second}) for first, second in [
            ({}, {}), ({}, {"day": "2026-02-04"}), ({"name": "b"}, {}), ({"name": "b", "day": "2025-02-03"}, {}), ({"name": "b", "place": "y"}, {}),
            ({"name": "b", "place": "y", "day": "2026-03-04"}, {}), ({"name": "b", "crew": "z"}, {}), ({"name": "b", "crew": "z", "place": ""}, {"place": ""}),
            ({"day": ""}, {"day": ""}), ({"name": "b", "crew": "", "place": "y"}, {"crew": ""})]),
        *(tags({**EVENT, **values}) for values in [
            {"name": "First", "day": "2026-01-02"}, {"name": "First", "day": "2026-01-03"}, {"place": "x", "day": "2026-01-09"},
            {"place": "x", "day": "2025-01-09"}, {"place": "x", "day": "2026-02-09"}, {"crew": "c", "day": "2026-09-09"}, {"crew": "c", "day": "2025-01-02"}]),
        tags({**EVENT, "id": "1", "name": "First", "place": "x", "crew": "c", "day": "2026-01-03"}, initial=1)]),
    ("model = 'app.Match'\nfields = ['guest', 'score']", "parent_model = 'app.Album'\nfk_name = 'home'\nextra = 1", 1, [
        None, sent("home_matches", {"home": "1", "id": "1", "guest": "2", "score": "3"}, {"home": "1", "id": "", "guest": "1", "score": ""}, initial=1)]),
    ("model = 'app.Match'\nfields = ['score']", "parent_model = 'app.Album'\nfk_name = 'guest'\nextra = 0", 2, [None]),
]


def factory(models, form, options):
    from django import forms

    options = dict(options)
    parent = options.pop("parent_model", None)
    keys = {key: options.pop(key, None) for key in ("filter", "exclude", "order_by", "prefix")}
    declared = tomllib.loads(form)
    model = models[declared.pop("model").split(".")[1]]
    options["form"] = type("Sample", (forms.ModelForm,), {"Meta": record_model_forms.meta_of(model, declared)})
    rows = model.objects.all()
    if keys["filter"]:
        rows = rows.filter(**keys["filter"])
    if keys["exclude"]:
        rows = rows.exclude(**keys["exclude"])
    if keys["order_by"]:
        rows = rows.order_by(*keys["order_by"])
    if parent:
        return forms.inlineformset_factory(models[parent.split(".")[1]], model, **options), rows, keys["prefix"]
    return forms.modelformset_factory(model, **options), rows, keys["prefix"]


def errors_of(form):
    return {name: sorted(errors) if name == "__all__" else list(errors) for name, errors in form.errors.items()}


def answer(models, connection, declared, key, data):
    from django.db import transaction

    form, options, = declared
    options = tomllib.loads(options)
    made, rows, prefix = factory(models, form, options)
    keys = {"prefix": prefix, "queryset": rows}
    with transaction.atomic():
        if "parent_model" in options and key is not None:
            keys["instance"] = models[options["parent_model"].split(".")[1]].objects.get(pk=key)
        found = made(None if data is None else record_model_forms.body(data), **keys)
        row = {"sent": data, "count": len(found.forms)}
        if data is not None:
            row["valid"] = found.is_valid()
            # The checks stand in a set, whose order differs from run to run.
            row["non_form_errors"] = sorted(found.non_form_errors())
            row["errors"] = [errors_of(form) for form in found.forms[:9]]
        if len(found.forms) < 10:
            row["as_div"] = record_form_fields.squashed(found.as_div())
            row["as_table"] = record_form_fields.squashed(found.as_table())
        row["empty_form"] = record_form_fields.squashed(found.empty_form.as_p())
        # The rows of a parent that is not saved itself cannot be saved.
        if data is not None and found.is_valid() and ("parent_model" not in options or key is not None):
            found.save()
            row["new"], row["changed"], row["deleted"] = (
                len(found.new_objects) if hasattr(found, "new_objects") else 0, len(found.changed_objects), len(found.deleted_objects))
            row["stored"] = stored(connection, found.model)
        transaction.set_rollback(True)
    return row


def stored(connection, model):
    found = record_model_forms.stored(connection, model)
    if model.__name__ == "Ticket":
        # The key of a new one is a random one.
        for row in found[model._meta.db_table]:
            row["token"] = row["token"] if row["token"] in [uuid.UUID(token).hex for token in TOKENS] else "new"
        found[model._meta.db_table].sort(key=lambda row: (row["token"], row["name"]))
    return found


def fill(models):
    import datetime

    def make(model, /, **values):
        return models[model].objects.create(**values)

    albums = [make("Album", name=name, slug=name.lower()) for name in ["One", "Two", "Three <3>"]]
    labels = [make("Tag", name=name) for name in ["red", "blue"]]
    for album, title, position in [(0, "A1", 1), (0, "A2", 2), (1, "B1", 1)]:
        make("Track", album=albums[album], title=title, position=position).tags.set(labels[: position])
    make("Review", slug=albums[0], author="ada", stars=1)
    make("Cover", album=albums[0], artist="ada")
    make("Label", code="a", name="Alpha")
    make("Label", code="b", name="Beta")
    for number, token in enumerate(TOKENS):
        make("Ticket", token=uuid.UUID(token), name=f"T{number}")
    make("Event", name="First", place="x", crew="c", day=datetime.date(2026, 1, 2))
    make("Match", home=albums[0], guest=albums[1], score=2)


MODELS_PY = """import record_model_forms, record_model_form_sets
FOUND = record_model_forms.declared_models(record_model_form_sets.MODELS)
"""


def main():
    warnings.simplefilter("ignore")
    with declared_app.tables_of("app", MODELS_PY) as (file, declared):
        from django.db import connection

        models = declared.FOUND
        fill(models)
        cases = [
            {"form": form, "set": options, "parent": key,
             "rows": [answer(models, connection, (form, options), key, data) for data in bodies]}
            for form, options, key, bodies in CASES
        ]
        script = list(sqlite3.connect(file).iterdump())
    fresh = json.dumps({"script": script, "cases": cases}, indent=0, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
