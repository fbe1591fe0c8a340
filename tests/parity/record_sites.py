"""Walks the sites of tests/sites/ on Django and records what a visitor sees, in golden/sites.json.

`record_sites.py` writes the file; `record_sites.py --check` fails if a fresh recording differs from it.
`cargo test` walks the same sites under `djr runserver` and compares (tests/http/sites.rs).

The settings, urls and models of Django are made from the TOML of each site (`from_toml`); its Python and its templates
are used as they are. The steps of a walk are in its `walk.json`.
"""

import email
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from io import StringIO
from pathlib import Path
from urllib.parse import urlencode

import recording

SITES = Path(__file__).parent.parent / "sites"
GOLDEN = Path(__file__).parent / "golden" / "sites.json"
# Headers that a visitor's browser acts on, and those that a site sets itself.
SHOWN_HEADERS = [
    "Allow",
    "Cache-Control",
    "Content-Disposition",
    "Content-Encoding",
    "Content-Type",
    "ETag",
    "Last-Modified",
    "Location",
    "Set-Cookie",
    "Vary",
    "X-Frame-Options",
    "X-Product",
    "X-Shop",
    "X-Site",
    "X-Steps",
]
# Headers of mail that differ with each message.
OF_ONE_MAIL = ("date", "message-id")


def shown(text):
    """A page without what differs with each request."""
    text = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1TOKEN", text)
    text = re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)?", "MOMENT", text)
    # Both are the same sign.
    text = text.replace("&#39;", "&#x27;").replace("&#34;", "&quot;")
    # Space between tags is not seen.
    return re.sub(r"\s+", " ", text).replace(" <", "<").replace("> ", ">").strip()


def cookie(header):
    name, _, rest = header.partition("=")
    rest = re.sub(r":[A-Za-z0-9]{6}:[\w-]{43}", ":SIGNATURE", rest)
    if name in ("csrftoken", "messages", "sessionid") and not rest.startswith('""'):
        rest = "VALUE" + rest[rest.index(";"):]
    return f"{name}={re.sub(r'expires=[^;]*', 'expires=DATE', rest)}"


def sent(step, token):
    """The body of a step, and its type."""
    fields = {**step.get("form", {}), **({"csrfmiddlewaretoken": token} if token else {})}
    if "files" in step:
        return multipart(fields, step["files"]), "multipart/form-data; boundary=BOUNDARY"
    if "form" in step:
        return urlencode(fields, doseq=True), "application/x-www-form-urlencoded"
    if "json" in step:
        return json.dumps(step["json"], separators=(",", ":"), ensure_ascii=False), "application/json"
    return step.get("body", ""), "text/plain"


def multipart(fields, files):
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}' for name, value in fields.items()]
    for name, (filename, kind, text) in files.items():
        disposition = f'Content-Disposition: form-data; name="{name}"; filename="{filename}"'
        parts.append(f"{disposition}\r\nContent-Type: {kind}\r\n\r\n{text}")
    return "".join(f"--BOUNDARY\r\n{part}\r\n" for part in parts) + "--BOUNDARY--\r\n"


def ask(client, step):
    token = client.cookies["csrftoken"].value if "csrftoken" in client.cookies else ""
    body, content_type = sent(step, token)
    headers = {"User-Agent": "walker", **step.get("headers", {})}
    content_type = headers.pop("Content-Type", content_type)
    if token and "form" not in step:
        headers["X-CSRFToken"] = token
    is_form = {"form", "json", "files"} & set(step)
    method = step.get("method", "POST" if is_form else "GET")
    response = client.generic(method, step["path"], body, content_type, headers=headers)
    headers = [[name, value] for name, value in response.items() if name in SHOWN_HEADERS]
    for name in [name for name, morsel in response.cookies.items() if morsel["max-age"] == 0]:
        # As a browser does.
        del client.cookies[name]
    headers += [["Set-Cookie", cookie(morsel.OutputString())] for morsel in response.cookies.values()]
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if response.streaming:
        response.close()
    # The pages of errors are of a design of one's own, unless the site made them.
    is_html = response.headers.get("Content-Type", "").startswith("text/html")
    is_page = response.status_code < 400 or not is_html or step.get("is_own")
    return {
        "status": response.status_code,
        "headers": sorted(headers),
        "page": shown(content.decode(errors="replace")) if is_page else None,
    }


