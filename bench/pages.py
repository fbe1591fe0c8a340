#!/usr/bin/env python3
"""Compares pages that read and write rows: djr, Django under gunicorn (2 workers), and axum by hand.

Rows: a list of 20 rows with two relations as a page and as JSON, one row, and a form that makes a row; requests per
second under wrk, all sides taking turns, on copies of the same database. `axum` is bench/axum: the same pages with the
statements written out, which is the limit; it asks nobody for a token. DJR names the executable, AXUM_PAGES that of
bench/axum. Without wrk there are no rows.

All sides write with `journal_mode = WAL` and `synchronous = NORMAL`, which is what djr's server does: a commit is in the
log when the response leaves, and on the disk with the next checkpoint. Django's own default would sync each commit.
"""

import argparse
import contextlib
import os
import re
import shutil
import sqlite3
import statistics
import sys
import tempfile
from pathlib import Path

from server import BIN, DJR, HOST, Side, family, load, run, start_project

AXUM = os.path.abspath(os.environ.get("AXUM_PAGES", "target/bench/axum/release/axum-pages"))
HERE = Path(__file__).parent
POSTS = 10_000

# What is measured, the path, how many times Django's speed is aimed at, what share of the limit.
PAGES = [
    ("list of 20", "/posts/", 20, 0.7),
    ("list of 20, page 40", "/posts/?page=40", 20, 0.7),
    ("list of 20, JSON", "/api/posts/", 20, 0.7),
    ("detail", "/posts/77/", 20, 0.7),
]

# The same for the form, which is sent with the token that is in its cookie.
FORM = ("create by form", "/posts/new/", 15, 0.7)
FORM_FIELDS = "title=A+new+post&body=Words&published_on=2026-11-30&author=7&category=3"
TOKEN = "s" * 32
FORM_LUA = f"""
wrk.method = "POST"
wrk.body = "{FORM_FIELDS}&csrfmiddlewaretoken={TOKEN}"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
wrk.headers["Cookie"] = "csrftoken={TOKEN}"
"""

FORM_HTML = "<form method='post'>%s{{ form.as_p%s }}<button>Save</button></form>"

MODELS_TOML = """
[Author]
fields.name = { type = "CharField", max_length = 100 }

[Category]
fields.name = { type = "CharField", max_length = 100 }

[Post]
ordering = ["-published_on", "-id"]
indexes = [{ name = "newest", fields = ["-published_on", "-id"] }]

[Post.fields]
title = { type = "CharField", max_length = 200 }
body = { type = "TextField" }
published_on = { type = "DateField" }
author = { type = "ForeignKey", to = "Author", on_delete = "CASCADE" }
category = { type = "ForeignKey", to = "Category", on_delete = "CASCADE" }
"""

URLS_TOML = """
[[urls]]
path = "posts/"
view = "generic.list"
model = "blog.Post"
select_related = ["author", "category"]
paginate_by = 20
template = "list.html"

[[urls]]
path = "posts/new/"
view = "generic.create"
model = "blog.Post"
fields = ["title", "body", "published_on", "author", "category"]
success_url = "/posts/{id}/"
template = "form.html"

[[urls]]
path = "posts/<int:pk>/"
view = "generic.detail"
model = "blog.Post"
select_related = ["author", "category"]
template = "detail.html"

[[urls]]
path = "api/posts/"
view = "api.model"
model = "blog.Post"
fields = ["id", "title", "body", "published_on", "author", "category"]
nested = { author = ["id", "name"], category = ["id", "name"] }
page_size = 20
permissions = "AllowAny"
"""

MODELS_PY = """
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)

    class Meta:
        db_table = "blog_author"


class Category(models.Model):
    name = models.CharField(max_length=100)


class Post(models.Model):
    title = models.CharField(max_length=200)
    body = models.TextField()
    published_on = models.DateField()
    author = models.ForeignKey(Author, models.CASCADE)
    category = models.ForeignKey(Category, models.CASCADE)

    class Meta:
        ordering = ["-published_on", "-id"]

    def get_absolute_url(self):
        return f"/posts/{self.pk}/"
"""

