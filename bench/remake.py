"""Times the remake of a table of a million rows: djr against the sqlite3 shell with the same SQL."""

import os
import shutil
import sqlite3
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

ROWS = 1_000_000
FIRST = """initial = true

[[operations]]
[operations.CreateModel]
name = "Entry"
[operations.CreateModel.fields]
title = { type = "CharField", max_length = 100 }
count = { type = "IntegerField" }
note = { type = "TextField", null = true }
"""
SECOND = """dependencies = ["log.0001_initial"]

[[operations]]
AlterField = { model = "Entry", name = "count", field = { type = "BigIntegerField", db_index = true } }
"""


def run(*command, at, **options):
    return subprocess.run(command, cwd=at, check=True, capture_output=True, text=True, **options).stdout


def prepare(djr, place):
    run(djr, "startproject", "remake", at=place)
    project = place / "remake"
    run(djr, "startapp", "log", at=project)
    (project / "log" / "models.toml").write_text("")
    migrations = project / "log" / "migrations"
    migrations.mkdir(exist_ok=True)
    (migrations / "0001_initial.toml").write_text(FIRST)
    run(djr, "migrate", at=project)
    (migrations / "0002_wider.toml").write_text(SECOND)
    connection = sqlite3.connect(project / "db.sqlite3")
    rows = ((f"title {n}", n, "a note of some length" * 2) for n in range(ROWS))
    connection.executemany("INSERT INTO log_entry (title, count, note) VALUES (?, ?, ?)", rows)
    connection.commit()
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return project


def shell_script(djr, project):
    """What djr executes, between its pragmas, with the check of references at the end."""
    sql = run(djr, "sqlmigrate", "log", "0002", at=project)
    lines = [line for line in sql.splitlines() if not line.startswith(("BEGIN", "COMMIT", "PRAGMA"))]
    return "\n".join(
        ["PRAGMA synchronous = FULL;", "PRAGMA foreign_keys = OFF;", "BEGIN IMMEDIATE;", *lines]
        + ["PRAGMA foreign_key_check;", "COMMIT;"]
    )


def timed(command, project, place, text=None):
    with tempfile.TemporaryDirectory(dir=place) as directory:
        copy = Path(directory) / "project"
        shutil.copytree(project, copy)
        os.sync()
        started = time.perf_counter()
        run(*command, at=copy, input=text)
        return time.perf_counter() - started


def compare(djr, place, rounds=3):
    """The median seconds of djr and of the shell, taking turns; none without a shell."""
    if shutil.which("sqlite3") is None:
        return None
    project = prepare(djr, place)
    script = shell_script(djr, project)
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(timed([djr, "migrate", "--no-snapshot"], project, place))
        theirs.append(timed(["sqlite3", "-bail", "db.sqlite3"], project, place, script))
    return statistics.median(ours), statistics.median(theirs)
