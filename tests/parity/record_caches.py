"""Records what every call of real Django's caches returns, in each backend, in golden/caches.json.

The calls and their arguments are found by looking at `BaseCache`: one that is not tried fails the recording. `cargo test` makes the
same calls (src/cache/tests/recorded.rs). Without a Redis or memcached here, what was recorded of it is kept as it stands.
`--check` fails if a fresh recording differs.
"""

import inspect
import json
import shutil
import socket
import subprocess
import tempfile
import time
import warnings
from contextlib import ExitStack
from pathlib import Path

from recording import keep

GOLDEN = Path(__file__).parent / "golden" / "caches.json"
KINDS = {
    "locmem": "locmem.LocMemCache", "database": "db.DatabaseCache", "file": "filebased.FileBasedCache",
    "dummy": "dummy.DummyCache", "redis": "redis.RedisCache", "memcached": "memcached.PyMemcacheCache",
}
SERVERS = {
    "redis": ["redis-server", "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--port"],
    "memcached": ["memcached", "-l", "127.0.0.1", "-U", "0", "-u", "nobody", "-p"],
}
# What is for those who write a backend.
INNER = {"get_backend_timeout", "make_and_validate_key"}

LONG = "k" * 251
NESTED = {"a": [1, None, {"b": [True, 2.5, "x"]}], "": []}


def step(method, *arguments, **named):
    return {"call": method, "arguments": list(arguments), "named": named}


def left(*keys):
    return [step("has_key", key) for key in keys]


def fill(count):
    return [step("set", f"k{number}", number) for number in range(count)]


