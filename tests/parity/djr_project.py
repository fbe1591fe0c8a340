"""A project of djr in a temporary directory: its commands, its server, its database."""

import http.cookiejar
import os
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from json import loads
from pathlib import Path

DJR = os.environ["DJR"]
SCRIPT = Path(__file__).with_name("django_site.py")


class Project:
    """What `djr startproject` writes, as a user gets it."""

    def __init__(self, test):
        self.environment = {}
        self.directory = Path(tempfile.mkdtemp(prefix="parity-"))
        test.addCleanup(shutil.rmtree, self.directory)
        self.run("startproject", "mysite", at=self.directory)
        self.root = self.directory / "mysite"
        self.apps = []
        self.user_model = "auth.User"
        self.session_engine = "db"
        self.database = self.root / "db.sqlite3"

    def run(self, *arguments, at=None, code=0, **environment):
        """Runs djr, which must exit with `code`; returns what it printed."""
        done = subprocess.run(
            [DJR, *arguments],
            cwd=at or self.root,
            env={"HOME": str(self.directory), **self.environment, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        if done.returncode != code:
            raise AssertionError(f"djr {arguments}: {done.returncode}\n{done.stdout}{done.stderr}")
        return done.stdout

    def superuser(self, username, password):
        self.run(
            "createsuperuser",
            "--noinput",
            DJR_SUPERUSER_USERNAME=username,
            DJR_SUPERUSER_EMAIL="",
            DJR_SUPERUSER_PASSWORD=password,
        )

    def secret_key(self):
        text = (self.root / ".env").read_text(encoding="utf-8")
        value = re.search(r"^DJR_SECRET_KEY=(.*)$", text, re.MULTILINE)[1].strip()
        return value[1:-1] if value[:1] in "'\"" else value

    def install(self, app):
        """Adds an app of this directory, which holds the same models for both."""
        self.add(app, lambda place: shutil.copytree(SCRIPT.with_name(app), place))

    def set_user_model(self, model, **auth):
        """Users are of `model` from now on; `auth` are further settings of `[auth]`, as TOML."""
        self.user_model = model
        lines = [f"{key} = {value}" for key, value in {"user_model": f'"{model}"', **auth}.items()]
        with (self.root / "auth.toml").open("w", encoding="utf-8") as file:
            file.write("\n".join(["[auth]", *lines, ""]))
        self.environment = {"DJR_SETTINGS": "auth.toml"}

    def set_session_engine(self, engine):
        """Sessions are kept by `engine` (Django's name) from now on, its cache in a table."""
        self.session_engine = engine
        name = "database" if engine == "db" else engine
        settings = f'[sessions]\nengine = "{name}"\nfile_path = "sessions"\n'
        cache = '[caches.default]\nbackend = "database"\nlocation = "djr_cache"\n'
        (self.root / "sessions").mkdir()
        (self.root / "sessions.toml").write_text(settings + cache, encoding="utf-8")
        self.environment = {"DJR_SETTINGS": "sessions.toml"}

    def add(self, app, make):
        """Adds the app whose files `make` puts where it is told."""
        make(self.root / app)
        settings = self.root / "djr.toml"
        text = settings.read_text(encoding="utf-8")
        installed = re.sub(r"(?m)^(apps = \[[^]]*?),?\s*\]", rf'\1, "{app}"]', text)
        assert installed != text, text
        settings.write_text(installed, encoding="utf-8")
        self.apps.append(app)

    def django(self, question, *arguments):
        """Asks a Django on the same file and with the same key; see `django_site.py`."""
        done = subprocess.run(
            [sys.executable, SCRIPT, self.database, self.secret_key(), question, *arguments],
            env={
                **os.environ,
                "PARITY_APPS": " ".join(self.apps),
                "PARITY_USER_MODEL": self.user_model,
                "PARITY_SESSIONS": self.session_engine,
                "PARITY_MEDIA": str(self.root / "media"),
                "PARITY_SESSION_FILES": str(self.root / "sessions"),
                "PYTHONPATH": str(self.root),
            },
            capture_output=True,
            text=True,
        )
        if done.returncode != 0:
            raise AssertionError(f"django {question} {arguments}:\n{done.stdout}{done.stderr}")
        return loads(done.stdout)

    def serve(self, test):
        """Starts the server; returns a browser on it."""
        server = subprocess.Popen(
            [DJR, "runserver", "127.0.0.1:0"],
            cwd=self.root,
            env={"HOME": str(self.directory), **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        test.addCleanup(server.wait)
        test.addCleanup(server.stdout.close)
        test.addCleanup(server.terminate)
        for line in server.stdout:
            if found := re.search(r"http://[\w.:]+", line):
                return Browser(found[0])
        raise AssertionError("the server never said where it listens")


class Browser:
    """Keeps cookies and follows redirects, as a browser does."""

    def __init__(self, origin):
        self.origin = origin
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))

    def cookie(self, name):
        return next((cookie.value for cookie in self.jar if cookie.name == name), None)

    def get(self, path, cookies=None):
        request = urllib.request.Request(self.origin + path)
        if cookies:
            request.add_header("Cookie", cookies)
        return self.open(request)

    def post(self, path, **fields):
        """Fills in the form at `path`, its hidden token included; returns where that leads."""
        _, _, page = self.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self.open(urllib.request.Request(self.origin + path, data=body))

    def open(self, request):
        """Returns the status, the path of the last page and its text."""
        try:
            answer = self.opener.open(request, timeout=30)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            path = urllib.parse.urlsplit(answer.url).path
            return answer.status, path, answer.read().decode()
