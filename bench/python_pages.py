#!/usr/bin/env python3
"""Compares views in Python: djr's interpreter, and the same files on Django under gunicorn (2 workers).

Rows: a cart that writes its session, a list of 20 rows, the same as a class view, a class view alone, a view behind five
middleware, 20 dictionaries and the values of 20 rows as JSON; requests per second under wrk and processor time for one, both
sides taking turns on copies of one database. Then how much quicker two workers are than one, the start of the server to its
first answer, and memory after 10,000 GETs one after another. To be run by the Python that has Django and
gunicorn; DJR names the executable. Without wrk there are no rows.
"""

import argparse
import contextlib
import http.client
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from server import BIN, DJR, GETS, HOST, Side, load, memory, memory_of, print_head, print_rates, processor_seconds, run, start_project

POSTS = 1_000
MEMORY_AIM = 2
START_AIM = 150

# What is measured, its path, how many times Django's speed is aimed at.
PAGES = [
    ("cart, session written", "/cart/add/tea/", 10),
    ("list of 20 rows", "/posts/", 10),
    ("list, class view", "/list/", 10),
    ("class view", "/about/", 10),
    ("five middleware", "/five/", 10),
    ("20 dictionaries, JSON", "/numbers/", 10),
    ("values() of 20, JSON", "/values/", 10),
]

VIEWS = '''
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views import View
from django.views.generic import ListView

from blog.models import Post


def add(request, slug):
    cart = request.session.setdefault("cart", {})
    cart[slug] = cart.get(slug, 0) + 1
    request.session.modified = True
    return JsonResponse({"cart": cart, "total": sum(cart.values())})


def posts(request):
    posts = Post.objects.select_related("author").order_by("-published_on", "-id")[:20]
    return render(request, "blog/posts.html", {"posts": posts})


class Posts(ListView):
    model = Post
    template_name = "blog/posts.html"
    context_object_name = "posts"

    def get_queryset(self):
        return super().get_queryset().select_related("author").order_by("-published_on", "-id")[:20]


class About(View):
    def get(self, request):
        return HttpResponse(f"<h1>About</h1><p>{request.path} {request.method}</p>")


def five(request):
    return HttpResponse("five")


def numbers(request):
    rows = [{"id": n, "name": f"Number {n}", "square": n * n, "even": n % 2 == 0} for n in range(20)]
    return JsonResponse({"rows": rows})


def values(request):
    rows = Post.objects.order_by("-published_on", "-id").values("id", "title", "published_on", "author__name")[:20]
    return JsonResponse({"rows": list(rows)})


def busy(request):
    rows = [{"number": number, "text": "x" * (number % 7)} for number in range(20_000)]
    return HttpResponse(sum(len(row["text"]) for row in rows))
'''

# Each of them looks at the request and at the response, as middleware does.
MIDDLEWARE = "\n".join(
    f'''
def step_{number}(get_response):
    def middleware(request):
        request.step_{number} = len(request.path)
        response = get_response(request)
        response["X-Step-{number}"] = str(request.step_{number})
        return response

    return middleware
'''
    for number in range(5)
)

# Jinja and Django's own language at once; Jinja leaves out the end of the last line.
TEMPLATE = """<ul>
{% for post in posts %}<li><a href="/posts/{{ post.pk }}/">{{ post.title }}</a> by {{ post.author.name }}</li>
{% endfor %}</ul>"""

MODELS_TOML = """
[Author]
fields.name = { type = "CharField", max_length = 100 }

[Post]
indexes = [{ name = "newest", fields = ["-published_on", "-id"] }]

[Post.fields]
title = { type = "CharField", max_length = 200 }
published_on = { type = "DateField" }
author = { type = "ForeignKey", to = "Author", on_delete = "CASCADE" }
"""

MODELS_PY = """
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=100)


class Post(models.Model):
    title = models.CharField(max_length=200)
    published_on = models.DateField()
    author = models.ForeignKey(Author, models.CASCADE)

    class Meta:
        indexes = [models.Index(name="newest", fields=["-published_on", "-id"])]
"""

