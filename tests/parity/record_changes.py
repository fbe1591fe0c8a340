"""Records the statements with which real Django's `migrate` makes the changes of `changes/`.

`record_changes.py` writes golden/changes.json; with `--check` it fails if a fresh recording differs.
Each pair `changes/NAME.toml` and `changes/NAME.py` is an app NAME with one migration for each of its
operations. They are applied one by one and undone one by one.
"""

import json
import shutil
import sys
import tempfile
from pathlib import Path

import record_models
import recording

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "changes.json"

MIGRATION = """
from django.db import migrations

from {label}.operations import operations


class Migration(migrations.Migration):
    dependencies = {dependencies}
    operations = [operations[{index}]]
"""


def name(index):
    return f"{index + 1:04}_step"


def count(label):
    """How many operations a pair has, as its TOML counts them."""
    text = (HERE / "changes" / f"{label}.toml").read_text(encoding="utf-8")
    return text.count("[[operations]]\n")


def install(root, labels):
    for label in labels:
        migrations = root / label / "migrations"
        migrations.mkdir(parents=True)
        (root / label / "__init__.py").touch()
        (migrations / "__init__.py").touch()
        shutil.copy(HERE / "changes" / f"{label}.py", root / label / "operations.py")
        for index in range(count(label)):
            before = [(label, name(index - 1))] if index else []
            text = MIGRATION.format(label=label, dependencies=before, index=index)
            (migrations / f"{name(index)}.py").write_text(text)
    sys.path.insert(0, str(root))


def steps(label):
    """The statements of every step forwards, and of the same step backwards."""
    total = count(label)
    forwards = [record_models.statements(label, name(index)) for index in range(total)]
    backwards = [
        record_models.statements(label, name(index - 1) if index else "zero")
        for index in reversed(range(total))
    ]
    return [
        {"forwards": there, "backwards": back}
        for there, back in zip(forwards, reversed(backwards))
    ]


def record(root):
    labels = sorted(path.stem for path in (HERE / "changes").glob("*.toml"))
    install(root, labels)
    record_models.configure(root / "db.sqlite3", labels)
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    MigrationRecorder(connection).ensure_schema()
    return json.dumps({label: steps(label) for label in labels}, indent=1, ensure_ascii=False) + "\n"


def main():
    with tempfile.TemporaryDirectory() as directory:
        fresh = record(Path(directory))
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
