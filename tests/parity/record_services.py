"""Records what real Django answers to the steps of services/cases/*.py, in golden/services.json.

`record_services.py` writes the file; `record_services.py --check` fails if a fresh recording differs from it. Each
part of a case, up to a line `# the next request`, is run by a view for a request of its own, by one visitor.
`cargo test` has the same view run the same steps under `djr runserver` (tests/http/python_services.rs).
"""

import json
import logging
import shutil
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "python"))

import django
import recording
from django.conf import settings
from django.core.management import call_command
from django.urls import path
from record import statements

GOLDEN = HERE / "golden" / "services.json"
NEXT = "# the next request\n"


def configure(directory):
    settings.configure(
        SECRET_KEY="a-key-for-tests-that-signs-nothing-real",
        ALLOWED_HOSTS=["*"],
        INSTALLED_APPS=[f"django.contrib.{app}" for app in ("auth", "contenttypes", "sessions", "messages")] + ["replayed"],
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
        ],
        ROOT_URLCONF="site_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(directory / "db.sqlite3")}},
        CACHES={
            "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
            "table": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_table"},
            "files": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": str(directory / "cache")},
            "other": {
                "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
                "LOCATION": "other",
                "KEY_PREFIX": "pre",
                "VERSION": 3,
                "TIMEOUT": None,
            },
        },
        SESSION_FILE_PATH=str(directory),
        PASSWORD_HASHERS=[
            f"django.contrib.auth.hashers.{name}PasswordHasher" for name in ("PBKDF2", "MD5", "Argon2", "Scrypt", "BCryptSHA256")
        ],
        EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
        EMAIL_SUBJECT_PREFIX="[djr] ",
        ADMINS=[("Ann", "ann@example.com")],
        USE_TZ=True,
        TIME_ZONE="UTC",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


def read(case):
    """The steps of each request of a case."""
    parts = case.read_text(encoding="utf-8").split(NEXT)
    return [[{"kind": kind, "source": source} for _, source, kind in statements(part)] for part in parts]


def recorded(cases):
    from django.test import Client

    answered = {}
    for name, requests in cases.items():
        client = Client()
        for part, steps in enumerate(requests):
            answers = client.get(f"/{name}/{part}/").json()["answers"]
            for step, answer in zip(steps, answers, strict=True):
                step["answer"] = answer
        answered[name] = requests
    return answered


def main():
    cases = {case.stem: read(case) for case in sorted((HERE / "services" / "cases").glob("*.py"))}
    with tempfile.TemporaryDirectory() as directory:
        directory = Path(directory)
        app = directory / "replayed"
        shutil.copytree(HERE / "services", app, ignore=shutil.ignore_patterns("cases", "__pycache__"))
        shutil.copy(HERE.parent / "python" / "steps.py", app)
        (app / "cases.json").write_text(json.dumps(cases), encoding="utf-8")
        sys.path.insert(0, str(directory))
        sys.dont_write_bytecode = True
        logging.disable(logging.CRITICAL)
        configure(directory)
        views = __import__("replayed.views").views
        urls = type(sys)("site_urls")
        urls.urlpatterns = [path("<str:case>/<int:part>/", views.replay)]
        sys.modules["site_urls"] = urls
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        answered = recorded(cases)
    rows = ",\n".join(f"{json.dumps(name)}: {requests_text(requests)}" for name, requests in answered.items())
    recording.keep(GOLDEN, f"{{\n{rows}\n}}\n")


def requests_text(requests):
    parts = (",\n".join(json.dumps(step, ensure_ascii=False) for step in steps) for steps in requests)
    return "[[\n" + "\n],[\n".join(parts) + "\n]]"


if __name__ == "__main__":
    main()
