"""Records what Django tells the pages of errors, and what it mails the admins of one, in golden/errors.json.

`record_errors.py` writes the file; `record_errors.py --check` fails if a fresh recording differs from it.
`cargo test` asks djr the same and compares (src/project/site_tests/recorded_errors.rs, src/logging/recorded_tests.rs).
"""

import json
import logging
import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

import django_site
import recording

GOLDEN = Path(__file__).parent / "golden" / "errors.json"

# What each page writes, in words that both engines read alike. That of a form that was refused is not asked of Django's own
# template of that name, which is told nothing, but of what the page that comes with Django is told.
PAGES = {
    "400.html": "{{ exception }}.",
    "403.html": "{{ exception }}.",
    "404.html": "{{ request_path }}|{{ exception }}",
    "500.html": "{{ request_path }}|{{ exception }}|{{ user }}|{{ request }}",
}
REFUSED_FORM = "{{ title }}|{{ reason }}|{{ no_referer }}|{{ no_cookie }}"

PATHS = [
    "/nowhere/", "/a b/", "/ü/日本/", "/<b>\"'/", "/50%/", "/a:b@c,d;e=f&g+h/", "/~tilde_-.!$()*/", "/a?b#c/", "/[x]/{y}|z\\/",
    "/no slash", "/\t/", "/é%2Fé/", "/" + "long/" * 60, "/users/99/", "/users/0/", "/users/9999999999999999999/",
]
SECRET = "a" * 32
OTHER = "b" * 32
FORMS = [
    {"cookie": None, "token": None},
    {"cookie": None, "token": SECRET},
    {"cookie": "short", "token": SECRET},
    {"cookie": "!" * 32, "token": SECRET},
    {"cookie": SECRET, "token": None},
    {"cookie": SECRET, "token": ""},
    {"cookie": SECRET, "token": OTHER},
    {"cookie": SECRET, "token": "short"},
    {"cookie": SECRET, "token": "<" * 32},
    {"cookie": SECRET, "headers": {"X-CSRFToken": OTHER}},
    {"cookie": SECRET, "headers": {"X-CSRFToken": ""}},
    {"cookie": SECRET, "token": SECRET, "headers": {"Origin": "http://evil.example"}},
    {"cookie": SECRET, "token": SECRET, "headers": {"Origin": "null"}},
    {"cookie": SECRET, "token": SECRET, "headers": {"Origin": "<script>"}},
]

LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
MESSAGES = ["Internal Server Error: /", "", "naïve {braces} %s", "two\nlines\r\nof it", "  spaces  "]
PREFIXES = ["[Django] ", "", "[Blog]"]
# Names of settings, of headers as META has them, and of cookies.
NAMES = [
    "SECRET_KEY", "API_URL", "MY_TOKEN", "password", "Passphrase", "SIGNATURE", "AUTH_BACKEND", "HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_X_API_KEY",
    "HTTP_X_AUTH_USER", "HTTP_X_CSRFTOKEN", "HTTP_PROXY_AUTHORIZATION", "HTTP_X_AMZ_SIGNATURE", "HTTP_USER_AGENT", "HTTP_ACCEPT", "HTTP_HOST",
    "HTTP_X_FORWARDED_FOR", "HTTP_REFERER", "HTTP_X_SECRET", "HTTP_X_KEYS", "CONTENT_TYPE",
]


def urlconf():
    from django.contrib.auth.models import User
    from django.core.exceptions import PermissionDenied
    from django.http import HttpResponse
    from django.urls import path
    from django.views.generic import DetailView

    def broken(request):
        raise ValueError("what nobody is to know")

    def closed(request):
        raise PermissionDenied

    return [
        path("users/<int:pk>/", DetailView.as_view(model=User)),
        path("form/", lambda request: HttpResponse("taken")),
        path("broken/", broken),
        path("closed/", closed),
    ]


def pages():
    from django.test import Client

    client = Client(raise_request_exception=False)
    for path in [*PATHS, "/broken/", "/closed/"]:
        answer = client.get(quote(path))
        yield {"path": path, "status": answer.status_code, "body": answer.content.decode()}
    answer = client.get("/closed/", headers={"host": "evil.example"})
    yield {"path": "/closed/", "host": "evil.example", "status": answer.status_code, "body": answer.content.decode()}


def forms():
    from django.template import Context, engines
    from django.test import Client

    template = engines["django"].from_string(REFUSED_FORM)
    for form in FORMS:
        client = Client(enforce_csrf_checks=True)
        if form["cookie"] is not None:
            client.cookies["csrftoken"] = form["cookie"]
        data = {"csrfmiddlewaretoken": form["token"]} if form.get("token") is not None else {}
        answer = client.post("/form/", data, headers=form.get("headers", {}))
        told = {name: answer.context[name] for name in ("title", "reason", "no_referer", "no_cookie")}
        yield {**form, "status": answer.status_code, "body": template.template.render(Context(told))}


def subjects():
    from django.conf import settings
    from django.core import mail
    from django.utils.log import AdminEmailHandler

    handler = AdminEmailHandler(email_backend="django.core.mail.backends.locmem.EmailBackend")
    for prefix in PREFIXES:
        settings.EMAIL_SUBJECT_PREFIX = prefix
        for level in LEVELS:
            for message in MESSAGES:
                mail.outbox = []
                handler.emit(logging.LogRecord("x", getattr(logging, level), "x.py", 1, message, None, None))
                [sent] = mail.outbox
                yield {"prefix": prefix, "level": level, "message": message, "subject": sent.subject, "to": sent.to, "from": sent.from_email}


def masked():
    from django.views.debug import SafeExceptionReporterFilter

    kept = SafeExceptionReporterFilter()
    return {name: kept.cleanse_setting(name, "value") != "value" for name in NAMES}


def main():
    with tempfile.TemporaryDirectory() as directory:
        (Path(directory) / "error_urls.py").write_text("import record_errors\nurlpatterns = record_errors.urlconf()\n")
        sys.path.insert(0, directory)
        os.environ["PARITY_APPS"] = ""
        django_site.configure(Path(directory) / "db.sqlite3", "golden")
        from django.conf import settings
        from django.core.management import call_command
        from django.test.utils import setup_test_environment

        settings.ROOT_URLCONF = "error_urls"
        settings.ADMINS = [("Ada", "ada@example.com")]
        settings.SERVER_EMAIL = "site@example.com"
        settings.TEMPLATES = [{
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", PAGES)]},
        }]
        settings.MIDDLEWARE = ["django.middleware.common.CommonMiddleware", "django.middleware.csrf.CsrfViewMiddleware"]
        settings.APPEND_SLASH = False
        setup_test_environment(debug=False)
        settings.ALLOWED_HOSTS = ["testserver"]
        logging.disable(logging.CRITICAL)
        call_command("migrate", verbosity=0)
        parts = {"pages": list(pages()), "forms": list(forms()), "subjects": list(subjects())}
    texts = [f'"templates": {json.dumps({**PAGES, "403_csrf.html": REFUSED_FORM})}', f'"masked": {json.dumps(masked())}']
    for name, rows in parts.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        texts.append(f'"{name}": [\n{lines}\n]')
    recording.keep(GOLDEN, "{" + ",\n".join(texts) + "}\n")


if __name__ == "__main__":
    main()
