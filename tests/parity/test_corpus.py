"""A database djr made of the models of the corpus, used by a Django that has the same models."""

import shutil
import sqlite3
import tomllib
import unittest
from pathlib import Path

import inspected
import record_models
from djr_project import Project

MODELS = Path(__file__).with_name("models")

# Bookings have conditions that exclude each other: they are there for their SQL.
UNSATISFIABLE = ["constraints.Booking"]

# Conditions that hold for every row that the columns can hold, and one that holds for none.
ALWAYS_TRUE = ["flag_in", "nulls"]
NEVER_TRUE = ["combined_first"]


class Corpus(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.project = Project(self)
        self.labels = sorted(path.stem for path in MODELS.glob("*.toml"))
        for label in self.labels:
            self.project.add(label, lambda app, label=label: self.files(app, label))
        self.project.run("makemigrations")
        self.project.run("migrate")
        for label in self.labels:
            self.fake(self.project.root / label / "migrations", label)

    def files(self, app, label):
        app.mkdir()
        (app / "__init__.py").touch()
        shutil.copy(MODELS / f"{label}.toml", app / "models.toml")
        shutil.copy(MODELS / f"{label}.py", app / "models.py")

    def fake(self, migrations, label):
        """Gives Django migrations of the same names: the first makes all, the others are empty."""
        (migrations / "__init__.py").touch()
        before = "auth", "0012_alter_user_first_name_max_length"
        for path in sorted(migrations.glob("*.toml")):
            text = record_models.MIGRATION.format(label=label)
            if path.stem != "0001_initial":
                text = text.replace(f'record_models.operations("{label}")', "[]")
            text = text.replace(repr(before).replace("'", '"'), repr((*before,)))
            path.with_suffix(".py").write_text(text, encoding="utf-8")
            before = label, path.stem

    def test_neither_finds_anything_to_migrate(self):
        self.assertEqual(self.project.django("command", "migrate", "--check"), 0)
        self.project.run("makemigrations", "--check")

    def test_a_row_of_every_model_is_saved_read_violated_and_deleted(self):
        found = self.project.django("of_every_model", *self.labels)
        models, broken, unsatisfiable, always_true, never_true = found
        self.assertGreaterEqual(models, 60)
        self.assertGreaterEqual(broken, 700)
        self.assertEqual(unsatisfiable, UNSATISFIABLE)
        self.assertEqual(always_true, ALWAYS_TRUE)
        self.assertEqual(never_true, NEVER_TRUE)

    def test_both_introspections_find_the_same(self):
        theirs = self.project.django("introspected")
        declared = tomllib.loads(self.project.run("inspectdb", *theirs))
        models = {}
        for name, model in declared.items():
            models[name] = inspected.Model(name, model, models)
        for model in models.values():
            with self.subTest(model.table):
                self.assertEqual(*comparable(model.facts(), theirs[model.table]))
        self.assertGreaterEqual(len(models), 60)


def comparable(ours, theirs):
    """Both without what only one of them tells."""
    for column, found in ours["columns"].items():
        their = theirs["columns"][column]
        if found[0] is None:
            their[0] = None  # for djr it is a reference and no value
        if their[0] == "CharField" and found[0] in {"UUIDField", "GenericIPAddressField"}:
            their[0] = found[0]  # Django does not look at what `char(32)` and `char(39)` hold
        if their[0] == "AutoField" and found[0] in {"BigIntegerField", "SmallIntegerField"}:
            their[0] = found[0]  # SQLite counts up a key of the type `integer` alone
    if "the_day" in theirs["columns"]:
        # Of the many checks of bookings Django's parser loses those that hold texts or lists.
        known = [columns in ours["checks"] for columns in theirs["checks"]]
        theirs["checks"] = ours["checks"] if all(known) else theirs["checks"]
    return ours, theirs


if __name__ == "__main__":
    unittest.main()
