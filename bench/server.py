#!/usr/bin/env python3
"""Compares djr's server with gunicorn (2 sync workers) in front of the same site in Django.

Rows: the login page and a static file (WhiteNoise on the other side), requests per second and the
99th percentile under wrk, both sides taking turns; memory (PSS of all processes) after 10,000 GETs.
To be run by the Python that has Django, gunicorn and WhiteNoise; DJR names the executable. Without
wrk there are no rows.
"""

import argparse
import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DJR = os.path.abspath(os.environ.get("DJR", "target/release/djr"))
BIN = Path(sys.executable).parent
HOST = "127.0.0.1"
GETS = 10_000

# What is shown, the path, how many times better djr means to be.
PAGES = [("login page", "/accounts/login/", 10), ("static file", "/static/site.css", "")]
MEMORY_AIM = 5

SETTINGS = """
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
TEMPLATES[0]["DIRS"] = [BASE_DIR / "templates"]
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")
"""

URLS = """
from django.urls import include, path
from django.views.generic import TemplateView

urlpatterns = [
    path("", TemplateView.as_view(template_name="base.html"), name="home"),
    path("accounts/", include("django.contrib.auth.urls")),
]
"""


def run(command, at, **environment):
    """Runs a command that must succeed."""
    done = subprocess.run(
        command, cwd=at, env={**os.environ, **environment}, capture_output=True, text=True
    )
    if done.returncode != 0:
        sys.exit(f"{command} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return probe.getsockname()[1]


class Side:
    """A site that can be served; `probe` is a page that tells whether it is."""

    probe = "/accounts/login/"

    def __init__(self, place):
        self.place = place / self.name
        self.port = free_port()
        self.prepare(place)

    @contextlib.contextmanager
    def served(self):
        """Serves the site; its log goes nowhere."""
        process = subprocess.Popen(
            self.command(), cwd=self.place, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            self.wait(process)
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait()

    def wait(self, process):
        for _ in range(200):
            with contextlib.suppress(OSError):
                if self.get(self.probe).status == 200:
                    return
            if process.poll() is not None:
                break
            time.sleep(0.05)
        sys.exit(f"{self.name} does not serve {self.probe}")

    def get(self, path):
        connection = http.client.HTTPConnection(HOST, self.port, timeout=10)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.page = answer.read().decode()
        connection.close()
        return answer


def start_project(place):
    """Makes the project `djr` in `place`, as it is put on the web: without debug."""
    run([DJR, "startproject", "djr"], place)
    settings = place / "djr" / "djr.toml"
    text = settings.read_text().replace("debug = true", "debug = false")
    settings.write_text(text.replace("allowed_hosts = []", f'allowed_hosts = ["{HOST}"]'))


class Djr(Side):
    """The project that djr makes, without debug."""

    name = "djr"

    def prepare(self, place):
        start_project(place)
        run([DJR, "migrate"], self.place)
        run([DJR, "collectstatic"], self.place)

    def command(self):
        return [DJR, "runserver", f"{HOST}:{self.port}"]


class Django(Side):
    """The same in Django: its login page is the one that djr serves, with a token of its own."""

    name = "django"
    page = None

    def prepare(self, place):
        run([BIN / "django-admin", "startproject", "django_site"], place)
        (place / "django_site").rename(self.place)
        with open(self.place / "django_site" / "settings.py", "a", encoding="utf-8") as settings:
            settings.write(SETTINGS)
        (self.place / "django_site" / "urls.py").write_text(URLS)
        shutil.copytree(place / "djr" / "static", self.place / "static")
        token = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken"[^>]*>')
        assert token.search(self.page), "djr's login page has no token"
        body = token.sub("{% csrf_token %}", self.page)
        templates = self.place / "templates"
        (templates / "registration").mkdir(parents=True)
        middle = len(body) // 2
        cut = body.rfind("\n", 0, middle)
        block = "{% block content %}{% if user.is_authenticated %}{{ user }}{% endif %}"
        (templates / "base.html").write_text(body[:cut] + "{% block content %}{% endblock %}")
        page = "{% extends 'base.html' %}" + block + body[cut:] + "{% endblock %}"
        (templates / "registration" / "login.html").write_text(page)
        run([sys.executable, "manage.py", "migrate"], self.place)
        run([sys.executable, "manage.py", "collectstatic", "--noinput"], self.place)

    def command(self):
        address = f"{HOST}:{self.port}"
        gunicorn = [BIN / "gunicorn", "--workers", "2", "--bind", address]
        return [*gunicorn, "django_site.wsgi"]


def load(side, path, seconds, script=None, headers=None):
    """Requests per second and the 99th percentile in milliseconds, under wrk, which `script` tells what to send."""
    url = f"http://{HOST}:{side.port}{path}"
    told = [["-s", script]] if script else []
    told += [["-H", f"{name}: {value}"] for name, value in (headers or {}).items()]
    command = ["wrk", "-t", "1", "-c", "32", "-d", f"{seconds}s", "--latency", *sum(told, []), url]
    report = run(command, side.place)
    if failed := re.search(r"Non-2xx or 3xx responses: (\d+)", report):
        sys.exit(f"{side.name}: {failed[1]} of the requests for {path} failed:\n{report}")
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", report)[1])
    number, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)", report).groups()
    return rate, float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def family(process):
    """A process and all its descendants."""
    children = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(FileNotFoundError):  # a thread that has just ended
            children += task.read_text().split()
    return [process, *(member for child in children for member in family(int(child)))]


def memory(side, path="/accounts/login/"):
    """Megabytes after many GETs of a page, memory that processes share counted once."""
    with side.served() as process:
        kept = http.client.HTTPConnection(HOST, side.port, timeout=10)
        for _ in range(GETS):
            kept.request("GET", path)
            kept.getresponse().read()
        kept.close()
        return memory_of(process)


def memory_of(process):
    """Megabytes of a server and its workers, memory that they share counted once."""
    rollups = [Path(f"/proc/{member}/smaps_rollup").read_text() for member in family(process.pid)]
    sizes = [int(re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)[1]) for rollup in rollups]
    return sum(sizes) / 1024


