"""Records which signals Django sends when commands and code write rows, in golden/signals.json.

`record_signals.py` writes the file; `record_signals.py --check` fails if a fresh recording differs from it. The receivers
and what code does are in `signals/`; `cargo test` does the same with djr and compares (tests/cli/receivers.rs).
"""

import contextlib
import io
import json
import os
import runpy
import shutil
import sys
import tempfile
from pathlib import Path

import recording

HERE = Path(__file__).parent
GOLDEN = HERE / "golden" / "signals.json"
MODELS = """
from django.db import models


class Tag(models.Model):
    name = models.CharField(max_length=50)


class Post(models.Model):
    title = models.CharField(max_length=50)
    tags = models.ManyToManyField(Tag, blank=True)
"""
APPS = """
from django.apps import AppConfig


class PostsConfig(AppConfig):
    name = "posts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        import posts.signals
"""
APPS_OF_SITE = ["django.contrib.contenttypes", "django.contrib.auth", "posts"]


def told(act, *args, **kwargs):
    """The lines that `act` prints, without those of the command itself, and what it raised."""
    out = io.StringIO()
    raised = None
    with contextlib.redirect_stdout(out):
        try:
            act(*args, **kwargs)
        except Exception as error:
            raised = type(error).__name__
    return {"lines": out.getvalue().splitlines(), "raised": raised}


def record(root):
    app = root / "posts"
    app.mkdir()
    (app / "__init__.py").touch()
    (app / "models.py").write_text(MODELS)
    (app / "apps.py").write_text(APPS)
    shutil.copy(HERE / "signals" / "receivers.py", app / "signals.py")
    sys.path.insert(0, str(root))

    import django
    from django.conf import settings

    databases = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(root / "db.sqlite3")}}
    settings.configure(INSTALLED_APPS=APPS_OF_SITE, DATABASES=databases, USE_TZ=True, SECRET_KEY="x")
    django.setup()
    from django.contrib.auth.management.commands import changepassword
    from django.core.management import call_command

    call_command("makemigrations", "posts", verbosity=0)
    os.environ["DJANGO_SUPERUSER_PASSWORD"] = "Xk29!fooBAR"
    maker = {"interactive": False, "email": "a@example.com", "verbosity": 0}
    changepassword.Command._get_pass = lambda *_: "Xk29!fooBAZ"
    quiet = io.StringIO()
    fixture = str(HERE / "signals" / "fixture.json")

    def migrated(*args):
        return told(call_command, "migrate", *args, interactive=False, stdout=quiet)

    return {
        "migrate": migrated(),
        "migrate again": migrated(),
        "migrate back": migrated("posts", "zero"),
        "migrate forth": migrated("posts"),
        "createsuperuser": told(call_command, "createsuperuser", username="ada", **maker),
        "createsuperuser refused": told(call_command, "createsuperuser", username="refused", **maker),
        "changepassword": told(call_command, "changepassword", "ada", stdout=quiet),
        "loaddata": told(call_command, "loaddata", fixture, verbosity=0),
        "loaddata again": told(call_command, "loaddata", fixture, verbosity=0),
        "acts": told(runpy.run_path, str(HERE / "signals" / "acts.py")),
        "flush": told(call_command, "flush", interactive=False, stdout=quiet),
    }


with tempfile.TemporaryDirectory() as directory:
    recording.keep(GOLDEN, json.dumps(record(Path(directory)), indent=1) + "\n")
