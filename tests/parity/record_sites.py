"""Walks the sites of tests/sites/ on Django and records what a visitor sees, in golden/sites.json.

`record_sites.py` writes the file; `record_sites.py --check` fails if a fresh recording differs from it.
`cargo test` walks the same sites under `djr runserver` and compares (tests/http/sites.rs).

The settings and urls of Django are made from the TOML of each site; its Python and its templates are used as they are.
"""

import importlib
import json
import logging
import re
import shutil
import sys
import tempfile
import tomllib
from pathlib import Path

import django
import recording
from django.conf import settings
from django.core.management import call_command
from django.urls import include, path

SITES = Path(__file__).parent.parent / "sites"
GOLDEN = Path(__file__).parent / "golden" / "sites.json"
SITE = "first"

MIDDLEWARE = {
    "security": "django.middleware.security.SecurityMiddleware",
    "sessions": "django.contrib.sessions.middleware.SessionMiddleware",
    "common": "django.middleware.common.CommonMiddleware",
    "csrf": "django.middleware.csrf.CsrfViewMiddleware",
    "auth": "django.contrib.auth.middleware.AuthenticationMiddleware",
    "messages": "django.contrib.messages.middleware.MessageMiddleware",
    "clickjacking": "django.middleware.clickjacking.XFrameOptionsMiddleware",
}
BUILT_IN = ["admin", "auth", "contenttypes", "sessions", "messages", "staticfiles"]
# What differs with each run, and what a visitor sees of neither.
SHOWN_HEADERS = ["Allow", "Content-Type", "Location", "Set-Cookie", "Vary", "X-Frame-Options", "X-Product", "X-Shop", "X-Steps"]


def csrf_input(request):
    """The name by which djr's templates write the field."""
    from django.template.backends.utils import csrf_input_lazy

    return {"csrf_input": csrf_input_lazy(request)}


def configure(site, database):
    read = tomllib.loads((site / "djr.toml").read_text(encoding="utf-8"))["project"]
    own = [app for app in read["apps"] if app not in BUILT_IN]
    libraries = [
        f"{app}.templatetags.{file.stem}"
        for app in own
        for file in sorted((site / app / "templatetags").glob("*.py"))
        if file.stem != "__init__"
    ]
    processors = ["debug", "request"]
    settings.configure(
        SECRET_KEY="x" * 50,
        DEBUG=read["debug"],
        ALLOWED_HOSTS=read["allowed_hosts"],
        INSTALLED_APPS=[app if app in own else f"django.contrib.{app}" for app in read["apps"]],
        MIDDLEWARE=[MIDDLEWARE.get(name, name) for name in read["middleware"]],
        ROOT_URLCONF="site_urls",
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": str(database)}},
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "APP_DIRS": True,
                "OPTIONS": {
                    "builtins": libraries,
                    "context_processors": [
                        *(f"django.template.context_processors.{name}" for name in processors),
                        f"{__name__}.csrf_input",
                    ],
                },
            }
        ],
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    )
    django.setup()


def patterns(file):
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    found = []
    for entry in read["urls"]:
        if "include" in entry:
            app = entry["include"].partition(".")[0]
            found.append(path(entry["path"], include((patterns(file.parent / app / "urls.toml"), app))))
        else:
            module, _, name = entry["view"].rpartition(".")
            view = getattr(importlib.import_module(module), name)
            found.append(path(entry["path"], view.as_view() if isinstance(view, type) else view, name=entry["name"]))
    return found


def install_urls(site):
    module = type(sys)("site_urls")
    module.urlpatterns = patterns(site / "urls.toml")
    sys.modules["site_urls"] = module


def shown(text):
    """A page without what differs with each request."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1TOKEN", text)
    # Space between tags is not seen.
    return re.sub(r"\s+", " ", text).replace(" <", "<").replace("> ", ">").strip()


def cookie(header):
    name, _, rest = header.partition("=")
    if name in ("csrftoken", "sessionid"):
        rest = "VALUE" + rest[rest.index(";"):]
    return f"{name}={re.sub(r'expires=[^;]*', 'expires=DATE', rest)}"


def ask(client, step):
    method = step.get("method", "GET")
    options = {"HTTP_USER_AGENT": "walker"}
    if "form" in step:
        fields = dict(step["form"])
        if "csrftoken" in client.cookies:
            fields["csrfmiddlewaretoken"] = client.cookies["csrftoken"].value
        response = client.post(step["path"], fields, **options)
    else:
        options["data"] = step.get("body", "")
        if "csrftoken" in client.cookies:
            options["HTTP_X_CSRFTOKEN"] = client.cookies["csrftoken"].value
        content_type = "text/plain"
        response = client.generic(method, step["path"], options.pop("data"), content_type, **options)
    headers = [[name, value] for name, value in response.items() if name in SHOWN_HEADERS]
    headers += [["Set-Cookie", cookie(morsel.OutputString())] for morsel in response.cookies.values()]
    content = b"".join(response.streaming_content) if response.streaming else response.content
    # The pages of errors are of a design of one's own.
    is_page = response.status_code < 400 or response.headers.get("X-Own") or response.status_code in (409, 503)
    return {
        "status": response.status_code,
        "headers": sorted(headers),
        "page": shown(content.decode()) if is_page else None,
    }


def walk(site):
    from django.test import Client

    logging.disable(logging.CRITICAL)
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    steps = json.loads((site / "walk.json").read_text(encoding="utf-8"))
    return [{**step, "answer": ask(client, step)} for step in steps]


def main():
    with tempfile.TemporaryDirectory() as directory:
        site = Path(directory) / SITE
        shutil.copytree(SITES / SITE, site, ignore=shutil.ignore_patterns("__pycache__"))
        sys.path.insert(0, str(site))
        sys.dont_write_bytecode = True
        configure(site, Path(directory) / "db.sqlite3")
        install_urls(site)
        call_command("migrate", verbosity=0)
        recorded = {SITE: walk(site)}
    recording.keep(GOLDEN, json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    sys.modules["record_sites"] = sys.modules[__name__]
    main()
