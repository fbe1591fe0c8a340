"""Records the statements with which real Django's `migrate` makes the models of `models/`.

`record_models.py` writes golden/models.json; with `--check` it fails if a fresh recording differs.
Each pair `models/NAME.toml` and `models/NAME.py` is an app NAME whose only migration creates its
models in the order of the file. `cargo test` compares what djr makes of the TOML (tests/models.rs).
"""

import json
import re
import sqlite3
import sys
import tempfile
from pathlib import Path

import recording

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "models.json"
FILES = "django.core.files.storage.FileSystemStorage"
SCHEMA = re.compile(r"(CREATE|ALTER|DROP) (TABLE|INDEX|UNIQUE INDEX) |INSERT INTO .* SELECT ")

MIGRATION = '''
import record_models
from django.db import migrations


class Migration(migrations.Migration):
    initial = True
    dependencies = [("auth", "0012_alter_user_first_name_max_length")]
    operations = record_models.operations("{label}")
'''


def operations(label):
    """Creates each model of an app; relations through a model follow, as both need the other."""
    from django.apps import apps
    from django.db.migrations import AddField, CreateModel, SeparateDatabaseAndState
    from django.db.migrations.state import ModelState

    created, added = [], []
    for model in apps.get_app_config(label).get_models():
        state = ModelState.from_model(model)
        through = {
            name: field
            for name, field in state.fields.items()
            if field.many_to_many and getattr(field.remote_field, "through", None)
        }
        fields = [(name, field) for name, field in state.fields.items() if name not in through]
        created.append(CreateModel(state.name, fields, state.options, state.bases))
        added += [AddField(state.name, name, field) for name, field in through.items()]
    # On its own, adding such a field would make the table again: it has no column.
    return [*created, SeparateDatabaseAndState(state_operations=added)]


def declared(label):
    """The models of the app as Django declares them."""
    return (HERE / "models" / f"{label}.py").read_text(encoding="utf-8")


def install(root, labels, models):
    """Makes an app of each pair below `root`; `models` gives the text of its `models.py`."""
    for label in labels:
        migrations = root / label / "migrations"
        migrations.mkdir(parents=True)
        (root / label / "__init__.py").touch()
        (root / label / "models.py").write_text(models(label), encoding="utf-8")
        (migrations / "__init__.py").touch()
        (migrations / "0001_initial.py").write_text(MIGRATION.format(label=label))
    sys.path.insert(0, str(root))


def configure(file, labels):
    import django
    from django.conf import settings

    settings.configure(
        SECRET_KEY="golden",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", *labels],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SILENCED_SYSTEM_CHECKS=["fields.E210", "fields.W163", "fields.W342", "models.W046"],
        USE_TZ=True,
        STORAGES={name: {"BACKEND": FILES} for name in ("default", "others")},
    )
    django.setup()


def statements(label, *target):
    """The statements that change the schema, or copy rows, while the app is migrated."""
    from django.core.management import call_command
    from django.db import connection

    executed = []

    def note(execute, sql, params, many, context):
        if SCHEMA.match(sql):
            assert not params, (sql, params)
            executed.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        call_command("migrate", label, *target, verbosity=0, skip_checks=False)
    return executed


def record(root, models=declared):
    """The statements of all apps, whose `models.py` hold what `models` gives."""
    labels = sorted(path.stem for path in (HERE / "models").glob("*.toml"))
    install(root, labels, models)
    configure(root / "db.sqlite3", labels)
    from django.core.management import call_command

    call_command("migrate", "auth", verbosity=0)
    lines = []
    for label in labels:
        rows = ",\n".join("  " + json.dumps(sql, ensure_ascii=False) for sql in statements(label))
        lines.append(f' "{label}": [\n{rows}\n ]')
    sqlite3.connect(root / "db.sqlite3").close()
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main():
    with tempfile.TemporaryDirectory() as directory:
        fresh = record(Path(directory))
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
