#!/usr/bin/env python3
"""Compares what accounts cost: hashes of passwords, an import of users, logins.

Rows: one hash with equal parameters beside argon2-cffi and hashlib; 10,000 users with hashes of their
own beside a script with bulk_create; logins from ten clients at once beside gunicorn with two workers,
and the memory all processes take together at their peak. To be run by the Python that has Django,
argon2-cffi and gunicorn; DJR names the executable.

djr's hash is what a whole `createsuperuser` takes more with it than with a hash of next to no cost: the
executable that is shipped is measured, not one made for the purpose.
"""

import argparse
import contextlib
import csv
import hashlib
import http.client
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

import argon2
import server
from server import DJR, HOST, run

PASSWORD = "correct horse battery"
USERS = 10_000
CLIENTS = 10
IMPORT_AIM, HASH_AIM = 20, 1

# What is shown, djr's settings, the same with next to no cost, and the other side's hash.
HASHES = [
    (
        "hash, Argon2id",
        'password_hashers = ["argon2"]',
        "argon2_time = 2\nargon2_memory = 102400\nargon2_parallelism = 8",
        "argon2_time = 1\nargon2_memory = 64\nargon2_parallelism = 8",
        lambda: argon2.low_level.hash_secret(
            PASSWORD.encode(), b"x" * 22, 2, 102400, 8, 32, argon2.low_level.Type.ID
        ),
    ),
    (
        "hash, PBKDF2-SHA256",
        'password_hashers = ["pbkdf2_sha256"]',
        "pbkdf2_iterations = 1000000",
        "pbkdf2_iterations = 1",
        lambda: hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), b"x" * 22, 1_000_000),
    ),
]

IMPORT = """
import csv, os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "django_site.settings"
sys.path.insert(0, ".")
import django
django.setup()
from django.contrib.auth.models import User
from django.db import transaction
with open("users.csv", newline="") as file, transaction.atomic():
    users = [User(**row) for row in csv.DictReader(file)]
    for user in users:
        user.full_clean(validate_unique=False)
    User.objects.bulk_create(users, batch_size=500)
"""


def seconds(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def superuser(place, hashers, costs):
    """The seconds of a whole `createsuperuser` with these costs."""
    with tempfile.TemporaryDirectory(dir=place) as directory:
        project = Path(directory) / "project"
        shutil.copytree(place / "hashing", project)
        settings = project / "djr.toml"
        kept = re.sub(r"^password_hashers.*$", hashers, settings.read_text(), flags=re.MULTILINE)
        settings.write_text(f"{kept}\n[auth.costs]\n{costs}\n")
        command = [DJR, "createsuperuser", "--noinput", "--username", "ada", "--email", "ada@example.com"]
        return seconds(lambda: run(command, project, DJR_SUPERUSER_PASSWORD=PASSWORD))


def compare_hashes(place, rounds):
    run([DJR, "startproject", "hashing"], place)
    run([DJR, "migrate"], place / "hashing")
    for name, hashers, costs, cheap, theirs in HASHES:
        with_hash, without, other = [], [], []
        theirs()
        for _ in range(rounds):
            with_hash.append(superuser(place, hashers, costs))
            without.append(superuser(place, hashers, cheap))
            other.append(seconds(theirs))
        ours = statistics.median(with_hash) - statistics.median(without)
        yield name, ours * 1000, statistics.median(other) * 1000, "ms", HASH_AIM


def write_users(path):
    hashed = "argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["username", "email", "password", "first_name", "last_name"])
        for number in range(USERS):
            rows.writerow([f"user{number}", f"user{number}@example.com", hashed, "Ada", "Lovelace"])


def compare_imports(sides, place, rounds):
    if subprocess.run([DJR, "users", "import", "--help"], capture_output=True).returncode != 0:
        return
    write_users(place / "users.csv")
    taken = {side.name: [] for side in sides}
    for _ in range(rounds):
        for side in sides:
            with tempfile.TemporaryDirectory(dir=place) as directory:
                project = Path(directory) / "project"
                shutil.copytree(side.place, project)
                shutil.copy(place / "users.csv", project)
                (project / "import.py").write_text(IMPORT)
                django = [sys.executable, "import.py"]
                command = [DJR, "users", "import", "users.csv"] if side.name == "djr" else django
                taken[side.name].append(seconds(lambda: run(command, project)))
                count = run([sys.executable, "-c", COUNT], project).strip()
                assert count == str(USERS + 1), f"{side.name} has {count} users"
    ours, theirs = (statistics.median(taken[side.name]) * 1000 for side in sides)
    yield "import of 10,000 users", ours, theirs, "ms", IMPORT_AIM


COUNT = "import sqlite3; print(*sqlite3.connect('db.sqlite3').execute('SELECT count(*) FROM auth_user').fetchone())"


class Client(threading.Thread):
    """Logs in again and again, each time in a session of its own."""

    def __init__(self, side, until):
        super().__init__(daemon=True)
        self.side, self.until = side, until
        self.logins = self.refused = 0

    def run(self):
        page = self.side.get("/accounts/login/")
        cookie = page.getheader("Set-Cookie").split(";")[0]
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.page)[1]
        form = {"csrfmiddlewaretoken": token, "username": "ada", "password": PASSWORD}
        body = urllib.parse.urlencode(form)
        headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
        while time.monotonic() < self.until:
            connection = http.client.HTTPConnection(HOST, self.side.port, timeout=60)
            connection.request("POST", "/accounts/login/", body, headers)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            if answer.status == 302:
                self.logins += 1
            else:
                self.refused += 1