def run(arguments):
    """What a command prints, and how it exits."""
    from django.core.management import CommandError, call_command

    out = StringIO()
    try:
        call_command(*arguments, stdout=out)
        code = 0
    except CommandError as error:
        return {"code": error.returncode, "error": str(error), "output": out.getvalue()}
    except SystemExit as exit_:
        code = exit_.code or 0
    return {"code": code, "output": out.getvalue()}


def mails(directory):
    """The messages that were sent so far, each as its headers and its lines."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(directory.glob("*.log"))]
    found = [message for text in texts for message in text.split("-" * 79 + "\n") if message.strip()]
    return sorted((mail(text) for text in found), key=json.dumps)


def mail(text):
    """A message without what differs with each."""
    message = email.message_from_bytes(text.encode())
    headers = [f"{name}: {value}".replace("\n ", " ") for name, value in message.items() if name.lower() not in OF_ONE_MAIL]
    parts = [part for part in message.walk() if not part.is_multipart()]
    return {
        "headers": sorted(header for header in headers if not header.startswith("Content-")),
        "parts": [[part.get_content_type(), part.get_payload(decode=True).decode().strip().replace("\r\n", "\n")] for part in parts],
    }


def names_below(directory):
    """The files below a directory, without what makes a name unlike others."""
    names = [str(file.relative_to(directory)) for file in directory.rglob("*") if file.is_file()]
    return sorted(re.sub(r"_[A-Za-z0-9]{7}(?=\.|$)", "_RANDOM", name) for name in names)


def take(site, client, step):
    """What is seen after one step."""
    if "path" in step:
        return ask(client, step)
    if "run" in step:
        # Commands that djr has itself say it in their own words.
        seen = run(step["run"])
        return {"code": seen["code"]} if step.get("is_built_in") else seen
    if "mail" in step:
        return mails(site / "mail")
    if "list" in step:
        return names_below(site / step["list"])
    return shown((site / step["read"]).read_text(encoding="utf-8"))


def set_up(site):
    """Has this process be the site in `site`, which is a Django project by now, with its tables."""
    import django

    sys.path.insert(0, str(site))
    sys.dont_write_bytecode = True
    os.environ["DJANGO_SETTINGS_MODULE"] = "site_settings"
    os.chdir(site)
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    labels = [app for app in settings.INSTALLED_APPS if (site / app / "models.toml").exists()]
    if labels:
        call_command("makemigrations", *labels, verbosity=0)
    call_command("migrate", verbosity=0)


def walk(site):
    """Walks the site in `site`."""
    set_up(site)
    from django.test import Client

    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    steps = json.loads((site / "walk.json").read_text(encoding="utf-8"))
    return [{**step, "answer": take(site, client, step)} for step in steps]


def converted(name, directory):
    """The site `name` as a project of Django below `directory`."""
    from from_toml import convert

    site = Path(directory) / name
    shutil.copytree(SITES / name, site, ignore=shutil.ignore_patterns("__pycache__"))
    convert(site)
    return site


def record(name):
    """The walk of one site, in a process of its own: Django is configured only once."""
    with tempfile.TemporaryDirectory() as directory:
        site = converted(name, directory)
        done = subprocess.run(
            [sys.executable, __file__, "--walk", site], capture_output=True, text=True, check=False
        )
    if done.returncode != 0:
        sys.exit(f"{name}:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout.splitlines()[-1])


def main():
    if sys.argv[1:2] == ["--walk"]:
        print("\n" + json.dumps(walk(Path(sys.argv[2]))))
        return
    names = sorted(directory.name for directory in SITES.iterdir() if (directory / "walk.json").exists())
    recorded = {"headers": SHOWN_HEADERS, "sites": {name: record(name) for name in names}}
    recording.keep(GOLDEN, json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
