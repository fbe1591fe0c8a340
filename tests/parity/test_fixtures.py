"""Fixtures that one program dumps load in the other, which dumps the same bytes again."""

import gzip
import unittest

import django_site
from djr_project import Project

STYLES = [
    [],
    ["--indent", "2"],
    ["--indent", "0"],
    ["--format", "jsonl"],
    ["--natural-foreign"],
    ["--natural-foreign", "--natural-primary", "--indent", "1"],
    ["--exclude", "auth.permission", "--exclude", "contenttypes"],
]

# Rows that hold the moment they were made.
UNLIKE = {"django_migrations"}

# Tables between many and many, whose rows Django makes in the order of a Python set.
BETWEEN = ("_groups", "_permissions", "_friends", "_parents")


class Fixtures(unittest.TestCase):
    def fixture_app(self):
        project = Project(self)
        project.install("fixture_app")
        project.run("migrate")
        return project

    def loaded(self):
        project = self.fixture_app()
        project.run("loaddata", "fixture_app/animals.json")
        return project

    def dumped_by_django(self, project, style, name="django.json"):
        project.django("command", "dumpdata", "--output", str(project.root / name), *style)
        return (project.root / name).read_bytes()

    def dumped_by_djr(self, project, style):
        return project.run("dumpdata", *style).encode()

    def rows(self, project):
        rows = django_site.rows(project.database)
        for table in rows:
            if table.endswith(BETWEEN):
                rows[table] = {row[1:] for row in rows[table]}
        return {table: found for table, found in rows.items() if table not in UNLIKE}

    def test_both_dump_the_same_bytes(self):
        project = self.loaded()
        for style in STYLES:
            with self.subTest(style):
                self.assertEqual(
                    self.dumped_by_djr(project, style).decode(),
                    self.dumped_by_django(project, style).decode(),
                )

    def test_what_djr_dumps_django_loads_and_dumps_again(self):
        project = self.loaded()
        for style in STYLES[:-1]:
            with self.subTest(style):
                format = "jsonl" if "jsonl" in style else "json"
                theirs = self.fixture_app()
                theirs.run("flush", "--noinput")
                fixture = theirs.root / f"djr.{format}"
                fixture.write_bytes(self.dumped_by_djr(project, style))
                theirs.django("command", "loaddata", str(fixture))
                self.assertEqual(
                    self.dumped_by_django(theirs, style, f"again.{format}"), fixture.read_bytes()
                )

    def test_what_django_dumps_djr_loads_and_dumps_again(self):
        project = self.loaded()
        for style in STYLES[:-1]:
            with self.subTest(style):
                format = "jsonl" if "jsonl" in style else "json"
                ours = self.fixture_app()
                fixture = ours.root / f"django.{format}.gz"
                fixture.write_bytes(gzip.compress(self.dumped_by_django(project, style)))
                ours.run("flush", "--noinput")
                ours.run("loaddata", fixture.name)
                self.assertEqual(
                    self.dumped_by_djr(ours, style), gzip.decompress(fixture.read_bytes())
                )

    def test_both_store_the_same_values(self):
        whole = self.dumped_by_djr(self.loaded(), [])
        sides = []
        for side in range(2):
            project = self.fixture_app()
            fixture = project.root / "whole.json"
            fixture.write_bytes(whole)
            if side:
                project.run("loaddata", "whole.json")
            else:
                project.django("command", "loaddata", str(fixture))
            sides.append(self.rows(project))
        self.assertEqual(*sides)

    def test_both_refuse_what_refers_to_nothing(self):
        project = self.fixture_app()
        fixture = project.root / "broken.json"
        fixture.write_text('[{"model": "fixture_app.visit", "pk": 1, "fields": {"chip": 5}}]')
        before = self.rows(project)
        project.run("loaddata", "broken.json", code=1)
        with self.assertRaisesRegex(AssertionError, "IntegrityError"):
            project.django("command", "loaddata", str(fixture))
        self.assertEqual(self.rows(project), before)

    def test_flush_leaves_what_djangos_leaves(self):
        ours, theirs = self.loaded(), self.loaded()
        ours.run("flush", "--noinput")
        theirs.django("command", "flush", "--noinput")
        self.assertEqual(self.rows(ours), self.rows(theirs))


if __name__ == "__main__":
    unittest.main()
