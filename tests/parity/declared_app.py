"""A Django with one app whose models a recorder declares, on a database of its own."""

import contextlib
import importlib
import os
import sys
import tempfile
from pathlib import Path

import django_site


@contextlib.contextmanager
def tables_of(label, models_py, *, other_apps="", zone=None):
    """The file of a database with the tables of the app `label`, and the module of its models, whose text is `models_py`.

    `other_apps` are installed too, their tables are not made; `zone` is the time zone of the site. Django can be
    configured only once in a process.
    """
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "db.sqlite3"
        app = Path(directory) / label
        app.mkdir()
        (app / "__init__.py").touch()
        (app / "models.py").write_text(models_py)
        sys.path.insert(0, directory)
        os.environ["PARITY_APPS"] = f"{label} {other_apps}"
        django_site.configure(file, "golden")
        from django.apps import apps
        from django.conf import settings
        from django.db import connection
        from django.utils import timezone

        if zone is not None:
            settings.TIME_ZONE = zone
            timezone.get_default_timezone.cache_clear()
        with connection.schema_editor() as editor:
            for model in apps.get_app_config(label).get_models():
                editor.create_model(model)
        yield file, importlib.import_module(f"{label}.models")
        connection.close()


def declared_by(recorder):
    """The text of a `models.py` with the models that the module `recorder` declares."""
    return f"import {recorder}\nFOUND = {recorder}.declared_models()\n"
