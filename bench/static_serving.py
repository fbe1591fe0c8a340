#!/usr/bin/env python3
"""Compares how static files are served: djr, nginx with 2 workers, and WhiteNoise under gunicorn with 2 workers.

A stylesheet of 2 KB under a hashed name, the same compressed by gzip beforehand, and a file of 1 MB that compression does not
make shorter. All sides serve what `djr collectstatic` made, and what they send is compared before anything is measured. djr
and nginx write an access log, gunicorn none. Printed are requests per second, the 99th percentile under wrk, the processor
time of the server for a request, and the memory of all its processes (PSS) after the run. DJR names the executable. Without
wrk there are no rows; without nginx none of it.
"""

import argparse
import http.client
import random
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from server import BIN, DJR, HOST, Side, load, memory_of, processor_seconds, run, start_project

KILOBYTES = 1024
GZIP = {"Accept-Encoding": "gzip"}

NGINX = """
daemon off;
worker_processes 2;
pid nginx.pid;
error_log stderr error;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;
    open_file_cache max=1000 inactive=60s;
    open_file_cache_valid 60s;
    access_log {place}/access.log combined buffer=64k;
    client_body_temp_path {place}/body;
    proxy_temp_path {place}/proxy;
    fastcgi_temp_path {place}/fastcgi;
    uwsgi_temp_path {place}/uwsgi;
    scgi_temp_path {place}/scgi;
    server {{
        listen {host}:{port};
        location /static/ {{
            alias {root}/;
            gzip_static on;
            expires max;
        }}
    }}
}}
"""

WSGI = """
from whitenoise import WhiteNoise


def missing(environ, start_response):
    start_response("404 Not Found", [])
    return []


application = WhiteNoise(missing, root={root!r}, prefix="static/", max_age=31536000)
"""


class Djr(Side):
    """A project of djr with the files, without debug."""

    name = "djr"

    def prepare(self, place):
        start_project(place)
        random.seed(12)
        static = self.place / "static"
        rules = [f".c{number} {{ color: #{random.randrange(16**6):06x}; }}\n" for number in range(200)]
        (static / "small.css").write_text("".join(rules)[: 2 * KILOBYTES])
        (static / "large.bin").write_bytes(random.randbytes(KILOBYTES * KILOBYTES))
        with open(self.place / "djr.toml", "a", encoding="utf-8") as settings:
            settings.write('\n[storages.staticfiles]\nbackend = "manifest"\ncompress = ["gzip"]\n')
        run([DJR, "collectstatic"], self.place)
        names = [path.name for path in self.root().iterdir()]
        self.small, self.large = (
            next(f"/static/{name}" for name in names if name.startswith(start) and name.count(".") == 2 and ".gz" not in name)
            for start in ("small.", "large.")
        )
        Side.probe = self.small

    def root(self):
        return self.place / "staticfiles"

    def command(self):
        return [DJR, "runserver", f"{HOST}:{self.port}"]


class Nginx(Side):
    """nginx on the files that djr collected."""

    name = "nginx"

    def prepare(self, place):
        self.place.mkdir()
        values = {"place": self.place, "host": HOST, "port": self.port, "root": place / "djr" / "staticfiles"}
        (self.place / "nginx.conf").write_text(NGINX.format(**values))
        # Its workers are those of another user.
        for directory in [place, self.place]:
            directory.chmod(0o755)

    def command(self):
        return ["nginx", "-p", self.place, "-c", self.place / "nginx.conf", "-e", "stderr"]


class WhiteNoise(Side):
    """WhiteNoise alone, without a Django behind it, on the files that djr collected."""

    name = "WhiteNoise"

    def prepare(self, place):
        self.place.mkdir()
        root = str(place / "djr" / "staticfiles")
        (self.place / "site_of_files.py").write_text(WSGI.format(root=root))

    def command(self):
        return [BIN / "gunicorn", "--workers", "2", "--bind", f"{HOST}:{self.port}", "site_of_files"]


def fetch(side, path, headers):
    """The body, and the coding that it is in."""
    connection = http.client.HTTPConnection(HOST, side.port, timeout=10)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, answer.getheader("Content-Encoding"), body


def send_the_same(sides, paths):
    """Stops unless all sides send the same files."""
    found = []
    for side in sides:
        with side.served():
            found.append([fetch(side, path, headers) for _, path, headers in paths])
    if any(answers != found[0] for answers in found) or [coding for _, coding, _ in found[0]] != [None, "gzip", None]:
        sys.exit(f"the sides do not send the same: {[[(status, coding, len(body)) for status, coding, body in answers] for answers in found]}")


def measure(sides, path, headers, options):
    """For each side the medians of requests per second, the 99th percentile, microseconds for a request, and megabytes."""
    found = {side.name: [] for side in sides}
    for turn in range(options.rounds):
        for side in sides if turn % 2 else reversed(sides):
            with side.served() as process:
                load(side, path, 1, headers=headers)  # warms the caches
                before = processor_seconds(process)
                rate, slow = load(side, path, options.seconds, headers=headers)
                used = processor_seconds(process) - before
                found[side.name].append((rate, slow, used / (rate * options.seconds) * 1e6, memory_of(process)))
    return [[statistics.median(column) for column in zip(*found[side.name])] for side in sides]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3, help="runs of each side")
    parser.add_argument("--seconds", type=int, default=4, help="the length of one run")
    options = parser.parse_args()
    if shutil.which("wrk") is None:
        print("(the rows of static files need wrk)")
        return
    with tempfile.TemporaryDirectory(prefix="static-") as directory:
        place = Path(directory)
        djr = Djr(place)
        sides = [djr, *([Nginx(place)] if shutil.which("nginx") else []), WhiteNoise(place)]
        paths = [("2 KB", djr.small, {}), ("2 KB, gzip", djr.small, GZIP), ("1 MB", djr.large, {})]
        send_the_same(sides, paths)
        print("\n| {:<12} | {:<10} | {:>8} | {:>8} | {:>8} | {:>6} |".format("static", "", "per s", "p99, ms", "us", "MB"))
        for name, path, headers in paths:
            for side, figures in zip(sides, measure(sides, path, headers, options)):
                print("| {:<12} | {:<10} | {:>8.0f} | {:>8.2f} | {:>8.1f} | {:>6.1f} |".format(name, side.name, *figures), flush=True)


if __name__ == "__main__":
    main()
