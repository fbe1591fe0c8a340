"""Times whole processes of djr and of Django, each pair alternating, and prints their ratios.

Run it through `bench/compare`, which builds and installs what it needs.
"""

import argparse
import contextlib
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import django
import remake

DJR = os.path.abspath(os.environ["DJR"])
PYTHON = sys.executable
DJANGO_ADMIN = str(Path(PYTHON).with_name("django-admin"))
ADMIN_STATIC = Path(django.__file__).parent / "contrib" / "admin" / "static"
ROWS_OF_THEIR_OWN = {
    "server": "server.py",
    "pages": "pages.py",
    "admin": "admin_pages.py",
    "rows": "rows.py",
    "caches": "caches.py",
    "sessions": "sessions.py",
    "cached": "cached_pages.py",
    "python": "python_pages.py",
    "serving": "static_serving.py",
    "clearsessions": "clearsessions.py",
    "tests": "test_command.py",
    "accounts": "accounts.py",
    "build": "build.py",
}

# How many times faster djr means to be.
AIMS = {
    "--version": 60,
    "startproject": 50,
    "fresh migrate": 30,
    "no-op migrate": 60,
    "fresh migrate, 100 models": 40,
    "no-op migrate, 500 files": 40,
    "makemigrations --check": 40,
    "sqlmigrate": 40,
    "dumpdata, 100,000 rows": 15,
    "loaddata, 100,000 rows": 15,
}

# How many objects a large fixture has.
OBJECTS = 100_000

DJANGO_SETTINGS = """
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
STATIC_ROOT = BASE_DIR / "staticfiles"
"""

SUPERUSER = {"USERNAME": "alice", "EMAIL": "alice@example.com", "PASSWORD": "correct horse"}