URLS_PY = """
from django.urls import path
from django.views.generic import CreateView, DetailView, ListView
from rest_framework import generics, pagination, serializers

from blog.models import Author, Category, Post

POSTS = Post.objects.select_related("author", "category")


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = ["id", "name"]


class CategorySerializer(serializers.ModelSerializer):
    class Meta:
        model = Category
        fields = ["id", "name"]


class PostSerializer(serializers.ModelSerializer):
    author = AuthorSerializer()
    category = CategorySerializer()

    class Meta:
        model = Post
        fields = ["id", "title", "body", "published_on", "author", "category"]


class Pages(pagination.PageNumberPagination):
    page_size = 20


class PostList(generics.ListAPIView):
    queryset = POSTS
    serializer_class = PostSerializer
    pagination_class = Pages
    permission_classes = []


class NewPost(CreateView):
    model = Post
    fields = ["title", "body", "published_on", "author", "category"]
    success_url = "/posts/{id}/"
    template_name = "form.html"


urlpatterns = [
    path("posts/new/", NewPost.as_view()),
    path("posts/", ListView.as_view(queryset=POSTS, paginate_by=20, template_name="list.html")),
    path("posts/<int:pk>/", DetailView.as_view(queryset=POSTS, template_name="detail.html")),
    path("api/posts/", PostList.as_view()),
]
"""

SETTINGS_PY = """
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS += ["blog", "rest_framework"]
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]
DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}
REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]}
"""


def fill(database):
    """Writes authors, categories and posts, as many words in each as in all others."""
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("INSERT INTO blog_author (name) VALUES (?)", [(f"Author {i}",) for i in range(50)])
        connection.executemany("INSERT INTO blog_category (name) VALUES (?)", [(f"Category {i}",) for i in range(10)])
        text = "Words that nobody reads. " * 40
        rows = [
            (f"Post {i} & more", text, f"2026-{i % 12 + 1:02}-{i % 28 + 1:02}", i % 50 + 1, i % 10 + 1)
            for i in range(POSTS)
        ]
        columns = "title, body, published_on, author_id, category_id"
        connection.executemany(f"INSERT INTO blog_post ({columns}) VALUES (?, ?, ?, ?, ?)", rows)


def templates_for(django):
    """The templates of bench/axum, in the words of Django or of djr."""
    pages = {}
    for name in ["list.html", "detail.html"]:
        text = (HERE / "axum" / "src" / name).read_text()
        text = text.replace("post.published_on", 'post.published_on|date:"Y-m-d"' if django else 'post.published_on|date("Y-m-d")')
        text = text.replace("in posts", "in object_list" if django else "in object_list")
        text = text.replace("{{ number }}", "{{ page_obj.number }}").replace("{{ pages }}", "{{ paginator.num_pages }}")
        pages[name] = text
    pages["form.html"] = FORM_HTML % (("{% csrf_token %}", "") if django else ("{{ csrf_input }}", "()"))
    return pages


class Djr(Side):
    """A project whose pages are all in urls.toml."""

    name = "djr"
    probe = "/posts/1/"

    def prepare(self, place):
        start_project(place)
        run([DJR, "startapp", "blog"], self.place)
        (self.place / "blog" / "models.toml").write_text(MODELS_TOML)
        urls = self.place / "urls.toml"
        urls.write_text(urls.read_text() + URLS_TOML)
        for name, text in templates_for(django=False).items():
            (self.place / "templates" / name).write_text(text)
        run([DJR, "makemigrations"], self.place)
        run([DJR, "migrate"], self.place)
        run([DJR, "collectstatic"], self.place)
        self.database = self.place / "db.sqlite3"
        fill(self.database)

    def command(self):
        return [DJR, "runserver", f"{HOST}:{self.port}"]


class Django(Side):
    """The same with Django's generic views and Django REST framework, on a copy of the database."""

    name = "django"
    probe = "/posts/1/"

    def prepare(self, place):
        run([BIN / "django-admin", "startproject", "django_site"], place)
        (place / "django_site").rename(self.place)
        with open(self.place / "django_site" / "settings.py", "a", encoding="utf-8") as settings:
            settings.write(SETTINGS_PY)
        (self.place / "django_site" / "urls.py").write_text(URLS_PY)
        (self.place / "blog").mkdir()
        (self.place / "blog" / "models.py").write_text(MODELS_PY)
        (self.place / "templates").mkdir()
        for name, text in templates_for(django=True).items():
            (self.place / "templates" / name).write_text(text)
        shutil.copy(place / "djr" / "db.sqlite3", self.place)

    def command(self):
        address = f"{HOST}:{self.port}"
        return [BIN / "gunicorn", "--workers", "2", "--bind", address, "django_site.wsgi"]


class Axum(Side):
    """The same by hand, on a copy of the database."""

    name = "axum"
    probe = "/posts/1/"

    def prepare(self, place):
        self.place.mkdir()
        shutil.copy(place / "djr" / "db.sqlite3", self.place)

    def command(self):
        return [AXUM, self.place / "db.sqlite3", str(self.port)]


