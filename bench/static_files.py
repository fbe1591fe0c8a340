#!/usr/bin/env python3
"""Collects 10,000 static files of 52 MB with djr, with Django and with `cp -r`: bench/static_files.py [--rounds N] [--files N].

Prints for each row the median seconds of djr, of Django and of `cp -r`, and the ratios; then the same in seconds of processor time, which
does not depend on what else the machine does. The files are made with a fixed seed: stylesheets
that refer to pictures and to each other, scripts, pictures and fonts. DJR names the executable.
"""

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DJR = os.environ.get("DJR", "target/release/djr")
SEED = 20261130
SIZE = 52_000_000

DJANGO = """
import sys
import django
from django.conf import settings
from django.core.management import call_command

backend = "django.contrib.staticfiles.storage." + sys.argv[3]
settings.configure(
    INSTALLED_APPS=["django.contrib.staticfiles"], STATICFILES_DIRS=[sys.argv[1]], STATIC_ROOT=sys.argv[2],
    STATIC_URL="/static/", STORAGES={"staticfiles": {"BACKEND": backend}},
)
django.setup()
call_command("collectstatic", interactive=False, verbosity=0)
"""

BACKENDS = {"plain": "StaticFilesStorage", "manifest": "ManifestStaticFilesStorage"}


def make_files(root, count):
    """Writes `count` files of `SIZE` bytes together below `root`."""
    chance = random.Random(SEED)
    weights = [chance.paretovariate(1.3) for _ in range(count)]
    sizes = [max(64, int(weight * SIZE / sum(weights))) for weight in weights]
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(3, 10))) for _ in range(2000)]
    pictures = []
    for number, size in enumerate(sizes):
        directory = root / f"d{number % 97}" / f"e{number % 7}"
        directory.mkdir(parents=True, exist_ok=True)
        kind = chance.choices(["css", "js", "png", "woff2"], [3, 3, 3, 1])[0]
        path = directory / f"{chance.choice(words)}{number}.{kind}"
        if kind in ("png", "woff2"):
            path.write_bytes(chance.randbytes(size))
            pictures.append(path)
            continue
        lines, written = [], 0
        while written < size:
            line = " ".join(chance.choices(words, k=12))
            lines.append(f".{words[written % 2000]} {{ {line} }}" if kind == "css" else f"// {line}")
            written += len(lines[-1]) + 1
        if kind == "css":
            for picture in chance.sample(pictures, min(3, len(pictures))):
                lines.append(f"a {{ background: url({os.path.relpath(picture, directory)}) }}")
        path.write_text("\n".join(lines))


def timed(command, cwd):
    """The seconds until `command` has ended, and those of the processor."""
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status != 0:
        sys.exit(f"{command} failed")
    return seconds, usage.ru_utime + usage.ru_stime


class Bench:
    def __init__(self, place, source):
        self.place, self.source = place, source
        djr = Path(DJR).resolve()
        timed([djr, "startproject", "site"], place)
        self.site = place / "site"
        self.djr = [djr, "collectstatic", "--noinput"]

    def settings(self, backend):
        text = f'[static]\ndirs = ["{self.source}"]\n[storages.staticfiles]\nbackend = "{backend}"\n'
        (self.site / "bench.toml").write_text(text)
        os.environ["DJR_SETTINGS"] = "bench.toml"

    def run_djr(self):
        return timed(self.djr, self.site)

    def run_django(self, backend):
        root = self.place / "django"
        command = [sys.executable, "-c", DJANGO, self.source, root, BACKENDS[backend]]
        return timed(command, self.place)

    def run_cp(self):
        root = self.place / "copy"
        shutil.rmtree(root, ignore_errors=True)
        return timed(["cp", "-r", self.source, root], self.place)

    def clear(self):
        shutil.rmtree(self.site / "staticfiles", ignore_errors=True)
        shutil.rmtree(self.place / "django", ignore_errors=True)


def measure(bench, rounds):
    """The seconds of each side, by row."""
    rows = {}
    for _ in range(rounds):
        for backend in BACKENDS:
            bench.settings(backend)
            bench.clear()
            for row in [backend, f"{backend}, unchanged"]:
                # Files that were made just now are compared once more.
                if "unchanged" in row:
                    time.sleep(0.2)
                sides = rows.setdefault(row, {"djr": [], "django": [], "cp": []})
                sides["djr"].append(bench.run_djr())
                sides["django"].append(bench.run_django(backend))
                sides["cp"].append(bench.run_cp())
    return rows


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=os.environ.get("BENCH_PLACE")) as name:
        place = Path(name)
        make_files(place / "source", options.files)
        time.sleep(0.2)
        rows = measure(Bench(place, place / "source"), options.rounds)
    for index, title in enumerate(["seconds", "processor"]):
        print(f"{title:24}{'djr':>9}{'Django':>9}{'cp -r':>9}{'Django/djr':>12}{'djr/cp':>9}")
        for row, sides in rows.items():
            medians = (statistics.median(run[index] for run in sides[side]) for side in ["djr", "django", "cp"])
            djr, django, copy = medians
            print(f"{row:24}{djr:9.3f}{django:9.3f}{copy:9.3f}{django / djr:12.1f}{djr / copy:9.2f}")


if __name__ == "__main__":
    main()
