"""Records how Django's CreateView, UpdateView, DeleteView and FormView answer, in golden/edit.json.

`record_edit.py` writes the file; `record_edit.py --check` fails if a fresh recording differs from it.
Models, forms and pages are those of edit/*.toml, in djr's own form; here they become Django's classes.
`cargo test` sends the same requests to djr and compares (src/project/site_tests/edit.rs).
"""

import json
import os
import sqlite3
import sys
import tempfile
import tomllib
from pathlib import Path

import django_site
import record_detected
import recording
from record_form_fields import squashed

HERE = Path(__file__).parent


def declared(name):
    return tomllib.loads((HERE / "edit" / name).read_text(encoding="utf-8"))


GOLDEN = HERE / "golden" / "edit.json"
PASSWORD = "sesame street"

ROW = "{{ form }}|{{ object }}|{{ post }}|{{ label }}|{{ object.title }}|{{ view.kwargs.slug }}{{ view.kwargs.pk }}|{{ form.instance.pk }}{{ form.instance }}"
MESSAGES = "{% for message in messages %}[{{ message.tags }}: {{ message }}]{% endfor %}"
# What both engines read alike, but for the brackets behind names of methods, which djr puts there.
TEMPLATES = {
    "shop/post_form.html": ROW,
    "shop/tag_form.html": ROW,
    "shop/post_confirm_delete.html": "{{ form }}|{{ object }}|{{ post }}|{{ view.kwargs.pk }}",
    "shop/tag_confirm_delete.html": "{{ form }}|{{ object }}|{{ tag }}",
    "shop/post_list.html": MESSAGES,
    "shop/post_detail.html": "{{ post }}" + MESSAGES,
    "contact.html": "{{ form }}|{{ form.errors }}|{% for name, list in form.errors.items %}{{ name }}: {{ list }}{% endfor %}|{{ form.errors.as_text }}|{{ form.errors.as_json }}",
}

GOOD = {"title": "A title", "slug": "a-title", "status": "PB", "rating": "4", "day": "2026-01-02", "tags": ["1", "3"]}