def compare(sides, path, options, script=None):
    """The median requests per second of each side, in the order of `sides`."""
    rates = {side.name: [] for side in sides}
    for turn in range(options.rounds):
        for side in sides if turn % 2 else reversed(sides):
            with side.served():
                load(side, path, 1, script)  # warms the caches
                rates[side.name].append(load(side, path, options.seconds, script)[0])
    return [statistics.median(rates[side.name]) for side in sides]


def compare_forms(sides, options):
    """The same for the form; stops unless each request made a row."""
    script = sides[0].place.parent / "form.lua"
    script.write_text(FORM_LUA)
    rates = compare(sides, FORM[1], options, script)
    for side, rate in zip(sides, rates):
        with contextlib.closing(sqlite3.connect(side.place / "db.sqlite3")) as connection:
            made = connection.execute("SELECT count(*) FROM blog_post WHERE title = 'A new post'").fetchone()[0]
        if made < rate * options.seconds * options.rounds / 2:
            sys.exit(f"{side.name} answered {rate:.0f} forms a second, and made {made} rows")
    return rates


def same_rows(sides):
    """Stops unless all sides show the same rows: a page that lacks some would be quick."""
    shown = []
    for side in sides:
        with side.served():
            page = side.get("/posts/?page=40").page
            links = re.findall(r'href="/posts/(\d+)/">([^<]*)</a> by ([^<]*)', page)
            texts = side.get("/api/posts/?page=2").page
            shown.append((links, re.findall(r'"name": ?"([^"]*)"', texts)))
    if any(each != shown[0] for each in shown) or len(shown[0][0]) != 20 or len(shown[0][1]) != 40:
        sys.exit(f"the sides show different rows: {shown}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--seconds", type=int, default=4, help="the length of one run")
    parser.add_argument("--memory", type=int, default=0, help="also answer this many requests of each kind, and print the memory of djr")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("(the rows of pages need wrk)")
        return
    with tempfile.TemporaryDirectory(prefix="pages-") as directory:
        place = Path(directory)
        sides = [Djr(place), Django(place), Axum(place)]
        same_rows(sides)
        head = ["requests per second", "djr", "Django", "axum", "x Django", "aim", "of axum", "aim"]
        print("\n| {:<22} | {:>8} | {:>8} | {:>8} | {:>8} | {:>4} | {:>7} | {:>4} |".format(*head))
        for name, path, aim, share in PAGES:
            print_row(name, compare(sides, path, options), aim, share)
        name, _, aim, share = FORM
        print_row(name, compare_forms(sides, options), aim, share)
        # At last, since the forms make as many rows.
        if options.memory:
            for name, path, script in memory_rows(place):
                print_memory(sides[0], name, path, script, options.memory)


def print_row(name, rates, aim, share):
    ours, django, axum = rates
    figures = f"{ours:>8.0f} | {django:>8.0f} | {axum:>8.0f} | {ours / django:>8.1f} | {aim:>4}"
    print(f"| {name:<22} | {figures} | {ours / axum:>7.2f} | {share:>4} |", flush=True)


def memory_rows(place):
    """What is asked for to see whether memory grows: pages far apart, JSON, one row after the other, and forms."""
    scripts = {
        "pages": "function request() return wrk.format('GET', '/posts/?page=' .. math.random(1, 500)) end",
        "JSON": "function request() return wrk.format('GET', '/api/posts/?page=' .. math.random(1, 500)) end",
        "rows": "function request() return wrk.format('GET', '/posts/' .. math.random(1, 10000) .. '/') end",
        "forms": FORM_LUA,
    }
    for name, text in scripts.items():
        script = place / f"{name}.lua"
        script.write_text(text)
        yield name, FORM[1] if name == "forms" else "/posts/", script


def print_memory(side, name, path, script, requests):
    """Prints the memory of the server in megabytes, from time to time while so many requests are answered."""
    with side.served() as process:
        answered, sizes = 0, []
        while answered < requests:
            rate, _ = load(side, path, 10, script)
            answered += int(rate * 10)
            rollups = [Path(f"/proc/{member}/smaps_rollup").read_text() for member in family(process.pid)]
            size = sum(int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) for text in rollups)
            sizes.append(size / 1024)
        shown = ", ".join(f"{size:.1f}" for size in sizes)
        print(f"memory over {answered} {name}, MB: {shown}", flush=True)


if __name__ == "__main__":
    main()
