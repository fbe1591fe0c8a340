#!/usr/bin/env python3
"""Collects 10,000 static files of 52 MB with djr, with Django and with `cp -r`: bench/static_files.py [--rounds N] [--files N] [--only STORAGE].

Two tables, in seconds and in seconds of processor time, which does not depend on what else the machine does: one with all files in
memory (`/dev/shm`), where no side waits for a disk, and one on the disk of `--place` (default: where temporary files are). There djr
waits for one sync of the file system before it publishes anything, Django and `cp -r` for none; `cp, sync` does.

No side writes where files have just been removed: ext4 passes over each inode that was removed in the last minutes, again and again,
which takes ten times as long as the copies. So each run has a directory of its own, and all of them go at the end.

The files are made with a fixed seed: stylesheets that refer to pictures and to each other, scripts, pictures and fonts. Compression is
beside WhiteNoise's, gzip and brotli on both sides, and measured once. DJR names the executable.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

DJR = os.environ.get("DJR", "target/release/djr")
SEED = 20261130
MEAN_SIZE = 5200

DJANGO = """
import sys
import django
from django.conf import settings
from django.core.management import call_command

settings.configure(
    INSTALLED_APPS=["django.contrib.staticfiles"], STATICFILES_DIRS=[sys.argv[1]], STATIC_ROOT=sys.argv[2],
    STATIC_URL="/static/", STORAGES={"staticfiles": {"BACKEND": sys.argv[3]}},
)
django.setup()
call_command("collectstatic", interactive=False, verbosity=0)
"""

SETTINGS = """
[static]
dirs = ["{source}"]
root = "{root}"
[storages.staticfiles]
backend = "{backend}"
compress = {compress}
"""

MEMORY = Path("/dev/shm")


class Storage(NamedTuple):
    """How files are stored: by djr, and the storage of Django that does the same."""

    backend: str
    compress: list
    django: str
    # How many times faster than Django the first run and an unchanged one are to be.
    aims: tuple


STORAGES = {
    "plain": Storage("plain", [], "django.contrib.staticfiles.storage.StaticFilesStorage", ("", 15)),
    "manifest": Storage("manifest", [], "django.contrib.staticfiles.storage.ManifestStaticFilesStorage", (15, 15)),
    "compressed": Storage("manifest", ["br", "gzip"], "whitenoise.storage.CompressedManifestStaticFilesStorage", ("", "")),
}


def make_files(root, count):
    """Writes `count` files of `MEAN_SIZE` bytes on average below `root`."""
    chance = random.Random(SEED)
    weights = [chance.paretovariate(1.3) for _ in range(count)]
    sizes = [max(64, int(weight * MEAN_SIZE * count / sum(weights))) for weight in weights]
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


class Run(NamedTuple):
    """What each side has collected into."""

    settings: Path
    djr: Path
    django: Path
    storage: Storage


class Bench:
    """The runs of all sides in one place."""

    def __init__(self, place, files):
        self.place, self.source = place, place / "source"
        make_files(self.source, files)
        self.djr = Path(DJR).resolve()
        timed([self.djr, "startproject", "site"], place)
        self.site = place / "site"
        self.number = 0

    def directory(self):
        """A directory that is not there yet."""
        self.number += 1
        return self.place / f"out{self.number}"

    def begin(self, storage):
        run = Run(self.place / "site" / f"bench{self.number}.toml", self.directory(), self.directory(), storage)
        compress = json.dumps(storage.compress)
        text = SETTINGS.format(source=self.source, root=run.djr, backend=storage.backend, compress=compress)
        run.settings.write_text(text)
        return run

    def run_djr(self, run):
        os.environ["DJR_SETTINGS"] = run.settings.name
        return timed([self.djr, "collectstatic", "--noinput"], self.site)

    def run_django(self, run):
        return timed([sys.executable, "-c", DJANGO, self.source, run.django, run.storage.django], self.place)

    def run_cp(self):
        copied = self.directory()
        times = timed(["cp", "-r", self.source, copied], self.place)
        synced = timed(["sync", "--file-system", copied], self.place)
        return times, tuple(map(sum, zip(times, synced)))


def settle(place):
    """What was written so far is on the disk, and files that were made just now are not compared again."""
    timed(["sync", "--file-system", place], place)
    time.sleep(0.2)


def measure(bench, rounds):
    """The times of each side, by row."""
    rows = {}
    for number in range(rounds):
        for name, storage in STORAGES.items():
            if storage.compress and number > 0:
                continue
            run = bench.begin(storage)
            for row in [name, f"{name}, unchanged"]:
                sides = rows.setdefault(row, {side: [] for side in SIDES})
                settle(bench.place)
                sides["djr"].append(bench.run_djr(run))
                settle(bench.place)
                sides["Django"].append(bench.run_django(run))
                if "unchanged" in row:
                    continue
                settle(bench.place)
                copied, synced = bench.run_cp()
                sides["cp -r"].append(copied)
                sides["cp, sync"].append(synced)
    return rows


SIDES = ["djr", "Django", "cp -r", "cp, sync"]


def ratio(times, base):
    return f"{times / base:10.2f}" if base else f"{'':>10}"


def show(rows):
    for index, title in enumerate(["seconds", "processor"]):
        heads = [*SIDES, "Django/djr", "aim", "djr/cp", "/cp, sync"]
        print(f"{title:24}" + "".join(f"{head:>10}" if len(head) < 10 else f"{head:>12}" for head in heads))
        for row, sides in rows.items():
            medians = {side: statistics.median(run[index] for run in runs) for side, runs in sides.items() if runs}
            shown = "".join(f"{medians[side]:10.3f}" if side in medians else f"{'':>10}" for side in SIDES)
            name, _, unchanged = row.partition(", ")
            aim = STORAGES[name].aims[bool(unchanged)]
            djr = medians["djr"]
            beside = ratio(djr, medians.get("cp -r")) + ratio(djr, medians.get("cp, sync"))
            print(f"{row:24}{shown}{medians['Django'] / djr:12.1f}{aim:>10}{beside}")
    print(flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--place", help="a directory on the disk to measure")
    parser.add_argument("--only", choices=STORAGES, help="one storage; `compressed` takes most of the time")
    options = parser.parse_args()
    if options.only:
        for name in STORAGES.keys() - {options.only}:
            del STORAGES[name]
    for title, directory in [("In memory", MEMORY), ("On disk", options.place)]:
        if directory == MEMORY and not MEMORY.is_dir():
            continue
        with tempfile.TemporaryDirectory(dir=directory) as name:
            print(title)
            show(measure(Bench(Path(name), options.files), options.rounds))


if __name__ == "__main__":
    main()
