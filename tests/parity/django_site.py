"""A Django of the default settings on one SQLite file, and the questions the tests ask it.

As a script: `django_site.py FILE SECRET_KEY QUESTION [ARGUMENT ...]` prints the answer as JSON.
Each question runs in a process of its own, since Django can be configured only once.
"""

import json
import os
import sqlite3
import sys
from pathlib import Path

import django
from django.conf import settings

APPS = ["admin", "auth", "contenttypes", "sessions", "messages", "staticfiles"]
CACHE_TABLE = "djr_cache"


def configure(file, secret_key):
    settings.configure(
        SECRET_KEY=secret_key,
        INSTALLED_APPS=[
            *(f"django.contrib.{app}" for app in APPS),
            *os.environ.get("PARITY_APPS", "").split(),
        ],
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}},
        CACHES={
            "default": {
                "BACKEND": "django.core.cache.backends.db.DatabaseCache",
                "LOCATION": CACHE_TABLE,
            }
        },
        PASSWORD_HASHERS=[
            "django.contrib.auth.hashers.Argon2PasswordHasher",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
            "django.contrib.auth.hashers.PBKDF2SHA1PasswordHasher",
            "django.contrib.auth.hashers.BCryptSHA256PasswordHasher",
            "django.contrib.auth.hashers.ScryptPasswordHasher",
        ],
        AUTH_USER_MODEL=os.environ.get("PARITY_USER_MODEL", "auth.User"),
        SESSION_ENGINE="django.contrib.sessions.backends." + os.environ.get("PARITY_SESSIONS", "db"),
        MEDIA_ROOT=os.environ.get("PARITY_MEDIA", ""),
        MEDIA_URL="/media/",
        SESSION_FILE_PATH=os.environ.get("PARITY_SESSION_FILES"),
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        SILENCED_SYSTEM_CHECKS=["fields.E210", "fields.W163", "fields.W342", "models.W046"],
        ALLOWED_HOSTS=["testserver"],
    )
    django.setup()


def schema(file):
    """Every object of the file in the order SQLite lists it, as (type, name, table, sql)."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    query = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid"
    objects = connection.execute(query).fetchall()
    connection.close()
    return [row for row in objects if not row[1].startswith("djr_")]


def rows(file):
    """Every row of every table, without the moments migrations were applied at."""
    connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    tables = [name for kind, name, _, _ in schema(file) if kind == "table"]
    found = {}
    for table in tables:
        columns = [row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')]
        kept = [column for column in columns if column != "applied"]
        listed = ", ".join(f'"{column}"' for column in kept)
        query = f'SELECT {listed} FROM "{table}" ORDER BY rowid'
        found[table] = connection.execute(query).fetchall()
    connection.close()
    return found


def command(*arguments):
    """Runs a management command; returns how it exits."""
    from django.core.management import call_command

    try:
        call_command(*arguments, verbosity=0)
    except SystemExit as exit_:
        return exit_.code
    return 0


def create_user(username, password, hasher):
    from django.contrib.auth.hashers import make_password
    from django.contrib.auth.models import User

    User.objects.create(username=username, password=make_password(password, hasher=hasher))


def user(username):
    return users().filter(**{users().model.USERNAME_FIELD: username}).values().get()


def users():
    from django.contrib.auth import get_user_model

    return get_user_model().objects.all()


def authenticate(username, password):
    from django.contrib.auth import authenticate

    found = authenticate(username=username, password=password)
    return None if found is None else found.get_username()


def session_user(session_key):
    """Who the session belongs to, decoded and verified as a request of Django's would."""
    from django.contrib.auth import get_user
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = session_store()(session_key)
    return {"user": get_user(request).get_username(), "data": dict(request.session.items())}


