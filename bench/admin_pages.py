#!/usr/bin/env python3
"""Compares pages of the admin: djr and Django under gunicorn (2 workers), on copies of the same database of 100,000 rows.

The change list shows 100 rows with two relations; the person is logged in by a session that is in the table. Requests per second under
wrk, both sides taking turns. DJR names the executable. Without wrk there are no rows. `--rows 1000000` asks djr alone, and
prints how long a page takes.
"""

import argparse
import contextlib
import http.client
import re
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pages
from pages import MODELS_PY, MODELS_TOML
from server import BIN, DJR, HOST, Side, load, run, start_project

ROWS = 100_000
PASSWORD = "a wholly new passphrase 7"

# What is measured, the path, and how many times Django's speed is aimed at.
PAGES = [
    ("change list of 100", "/admin/blog/post/", 20),
    ("the same, page 400", "/admin/blog/post/?p=400", 20),
    ("the same, searched", "/admin/blog/post/?q=Post+9999", 20),
]

ADMIN_TOML = """
[Post]
list_display = ["title", "published_on", "author", "category"]
search_fields = ["title"]
"""

ADMIN_PY = """
from django.contrib import admin

from blog.models import Post


@admin.register(Post)
class PostAdmin(admin.ModelAdmin):
    list_display = ["title", "published_on", "author", "category"]
    list_select_related = ["author", "category"]
    search_fields = ["title"]
"""

TEXTS = """
    def __str__(self):
        return self.name
"""

SETTINGS_PY = """
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS += ["blog"]
STATIC_ROOT = BASE_DIR / "staticfiles"
DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}
"""


class Djr(Side):
    """A project with the admin that the scaffold has."""

    name = "djr"
    probe = "/admin/login/"

    def prepare(self, place):
        start_project(place)
        run([DJR, "startapp", "blog"], self.place)
        models = MODELS_TOML.replace("fields.name", 'str = "{{ name }}"\nfields.name')
        models = models.replace("[Post]\n", '[Post]\nstr = "{{ title }}"\n')
        (self.place / "blog" / "models.toml").write_text(models)
        (self.place / "blog" / "admin.toml").write_text(ADMIN_TOML)
        run([DJR, "makemigrations"], self.place)
        run([DJR, "migrate"], self.place)
        run([DJR, "collectstatic"], self.place)
        run([DJR, "createsuperuser", "--noinput", "--username", "ada", "--email", "ada@example.com"], self.place, DJANGO_SUPERUSER_PASSWORD=PASSWORD)
        pages.POSTS = ROWS
        pages.fill(self.place / "db.sqlite3")

    def command(self):
        return [DJR, "runserver", f"{HOST}:{self.port}"]


class Django(Side):
    """The same with Django's admin, on a copy of the database."""

    name = "django"
    probe = "/admin/login/"

    def prepare(self, place):
        run([BIN / "django-admin", "startproject", "django_site"], place)
        (place / "django_site").rename(self.place)
        with open(self.place / "django_site" / "settings.py", "a", encoding="utf-8") as settings:
            settings.write(SETTINGS_PY)
        (self.place / "blog").mkdir()
        (self.place / "blog" / "__init__.py").write_text("")
        models = MODELS_PY.replace("CharField(max_length=100)\n", f"CharField(max_length=100)\n{TEXTS}", 2)
        models += "\n    def __str__(self):\n        return self.title\n"
        (self.place / "blog" / "models.py").write_text(models)
        (self.place / "blog" / "admin.py").write_text(ADMIN_PY)
        shutil.copy(place / "djr" / "db.sqlite3", self.place)

    def command(self):
        address = f"{HOST}:{self.port}"
        return [BIN / "gunicorn", "--workers", "2", "--bind", address, "django_site.wsgi"]


def request(side, method, path, body=None, headers=None):
    connection = http.client.HTTPConnection(HOST, side.port, timeout=60)
    connection.request(method, path, body, headers or {})
    answer = connection.getresponse()
    answer.page = answer.read().decode()
    connection.close()
    return answer


def logged_in(side):
    """The cookie of the session of somebody who may do everything."""
    page = request(side, "GET", "/admin/login/")
    token = re.search(r"csrftoken=([^;]+)", page.headers["Set-Cookie"])[1]
    hidden = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.page)[1]
    body = f"csrfmiddlewaretoken={hidden}&username=ada&password={PASSWORD.replace(' ', '+')}&next=/admin/"
    headers = {"Cookie": f"csrftoken={token}", "Content-Type": "application/x-www-form-urlencoded"}
    answer = request(side, "POST", "/admin/login/", body, headers)
    found = re.search(r"sessionid=([^;]+)", "; ".join(answer.headers.get_all("Set-Cookie") or []))
    if found is None:
        sys.exit(f"{side.name}: nobody could log in: {answer.status}\n{answer.page[:500]}")
    return f"sessionid={found[1]}"


def same_rows(sides):
    """Stops unless both sides show the same hundred rows."""
    shown = []
    for side in sides:
        with side.served():
            page = request(side, "GET", PAGES[1][1], headers={"Cookie": logged_in(side)}).page
            shown.append(re.findall(r"/admin/blog/post/(\d+)/change/", page))
    if shown[0] != shown[1] or len(shown[0]) != 100:
        sys.exit(f"the sides show different rows: {shown}")


def compare(sides, path, options):
    rates = {side.name: [] for side in sides}
    for turn in range(options.rounds):
        for side in sides if turn % 2 else reversed(sides):
            with side.served():
                headers = {"Cookie": logged_in(side)}
                load(side, path, 1, headers=headers)  # warms the caches
                rates[side.name].append(load(side, path, options.seconds, headers=headers)[0])
    return [statistics.median(rates[side.name]) for side in sides]


def print_times(side, rows):
    """How long djr takes for a page over so many rows, one request after the other."""
    database = side.place / "db.sqlite3"
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        have = connection.execute("SELECT count(*) FROM blog_post").fetchone()[0]
        while have < rows:
            columns = "title, body, published_on, author_id, category_id"
            connection.execute(f"INSERT INTO blog_post ({columns}) SELECT {columns} FROM blog_post LIMIT ?", [rows - have])
            have = connection.execute("SELECT count(*) FROM blog_post").fetchone()[0]
    with side.served():
        cookie = logged_in(side)
        for name, path, _ in PAGES:
            times = []
            for _ in range(15):
                began = time.perf_counter()
                answer = request(side, "GET", path, headers={"Cookie": cookie})
                times.append(time.perf_counter() - began)
                assert answer.status == 200, answer.status
            print(f"{name} over {rows} rows: {statistics.median(times) * 1000:.1f} ms", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--seconds", type=int, default=4, help="the length of one run")
    parser.add_argument("--rows", type=int, default=0, help="print how long djr takes over so many rows, and nothing else")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="admin-") as directory:
        place = Path(directory)
        if options.rows:
            print_times(Djr(place), options.rows)
            return
        if shutil.which("wrk") is None:
            print("(the rows of the admin need wrk)")
            return
        sides = [Djr(place), Django(place)]
        same_rows(sides)
        print("\n| {:<22} | {:>8} | {:>8} | {:>8} | {:>4} |".format("requests per second", "djr", "Django", "x Django", "aim"))
        for name, path, aim in PAGES:
            ours, theirs = compare(sides, path, options)
            print(f"| {name:<22} | {ours:>8.0f} | {theirs:>8.0f} | {ours / theirs:>8.1f} | {aim:>4} |", flush=True)


if __name__ == "__main__":
    main()