def compare(sides, path, rounds, seconds):
    """The medians of both sides, in the order of `sides`."""
    results = {side.name: [] for side in sides}
    for turn in range(rounds):
        for side in sides if turn % 2 else reversed(sides):
            with side.served():
                load(side, path, 1)  # warms the caches
                results[side.name].append(load(side, path, seconds))
    return [[statistics.median(column) for column in zip(*results[side.name])] for side in sides]


def processor_seconds(process):
    """What a server and its workers have used so far."""
    ticks = 0
    for member in family(process.pid):
        with contextlib.suppress(FileNotFoundError):
            fields = Path(f"/proc/{member}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def measure(sides, path, options, script=None):
    """The median requests per second of each side, and the microseconds of its processor time for one."""
    found = {side.name: [] for side in sides}
    for turn in range(options.rounds):
        for side in sides if turn % 2 else reversed(sides):
            with side.served() as process:
                load(side, path, 1, script)  # warms the caches
                before = processor_seconds(process)
                rate, _ = load(side, path, options.seconds, script)
                used = processor_seconds(process) - before
                found[side.name].append((rate, used / (rate * options.seconds) * 1e6))
    return [[statistics.median(column) for column in zip(*found[side.name])] for side in sides]


def print_head(name):
    head = [name, "djr, /s", "Django", "ratio", "aim", "djr, us", "Django", "ratio"]
    print("\n| {:<22} | {:>8} | {:>8} | {:>6} | {:>4} | {:>8} | {:>8} | {:>6} |".format(*head))


def print_rates(name, aim, ours, theirs):
    rates = f"{ours[0]:>8.0f} | {theirs[0]:>8.0f} | {ours[0] / theirs[0]:>6.1f} | {aim:>4}"
    print(f"| {name:<22} | {rates} | {ours[1]:>8.0f} | {theirs[1]:>8.0f} | {theirs[1] / ours[1]:>6.1f} |", flush=True)


def rows(sides, options):
    """The name of each row, both sides, their unit, how many times better djr is, and its aim."""
    for name, path, aim in PAGES:
        (rate, slow), (their_rate, their_slow) = compare(sides, path, options.rounds, options.seconds)
        yield f"{name}, requests", rate, their_rate, "/s", rate / their_rate, aim
        yield f"{name}, p99", slow, their_slow, "ms", their_slow / slow, ""
    ours, theirs = (memory(side) for side in sides)
    yield f"memory after {GETS} GETs", ours, theirs, "MB", theirs / ours, MEMORY_AIM


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side of a pair")
    parser.add_argument("--seconds", type=int, default=5, help="the length of one run")
    parser.add_argument("--json", action="store_true", help="one document instead of rows")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("(the rows of the server need wrk)")
        return
    with tempfile.TemporaryDirectory(prefix="server-") as directory:
        place = Path(directory)
        djr = Djr(place)
        with djr.served():
            Django.page = djr.get("/accounts/login/").page
        found = rows([djr, Django(place)], options)
        if options.json:
            names = ["name", "djr", "theirs", "unit", "ratio", "aim"]
            print(json.dumps([dict(zip(names, row)) for row in found], indent=2))
            return
        for name, ours, theirs, unit, ratio, aim in found:
            shown = [f"{value:.1f} {unit}" for value in (ours, theirs)]
            line = f"| {name:<26} | {shown[0]:>11} | {shown[1]:>11} | {ratio:>7.1f} | {aim:>4} |"
            print(line, flush=True)


if __name__ == "__main__":
    main()