def login(username):
    """Opens a session for a user; returns its key."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    user = users().get(**{users().model.USERNAME_FIELD: username})
    session = session_store()()
    session[SESSION_KEY] = user._meta.pk.value_to_string(user)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["basket"] = ["räksmörgås", 3, None]
    session.create()
    # A cookie is signed when it is saved, with all that is in it.
    session.save()
    return session.session_key


def session_store():
    from importlib import import_module

    return import_module(settings.SESSION_ENGINE).SessionStore


def stored_file(name):
    """What the default storage says of a file."""
    from django.core.files.storage import default_storage

    with default_storage.open(name) as file:
        content = file.read().decode()
    return {"content": content, "size": default_storage.size(name), "url": default_storage.url(name)}


def store_file(name, content):
    """Stores a file as a field with `upload_to` does; returns the name that its row gets."""
    from django.core.files.base import ContentFile
    from django.core.files.storage import default_storage
    from django.db.models import FileField

    name = FileField(upload_to="papers/%Y").generate_filename(None, name)
    return default_storage.save(name, ContentFile(content.encode()), max_length=100)


def reset_link(username):
    """The path by which a user chooses a new password."""
    from django.contrib.auth.tokens import default_token_generator
    from django.utils.encoding import force_bytes
    from django.utils.http import urlsafe_base64_encode

    user = users().get(**{users().model.USERNAME_FIELD: username})
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return f"/accounts/reset/{uid}/{default_token_generator.make_token(user)}/"


def permissions(username):
    user = users().get(**{users().model.USERNAME_FIELD: username})
    return sorted(user.get_all_permissions())


def cache_round_trip():
    from django.core.cache import cache

    cache.set("colour", {"name": "blå"}, 60)
    return cache.get("colour")


def violations():
    """Saves, reads, violates and deletes one row of every built-in model; returns the names."""
    from django.contrib.admin.models import CHANGE, LogEntry
    from django.contrib.auth.models import Group, Permission, User
    from django.contrib.contenttypes.models import ContentType
    from django.contrib.sessions.models import Session
    from django.db import IntegrityError, connection, transaction
    from django.utils import timezone

    def violates(action):
        try:
            with transaction.atomic():
                action()
                connection.check_constraints()
        except IntegrityError:
            return
        raise AssertionError("an IntegrityError was expected")

    def again(row):
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        values.pop("id", None)
        return lambda: type(row)(**values).save(force_insert=True)

    kind = ContentType.objects.create(app_label="parity", model="thing")
    permission = Permission.objects.create(content_type=kind, codename="see_thing", name="Can see")
    group = Group.objects.create(name="editors")
    member = User.objects.create(username="parity", password="!", last_login=timezone.now())
    entry = LogEntry.objects.create(
        user=member, content_type=kind, object_id="1", object_repr="a thing", action_flag=CHANGE
    )
    session = Session.objects.create(
        session_key="k" * 32, session_data="e30", expire_date=timezone.now()
    )
    group.permissions.add(permission)
    member.groups.add(group)
    member.user_permissions.add(permission)

    saved = [kind, permission, group, member, entry, session]
    for row in saved:
        read = type(row).objects.get(pk=row.pk)
        for field in row._meta.concrete_fields:
            assert getattr(read, field.attname) == getattr(row, field.attname), field
    assert member.has_perm("parity.see_thing") and member.groups.get() == group

    for row in [kind, permission, group, member, session]:
        violates(again(row))
    violates(lambda: LogEntry.objects.filter(pk=entry.pk).update(action_flag=-1))
    violates(lambda: LogEntry.objects.filter(pk=entry.pk).update(user_id=10**6))
    violates(lambda: member.groups.through.objects.create(user_id=member.pk, group_id=group.pk))
    violates(lambda: group.permissions.through.objects.create(group_id=group.pk, permission_id=0))
    violates(lambda: User.objects.filter(pk=member.pk).update(email=None))

    for row in reversed(saved):
        row.delete()
        assert not type(row).objects.filter(pk=row.pk).exists()
    return [row._meta.label for row in saved]


def of_every_model(*labels):
    from django_rows import of_every_model

    return of_every_model(*labels)


def introspected():
    from django_introspection import introspected

    return introspected()


QUESTIONS = [
    authenticate,
    cache_round_trip,
    command,
    create_user,
    introspected,
    login,
    of_every_model,
    permissions,
    reset_link,
    session_user,
    stored_file,
    store_file,
    user,
    violations,
]


def ask(file, secret_key, question, *arguments):
    """Answers one question in this process."""
    configure(file, secret_key)
    return {function.__name__: function for function in QUESTIONS}[question](*arguments)


if __name__ == "__main__":
    os.umask(0o077)
    answer = ask(Path(sys.argv[1]), *sys.argv[2:])
    json.dump(answer, sys.stdout, default=str)
