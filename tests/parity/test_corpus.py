"""A database djr made of the models of the corpus, used by a Django that has the same models."""

import shutil
import sqlite3
import tomllib
import unittest
from pathlib import Path

import record_models
from djr_project import Project

MODELS = Path(__file__).with_name("models")

# Bookings have conditions that exclude each other: they are there for their SQL.
UNSATISFIABLE = ["constraints.Booking"]

# Conditions that hold for every row that the columns can hold, and one that holds for none.
ALWAYS_TRUE = ["flag_in", "nulls"]
NEVER_TRUE = ["combined_first"]


class Corpus(unittest.TestCase):
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

    def test_both_introspections_find_the_same_columns(self):
        theirs = self.project.django("columns")
        models = tomllib.loads(self.project.run("inspectdb", *theirs))
        ours = {}
        for name, model in models.items():
            fields = model.get("fields", {})
            references = {"ForeignKey", "OneToOneField"}
            named, referring = [], []
            for name, field in fields.items():
                if field["type"] in {"ManyToManyField", "CompositePrimaryKey"}:
                    continue  # no column of their own
                refers = field["type"] in references
                column = field.get("db_column") or (f"{name}_id" if refers else name)
                named.append(column)
                referring += [column] * refers
            ours[model["db_table"]] = [sorted(named), sorted(referring)]
        for table, found in ours.items():
            with self.subTest(table):
                self.assertEqual(found, theirs[table])
        self.assertGreaterEqual(len(ours), 60)


if __name__ == "__main__":
    unittest.main()
