#!/usr/bin/env python3
"""Compares pages that read and write sessions: djr, and Django under gunicorn (2 workers), for each engine.

A page that shows who is logged in reads the session and the user; with `save_every_request` it writes the session too. The
sessions are made by Django, with the same secret key on both sides, and the requests go round among them; both sides must
show the user before anything is measured. `cache` and `cached_db` have their cache in a Redis that is started here, since
the workers of gunicorn share no memory. The last columns are the processor time of the server for a request, which other
work on the machine does not change. DJR names the executable. Without wrk there are no rows.
"""

import argparse
import http.client
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from cache_servers import servers
from pages import print_memory
from server import BIN, DJR, HOST, Side, measure, print_head, print_rates, run, start_project

SESSIONS = 64
AIM = 20
PAGE = "/me/"

# Django's name of each engine, and whether it needs a cache.
ENGINES = {
    "database": ("db", False),
    "cached_db": ("cached_db", True),
    "cache": ("cache", True),
    "file": ("file", False),
    "signed_cookies": ("signed_cookies", False),
}

TEMPLATE = "<p>{% if user.is_authenticated %}{{ user.username }}{% else %}visitor{% endif %}</p>"

URLS_TOML = """
[[urls]]
path = "me/"
view = "template"
template = "me.html"
"""

URLS_PY = """
from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [path("me/", TemplateView.as_view(template_name="me.html"))]
"""

SETTINGS_PY = """
import json
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]
DATABASES["default"]["OPTIONS"] = {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"}
globals().update(json.loads((BASE_DIR / "engine.json").read_text()))
"""

MAKE_SESSIONS = f"""
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "django_site.settings"
sys.path.insert(0, ".")
import django
django.setup()
from importlib import import_module
from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest
user = User.objects.get(username="alice")
store = import_module(settings.SESSION_ENGINE).SessionStore
for _ in range({SESSIONS}):
    request = HttpRequest()
    request.session = store()
    login(request, user)
    request.session.save()
    print(request.session.session_key)
"""


class Member(Side):
    """A site asked by somebody with a session, if there is one."""

    cookie = None
    probe = PAGE

    def get(self, path):
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        connection.request("GET", path, headers={"Cookie": f"sessionid={self.cookie}"} if self.cookie else {})
        answer = connection.getresponse()
        answer.page = answer.read().decode()
        connection.close()
        return answer


class Djr(Member):
    """A project with a page that knows its visitor."""

    name = "djr"

    def prepare(self, place):
        start_project(place)
        with open(self.place / "urls.toml", "a", encoding="utf-8") as urls:
            urls.write(URLS_TOML)
        (self.place / "templates" / "me.html").write_text(TEMPLATE)
        run([DJR, "migrate"], self.place)
        run([DJR, "collectstatic"], self.place)
        command = [DJR, "createsuperuser", "--noinput", "--username", "alice", "--email", ""]
        run(command, self.place, DJR_SUPERUSER_PASSWORD="correct horse battery")

    def secret_key(self):
        text = (self.place / ".env").read_text(encoding="utf-8")
        return re.search(r"^DJR_SECRET_KEY=(.*)$", text, re.MULTILINE)[1].strip().strip("'\"")

    def set_engine(self, engine, writes, files, cache):
        settings = f'[sessions]\nengine = "{engine}"\nfile_path = "{files}"\nsave_every_request = {str(writes).lower()}\n'
        if cache:
            settings += f'[caches.default]\nbackend = "redis"\nlocation = "{cache}"\n'
        (self.place / "engine.toml").write_text(settings)

    def command(self):
        return [DJR, "runserver", f"{HOST}:{self.port}", "--settings", "engine.toml"]


