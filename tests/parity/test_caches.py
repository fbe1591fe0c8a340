"""Real Django and djr share the entries of every kind of cache, both ways; Redis and memcached are the real servers."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest


from djr_project import Project

SCRIPT = r'''
import json, sys
from django.conf import settings
backend, location, database, question = sys.argv[1:5]
engines = {
    "file": "filebased.FileBasedCache", "database": "db.DatabaseCache",
    "redis": "redis.RedisCache", "memcached": "memcached.PyMemcacheCache",
}
settings.configure(
    USE_TZ=True,
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
    CACHES={"default": {"BACKEND": "django.core.cache.backends." + engines[backend], "LOCATION": location.split(",") if backend == "memcached" else location}},
)
import django
django.setup()
from django.core.cache import cache
values = eval(sys.stdin.read())
if question == "set":
    for key, value in values.items():
        cache.set(key, value, None if key.startswith("for_ever") else 1000)
elif question == "part":
    from django.core.cache.utils import make_template_fragment_key
    from django.template import engines
    source = "{% load cache %}{% cache 500 part who %}<b>{{ who }}</b>{% endcache %}"
    page = engines["django"].from_string(source).render(values)
    print(json.dumps([make_template_fragment_key("part", [values["who"]]), page]))
else:
    print(json.dumps({key: repr(cache.get(key)) for key in values}))
'''

# What both can say: the value in Python, and as djr prints it.
VALUES = {
    "none": (None, "null"),
    "true": (True, "true"),
    "false": (False, "false"),
    "zero": (0, "0"),
    "negative": (-7, "-7"),
    "large": (2**40, "1099511627776"),
    "larger": (2**70, "1180591620717411303424"),
    "float": (1.5, "1.5"),
    "text": ("Ünï😀 x", "Ünï😀 x"),
    "ключ": ("key beyond ASCII", "key beyond ASCII"),
    "list": ([1, [2.5, None], "x"], '[1, [2.5, null], "x"]'),
    "dict": ({"a": 1, "b": [True]}, '{"a": 1, "b": [true]}'),
    "for_ever": ("kept", "kept"),
}
# What only Django writes.
MORE = {
    "tuple": ((1, 2), "[1, 2]"),
    "set": ({5}, "[5]"),
    "bytes": (b"\x01\x02", "AQI="),
}


class Server:
    """A server on a free port, which ends with the test."""

    def __init__(self, test, *command):
        if not shutil.which(command[0]):
            if os.environ.get("CI"):
                raise AssertionError(f"this test needs {command[0]}")
            test.skipTest(f"needs {command[0]}")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        arguments = [str(self.port) if word == "PORT" else word for word in command]
        self.process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        test.addCleanup(self.process.wait)
        test.addCleanup(self.process.kill)
        for _ in range(1000):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)
        raise AssertionError(f"{command[0]} does not start")


class Caches(unittest.TestCase):
    def share(self, backend, location):
        project = Project(self)
        settings = f"[caches.default]\nbackend = '{backend}'\nlocation = '{location}'\n"
        (project.root / "caches.toml").write_text(settings, encoding="utf-8")
        project.environment = {"DJR_SETTINGS": "caches.toml"}
        if backend == "database":
            project.run("migrate")
            project.run("createcachetable")

        def django(question, values):
            place = project.root / location if backend == "file" else location
            script = [sys.executable, "-c", SCRIPT, backend, str(place), str(project.database), question]
            done = subprocess.run(script, input=repr(values), capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stderr)
            return json.loads(done.stdout or "null")

        written = {**VALUES, **MORE}
        django("set", {key: value for key, (value, _) in written.items()})
        for key, (_, shown) in written.items():
            self.assertEqual(project.run("cache", "get", key), shown + "\n", key)
        project.run("cache", "clear", "--noinput")
        for key in written:
            project.run("cache", "get", key, code=1)
        for key, (value, shown) in VALUES.items():
            text = ["--text"] if isinstance(value, str) else []
            timeout = ["--timeout", "never"] if key == "for_ever" else []
            project.run("cache", "set", key, shown, *text, *timeout)
        self.assertEqual(django("get", dict.fromkeys(VALUES)), {key: repr(value) for key, (value, _) in VALUES.items()})
        for who in ("ada", "<é>", "x" * 70000):
            key, made = django("part", {"who": who})
            self.assertEqual(project.run("cache", "get", key), made + "\n")
            self.assertEqual(django("part", {"who": who}), [key, made])
            project.run("cache", "set", key, "<i>of djr</i>", "--text")
            self.assertEqual(django("part", {"who": who}), [key, "<i>of djr</i>"])

    def test_in_a_table(self):
        self.share("database", "shared_cache")

    def test_in_files(self):
        self.share("file", "var/cache")

    def test_in_redis(self):
        with tempfile.TemporaryDirectory() as directory:
            server = Server(self, "redis-server", "--port", "PORT", "--bind", "127.0.0.1", "--save", "", "--dir", directory)
            self.share("redis", f"redis://127.0.0.1:{server.port}/2")

    def test_in_two_servers_of_memcached(self):
        servers = [Server(self, "memcached", "-l", "127.0.0.1", "-p", "PORT", "-U", "0", "-u", "nobody") for _ in range(2)]
        self.share("memcached", ",".join(f"127.0.0.1:{server.port}" for server in servers))


if __name__ == "__main__":
    unittest.main()