# The user, the method, the path, and what is sent.
REQUESTS = [
    ("alice", "GET", "/new/", {}),
    ("alice", "HEAD", "/new/", {}),
    ("alice", "OPTIONS", "/new/", {}),
    ("alice", "PATCH", "/new/", {}),
    ("alice", "DELETE", "/new/", {}),
    ("alice", "POST", "/new/", {}),
    ("alice", "POST", "/new/", {**GOOD, "slug": "first"}),
    ("alice", "POST", "/new/", {**GOOD, "title": "x" * 21, "status": "XX", "rating": "many", "day": "2026-02-30", "tags": ["9", "x"]}),
    ("alice", "POST", "/new/", {**GOOD, "author": "2", "id": "1", "pk": "1", "body": "unseen"}),
    ("alice", "GET", "/posts/a-title/", {}),
    ("alice", "POST", "/new/", {**GOOD, "title": "<b>&\"'", "slug": "hostile", "tags": []}),
    ("alice", "GET", "/posts/hostile/", {}),
    ("alice", "GET", "/list/", {}),
    (None, "GET", "/locked/", {}),
    (None, "POST", "/locked/", GOOD),
    ("alice", "POST", "/locked/", {**GOOD, "title": "Locked", "slug": "locked"}),
    (None, "GET", "/tags/new/", {}),
    (None, "POST", "/tags/new/", {"name": ""}),
    (None, "POST", "/tags/new/", {"name": "red"}),
    (None, "POST", "/tags/new/", {"name": " new "}),
    (None, "POST", "/tags/new/?name=other", {"name": "other"}),
    (None, "GET", "/tags/1/", {}),
    (None, "GET", "/tags/99/", {}),
    (None, "POST", "/tags/99/", {"name": "x"}),
    (None, "POST", "/tags/1/", {"name": "blue"}),
    (None, "POST", "/tags/1/", {"name": "red"}),
    (None, "POST", "/tags/1/", {"name": "crimson", "id": "2"}),
    (None, "OPTIONS", "/tags/1/", {}),
    (None, "DELETE", "/tags/1/", {}),
    ("alice", "GET", "/posts/first/edit/", {}),
    ("alice", "POST", "/posts/first/edit/", {}),
    ("alice", "POST", "/posts/first/edit/", {**GOOD, "title": "Changed", "slug": "second"}),
    ("alice", "POST", "/posts/first/edit/", {**GOOD, "title": "Changed", "slug": "bad slug", "tags": ["2"]}),
    ("alice", "POST", "/posts/first/edit/", {**GOOD, "title": "50% off", "slug": "first", "rating": "", "day": "", "tags": ["2"]}),
    ("alice", "GET", "/posts/first/", {}),
    ("alice", "GET", "/posts/nothing/edit/", {}),
    ("alice", "GET", "/edit/2/", {}),
    ("alice", "GET", "/edit/1/", {}),
    ("alice", "POST", "/edit/2/", {"status": "DF", "title": "unseen"}),
    ("alice", "POST", "/edit/2/", {"status": "PB"}),
    ("alice", "POST", "/edit/2/", {"status": "PB"}),
    ("alice", "GET", "/publish/3/", {}),
    ("alice", "POST", "/publish/3/", {"status": "DF"}),
    ("alice", "GET", "/delete/1/", {}),
    ("alice", "OPTIONS", "/delete/1/", {}),
    ("alice", "PUT", "/delete/1/", {}),
    ("alice", "POST", "/delete/1/", {"anything": "x"}),
    ("alice", "GET", "/list/", {}),
    ("alice", "POST", "/delete/1/", {}),
    ("alice", "DELETE", "/delete/2/", {}),
    ("alice", "GET", "/delete/2/", {}),
    ("alice", "GET", "/list/", {}),
    ("alice", "GET", "/tags/2/delete/", {}),
    ("alice", "POST", "/tags/2/delete/", {}),
    (None, "GET", "/contact/", {}),
    (None, "OPTIONS", "/contact/", {}),
    (None, "DELETE", "/contact/", {}),
    (None, "POST", "/contact/", {}),
    (None, "POST", "/contact/", {"name": "far too long for it", "email": "x", "copy": "on"}),
    (None, "POST", "/contact/", {"name": "Bob <b>", "copy": "on"}),
    (None, "GET", "/list/", {}),
    *[(None, method, f"/guarded/{path}/", {}) for path in ("new", "tags/3/delete", "list") for method in ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH")],
    ("alice", "POST", "/guarded/new/", {"name": "guarded"}),
    ("alice", "GET", "/guarded/tags/3/delete/", {}),
    ("alice", "POST", "/guarded/tags/3/delete/", {}),
    ("alice", "HEAD", "/guarded/list/", {}),
]
TABLES = ["shop_post", "shop_post_tags", "shop_tag", "shop_comment"]


def declared_models():
    from django.apps import apps
    from django.db.models import Model

    found = {}
    for name, options in declared("models.toml").items():
        options = dict(options)
        text, url = options.pop("str"), options.pop("url", None)
        attributes = {key: record_detected.field(field) for key, field in options.pop("fields").items()}
        attributes["__module__"] = "shop"
        attributes["Meta"] = record_detected.meta(options, "shop", apps)
        attributes["__str__"] = lambda self, text=text: getattr(self, text.strip("{} "))
        if url:
            attributes["get_absolute_url"] = lambda self, url=url: url.replace("{{ slug }}", self.slug)
        found[name] = type(name, (Model,), attributes)
    return found


def form_class(name, models):
    from django import forms

    options = declared("forms.toml")[name.split(".")[1]]
    if "model" in options:
        return forms.modelform_factory(models[options["model"].split(".")[1]], fields=options["fields"])
    fields = {key: dict(field) for key, field in options["fields"].items()}
    return type(name, (forms.Form,), {key: getattr(forms, field.pop("type"))(**field) for key, field in fields.items()})


def guarded(view, entry):
    """`view` with what the entry asks for of single methods: whoever is logged in is not asked to log in again."""
    from django.contrib.auth.decorators import login_required, permission_required
    from django.utils.decorators import method_decorator

    asked = entry.get("login_required")
    for method in asked if isinstance(asked, list) else []:
        view = method_decorator(login_required, name=method.lower())(view)
    for method, name in entry.get("permission_required", {}).items():
        decorators = [login_required, permission_required(name, raise_exception=True)]
        view = method_decorator(decorators, name=method.lower())(view)
    return view


def view_of(entry, models):
    from django.contrib.auth.mixins import LoginRequiredMixin
    from django.contrib.messages.views import SuccessMessageMixin
    from django.urls import reverse, reverse_lazy
    from django.views import generic

    kind = entry["view"].split(".")[1]
    base = {"create": "CreateView", "update": "UpdateView", "delete": "DeleteView", "form": "FormView", "list": "ListView", "detail": "DetailView"}[kind]
    bases = [getattr(generic, base)]
    if "success_message" in entry:
        bases.insert(0, SuccessMessageMixin)
    if entry.get("login_required") is True:
        bases.insert(0, LoginRequiredMixin)
    names = ("fields", "initial", "success_message", "context_object_name")
    attributes = {name: entry[name] for name in names if name in entry}
    if "template" in entry:
        attributes["template_name"] = entry["template"]
    if "model" in entry:
        model = models[entry["model"].split(".")[1]]
        attributes["model"] = model
        if "filter" in entry:
            attributes["get_queryset"] = lambda self: model.objects.filter(**entry["filter"])
    if "form" in entry:
        attributes["form_class"] = form_class(entry["form"], models)
        if kind == "update":
            attributes["model"] = attributes["form_class"]._meta.model
    if "set" in entry:
        def form_valid(self, form):
            for name, value in entry["set"].items():
                setattr(form.instance, name, self.request.user if isinstance(value, dict) else value)
            return super(type(self), self).form_valid(form)

        attributes["form_valid"] = form_valid
    if kind == "create":
        # What belongs to the template of a model of a form is found by the row, which is not there yet.
        model = attributes.get("model") or attributes["form_class"]._meta.model
        attributes["model"] = model
    target = entry.get("success_url")
    if isinstance(target, dict):
        attributes["get_success_url"] = lambda self: reverse(
            target["name"], kwargs={key: text.format(**self.object.__dict__) for key, text in target["kwargs"].items()})
    elif target:
        attributes["success_url"] = target if "/" in target else reverse_lazy(target)
    return guarded(type("View", tuple(bases), attributes), entry).as_view()


def urlconf(models):
    from django.contrib.auth.views import LoginView
    from django.urls import path

    pages = [path(entry["path"], view_of(entry, models), name=entry.get("name")) for entry in declared("urls.toml")["urls"]]
    return [*pages, path("accounts/login/", LoginView.as_view(), name="login")]


def fill(models):
    from django.contrib.auth.models import User

    users = [User.objects.create_user(name, f"{name}@example.com", PASSWORD) for name in ("alice", "bob")]
    tags = [models["Tag"].objects.create(name=name) for name in ("red", "blue", "<green>")]
    for number, (title, status) in enumerate([("First", "PB"), ("Second", "DF"), ("Third & <b>", "DF")]):
        post = models["Post"].objects.create(
            title=title, slug=title.split()[0].lower(), status=status, rating=number, body="Text", day=f"2026-01-0{number + 1}", author=users[number % 2])
        post.tags.set(tags[:number])
        models["Comment"].objects.create(post=post, text=f"on {title}"[:30])


def answers():
    from django.test import Client

    clients = {name: Client() for name in (None, "alice")}
    clients["alice"].login(username="alice", password=PASSWORD)
    for user, method, path, data in REQUESTS:
        client = clients[user]
        if method in ("POST", "PUT"):
            answer = getattr(client, method.lower())(path, data)
        else:
            answer = client.generic(method, path)
        headers = {name: answer.headers[name] for name in ("Location", "Allow", "Content-Type") if name in answer.headers}
        if answer.status_code != 200:
            headers.pop("Content-Type", None)
        body = squashed(answer.content.decode()) if answer.status_code == 200 else ""
        sent = [[name, one] for name, value in data.items() for one in (value if isinstance(value, list) else [value])]
        yield {"user": user, "method": method, "path": path, "sent": sent, "status": answer.status_code, "headers": headers, "body": body}


def main():
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "db.sqlite3"
        app = Path(directory) / "shop"
        app.mkdir()
        (app / "__init__.py").touch()
        (app / "models.py").write_text("import record_edit\nFOUND = record_edit.declared_models()\n")
        (Path(directory) / "shop_urls.py").write_text(
            "import record_edit\nfrom shop.models import FOUND\nurlpatterns = record_edit.urlconf(FOUND)\n")
        for name, text in TEMPLATES.items():
            place = Path(directory) / "templates" / name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text)
        sys.path.insert(0, directory)
        os.environ["PARITY_APPS"] = "shop"
        django_site.configure(file, "golden")
        from django.conf import settings
        from django.core.management import call_command

        settings.ROOT_URLCONF = "shop_urls"
        settings.LOGIN_URL = "/accounts/login/"
        settings.TEMPLATES = [{
            "BACKEND": "django.template.backends.django.DjangoTemplates", "DIRS": [Path(directory) / "templates"],
            "OPTIONS": {"context_processors": ["django.contrib.messages.context_processors.messages"]},
        }]
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        settings.MIDDLEWARE = [
            "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware", "django.contrib.messages.middleware.MessageMiddleware",
        ]
        import logging

        logging.disable(logging.CRITICAL)
        call_command("migrate", run_syncdb=True, verbosity=0)
        from shop.models import FOUND as models

        fill(models)
        script = [
            line for line in sqlite3.connect(file).iterdump()
            if "shop_" in line.split("(")[0] and not line.startswith(("DELETE", "BEGIN", "COMMIT"))
        ]
        found = list(answers())
        connection = sqlite3.connect(file)
        tables = {name: [list(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY id")] for name in TABLES}
    lines = ",\n".join(json.dumps(answer, ensure_ascii=False) for answer in found)
    parts = [f'"{key}": {json.dumps(value, ensure_ascii=False)}' for key, value in [("templates", TEMPLATES), ("script", script), ("tables", tables)]]
    recording.keep(GOLDEN, "{" + ",\n".join(parts) + f',\n"answers": [\n{lines}\n]}}\n')


if __name__ == "__main__":
    main()
