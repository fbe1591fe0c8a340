#!/usr/bin/env python3
"""Compares the caches of djr with those of Django: one client writes and reads values as often as it can.

Both take the same 1,000 values, both their own default serialisation, which is the same. Before anything is measured each
side reads what the other wrote, where the backend is shared. DJR names the executable, CACHE_CLIENT the example
`cache_client`, which asks the caches of the library in a loop. Redis and memcached are started here.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from cache_servers import servers
from server import DJR, HOST, run

CLIENT = os.path.abspath(os.environ.get("CACHE_CLIENT", "target/release/examples/cache_client"))
KEYS = 1_000
# More than there are keys: nothing is culled.
MAX_ENTRIES = 10_000

DJANGO = """
import json, sys, time
from django.conf import settings
settings.configure(
    USE_TZ=True,
    DATABASES={"default": {
        "ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3",
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"},
    }},
    CACHES=json.load(open("django_caches.json")),
)
import django
django.setup()
from django.core.cache import caches
cache, question = caches[sys.argv[1]], sys.argv[2]
values = json.load(open("values.json"))

def write():
    for key, value in values.items():
        cache.set(key, value)

if question == "write":
    write()
elif question == "read":
    print(json.dumps({key: cache.get(key) for key in values}))
else:
    write()
    writing = reading = rounds = 0
    while writing + reading < float(sys.argv[3]):
        started = time.perf_counter()
        write()
        writing += time.perf_counter() - started
        started = time.perf_counter()
        for key in values:
            assert cache.get(key) is not None, "a value has gone"
        reading += time.perf_counter() - started
        rounds += 1
    count = rounds * len(values)
    print(json.dumps({"set": count / writing, "get": count / reading}))
"""

BACKENDS = {
    "locmem": ("locmem.LocMemCache", lambda _: "bench"),
    "database": ("db.DatabaseCache", lambda _: "cache_table"),
    "file": ("filebased.FileBasedCache", lambda _: "cache_files"),
    "redis": ("redis.RedisCache", lambda ports: f"redis://{HOST}:{ports['redis']}"),
    "memcached": ("memcached.PyMemcacheCache", lambda ports: f"{HOST}:{ports['memcached']}"),
}


def values():
    """What pages keep: a row as a dictionary with some words in it."""
    words = "Words that somebody waits for. " * 20
    return {
        f"article:{i}": {"id": i, "title": f"Article {i}", "price": i / 8, "tags": ["a", "b", "ünï"], "new": i % 2 == 0, "body": words}
        for i in range(KEYS)
    }


def prepare(place, ports):
    """Makes a project whose caches Django has too; returns its directory and their names."""
    run([DJR, "startproject", "site"], place)
    site, ours, theirs = place / "site", [], {}
    for name, (backend, location) in BACKENDS.items():
        if name in ("redis", "memcached") and name not in ports:
            continue
        address = location(ports)
        limits = [] if name in ports else [f"max_entries = {MAX_ENTRIES}"]
        ours += [f"[caches.{name}]", f'backend = "{name}"', f'location = "{address}"', *limits]
        theirs[name] = {"BACKEND": f"django.core.cache.backends.{backend}", "LOCATION": address}
        if limits:
            theirs[name]["OPTIONS"] = {"MAX_ENTRIES": MAX_ENTRIES}
    (site / "caches.toml").write_text("\n".join([*ours, ""]))
    (site / "django_caches.json").write_text(json.dumps({"default": theirs["locmem"], **theirs}))
    (site / "values.json").write_text(json.dumps(values()))
    run([DJR, "migrate"], site)
    run([DJR, "createcachetable"], site, DJR_SETTINGS="caches.toml")
    return site, list(theirs)


def ask(site, side, *question):
    command = {"djr": [CLIENT], "django": [sys.executable, "-c", DJANGO]}[side]
    done = subprocess.run([*command, *question], cwd=site, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{side} {question} failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout) if done.stdout.strip() else None


def same_values(site, name):
    """Stops unless each side reads what the other wrote; the memory of a process is its own."""
    if name == "locmem":
        return
    for writer, reader in [("djr", "django"), ("django", "djr")]:
        ask(site, writer, name, "write")
        if ask(site, reader, name, "read") != values():
            sys.exit(f"{name}: {reader} reads something else than {writer} wrote")


def compare(site, name, options):
    """The median rates of both sides, which take turns."""
    rates = {"djr": [], "django": []}
    for turn in range(options.rounds):
        for side in rates if turn % 2 else reversed(rates):
            rates[side].append(ask(site, side, name, "time", str(options.seconds)))
    for question in ["get", "set"]:
        ours, theirs = (statistics.median(rate[question] for rate in rates[side]) for side in rates)
        print(f"| {name + ', ' + question:<22} | {ours:>10.0f} | {theirs:>10.0f} | {ours / theirs:>6.1f} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5, help="runs of each side")
    parser.add_argument("--seconds", type=float, default=2, help="the length of one run")
    options = parser.parse_args()
    if not Path(CLIENT).exists():
        print(f"\n(no {CLIENT}: build it by `cargo build --release --example cache_client`)")
        return
    with tempfile.TemporaryDirectory(prefix="caches-") as directory, servers() as ports:
        site, names = prepare(Path(directory), ports)
        print(f"\n| {'cache, one client':<22} | {'djr, /s':>10} | {'Django, /s':>10} | {'ratio':>6} |")
        for name in names:
            same_values(site, name)
            compare(site, name, options)


if __name__ == "__main__":
    main()
