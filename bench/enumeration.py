#!/usr/bin/env python3
"""Tells whether the time of an answer gives away that there is such a user: bench/enumeration.py [--pairs N].

Alternates, against a running server without debug: logins of a user that is there and of one that is not,
both with a wrong password, then links for a new password to an address that is known and to one that is
not. Prints both medians and their difference in percent; exits 1 beyond 5 %. DJR names the executable.
"""

import argparse
import http.client
import re
import statistics
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from server import DJR, HOST, Djr, run

LIMIT = 5

# As many guesses as it takes, mail that goes nowhere.
SETTINGS = """
[auth.throttle]
enabled = false

[mail]
backend = "dummy"
"""

PAIRS = {
    "login": ("/accounts/login/", {"username": "ada", "password": "wrong"}, {"username": "eve", "password": "wrong"}, 200),
    "new password": ("/accounts/password_reset/", {"email": "ada@example.com"}, {"email": "eve@example.com"}, 302),
}


class Form:
    """A page with a form, sent again and again on one connection."""

    def __init__(self, port, path):
        self.path = path
        self.connection = http.client.HTTPConnection(HOST, port, timeout=60)
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        page = answer.read().decode()
        self.cookie = answer.getheader("Set-Cookie").split(";")[0]
        self.token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]

    def send(self, fields):
        """The seconds until the answer was there, and its status."""
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": self.token, **fields})
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        started = time.perf_counter()
        self.connection.request("POST", self.path, body, headers)
        answer = self.connection.getresponse()
        answer.read()
        return time.perf_counter() - started, answer.status


def compare(port, path, known, unknown, expected, pairs):
    """The median seconds of both, taking turns."""
    form = Form(port, path)
    times = ([], [])
    statuses = set()
    for turn in range(pairs + 3):
        sides = [(times[0], known), (times[1], unknown)]
        for found, fields in sides if turn % 2 else reversed(sides):
            seconds, status = form.send(fields)
            statuses.add(status)
            if turn >= 3:  # the first ones warm the caches
                found.append(seconds)
    if statuses != {expected}:
        sys.exit(f"{path} answered with {sorted(statuses)}")
    return [statistics.median(side) for side in times]


class Site(Djr):
    """A project with the user ada."""

    def prepare(self, place):
        super().prepare(place)
        settings = self.place / "djr.toml"
        text = re.sub(r"^\[mail\]\n(.+\n)*", SETTINGS.lstrip(), settings.read_text(), flags=re.MULTILINE)
        settings.write_text(text)
        command = [DJR, "createsuperuser", "--noinput", "--username", "ada", "--email", "ada@example.com"]
        run(command, self.place, DJR_SUPERUSER_PASSWORD="correct horse battery")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pairs", type=int, default=200, help="how often each of both is tried")
    options = parser.parse_args()
    worst = 0
    with tempfile.TemporaryDirectory(prefix="enumeration-") as directory:
        site = Site(Path(directory))
        for name, (path, known, unknown, expected) in PAIRS.items():
            with site.served():
                if site.get(path).status != 200:
                    print(f"{name}: there is no {path}")
                    continue
                here, nowhere = compare(site.port, path, known, unknown, expected, options.pairs)
            difference = abs(here - nowhere) / max(here, nowhere) * 100
            worst = max(worst, difference)
            print(f"{name}: known {here * 1000:.2f} ms, unknown {nowhere * 1000:.2f} ms, {difference:.1f} % apart")
    return worst > LIMIT


if __name__ == "__main__":
    sys.exit(main())
