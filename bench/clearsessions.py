#!/usr/bin/env python3
"""Compares `djr clearsessions` on a million rows, half of them ended, with one DELETE in the shell of SQLite, and with Django's.

The rows are made in the order of their ends, as a site makes them, with keys by chance. Each run works on a copy of one file. While
others write, a writer of its own commits a row every few milliseconds, and the longest time that one of these took is printed.
DJR names the executable.
"""

import argparse
import contextlib
import datetime
import multiprocessing
import os
import random
import resource
import shutil
import sqlite3
import statistics
import string
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DJR = os.path.abspath(os.environ["DJR"])
MANAGE = [sys.executable, "manage.py"]
NOW = datetime.datetime(2026, 1, 2, 3, 4, 5)
AGE = datetime.timedelta(days=14)
ENDED = "SELECT count(*) FROM django_session WHERE expire_date < '2026-06-01'"

# How many times the shell's time the command may take, and how many milliseconds a writer may wait.
AIM, LONGEST = 1.3, 50

# How long the writer rests between two of its transactions.
REST = 0.003


def run(command, at, **options):
    return subprocess.run(command, cwd=at, check=True, capture_output=True, text=True, **options).stdout


def prepare(place, rows):
    """A project of each side, and a database that both can use."""
    run([DJR, "startproject", "djr"], place)
    run([DJR, "migrate"], place / "djr")
    admin = str(Path(sys.executable).with_name("django-admin"))
    run([admin, "startproject", "django_site"], place)
    database = place / "rows.sqlite3"
    shutil.copy(place / "djr" / "db.sqlite3", database)
    chance = random.Random(1)
    alphabet = string.ascii_lowercase + string.digits

    def sessions():
        for number in range(rows):
            end = NOW + AGE * (2 * number / rows - 1) + datetime.timedelta(microseconds=chance.randrange(1_000_000))
            yield "".join(chance.choices(alphabet, k=32)), "x" * chance.randrange(150, 300), str(end)

    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("INSERT INTO django_session VALUES (?, ?, ?)", sessions())
    with contextlib.closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return database


class Side:
    """How one of the three clears the sessions of a copy."""

    def __init__(self, name, project, command, environment=None):
        self.name, self.project, self.command = name, project, command
        self.environment = {**os.environ, **(environment or {})}

    def path(self):
        return self.project / "db.sqlite3"

    def copy(self, database):
        for ending in ("", "-wal", "-shm", "-journal"):
            Path(f"{self.path()}{ending}").unlink(missing_ok=True)
        shutil.copy(database, self.path())
        os.sync()

    def clear(self):
        """The seconds that it takes, and those of the processor."""
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        run(self.command, self.project, env=self.environment)
        taken, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
        return taken, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def sides(place):
    fixed = {"DJR_TEST_NOW": f"{NOW.isoformat()}Z"}
    delete = f"DELETE FROM django_session WHERE expire_date < '{NOW}'"
    shell = place / "shell"
    shell.mkdir()
    # Django has its own idea of what time it is.
    clear = (
        "import datetime, django.utils.timezone as z; n = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc); z.now = lambda: n; "
        "import django.contrib.sessions.backends.db as d; d.timezone.now = z.now; d.SessionStore.clear_expired()"
    )
    return [
        Side("djr", place / "djr", [DJR, "clearsessions"], fixed),
        Side("sqlite3", shell, ["sqlite3", "db.sqlite3", "PRAGMA synchronous = NORMAL", delete]),
        Side("Django", place / "django_site", [*MANAGE, "shell", "-c", clear]),
    ]


def write(path, ready, stop, waits):
    """Commits a row again and again; hands over how long each took."""
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    connection.execute("PRAGMA synchronous = NORMAL")
    taken, number = [], 0
    while not stop.is_set():
        started = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO django_session VALUES (?, '', '2026-12-01')", (f"writer{number}",))
        connection.execute("COMMIT")
        taken.append(time.perf_counter() - started)
        number += 1
        ready.set()
        time.sleep(REST)
    waits.put(taken)


def clear_beside_a_writer(side):
    """The seconds that clearing takes while another process writes, and all times of that one."""
    ready, stop, waits = multiprocessing.Event(), multiprocessing.Event(), multiprocessing.Queue()
    writer = multiprocessing.Process(target=write, args=(side.path(), ready, stop, waits))
    writer.start()
    ready.wait()
    taken, _ = side.clear()
    stop.set()
    times = waits.get()
    writer.join()
    return taken, times


def check(side, kept):
    with contextlib.closing(sqlite3.connect(side.path())) as connection:
        left = connection.execute(ENDED).fetchone()[0]
    if left != kept:
        sys.exit(f"{side.name} left {left} rows instead of {kept}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    options = parser.parse_args()
    if shutil.which("sqlite3") is None:
        print("\nno sqlite3 here: the rows of clearsessions are left out")
        return
    with tempfile.TemporaryDirectory(prefix="clearsessions-", dir=os.environ.get("BENCH_PLACE")) as directory:
        place = Path(directory)
        database = prepare(place, options.rows)
        kept = options.rows // 2
        all_sides = sides(place)
        alone = {side.name: [] for side in all_sides}
        beside = {side.name: [] for side in all_sides}
        for _ in range(options.rounds):
            for side in all_sides:
                side.copy(database)
                alone[side.name].append(side.clear())
                check(side, kept)
                side.copy(database)
                beside[side.name].append(clear_beside_a_writer(side))
                check(side, kept)
        print(
            f"\nclearsessions, {options.rows} rows, half of them ended, beside one DELETE in the sqlite3 shell "
            f"(aims: at most {AIM} times its time; no writer waits {LONGEST} ms)"
        )
        shell = statistics.median(taken for taken, _ in alone["sqlite3"])
        for side in all_sides:
            taken, processor = (statistics.median(column) for column in zip(*alone[side.name]))
            busy = statistics.median(time for time, _ in beside[side.name])
            waits = sorted(wait * 1000 for _, times in beside[side.name] for wait in times)
            print(
                f"| {side.name:<8} | {taken:>7.2f} s | {taken / shell:>5.2f} | processor {processor:>6.2f} s | beside a writer {busy:>7.2f} s, who waits "
                f"{waits[len(waits) // 2]:.1f} ms, at most {waits[-1]:.0f} ms ({len(waits)} times) |",
                flush=True,
            )


if __name__ == "__main__":
    main()