URLS_TOML = """
[[urls]]
path = "cart/add/<slug:slug>/"
view = "blog.views.add"
[[urls]]
path = "posts/"
view = "blog.views.posts"
[[urls]]
path = "list/"
view = "blog.views.Posts"
[[urls]]
path = "about/"
view = "blog.views.About"
[[urls]]
path = "five/"
view = "blog.views.five"
[[urls]]
path = "numbers/"
view = "blog.views.numbers"
[[urls]]
path = "values/"
view = "blog.views.values"
[[urls]]
path = "busy/"
view = "blog.views.busy"
"""

URLS_PY = """
from django.urls import path

from blog import views

urlpatterns = [
    path("cart/add/<slug:slug>/", views.add),
    path("posts/", views.posts),
    path("list/", views.Posts.as_view()),
    path("about/", views.About.as_view()),
    path("five/", views.five),
    path("numbers/", views.numbers),
    path("values/", views.values),
]
"""

SETTINGS_PY = """
from os import environ

DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS += ["blog"]
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]
DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}
if environ.get("FIVE"):
    MIDDLEWARE += [f"blog.middleware.step_{n}" for n in range(5)]
"""

OURS = ["security", "sessions", "common", "csrf", "auth", "messages", "clickjacking"]


def write_app(place):
    """The files that both sides have."""
    app = place / "blog"
    app.mkdir(exist_ok=True)
    (app / "__init__.py").touch()
    (app / "views.py").write_text(VIEWS)
    (app / "middleware.py").write_text(MIDDLEWARE)
    (place / "templates" / "blog").mkdir(parents=True, exist_ok=True)
    (place / "templates" / "blog" / "posts.html").write_text(TEMPLATE)


def fill(database):
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("INSERT INTO blog_author (name) VALUES (?)", [(f"Author {i}",) for i in range(50)])
        rows = [(f"Post {i} & more", f"2026-{i % 12 + 1:02}-{i % 28 + 1:02}", i % 50 + 1) for i in range(POSTS)]
        connection.executemany("INSERT INTO blog_post (title, published_on, author_id) VALUES (?, ?, ?)", rows)


class PythonSide(Side):
    """A site with the views; `cookie` is that of a session of its own."""

    probe = "/about/"
    cookie = None
    five = False

    def headers(self):
        if self.cookie is None:
            self.cookie = self.get("/cart/add/milk/").getheader("Set-Cookie").partition(";")[0]
        return {"Cookie": self.cookie}


class Djr(PythonSide):
    name = "djr"

    def prepare(self, place):
        start_project(place)
        run([DJR, "startapp", "blog"], self.place)
        (self.place / "blog" / "models.toml").write_text(MODELS_TOML)
        urls = self.place / "urls.toml"
        urls.write_text(urls.read_text() + URLS_TOML)
        write_app(self.place)
        for command in ["makemigrations", "migrate", "collectstatic"]:
            run([DJR, command], self.place)
        fill(self.place / "db.sqlite3")

    def command(self):
        names = OURS + [f"blog.middleware.step_{n}" for n in range(5) if self.five]
        settings = self.place / "djr.toml"
        lines = [line for line in settings.read_text().splitlines() if not line.startswith("middleware = ")]
        told = "middleware = [" + ", ".join(f'"{name}"' for name in names) + "]"
        lines.insert(lines.index("[project]") + 1, told)
        settings.write_text("\n".join(lines) + "\n")
        return [DJR, "runserver", f"{HOST}:{self.port}"]


class Django(PythonSide):
    name = "django"

    def prepare(self, place):
        run([BIN / "django-admin", "startproject", "django_site"], place)
        (place / "django_site").rename(self.place)
        with open(self.place / "django_site" / "settings.py", "a", encoding="utf-8") as settings:
            settings.write(SETTINGS_PY)
        (self.place / "django_site" / "urls.py").write_text(URLS_PY)
        write_app(self.place)
        (self.place / "blog" / "models.py").write_text(MODELS_PY)
        shutil.copy(place / "djr" / "db.sqlite3", self.place)

    def command(self):
        address = f"{HOST}:{self.port}"
        five = ["env", "FIVE=1"] if self.five else []
        return [*five, BIN / "gunicorn", "--workers", "2", "--bind", address, "django_site.wsgi"]


