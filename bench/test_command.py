#!/usr/bin/env python3
"""Compares `djr test` with `manage.py test` on the same 200 tests, each of which writes and reads rows in a transaction of its own.

They take turns; a figure is the median of whole commands. DJR names the executable.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DJR = os.path.abspath(os.environ["DJR"])
AIM = 10

HEAD = """from django.contrib.auth.models import Group, User
from django.test import TestCase


class RowTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.group = Group.objects.create(name="all")
        cls.user = User.objects.create_user("ada", "ada@example.com", "secret")
"""

TEST = """
    def test_{number}(self):
        user = User.objects.create(username="user{number}")
        user.groups.add(self.group)
        self.assertEqual(list(self.group.user_set.values_list("username", flat=True)), ["user{number}"])
        self.user.first_name = "Ada"
        self.user.save()
        self.assertEqual(User.objects.filter(first_name="Ada").count(), 1)
"""


def run(command, at):
    return subprocess.run(command, cwd=at, check=True, capture_output=True, text=True)


def prepare(place, tests):
    """A project of each side with the same file of tests."""
    text = HEAD + "".join(TEST.format(number=number) for number in range(tests))
    run([DJR, "startproject", "djr"], place)
    run([DJR, "startapp", "rows"], place / "djr")
    run([sys.executable, "-m", "django", "startproject", "django_site"], place)
    (place / "django_site" / "rows").mkdir()
    (place / "django_site" / "rows" / "__init__.py").touch()
    for side in ("djr", "django_site"):
        (place / side / "rows" / "tests.py").write_text(text)


def timed(command, at, tests):
    began = time.perf_counter()
    told = run(command, at).stderr
    if f"Ran {tests} tests" not in told or "OK" not in told:
        sys.exit(f"{command} ran other tests:\n{told}")
    return time.perf_counter() - began


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tests", type=int, default=200)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    place = Path(tempfile.mkdtemp())
    try:
        prepare(place, options.tests)
        sides = {
            "djr test": ([DJR, "test"], place / "djr"),
            "manage.py test": ([sys.executable, "manage.py", "test", "rows"], place / "django_site"),
        }
        times = {name: [] for name in sides}
        for _ in range(options.runs):
            for name, (command, at) in sides.items():
                times[name].append(timed(command, at, options.tests))
        medians = {name: statistics.median(found) for name, found in times.items()}
        for name, median in medians.items():
            print(f"{name:16} {median:7.3f} s for {options.tests} tests with rows")
        ratio = medians["manage.py test"] / medians["djr test"]
        print(f"{'ratio':16} {ratio:7.1f}   (aim {AIM})")
    finally:
        shutil.rmtree(place)


if __name__ == "__main__":
    main()