def logins(side, length):
    """Logins per second from all clients, and megabytes at the peak."""
    with side.served() as process:
        started = time.monotonic()
        clients = [Client(side, started + length) for _ in range(CLIENTS)]
        for client in clients:
            client.start()
        peak = 0
        while any(client.is_alive() for client in clients):
            peak = max(peak, memory(process))
            time.sleep(0.02)
        taken = time.monotonic() - started
    refused = sum(client.refused for client in clients)
    if refused:
        print(f"({side.name} refused {refused} logins)", file=sys.stderr)
    return sum(client.logins for client in clients) / taken, peak


def memory(process):
    """Megabytes of all processes of a server; memory that they share counts once."""
    total = 0
    for member in server.family(process.pid):
        with contextlib.suppress(OSError):
            rollup = Path(f"/proc/{member}/smaps_rollup").read_text()
            total += int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1])
    return total / 1024


def compare_logins(sides, rounds, length):
    found = {side.name: [] for side in sides}
    for turn in range(rounds):
        for side in sides if turn % 2 else reversed(sides):
            found[side.name].append(logins(side, length))
    ours, theirs = (
        [statistics.median(column) for column in zip(*found[side.name])] for side in sides
    )
    yield "logins, ten at once", ours[0], theirs[0], "/s", ""
    yield "  memory at the peak", ours[1], theirs[1], "MB", ""


def sites(place):
    """Both sites, each with the user ada."""
    djr = server.Djr(place)
    with djr.served():
        server.Django.page = djr.get("/accounts/login/").page
    django = server.Django(place)
    with open(django.place / "django_site" / "settings.py", "a", encoding="utf-8") as settings:
        settings.write('PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]\n')
        settings.write('LOGIN_REDIRECT_URL = "/"\n')
    for prefix, program, side in (
        ("DJR", [DJR], djr),
        ("DJANGO", [sys.executable, "manage.py"], django),
    ):
        command = [*program, "createsuperuser", "--noinput", "--username", "ada", "--email", "a@x.org"]
        run(command, side.place, **{f"{prefix}_SUPERUSER_PASSWORD": PASSWORD})
    return [djr, django]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=9, help="runs of each side of a pair")
    parser.add_argument("--seconds", type=int, default=8, help="the length of a run of logins")
    options = parser.parse_args()
    few = min(options.rounds, 3)
    with tempfile.TemporaryDirectory(prefix="accounts-") as directory:
        place = Path(directory)
        for row in compare_hashes(place, options.rounds):
            show(*row)
        sides = sites(place)
        for row in compare_imports(sides, place, few):
            show(*row)
        for row in compare_logins(sides, few, options.seconds):
            show(*row)


def show(name, ours, theirs, unit, aim):
    ratio = ours / theirs if unit == "/s" else theirs / ours
    shown = [f"{value:.1f} {unit}" for value in (ours, theirs)]
    print(f"| {name:<26} | {shown[0]:>11} | {shown[1]:>11} | {ratio:>7.2f} | {aim:>4} |", flush=True)


if __name__ == "__main__":
    main()