class Django(Member):
    """The same, on a copy of the database."""

    name = "django"
    secret_key = None

    def prepare(self, place):
        run([BIN / "django-admin", "startproject", "django_site"], place)
        (place / "django_site").rename(self.place)
        with open(self.place / "django_site" / "settings.py", "a", encoding="utf-8") as settings:
            settings.write(f"SECRET_KEY = {self.secret_key!r}\n{SETTINGS_PY}")
        (self.place / "django_site" / "urls.py").write_text(URLS_PY)
        (self.place / "templates").mkdir()
        (self.place / "templates" / "me.html").write_text(TEMPLATE)
        shutil.copy(place / "djr" / "db.sqlite3", self.place)

    def set_engine(self, engine, writes, files, cache):
        settings = {
            "SESSION_ENGINE": f"django.contrib.sessions.backends.{ENGINES[engine][0]}",
            "SESSION_FILE_PATH": str(files),
            "SESSION_SAVE_EVERY_REQUEST": writes,
        }
        if cache:
            backend = "django.core.cache.backends.redis.RedisCache"
            settings["CACHES"] = {"default": {"BACKEND": backend, "LOCATION": cache}}
        (self.place / "engine.json").write_text(json.dumps(settings))

    def command(self):
        address = f"{HOST}:{self.port}"
        return [BIN / "gunicorn", "--workers", "2", "--bind", address, "django_site.wsgi"]


def share_sessions(sides, place):
    """Makes sessions by Django, of which djr gets those that are in the database; returns their cookies."""
    djr, django = sides
    cookies = run([sys.executable, "-c", MAKE_SESSIONS], django.place).split()
    for leftover in djr.place.glob("db.sqlite3-*"):
        leftover.unlink()
    run([sys.executable, "-c", "import sqlite3; sqlite3.connect('db.sqlite3').execute('PRAGMA wal_checkpoint(TRUNCATE)')"], django.place)
    shutil.copy(django.place / "db.sqlite3", djr.place)
    script = place / "sessions.lua"
    keys = ", ".join(f"'sessionid={cookie}'" for cookie in cookies)
    script.write_text(
        f"local cookies = {{{keys}}}\nlocal turn = 0\n"
        "function request()\n  turn = turn % #cookies + 1\n"
        f"  return wrk.format('GET', '{PAGE}', {{['Cookie'] = cookies[turn]}})\nend\n"
    )
    return cookies, script


def same_pages(sides, cookies, engine, writes):
    """Stops unless both sides know the user of each session, and keep it exactly where they are to write."""
    for side in sides:
        with side.served():
            for cookie in [None, *cookies]:
                side.cookie = cookie
                answer = side.get(PAGE)
                shown = "<p>alice</p>" if cookie else "<p>visitor</p>"
                kept = "sessionid" in (answer.getheader("Set-Cookie") or "")
                if answer.page != shown or kept != bool(cookie and writes):
                    sys.exit(f"{side.name}, {engine}: {answer.page!r} for {cookie}, a new cookie: {kept}")
        side.cookie = None


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--seconds", type=int, default=4, help="the length of one run")
    parser.add_argument("--engine", choices=ENGINES, action="append", help="only this engine; may be repeated")
    parser.add_argument("--memory", type=int, default=0, help="also read sessions so often, and print the memory of djr")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("(the rows of sessions need wrk)")
        return
    with tempfile.TemporaryDirectory(prefix="sessions-") as directory, servers() as ports:
        place = Path(directory)
        djr = Djr(place)
        Django.secret_key = djr.secret_key()
        sides = [djr, Django(place)]
        print_head("sessions")
        for engine in options.engine or ENGINES:
            needs_cache = ENGINES[engine][1]
            if needs_cache and "redis" not in ports:
                continue
            files = place / "sessions"
            files.mkdir(exist_ok=True)
            for writes in [False, True]:
                for side in sides:
                    side.set_engine(engine, writes, files, f"redis://{HOST}:{ports['redis']}" if needs_cache else None)
                cookies, script = share_sessions(sides, place)
                same_pages(sides, cookies, engine, writes)
                print_rates(f"{engine}, {'write' if writes else 'read'}", AIM, *measure(sides, PAGE, options, script))
                if options.memory and not writes:
                    print_memory(djr, engine, PAGE, script, options.memory)


if __name__ == "__main__":
    main()
