"""Static files of real packages, collected by djr and by Django: the same files, contents and manifest."""

import os
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

import django
from djr_project import Project

HERE = Path(__file__).parent
ADMIN = Path(django.__file__).parent / "contrib" / "admin" / "static"
# Without the apps that bring files of their own.
SETTINGS = """
[project]
apps = ["auth", "contenttypes", "sessions", "messages", "staticfiles"]

[static]
dirs = ["{source}"]

[storages.staticfiles]
backend = "manifest"
strict_source_maps = true
"""


def npm_packages():
    """Where the packages of npm are; `None` where they cannot be had, which CI does not allow."""
    if shutil.which("npm") is None and "CI" not in os.environ:
        return None
    done = subprocess.run([HERE / "npm_packages"], capture_output=True, text=True)
    if done.returncode == 0:
        return Path(done.stdout.strip())
    if "CI" in os.environ:
        raise AssertionError(done.stderr)
    return None


def contents(root):
    """What the files below `root` hold, by name, without djr's own."""
    paths = (path for path in root.rglob("*") if path.is_file())
    found = {str(path.relative_to(root)): path.read_bytes() for path in paths}
    return {name: content for name, content in found.items() if not name.startswith(".djr-static/")}


class StaticFiles(unittest.TestCase):
    def collect(self, source):
        """What both make of the files in `source`; `None` for one that refuses them."""
        project = Project(self)
        (project.root / "static.toml").write_text(SETTINGS.format(source=source), encoding="utf-8")
        project.environment = {"DJR_SETTINGS": "static.toml"}
        root = project.directory / "django"
        script = [sys.executable, HERE / "django_collectstatic.py", source, root]
        done = subprocess.run(script, capture_output=True, text=True)
        if done.returncode != 0:
            project.run("collectstatic", "--noinput", code=1)
            self.assertFalse((project.root / "staticfiles" / "staticfiles.json").exists())
            return None
        project.run("collectstatic", "--noinput")
        return contents(project.root / "staticfiles"), contents(root)

    def check(self, source):
        """Asserts that both make the same; returns how many files there are."""
        collected = self.collect(source)
        if collected is None:
            return 0
        djr, django = collected
        self.assertEqual(sorted(djr), sorted(django))
        for name, content in django.items():
            self.assertEqual(djr[name], content, name)
        return len(django)

    def test_the_files_of_the_admin(self):
        self.assertEqual(self.check(ADMIN), 2 * 127 + 1)

    def test_packages_of_npm(self):
        packages = npm_packages()
        if packages is None:
            self.skipTest("needs npm")
        found = {}
        for name in ["bootstrap", "bootstrap/dist", "font-awesome", "htmx.org", "htmx.org/dist", "tailwindcss"]:
            with self.subTest(name):
                found[name] = self.check(packages / name)
        self.assertGreater(found["bootstrap/dist"], 80, found)
        self.assertGreater(found["font-awesome"], 20, found)
        self.assertGreater(found["htmx.org/dist"], 20, found)


if __name__ == "__main__":
    unittest.main()