def measure(sides, path, options):
    """The median requests per second of each side, and the microseconds of its processor time for one."""
    found = {side.name: [] for side in sides}
    for turn in range(options.rounds):
        for side in sides if turn % 2 else reversed(sides):
            side.five = path == "/five/"
            with side.served() as process:
                headers = side.headers()
                load(side, path, 1, headers=headers)  # warms the caches
                before = processor_seconds(process)
                rate, _ = load(side, path, options.seconds, headers=headers)
                used = processor_seconds(process) - before
                found[side.name].append((rate, used / (rate * options.seconds) * 1e6))
    return [[statistics.median(column) for column in zip(*found[side.name])] for side in sides]


def same_pages(sides):
    """Stops unless both sides answer the same: a page that lacks something would be quick."""
    for side in sides:
        side.five = True
    for path in ["/posts/", "/list/", "/about/", "/five/", "/numbers/", "/values/"]:
        pages = []
        for side in sides:
            with side.served():
                answer = side.get(path)
                pages.append((answer.status, answer.page, answer.getheader("X-Step-4")))
        if pages[0] != pages[1]:
            sys.exit(f"the sides answer {path} in different ways:\n{pages[0]}\n{pages[1]}")


def first_answer(side):
    """Milliseconds from the start of the server to its first answer of a view in Python."""
    started = time.perf_counter()
    process = subprocess.Popen(side.command(), cwd=side.place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - started < 10:
            with contextlib.suppress(OSError):
                connection = http.client.HTTPConnection(HOST, side.port, timeout=5)
                connection.request("GET", side.probe)
                if connection.getresponse().status == 200:
                    return (time.perf_counter() - started) * 1000
            time.sleep(0.001)
        sys.exit(f"{side.name} does not answer")
    finally:
        process.terminate()
        process.wait()


def set_workers(side, number):
    settings = side.place / "djr.toml"
    text = settings.read_text().partition("\n[server]\n")[0]
    settings.write_text(f"{text}\n[server]\nworkers = {number}\n")


def scaling(side, seconds):
    """How many times as many requests two workers answer as one, of a view that only works."""
    rates = []
    for workers in (1, 2):
        set_workers(side, workers)
        with side.served():
            load(side, "/busy/", 1)
            rates.append(load(side, "/busy/", seconds)[0])
    return rates[1] / rates[0]


def grow(side, requests):
    """Prints the memory of a server with one worker, from time to time while so many requests are answered."""
    set_workers(side, 1)
    with side.served() as process:
        answered, sizes, headers = 0, [], side.headers()
        while answered < requests:
            for _, path, _ in PAGES:
                answered += int(load(side, path, 2, headers=headers)[0] * 2)
            sizes.append(memory_of(process))
        print(f"memory over {answered} requests, MB:", ", ".join(f"{size:.1f}" for size in sizes), flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--seconds", type=int, default=4, help="the length of one run")
    parser.add_argument("--memory", type=int, default=0, help="also answer this many requests with one worker, and print the memory of djr")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("(the rows of views in Python need wrk)")
        return
    with tempfile.TemporaryDirectory(prefix="python-pages-") as directory:
        place = Path(directory)
        sides = [Djr(place), Django(place)]
        same_pages(sides)
        print_head("views in Python")
        for name, path, aim in PAGES:
            print_rates(name, aim, *measure(sides, path, options))
        for side in sides:
            side.five = False
        ours, theirs = (statistics.median(first_answer(side) for _ in range(options.rounds)) for side in sides)
        print(f"start to first answer: djr {ours:.0f} ms (aim {START_AIM}), Django {theirs:.0f} ms", flush=True)
        ours, theirs = (memory(side, "/posts/") for side in sides)
        print(f"memory after {GETS} GETs: djr {ours:.1f} MB, Django {theirs:.1f} MB, {theirs / ours:.1f} times (aim {MEMORY_AIM})", flush=True)
        print(f"two workers on {os.cpu_count()} cores: {scaling(sides[0], options.seconds):.2f} times one", flush=True)
        if options.memory:
            grow(sides[0], options.memory)


if __name__ == "__main__":
    main()
