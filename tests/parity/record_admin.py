"""Asks Django which options and methods its admin has, and what staff with each set of permissions are answered.

`record_admin.py` writes golden/admin_options.json and golden/admin_permissions.json; `--check` fails if they differ.
`cargo test` looks for each option in docs/admin.md (tests/repository/admin_options.rs), and asks djr the same as Django
over the same rows (tests/http/admin_permissions.rs). The project is tests/admin_site/, as Python (`from_toml`).
"""

import json
import logging
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from pathlib import Path

import recording

HERE = Path(__file__).parent
PROJECT = HERE.parent / "admin_site"
OPTIONS = HERE / "golden" / "admin_options.json"
PERMISSIONS = HERE / "golden" / "admin_permissions.json"


def options():
    """The public names of each class, without those that only Django's own code calls."""
    from django.contrib.admin import AdminSite, ModelAdmin
    from django.contrib.admin.options import InlineModelAdmin

    classes = (ModelAdmin, InlineModelAdmin, AdminSite)
    return {found.__name__: sorted(name for name in dir(found) if not name.startswith("_")) for found in classes}


def prepared(directory):
    """The project as one of Django, with its rows and people."""
    from from_toml import convert

    site = Path(directory) / "admin_site"
    shutil.copytree(PROJECT, site)
    convert(site)
    sys.path.insert(0, str(site))
    sys.dont_write_bytecode = True
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"
    os.chdir(site)
    import django

    django.setup()
    logging.disable(logging.CRITICAL)
    from django.core.management import call_command

    call_command("makemigrations", "catalog", verbosity=0)
    call_command("migrate", verbosity=0)
    call_command("loaddata", "rows", verbosity=0)
    for script in ("rows.sql", "people.sql"):
        with sqlite3.connect(site / "db.sqlite3") as connection:
            connection.executescript((site / script).read_text(encoding="utf-8"))
        connection.close()


def ask(client, step):
    method, path, form = step["method"], step["path"], step.get("form")
    response = getattr(client, method.lower())(path, form) if form is not None else client.generic(method, path)
    page = b"".join(response) if response.streaming else response.content
    shown = [link for link in step.get("shows", []) if f'href="{link}' in page.decode()]
    location = re.sub(r"^http://testserver", "", response.headers.get("Location", ""))
    return [response.status_code, location, shown]


def asked():
    """The answers to all that asks.json asks for, by the name of who asks."""
    from django.contrib.auth.models import User
    from django.test import Client

    steps = json.loads((PROJECT / "asks.json").read_text(encoding="utf-8"))
    answers = {}
    for user in [*User.objects.order_by("id"), None]:
        client = Client(raise_request_exception=False)
        if user:
            client.force_login(user)
        key = str(user.pk) if user else "1"
        answers[user.username if user else ""] = [ask(client, json.loads(json.dumps(step).replace("KEY", key))) for step in steps]
    return answers


def main():
    with tempfile.TemporaryDirectory() as directory:
        prepared(directory)
        recording.keep(OPTIONS, json.dumps(options(), indent=1) + "\n")
        answers = asked()
        os.chdir(HERE)
    lines = [f" {json.dumps(name)}: [\n" + ",\n".join(f"  {json.dumps(answer)}" for answer in found) + "\n ]" for name, found in answers.items()]
    recording.keep(PERMISSIONS, "{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