SCRIPTS = [
    # Settings, the backends that have them (all if none is named), and calls.
    ({}, None, [
        step("get", "k"), step("get", "k", 5), step("get", "k", default="x"), step("set", "k", 1), step("get", "k"), step("get", "k", 5),
        step("set", "k", None), step("get", "k", 5), step("has_key", "k"), step("__contains__", "k"), step("__contains__", "nope"),
        *[call for value in (True, 0, -7, 2**40, 1.5, "", "Ünï😀", "12", [], NESTED) for call in (step("set", "v", value), step("get", "v"))],
    ]),
    ({}, None, [
        step("add", "k", 1), step("add", "k", 2), step("get", "k"), step("add", "k", 3, version=2), step("get", "k", version=2),
        step("delete", "k"), step("delete", "k"), step("delete", "k", version=2), step("has_key", "k", version=2),
        step("add", "n", None), step("add", "n", 2), step("add", "t", 1, 0), step("get", "t"), step("add", "t", 2, timeout=100), step("get", "t"),
    ]),
    ({}, None, [
        *[call for timeout in (0, -1, -100, 100, None) for call in (
            step("set", "k", 1, timeout), step("get", "k"), step("set", "k", 2, timeout=timeout), step("has_key", "k"))],
        step("set", "k", 3), step("set", "k", 4, 0), step("get", "k"),
    ]),
    ({}, None, [
        step("touch", "k"), step("set", "k", 1), step("touch", "k"), step("touch", "k", 100), step("touch", "k", None), step("get", "k"),
        step("touch", "k", timeout=0), step("get", "k"), step("touch", "k", version=2), step("set", "k", 1, version=2), step("touch", "k", version=2),
    ]),
    ({}, ["locmem", "database", "file", "redis", "memcached"], [step("set", "k", 1), step("touch", "k", -1), step("get", "k")]),
    ({}, None, [
        step("incr", "n"), step("decr", "n"), step("set", "n", 10), step("incr", "n"), step("incr", "n", 5), step("decr", "n"), step("decr", "n", 2),
        step("incr", "n", delta=0), step("get", "n"), step("incr", "n", version=2), step("set", "n", 1, version=2), step("incr", "n", version=2),
        step("decr", "n", version=2), step("get", "n"), step("set", "t", "text"), step("incr", "t"), step("get", "t"),
    ]),
    ({}, ["locmem", "database", "file", "redis"], [step("set", "n", 1), step("decr", "n", 5), step("incr", "n", -3), step("decr", "n", -2), step("get", "n")]),
    ({}, ["memcached"], [step("set", "n", 1), step("decr", "n", 5), step("get", "n")]),
    ({}, None, [
        step("set_many", {"a": 1, "b": None, "c": [2]}), step("get_many", ["a", "b", "c", "nope"]), step("get_many", []), step("get_many", ["a"], version=2),
        step("set_many", {}), step("set_many", {"a": 5}, version=2), step("get_many", ["a"], version=2), step("get", "a"),
        step("delete_many", ["a", "nope"]), step("get_many", ["a", "b"]), step("delete_many", []), step("delete_many", ["a"], version=2),
        step("has_key", "a", version=2), step("set_many", {"s": 1}, 0), step("get", "s"), step("set_many", {"s": 1}, timeout=None), step("get", "s"),
    ]),
    ({}, None, [
        step("get_or_set", "k", 1), step("get_or_set", "k", 2), step("get_or_set", "n", None), step("get_or_set", "n", 2), step("get_or_set", "k", 3, version=2),
        step("get_or_set", "z", 1, 0), step("get_or_set", "z", 2, timeout=100), step("get", "z"),
    ]),
    ({}, None, [
        step("incr_version", "k"), step("decr_version", "k"), step("set", "k", "x"), step("incr_version", "k"), step("get", "k"), step("get", "k", version=2),
        step("incr_version", "k", version=2), step("incr_version", "k", 4, version=3), step("decr_version", "k", version=7), step("decr_version", "k", 3, version=6),
        step("get", "k", version=3), step("incr_version", "k", delta=-1, version=3), step("get", "k", version=2), step("has_key", "k", version=3),
    ]),
    ({}, None, [step("set", "k", 1), step("set", "k", 2, version=2), step("clear"), step("get", "k"), step("get", "k", version=2), step("close"), step("set", "k", 3), step("get", "k")]),
    ({"KEY_PREFIX": "p", "VERSION": 3}, None, [
        step("make_key", "k"), step("make_key", "k", version=5), step("make_key", "ключ :/"), step("make_key", ""), step("set", "k", 1), step("get", "k"),
        step("get", "k", version=3), step("get", "k", version=1), step("incr_version", "k"), step("get", "k", version=4),
    ]),
    ({}, None, [step("validate_key", key) for key in ("k", "", "ключ", "k" * 250, LONG, "with space", "line\n", "tab\t", "\x7f", "\x80")]),
    ({}, ["locmem", "database", "file", "redis", "dummy"], [call for key in (LONG, "with space", "line\n") for call in (
        step("set", key, 1), step("get", key), step("delete", key), step("add", key, 1), step("incr", key), step("touch", key), step("has_key", key),
        step("get_many", ["fine", key]), step("set_many", {key: 1}), step("delete_many", ["fine", key]), step("get_or_set", key, 1),
        step("incr_version", key), step("get_many", ["fine"]))]),
    ({}, ["memcached"], [call for key in (LONG, "with space", "line\n") for call in (
        step("set", key, 1), step("get", key), step("add", key, 1), step("touch", key), step("delete", key), step("incr", key), step("has_key", key))]),
    ({"TIMEOUT": 0}, None, [step("set", "k", 1), step("get", "k"), step("add", "k", 1), step("get", "k"), step("set", "k", 1, 100), step("get", "k"), step("touch", "k"), step("get", "k")]),
    ({"TIMEOUT": None}, None, [step("set", "k", 1), step("get", "k"), step("touch", "k"), step("get", "k"), step("set", "k", 1, 0), step("get", "k")]),
    ({"MAX_ENTRIES": 5, "CULL_FREQUENCY": 2}, ["locmem", "database"], [*fill(5), *left(*"k0 k1 k2 k3 k4".split()), step("get", "k0"), step("set", "k5", 5), *left(*"k0 k1 k2 k3 k4 k5".split()),
                                              step("set", "k6", 6), step("set", "k6", 7), *left(*"k0 k1 k2 k3 k4 k5 k6".split())]),
    ({"MAX_ENTRIES": 5, "CULL_FREQUENCY": 1}, ["locmem", "database"], [*fill(7), *left(*"k0 k1 k2 k3 k4 k5 k6".split())]),
    ({"MAX_ENTRIES": 3, "CULL_FREQUENCY": 0}, ["locmem", "database", "file"], [*fill(5), *left(*"k0 k1 k2 k3 k4".split())]),
    ({"MAX_ENTRIES": 4, "CULL_FREQUENCY": 3}, ["locmem"], [*fill(4), step("get", "k0"), step("incr", "k1"), step("touch", "k2"), step("has_key", "k3"), step("add", "k0", 9),
                                               step("set", "k4", 4), *left(*"k0 k1 k2 k3 k4".split())]),
]