class Side:
    """One of the two: how its commands are called, and its projects."""

    def __init__(self, name, admin, manage, place):
        self.name, self.admin, self.manage = name, admin, manage
        self.place = place / name
        self.place.mkdir()
        prefix = "DJR" if name == "djr" else "DJANGO"
        self.environment = {
            "HOME": str(self.place),
            "PATH": os.environ["PATH"],
            **{f"{prefix}_SUPERUSER_{key}": value for key, value in SUPERUSER.items()},
        }

    def time(self, command, at):
        """Runs a command; returns the seconds it took."""
        with tempfile.TemporaryFile() as output:
            started = time.perf_counter()
            process = subprocess.Popen(
                command,
                cwd=at,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
            _, status, usage = os.wait4(process.pid, 0)
            taken = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode != 0:
                output.seek(0)
                sys.exit(f"{self.name}: {command} failed:\n{output.read().decode()}")
        self.memory = usage.ru_maxrss
        return taken

    def prepare(self):
        """Makes the projects that the rows start from: a new one, and a migrated one."""
        self.time([*self.admin, "startproject", "fresh"], self.place)
        fresh = self.place / "fresh"
        if self.name == "django":
            with open(fresh / "fresh" / "settings.py", "a", encoding="utf-8") as settings:
                settings.write(DJANGO_SETTINGS)
        else:
            shutil.rmtree(fresh / "static")
            shutil.copytree(ADMIN_STATIC, fresh / "static")
        shutil.copytree(fresh, self.place / "migrated")
        self.time([*self.manage, "migrate"], self.place / "migrated")

    def prepare_history(self):
        """Makes a project of one app with 100 models and 500 migrations."""
        history = self.place / "history"
        shutil.copytree(self.place / "fresh", history)
        self.time([*self.manage, "startapp", "posts"], history)
        if self.name == "django":
            with open(history / "fresh" / "settings.py", "a", encoding="utf-8") as settings:
                settings.write('INSTALLED_APPS += ["posts"]\n')
            write_django_history(history / "posts")
        else:
            write_history(history / "posts")

        shutil.copytree(history, self.place / "applied")
        self.time([*self.manage, "migrate"], self.place / "applied")
        # The same models, made by one migration.
        shutil.copytree(history, self.place / "many")
        for path in (self.place / "many" / "posts" / "migrations").glob("0*"):
            path.unlink()
        self.time([*self.manage, "makemigrations", "posts"], self.place / "many")

    def prepare_large(self, fixture):
        """Makes a project with a large fixture, and one whose database holds it."""
        shutil.copytree(self.place / "migrated", self.place / "fixture")
        shutil.copy(fixture, self.place / "fixture" / "large.json")
        shutil.copytree(self.place / "fixture", self.place / "full")
        self.time([*self.manage, "loaddata", "large.json"], self.place / "full")

    @contextlib.contextmanager
    def copy(self, template):
        """A copy of a project, or an empty directory, for one run."""
        with tempfile.TemporaryDirectory(dir=self.place) as directory:
            project = Path(directory)
            if template:
                shutil.copytree(self.place / template, project, dirs_exist_ok=True)
            yield project

    def run(self, row):
        """Runs a row once; returns the seconds it took."""
        _, arguments, program, template = row
        command = [*(self.admin if program == "admin" else self.manage), *arguments]
        with self.copy(template) as project:
            return self.time(command, project)


# What is shown, the arguments, the program on Django's side, the project it starts from.
ROWS = [
    ("--version", ["--version"], "admin", None),
    ("check", ["check"], "manage", "migrated"),
    ("startproject", ["startproject", "blog"], "admin", None),
    ("fresh migrate", ["migrate"], "manage", "fresh"),
    ("no-op migrate", ["migrate"], "manage", "migrated"),
    ("fresh migrate, 100 models", ["migrate"], "manage", "many"),
    ("no-op migrate, 500 files", ["migrate"], "manage", "applied"),
    ("makemigrations --check", ["makemigrations", "--check"], "manage", "history"),
    ("sqlmigrate", ["sqlmigrate", "posts", "0500"], "manage", "history"),
    ("createsuperuser", ["createsuperuser", "--noinput"], "manage", "migrated"),
    ("collectstatic, 127 files", ["collectstatic", "--noinput"], "manage", "fresh"),
]

# The same, with so much to do that few rounds are enough; their memory is shown too.
LARGE_ROWS = [
    ("dumpdata, 100,000 rows", ["dumpdata", "sessions", "--output", "out.json"], "manage", "full"),
    ("loaddata, 100,000 rows", ["loaddata", "large.json"], "manage", "fixture"),
]
LARGE_ROUNDS = 3


def history():
    """The model and the field that each of 500 migrations adds, in order."""
    return [(f"M{number % 100}", f"f{number // 100}") for number in range(500)]


def write_history(app):
    field = '{ type = "TextField", default = "" }'
    fields = "\n".join(f"f{number} = {field}" for number in range(5))
    (app / "models.toml").write_text("\n".join(f"[M{number}.fields]\n{fields}" for number in range(100)))
    (app / "migrations").mkdir(exist_ok=True)
    for number, (model, name) in enumerate(history(), 1):
        needs = f'dependencies = ["posts.{number - 1:04}_m"]' if number > 1 else "initial = true"
        if name == "f0":
            operation = f'CreateModel = {{ name = "{model}", fields = {{ f0 = {field} }} }}'
        else:
            operation = f'AddField = {{ model = "{model}", name = "{name}", field = {field} }}'
        text = f"{needs}\n\n[[operations]]\n{operation}\n"
        (app / "migrations" / f"{number:04}_m.toml").write_text(text)


def write_django_history(app):
    field = 'models.TextField(default="")'
    fields = "\n".join(f"    f{number} = {field}" for number in range(5))
    classes = "\n".join(f"class M{number}(models.Model):\n{fields}" for number in range(100))
    (app / "models.py").write_text(f"from django.db import models\n{classes}\n")
    key = "models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')"
    config = (app / "apps.py").read_text()
    if "BigAutoField" not in config:
        (app / "apps.py").write_text(config + "    default_auto_field = 'django.db.models.BigAutoField'\n")
    for number, (model, name) in enumerate(history(), 1):
        needs = f'[("posts", "{number - 1:04}_m")]' if number > 1 else "[]"
        if name == "f0":
            operation = f'migrations.CreateModel("{model}", [("id", {key}), ("f0", {field})])'
        else:
            operation = f'migrations.AddField("{model}", "{name}", {field})'
        text = (
            "from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n"
            f"    dependencies = {needs}\n    operations = [{operation}]\n"
        )
        (app / "migrations" / f"{number:04}_m.py").write_text(text)


def write_sessions(path):
    """A fixture of sessions: with users, whose groups it asks for one by one, Django takes minutes."""
    objects = (
        {
            "model": "sessions.session",
            "pk": f"{number:032x}",
            "fields": {
                "session_data": f"eyJudW1iZXIiOiAxfQ:{number}:sön",
                "expire_date": "2026-11-20T17:22:29.678Z",
            },
        }
        for number in range(OBJECTS)
    )
    # Not as one list: a child's peak memory counts from that of its parent.
    with path.open("w", encoding="utf-8") as file:
        for number, item in enumerate(objects):
            file.write("," if number else "[")
            json.dump(item, file, ensure_ascii=False)
        file.write("]")


def compare(row, sides, rounds):
    """The median seconds of each side, the sides taking turns."""
    times = {side.name: [] for side in sides}
    for turn in range(rounds + 1):
        for side in sides if turn % 2 else reversed(sides):
            taken = side.run(row)
            if turn:  # the first round warms the caches
                times[side.name].append(taken)
    return {name: statistics.median(taken) for name, taken in times.items()}


def compare_fixtures(sides, fixture, rounds):
    """Prints the rows of large fixtures, and what memory they took."""
    write_sessions(fixture)
    for side in sides:
        side.prepare_large(fixture)
    for row in LARGE_ROWS:
        median = compare(row, sides, rounds)
        ratio = f"{median['django'] / median['djr']:.1f}"
        shown = [milliseconds(median[side.name]) for side in sides]
        print_row(row[0], *shown, ratio, AIMS[row[0]])
        memory = [f"{side.memory / 1024:.0f} MiB" for side in sides]
        print_row("  its memory", *memory, "")


def compare_remake(place):
    """Prints how long a million rows take to be copied, beside the shell of SQLite."""
    found = remake.compare(DJR, place)
    if found is None:
        print("\nno sqlite3 here: the remake is left out")
        return
    ours, theirs = found
    print("\nRemake of a million rows, beside the sqlite3 shell (aim: at most 1.2 times its time)")
    print(f"djr {milliseconds(ours)}, sqlite3 {milliseconds(theirs)}, {ours / theirs:.2f} times")


def print_row(name, djr, theirs, ratio, aim=""):
    print(f"| {name:<26} | {djr:>11} | {theirs:>11} | {ratio:>7} | {aim:>4} |", flush=True)


def milliseconds(seconds):
    return f"{seconds * 1000:.1f} ms"


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="runs of each side of a pair")
    parser.add_argument("--no-server", action="store_true", help="leave out the rows of the server")
    parser.add_argument("--no-pages", action="store_true", help="leave out the rows of pages")
    parser.add_argument("--no-admin", action="store_true", help="leave out the pages of the admin")
    parser.add_argument("--no-rows", action="store_true", help="leave out the pages over 100,000 rows")
    parser.add_argument("--no-caches", action="store_true", help="leave out the caches")
    parser.add_argument("--no-sessions", action="store_true", help="leave out the pages with sessions")
    parser.add_argument("--no-cached", action="store_true", help="leave out the pages in a cache")
    parser.add_argument("--no-python", action="store_true", help="leave out the rows of views in Python")
    parser.add_argument("--no-serving", action="store_true", help="leave out static files as they are served")
    parser.add_argument("--no-clearsessions", action="store_true", help="leave out the million sessions")
    parser.add_argument("--no-tests", action="store_true", help="leave out the tests with rows")
    parser.add_argument("--no-accounts", action="store_true", help="leave out hashes, imports and logins")
    parser.add_argument("--no-build", action="store_true", help="leave out the clean build, and the size")
    parser.add_argument("--no-fixtures", action="store_true", help="leave out the large fixtures")
    parser.add_argument("--large", action="store_true", help="remake a table of a million rows, too")
    options = parser.parse_args()

    files = sum(1 for path in ADMIN_STATIC.rglob("*") if path.is_file())
    assert files == 127, f"the admin of this Django has {files} files"
    with tempfile.TemporaryDirectory(prefix="compare-") as directory:
        place = Path(directory)
        sides = [
            Side("djr", [DJR], [DJR], place),
            Side("django", [DJANGO_ADMIN], [PYTHON, "manage.py"], place),
        ]
        for side in sides:
            side.prepare()
            side.prepare_history()
        print(f"Django {django.get_version()}, Python {sys.version.split()[0]}, medians of {options.rounds}\n")
        print_row("", "djr", "Django", "ratio", "aim")
        print_row("-" * 26, "-" * 11, "-" * 11, "-" * 7, "-" * 4)
        for row in ROWS:
            median = compare(row, sides, options.rounds)
            ratio = f"{median['django'] / median['djr']:.1f}"
            shown = [milliseconds(median[name]) for name in ("djr", "django")]
            print_row(row[0], *shown, ratio, AIMS.get(row[0], ""))
        if not options.no_fixtures:
            compare_fixtures(sides, place / "large.json", min(options.rounds, LARGE_ROUNDS))
        if options.large:
            compare_remake(place)
    for name, script in ROWS_OF_THEIR_OWN.items():
        if not getattr(options, f"no_{name}"):
            subprocess.run([sys.executable, Path(__file__).with_name(script)], check=True)


if __name__ == "__main__":
    main()
