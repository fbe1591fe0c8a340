#!/usr/bin/env python3
"""Compares pages that are kept in a cache: djr, and Django's `cache_page` under gunicorn (2 workers).

The page is the list of 20 rows of pages.py, kept for ten minutes in the memory of each process or in a Redis that is started
here. The rows are changed before anything is measured: a side that shows the change did not answer from its cache. The last
columns are the processor time of the server for a request. DJR names the executable. Without wrk there are no rows.
"""

import argparse
import contextlib
import json
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import pages
from cache_servers import servers
from server import DJR, HOST, measure, print_head, print_rates

AIM = 40
PAGE = "/posts/"
ENTRY = 'path = "posts/"\nview = "generic.list"'
VIEW = 'ListView.as_view(queryset=POSTS, paginate_by=20, template_name="list.html")'


class Djr(pages.Djr):
    """The site of pages.py with a list that is kept."""

    def prepare(self, place):
        super().prepare(place)
        urls = self.place / "urls.toml"
        text = urls.read_text()
        assert ENTRY in text
        urls.write_text(text.replace(ENTRY, f"{ENTRY}\ncache = 600"))

    def set_cache(self, backend, location):
        settings = f'[caches.default]\nbackend = "{backend}"\nlocation = "{location}"\n'
        (self.place / "cache.toml").write_text(settings)

    def command(self):
        return [DJR, "runserver", f"{HOST}:{self.port}", "--settings", "cache.toml"]


class Django(pages.Django):
    """The same in Django."""

    def prepare(self, place):
        super().prepare(place)
        with open(self.place / "django_site" / "settings.py", "a", encoding="utf-8") as settings:
            settings.write('import json\nCACHES = json.loads((BASE_DIR / "cache.json").read_text())\n')
        urls = self.place / "django_site" / "urls.py"
        text = urls.read_text()
        assert VIEW in text
        text = text.replace(VIEW, f"cache_page(600)({VIEW})")
        urls.write_text(f"from django.views.decorators.cache import cache_page\n{text}")

    def set_cache(self, backend, location):
        name = {"locmem": "locmem.LocMemCache", "redis": "redis.RedisCache"}[backend]
        cache = {"BACKEND": f"django.core.cache.backends.{name}", "LOCATION": location}
        (self.place / "cache.json").write_text(json.dumps({"default": cache}))


def answer_from_cache(sides, backend):
    """Stops unless the page stays as it was when the rows change."""
    for side in sides:
        with side.served():
            before = side.get(PAGE).page
            change(side, "title || '!'")
            after = side.get(PAGE).page
            change(side, "rtrim(title, '!')")
        # The workers of gunicorn share no memory: the second may not have made the page yet.
        is_shared = side.name == "djr" or backend != "locmem"
        if before.count('href="/posts/') != 20 or is_shared and before != after:
            sys.exit(f"{side.name}, {backend}: the page is not kept:\n{before}\n{after}")


def change(side, title):
    with contextlib.closing(sqlite3.connect(side.place / "db.sqlite3")) as connection, connection:
        connection.execute(f"UPDATE blog_post SET title = {title}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--seconds", type=int, default=4, help="the length of one run")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("(the rows of cached pages need wrk)")
        return
    with tempfile.TemporaryDirectory(prefix="cached-") as directory, servers() as ports:
        sides = [Djr(Path(directory)), Django(Path(directory))]
        print_head("cached pages")
        for backend in ["locmem", "redis"]:
            if backend == "redis" and "redis" not in ports:
                continue
            location = f"redis://{HOST}:{ports['redis']}" if backend == "redis" else "bench"
            for side in sides:
                side.set_cache(backend, location)
            answer_from_cache(sides, backend)
            print_rates(f"list of 20, {backend}", AIM, *measure(sides, PAGE, options))


if __name__ == "__main__":
    main()