def methods():
    from django.core.cache.backends.base import BaseCache

    names = {name for name in dir(BaseCache) if not name.startswith("_")} | {"__contains__"}
    names -= {name for name in names if name.startswith("a") and name[1:] in names}
    names -= INNER
    return {name: list(inspect.signature(getattr(BaseCache, name)).parameters)[1:] for name in sorted(names)}


def make(kind, options, place):
    from django.utils.module_loading import import_string

    params = {**options, "OPTIONS": {key: options[key] for key in ("MAX_ENTRIES", "CULL_FREQUENCY") if key in options}}
    return import_string(f"django.core.cache.backends.{KINDS[kind]}")(place, params)


def call(cache, step):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            result = getattr(cache, step["call"])(*step["arguments"], **step["named"])
        except Exception as error:
            result = {"raises": "ValueError" if isinstance(error, ValueError) and "Invalid" not in type(error).__name__ else type(error).__name__}
        else:
            # Redis tells that it was emptied.
            result = {"result": None if step["call"] == "clear" else result}
    warns = any(warning.category.__name__ == "CacheKeyWarning" for warning in caught)
    if step["call"] == "validate_key" and "raises" not in result:
        return {"warns": warns}
    return {**result, "warns": True} if warns else result


def record(kind, place):
    found = []
    for number, (options, kinds, steps) in enumerate(SCRIPTS):
        if kinds is not None and kind not in kinds:
            continue
        cache = make(kind, options, place(number))
        if kind != "locmem":
            cache.clear()
        found.append({"settings": options, "steps": [{**step, **call(cache, step)} for step in steps]})
    return found


def serve(kind, stack):
    """A server on a free port; none where it is not installed."""
    command = SERVERS[kind]
    if not shutil.which(command[0]):
        return None
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=tempfile.gettempdir())
    stack.callback(process.wait)
    stack.callback(process.kill)
    for _ in range(1000):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return port
        time.sleep(0.01)
    raise SystemExit(f"{command[0]} does not start")


def main():
    from django.conf import settings

    before = json.loads(GOLDEN.read_text(encoding="utf-8"))["backends"] if GOLDEN.exists() else {}
    with tempfile.TemporaryDirectory() as directory, ExitStack() as stack:
        settings.configure(
            USE_TZ=True, DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
            CACHES={"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kept"}},
        )
        import django
        from django.core.management import call_command

        django.setup()
        call_command("createcachetable", verbosity=0)
        ports = {kind: serve(kind, stack) for kind in SERVERS}
        places = {
            "locmem": lambda number: f"place{number}", "database": lambda _: "kept", "dummy": lambda _: "",
            "file": lambda number: f"{directory}/{number}",
            "redis": lambda _: f"redis://127.0.0.1:{ports['redis']}", "memcached": lambda _: f"127.0.0.1:{ports['memcached']}",
        }
        recorded = {kind: before.get(kind) if ports.get(kind, 1) is None else record(kind, places[kind]) for kind in KINDS}
    found = methods()
    tried = [step for _, _, steps in SCRIPTS for step in steps]
    for name, parameters in found.items():
        calls = [step for step in tried if step["call"] == name]
        assert calls, f"`{name}` is not tried"
        positional = max(len(step["arguments"]) for step in calls)
        for index, parameter in enumerate(parameters):
            is_tried = index < positional or any(parameter in step["named"] for step in calls) or parameter == "kwargs"
            assert is_tried, f"`{parameter}` of `{name}` is not tried"
    lines = ",\n".join(f' "{kind}": [\n' + ",\n".join("  " + json.dumps(script, ensure_ascii=False) for script in scripts) + "\n ]"
                       for kind, scripts in recorded.items())
    keep(GOLDEN, '{"methods": ' + json.dumps(found) + ',\n"backends": {\n' + lines + "\n}}\n")


if __name__ == "__main__":
    main()
