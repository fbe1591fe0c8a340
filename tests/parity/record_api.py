"""Records how Django REST framework reads, refuses and answers, in golden/api.json.

`record_api.py` writes the file; `record_api.py --check` fails if a fresh recording differs from it.
Models and entries are those of api/models.toml and api/urls.toml, in djr's own form; here they become Django's classes
and view sets. `cargo test` gives the same values and requests to djr and compares (src/api/tests/, src/project/site_tests/).
"""

import datetime
import json
import os
import re
import sqlite3
import struct
import sys
import tempfile
import tomllib
from pathlib import Path

import django_site
import record_detected
import recording

HERE = Path(__file__).parent
MODELS = tomllib.loads((HERE / "api" / "models.toml").read_text(encoding="utf-8"))
URLS = tomllib.loads((HERE / "api" / "urls.toml").read_text(encoding="utf-8"))["urls"]
GOLDEN = HERE / "golden" / "api.json"
ZONE = "Europe/Vienna"
PASSWORD = "sesame street"

# What every field is given, as JSON: nothing, values of every type, edges, and what an attacker would try.
HOSTILE = [
    "null", "true", "false", "0", "1", "-1", "7", "1.0", "1.5", "1e3", "1e30", "-0", "0.1", "1e400", "-7.25",
    "9223372036854775807", "9223372036854775808", "-9223372036854775809", "32768", "123456789012345678901234567890",
    '""', '" "', '"abc"', '" abc "', '"abcdef"', '"a"', '"1"', '" 1 "', '"1.0"', '"1.50"', '"1_0"', '"+5"', '"-7"', '"１２"', '"1e2"',
    '"0x10"', '"1,5"', '"nan"', '"NaN"', '"Infinity"', '"-inf"', '"true"', '"FALSE"', '"yes"', '"Off"', '"null"', '"None"',
    "[]", "[1]", '["a"]', "[null]", "{}", '{"a": 1}', '{"pk": 1}', '[[], {}]',
    '"a\\u0000b"', '"\\u0000"', '"\\ud800"', '"é\\u2028x"', '"<b>&\\""', "\"' OR 1=1 --\"", '"../../etc/passwd"', '"' + "9" * 1001 + '"',
    '"' + "x" * 60 + '"', '"\\n"', '"a\\nb"', '"a\\u00a0"',
]

DATES = [
    '"2026-11-20"', '"2026-1-2"', '"2026-02-29"', '"0001-01-01"', '"9999-12-31"', '"10000-01-01"', '"20261120"', '"2026-W47-5"',
    '"2026-11-20T17:22:29Z"', '"2026-11-20 17:22"', '"2026-11-20T17:22:29.5"', '"2026-11-20T17:22:29.1234567"', '"2026-11-20T17:22:29+02:30"',
    '"2026-11-20T25:00:00Z"', '"2026-03-29T02:30:00"', '"2026-10-25T02:30:00"', '"2026-11-20T17:22:29,25Z"', '"0001-01-01T00:00:00Z"',
    '"9999-12-31T23:59:59Z"', '"2026-11-20T17:22:29-23:59"', '"17:22"', '"17:22:29"', '"17:22:29.000001"', '"25:00"', '"7:5"', '"17:22:29Z"', '"2026-11-20 "',
]

# What a field is given beside that.
VALUES = {
    "email": ['"a@b.de"', '"A@b.de"', '"a@localhost"', '"a b@c.de"', '"a@b"', '"@b.de"', '"\\"a b\\"@c.de"', '"a@[127.0.0.1]"', '"a@b.de\\n"'],
    "slug": ['"a-b_1"', '"é"', '"a b"', '"a/b"', '"a-b\\n"'],
    "slug_unicode": ['"é-1"', '"a b"', '"日本"'],
    "url": ['"https://a.de/"', '"a.de"', '"javascript:alert(1)"', '"http://localhost:8000/x?y#z"', '"ftp://a.de"', '"http://a b.de"', '"http://[::1]/"', '"HTTP://A.DE"'],
    "uuid": [
        '"6f1c9d8e-7b1a-4f0e-9a36-0c2f1f1d2e3f"', '"6F1C9D8E7B1A4F0E9A360C2F1F1D2E3F"', '"{6f1c9d8e-7b1a-4f0e-9a36-0c2f1f1d2e3f}"',
        '"urn:uuid:6f1c9d8e-7b1a-4f0e-9a36-0c2f1f1d2e3f"', '"6f1c9d8e-7b1a-4f0e-9a36-0c2f1f1d2e3"', '"6f1c9d8e-7b1a-4f0e-9a36-0c2f1f1d2e3g"',
    ],
    "ip": ['"127.0.0.1"', '"::1"', '"2001:DB8::1"', '"::ffff:1.2.3.4"', '"1.2.3"', '"256.1.1.1"', '"01.2.3.4"', '"fe80::1%eth0"', '"1.2.3.4:80"'],
    "integer_limits": ["5", "6", "-5", "-6", '"6"'],
    "positive_small": ["32767", "65536"],
    "float": ["1e-7", '"1.5e300"', '"1e999"', '"  -2.5  "'],
    "decimal": ["999.99", "1000", "1.005", '"0.001"', '"1E+2"', '"1E-2"', '"1E-3"', '"000001.10"', '"-999.99"', '".5"', '"5."', '"sNaN"', "0.00", '"1e-400"'],
    "decimal_null": ['"12345"', '"123456"', '"1.0"', '"1E4"', '"1E5"'],
    "duration": [
        '"1 02:03:04"', '"P1DT2H"', '"3:04"', '"-1 00:00:01"', '"00:00:00.5"', '"P1W"', '"999999999 00:00:00"', '"1000000000 00:00:00"', '"-P1D"', '"1 day"',
        '"1 day, 2:03:04"', '"PT1.5S"',
    ],
    "json": ['{"b": [1, {"a": null}], "a": "x"}', '"text"', "1.50", '{"é": "\\u2028"}'],
    "choice": ['"b"', '"B"', '"c"', '" a"'],
    "choice_number": ['"2"', "2", "3", '"3"', "1.0"],
    "choice_grouped": ['"b"', '"c"', '"First"'],
    "reference": ["1", "2", "99", '"2"', '"99"', '"x"', "2.0", '{"id": 1}'],
    "reference_null": ['"novel"', '"nothing"', "1"],
    "many": ['["novel"]', '["novel", "novel"]', '["novel", "poetry"]', '["nothing"]', '["novel", "nothing", 5]', '"novel"', '{"novel": 1}'],
    "many_blank": ["[1]", "[1, 2]", "[99]", '["1"]', '["x"]', "[true]", "[null]", '[""]', "[[1]]", '{"1": 2}'],
}
ALIKE = {
    "ip4": "ip", "ip6": "ip", "ip_null": "ip", "choice_blank": "choice", "decimal_limits": "decimal", "json_null": "json",
}
TEMPORAL = ("date", "date_null", "moment", "moment_null", "time", "duration")


def validator(declared):
    from django.core import validators

    if isinstance(declared, str):
        found = getattr(validators, declared)
        return found() if isinstance(found, type) else found
    (name, options), = declared.items()
    return getattr(validators, name)(**options) if isinstance(options, dict) else getattr(validators, name)(options)


def field(options):
    options = dict(options)
    if "validators" in options:
        options["validators"] = [validator(declared) for declared in options["validators"]]
    return record_detected.field(options)


def declared_models():
    from django.apps import apps
    from django.db.models import Model

    found = {}
    for name, declared in MODELS.items():
        declared = dict(declared)
        attributes = {key: field(options) for key, options in declared.pop("fields").items()}
        attributes["__module__"] = "library"
        attributes["Meta"] = record_detected.meta(declared, "library", apps)
        found[name] = type(name, (Model,), attributes)
    return found


def serializer_class(entry, model):
    from rest_framework import serializers

    attributes = {}
    for name, inner in entry.get("nested", {}).items():
        related = model._meta.get_field(name).related_model
        many = not (model._meta.get_field(name).many_to_one or model._meta.get_field(name).one_to_one)
        attributes[name] = serializer_class({"fields": inner}, related)(read_only=True, many=many)
    options = {"model": model}
    if "exclude" in entry:
        options["exclude"] = entry["exclude"]
    else:
        options["fields"] = entry["fields"]
    options["read_only_fields"] = entry.get("read_only", [])
    options["extra_kwargs"] = {name: {"write_only": True} for name in entry.get("write_only", [])}
    for name, target in entry.get("hyperlinks", {}).items():
        if name == "url":
            options["extra_kwargs"]["url"] = {"view_name": f"{target}-detail"}
            continue
        related = model._meta.get_field(name)
        attributes[name] = serializers.HyperlinkedRelatedField(
            view_name=f"{target}-detail", queryset=related.related_model._default_manager.all(), many=related.many_to_many,
            **({"required": False} if related.blank else {}),
        )
    attributes["Meta"] = type("Meta", (), options)
    return type(f"{model.__name__}Serializer", (serializers.ModelSerializer,), attributes)


def view_set(entry, models):
    from django_filters.rest_framework import DjangoFilterBackend
    from rest_framework import filters, mixins, pagination, permissions, throttling, viewsets

    model = models[entry["model"].split(".")[1]]
    of_request = {name for name, value in entry.get("filter", {}).items() if isinstance(value, dict)}
    fixed = {name: value for name, value in entry.get("filter", {}).items() if name not in of_request}
    attributes = {
        "serializer_class": serializer_class(entry, model),
        "queryset": model._default_manager.filter(**fixed),
        "filter_backends": [DjangoFilterBackend, filters.SearchFilter, filters.OrderingFilter],
        "filterset_fields": entry.get("filter_fields", {}),
        "search_fields": entry.get("search_fields", []),
        "ordering_fields": entry.get("ordering_fields", []),
    }
    if "ordering" in entry:
        attributes["ordering"] = entry["ordering"]
    size = entry.get("page_size")
    style = entry.get("pagination", "page")
    if style == "page":
        attributes["pagination_class"] = type("Pages", (pagination.PageNumberPagination,), {"page_size": size})
    elif style == "limit":
        options = {"default_limit": size, "max_limit": entry.get("max_page_size")}
        attributes["pagination_class"] = type("Limits", (pagination.LimitOffsetPagination,), options)
    else:
        attributes["pagination_class"] = None
    if of_request:
        attributes["get_queryset"] = lambda self: model._default_manager.filter(**{name: self.request.user for name in of_request})
    if "save" in entry:
        names = list(entry["save"])
        attributes["perform_create"] = lambda self, serializer: serializer.save(**{name: self.request.user for name in names})
        attributes["perform_update"] = lambda self, serializer: serializer.save(**{name: self.request.user for name in names})
    classes = [getattr(permissions, entry["permissions"])]
    if "may" in entry:
        (name, _), = entry["may"].items()

        class May(permissions.BasePermission):
            def has_object_permission(self, request, view, row):
                return request.method in permissions.SAFE_METHODS or getattr(row, name) == request.user

        classes.append(May)
    attributes["permission_classes"] = classes
    if "throttle" in entry:
        attributes["throttle_classes"] = [
            type(f"Throttle{scope}{entry['path']}", ({"anon": throttling.AnonRateThrottle, "user": throttling.UserRateThrottle}[scope],), {"rate": rate})
            for scope, rate in entry["throttle"].items()
        ]
    bases = {
        "list": mixins.ListModelMixin, "create": mixins.CreateModelMixin, "retrieve": mixins.RetrieveModelMixin,
        "update": mixins.UpdateModelMixin, "destroy": mixins.DestroyModelMixin,
    }
    wanted = [base for name, base in bases.items() if name in entry.get("actions", bases)]
    return type(f"{model.__name__}ViewSet", (*wanted, viewsets.GenericViewSet), attributes)


def urlconf(models):
    from django.urls import include, path
    from rest_framework.routers import SimpleRouter

    router = SimpleRouter()
    for entry in URLS:
        basename = entry.get("name", entry["model"].split(".")[1].lower())
        router.register(entry["path"].rstrip("/"), view_set(entry, models), basename=basename)
    return [path("", include(router.urls))]


def fill(models):
    from decimal import Decimal

    from django.contrib.auth.models import Permission, User
    from rest_framework.authtoken.models import Token

    users = {}
    for name, options in {
        "alice": {}, "bob": {}, "carol": {"is_staff": True}, "eve": {"is_active": False}, "root": {"is_superuser": True, "is_staff": True},
    }.items():
        users[name] = User.objects.create_user(name, f"{name}@example.com", PASSWORD, **options)
        Token.objects.create(user=users[name], key=f"{name}-token")
    for codename in ("add_note", "change_note", "add_tag"):
        users["bob"].user_permissions.add(Permission.objects.get(codename=codename))
    authors = [
        models["Author"].objects.create(name=name, email="" if index % 2 else f"a{index}@example.com", born=born)
        for index, (name, born) in enumerate([
            ("Ada", datetime.date(1815, 12, 10)), ("Bertha", None), ("Čapek", datetime.date(1890, 1, 9)), ("O'Hara", None), ("100% Ünïcode", None),
        ])
    ]
    tags = [models["Tag"].objects.create(slug=slug, label=label) for slug, label in [("crime", "Crime"), ("novel", "<Novel>"), ("poetry", "Poetry")]]
    moment = datetime.datetime(2026, 1, 2, 3, 4, 5, 60, tzinfo=datetime.UTC)
    for index in range(8):
        book = models["Book"].objects.create(
            title=["Alpha", "beta", "Gamma 100%", "delta_x", "Épsilon", "Zeta, and more", "A\\B", "alpha two"][index],
            author=authors[index % 3], price=Decimal(index * 37 % 50) + Decimal("0.50"), pages=None if index % 3 else 40 + index,
            status=["DF", "PB"][index % 2], published=None if index % 4 == 1 else datetime.date(2020 + index, 5, index + 1),
            in_print=index % 3 != 1, isbn=f"97800000000{index:02}", secret=f"secret {index}",
        )
        models["Book"].objects.filter(pk=book.pk).update(added=moment + datetime.timedelta(hours=index * 1000))
        # One by one: `set` writes them in the order of a Python set, which is another in each process.
        for tag in (tag for place, tag in enumerate(tags) if (index + place) % 2):
            book.tags.add(tag)
    for index in range(4):
        models["Review"].objects.create(
            book_id=index % 2 + 1, critic=users[["alice", "bob"][index % 2]], stars=index % 5 + 1, text=f"text {index}"
        )
    for index in range(3):
        models["Note"].objects.create(text=f"note {index}")


def written(data):
    from rest_framework.renderers import JSONRenderer

    return json.loads(JSONRenderer().render(data).decode("utf-8"))


def record_fields(models):
    """For every field of `Sample`: what it takes and what it says, for each value, from JSON and from a form."""
    from django.http import QueryDict
    from rest_framework import serializers

    class SampleSerializer(serializers.ModelSerializer):
        class Meta:
            model = models["Sample"]
            fields = "__all__"

    def alone(name):
        meta = type("Meta", (), {"model": models["Sample"], "fields": [name]})
        return type("Alone", (serializers.ModelSerializer,), {"Meta": meta})

    def outcome(name, data):
        serializer = alone(name)(data=data)
        try:
            if not serializer.is_valid():
                return {"errors": written(serializer.errors)}
        except Exception as error:  # What brings Django REST framework to a 500.
            return {"crash": type(error).__name__}
        if name not in serializer.validated_data:
            return {"skipped": True}
        value = serializer.validated_data[name]
        if value is None:
            return {"value": None}
        shown = serializer.fields[name]
        try:
            if name.startswith("many"):
                return {"value": [one.pk for one in value]}
            return {"value": written(value.pk if hasattr(value, "pk") else shown.to_representation(value))}
        except Exception as error:
            return {"crash": type(error).__name__}

    rows = []
    for name in SampleSerializer().fields:
        if name in ("id", "binary", "file", "image", "fixed"):
            continue
        texts = [*HOSTILE, *VALUES.get(ALIKE.get(name, name), []), *(DATES if name in TEMPORAL else [])]
        cases = [["json", None, outcome(name, {})], ["form", None, outcome(name, QueryDict(""))]]
        for text in texts:
            if text == "1e400":
                continue
            cases.append(["json", text, outcome(name, {name: json.loads(text)})])
        for text in texts:
            value = json.loads(text)
            # A number of a thousand digits is JSON, but not for the readers of other languages.
            if isinstance(value, str) and "\ud800" not in value and not (name.startswith("json") and len(value) > 1000):
                query = QueryDict(mutable=True)
                query[name] = value
                cases.append(["form", value, outcome(name, query)])
        rows.append({"field": name, "cases": cases})
    return rows


def form(**fields):
    from urllib.parse import urlencode

    return urlencode(fields, doseq=True), "application/x-www-form-urlencoded"


def multipart(**fields):
    lines = []
    for name, value in fields.items():
        for one in value if isinstance(value, list) else [value]:
            lines += ["--boundary", f'Content-Disposition: form-data; name="{name}"', "", one]
    return "\r\n".join([*lines, "--boundary--", ""]), "multipart/form-data; boundary=boundary"


def upload(**fields):
    """A form with files: a field that is a tuple is the name of a file, its content and its type."""
    lines = []
    for name, value in fields.items():
        if isinstance(value, tuple):
            sent, content, kind = value
            lines += ["--boundary", f'Content-Disposition: form-data; name="{name}"; filename="{sent}"', f"Content-Type: {kind}", "", content]
        else:
            lines += ["--boundary", f'Content-Disposition: form-data; name="{name}"', "", value]
    return "\r\n".join([*lines, "--boundary--", ""]), "multipart/form-data; boundary=boundary"


def text_file(name, content="text"):
    return name, content, "text/plain"


# An image of two pixels, all of whose bytes are ASCII.
BITMAP = b"BM" + struct.pack("<IHHI", 62, 0, 0, 54) + struct.pack("<IiiHHIIiiII", 40, 2, 1, 1, 24, 0, 8, 0, 0, 0, 0) + bytes(8)


def bitmap(name):
    return name, BITMAP.decode("ascii"), "image/bmp"


BOOK = {"title": "New", "author": 1, "price": "12.50", "isbn": "9780000000099"}


def requests():
    """Every request in its order: method, path, what is sent, and by whom."""
    def ask(method, path, body=None, kind=None, user=None, session=None, csrf=True, **headers):
        if body is not None and kind is None:
            body, kind = (body if isinstance(body, str) else json.dumps(body)), "application/json"
        return {
            "method": method, "path": path, "body": body, "type": kind, "token": user, "session": session, "csrf": csrf,
            "headers": {name.replace("_", "-"): value for name, value in headers.items()},
        }

    # Reading: shapes, pages.
    for path in ("/api/authors/", "/api/tags/", "/api/books/", "/api/linked/", "/api/nested/", "/api/reviews/"):
        yield ask("GET", path)
        yield ask("HEAD", path)
    for path in ("/api/authors/1/", "/api/tags/novel/", "/api/books/2/", "/api/linked/2/", "/api/nested/1/", "/api/reviews/1/"):
        yield ask("GET", path)
    for path in ("/api/nested/2/", "/api/books/99/", "/api/books/x/", "/api/books/1.0/", "/api/tags/nothing/", "/api/books/99999999999999999999/", "/api/books/-1/", "/api/books/ 1/"):
        yield ask("GET", path)
    for query in ("page=1", "page=2", "page=3", "page=last", "page=4", "page=0", "page=-1", "page=x", "page=", "page=2&page=1", "page=99999999999999999999", "page=1.0", "page=%201", "x=1&page=2"):
        yield ask("GET", f"/api/authors/?{query}")
    for query in ("limit=2", "limit=2&offset=2", "limit=2&offset=7", "offset=8", "offset=99", "limit=0", "limit=-1", "limit=x", "limit=99", "offset=-1", "offset=x", "limit=2&offset=1", "limit=99999999999999999999", "offset=99999999999999999999"):
        yield ask("GET", f"/api/books/?{query}")
    # Searching, ordering, filtering.
    for query in ("search=alpha", "search=ALPHA%20two", "search=ada", "search=da", "search=9780000000003", "search=978", "search=%25", "search=_", "search=\\", "search=", "search=%20", "search=a,b", "search=%22and%20more%22", "search='", "search=%00", "search=alpha&search=two", "search=" + "x" * 300):
        yield ask("GET", f"/api/books/?{query}")
    for query in ("search=alpha", "search=a"):
        yield ask("GET", f"/api/authors/?{query}")
    for query in ("ordering=title", "ordering=-price", "ordering=author__name,-title", "ordering=secret", "ordering=isbn", "ordering=", "ordering=%20price", "ordering=price,secret", "ordering=--price", "ordering=?", "ordering=pk", "ordering=author__email", "ordering=(SELECT%201)"):
        yield ask("GET", f"/api/books/?{query}")
    for query in (
        "author=2", "author=99", "author=x", "author=", "author=1&author=2", "tags=novel", "tags=nothing", "price=0.50", "price__gte=30", "price__lt=5", "price__gte=x", "price__gte=1&price__lt=20",
        "title=beta", "title=Beta", "title__icontains=A", "status=PB", "status=XX", "status__in=DF,PB", "status__in=DF", "status__in=DF,XX", "in_print=true", "in_print=false", "in_print=1", "in_print=x", "published=2024-05-05", "published=x",
        "published__year=2022", "published__year=x", "published__isnull=true", "published__isnull=false", "author__name=Ada", "author__name=%27%20OR%201=1",
        "secret=secret%200", "secret__startswith=s", "price__lte=1", "author__email=a", "id=1", "pk=1", "title__regex=.", "author__books__secret=secret%200", "isbn__in=9780000000001",
    ):
        yield ask("GET", f"/api/books/?{query}")
    # What a client accepts.
    for accept in ("application/json", "application/json; indent=4", "text/plain", "application/xml, */*;q=0.1", "*/*", "application/*", "text/*;q=0.5, application/json;q=0.1", "", "json", "application/json;q=0"):
        yield ask("GET", "/api/tags/novel/", Accept=accept)
    yield ask("GET", "/api/tags/novel/?format=json")
    yield ask("GET", "/api/tags/novel/?format=xml")
    # Methods.
    for method in ("POST", "PUT", "PATCH", "DELETE", "TRACE", "FOO", "OPTIONS"):
        yield ask(method, "/api/nested/1/")
        yield ask(method, "/api/nested/")
    for path in ("/api/authors/", "/api/authors/1/", "/api/books/", "/api/books/1/", "/api/tags/", "/api/notes/", "/api/reviews/", "/api/linked/", "/api/staff/"):
        yield ask("OPTIONS", path)
    yield ask("OPTIONS", "/api/notes/", user="bob")
    yield ask("PUT", "/api/books/", BOOK)
    yield ask("POST", "/api/books/1/", BOOK)
    # Creating.
    yield ask("POST", "/api/books/", {})
    yield ask("POST", "/api/books/")
    yield ask("POST", "/api/books/", BOOK)
    yield ask("POST", "/api/books/", BOOK)
    yield ask("POST", "/api/books/", {**BOOK, "isbn": "9780000000098"})
    yield ask("POST", "/api/books/", {**BOOK, "isbn": "978", "price": "x", "author": 99, "tags": ["nothing"], "pages": 3, "status": "XX", "published": "x", "in_print": "x", "secret": "x" * 21})
    yield ask("POST", "/api/books/", {**BOOK, "title": "All", "isbn": "9780000000097", "tags": ["novel", "crime"], "pages": 4, "status": "PB", "published": "2026-05-05", "in_print": False, "secret": "hidden"})
    yield ask("POST", "/api/books/", {**BOOK, "title": "Mass", "isbn": "9780000000096", "id": 1, "added": "2000-01-01T00:00:00Z", "unknown": 5, "pk": 7, "author_id": 3, "critic": 1, "__proto__": {}})
    for body in ("[]", "[1]", "null", "1", '"x"', "true", "{", "", " ", '{"a": NaN}', '{"a": Infinity}', "{'a': 1}", '{"a": 1,}', '{"a": 1} x', "\ufeff{}", '{"title": "a", "title": "b"}', "[" * 500 + "]" * 500):
        yield ask("POST", "/api/books/", body)
    for kind in ("text/plain", "application/xml", "application/json; charset=latin-1", "application/x-json", "", "multipart/form-data", "application/vnd.api+json"):
        yield ask("POST", "/api/books/", "{}", kind)
    yield ask("POST", "/api/books/", *form(title="Form", author="2", price="3.00", isbn="9780000000095", tags=["novel", "crime"], pages="", published=""))
    yield ask("POST", "/api/books/", *form(title="Form 2", author="2", price="3.00", isbn="9780000000094", in_print="on"))
    yield ask("POST", "/api/books/", *form(title="", author="", price="", isbn="", tags="nothing", pages="x"))
    yield ask("POST", "/api/books/", *multipart(title="Parts", author="3", price="4.00", isbn="9780000000093", tags=["novel"]))
    yield ask("POST", "/api/books/", *multipart(title="Parts"))
    yield ask("POST", "/api/linked/", {"title": "Linked", "author": "http://testserver/api/authors/2/", "tags": ["/api/tags/novel/"], "price": "1.00", "isbn": "9780000000092"})
    for author in ("http://testserver/api/authors/99/", "http://testserver/api/books/1/", "http://evil.example/api/authors/1/", "/nowhere/", "", "x", 1, None, True, [], "http://testserver/api/authors/x/", "/api/authors/1"):
        yield ask("POST", "/api/linked/", {"title": "Bad", "author": author, "tags": [], "price": "1.00", "isbn": "1234567890123" if author != "http://evil.example/api/authors/1/" else "1234567890124"})
    # Changing.
    yield ask("PATCH", "/api/books/1/", {"title": "Patched"})
    yield ask("PATCH", "/api/books/1/", {})
    yield ask("PATCH", "/api/books/1/", {"title": None, "price": None, "pages": None, "tags": None})
    yield ask("PATCH", "/api/books/1/", {"tags": ["poetry"], "secret": "changed", "id": 99, "added": None})
    yield ask("PATCH", "/api/books/1/", {"isbn": "9780000000001"})
    yield ask("PATCH", "/api/books/1/", {"isbn": "9780000000000"})
    yield ask("PATCH", "/api/books/1/", {"title": "delta_x"})
    yield ask("PATCH", "/api/books/1/", *form(in_print=""))
    yield ask("PATCH", "/api/books/1/", *form(pages="50"))
    yield ask("PUT", "/api/books/1/", {"title": "Put"})
    yield ask("PUT", "/api/books/1/", {**BOOK, "title": "Put", "isbn": "9780000000000"})
    yield ask("PUT", "/api/books/1/", *form(title="Put form", author="1", price="1", isbn="9780000000000"))
    yield ask("PUT", "/api/books/99/", BOOK)
    yield ask("PUT", "/api/tags/novel/", {"slug": "novel", "label": "N"}, user="root")
    yield ask("PUT", "/api/tags/novel/", {"slug": "prose", "label": "N"}, user="root")
    yield ask("PUT", "/api/linked/2/", {"title": "Relinked", "author": "/api/authors/3/", "tags": [], "price": "1", "isbn": "9780000000001"})
    yield ask("GET", "/api/books/1/")
    # Deleting.
    yield ask("DELETE", "/api/books/8/")
    yield ask("DELETE", "/api/books/8/")
    yield ask("DELETE", "/api/books/")
    # Who may.
    yield ask("GET", "/api/notes/")
    yield ask("GET", "/api/notes/", Authorization="Token")
    yield ask("GET", "/api/notes/", Authorization="Token a b")
    yield ask("GET", "/api/notes/", Authorization="Token wrong")
    yield ask("GET", "/api/notes/", Authorization="Other wrong")
    yield ask("GET", "/api/notes/", Authorization="Basic YWxpY2U6c2VzYW1l")
    yield ask("GET", "/api/books/1/", Authorization="Token wrong")
    yield ask("GET", "/api/notes/", user="eve")
    for user in ("alice", "bob", "root", None):
        yield ask("GET", "/api/notes/", user=user)
        yield ask("POST", "/api/notes/", {"text": f"of {user}"}, user=user)
        yield ask("PATCH", "/api/notes/1/", {"text": f"by {user}"}, user=user)
        yield ask("DELETE", "/api/notes/3/", user=user)
        yield ask("POST", "/api/tags/", {"slug": f"tag-{user}", "label": "x"}, user=user)
        yield ask("DELETE", "/api/tags/crime/", user=user)
    for user in ("alice", "carol", None):
        yield ask("GET", "/api/staff/", user=user)
    for user in ("alice", "bob", None):
        yield ask("GET", "/api/mine/", user=user)
        yield ask("GET", "/api/mine/1/", user=user)
        yield ask("PATCH", "/api/mine/2/", {"stars": 2}, user=user)
        yield ask("POST", "/api/reviews/", {"book": 1, "stars": 5, "critic": 5}, user=user)
        yield ask("POST", "/api/reviews/", {"book": 1, "stars": 6}, user=user)
        yield ask("PATCH", "/api/reviews/1/", {"stars": 3}, user=user)
        yield ask("PUT", "/api/reviews/2/", {"book": 2, "stars": 3, "text": ""}, user=user)
        yield ask("OPTIONS", "/api/reviews/2/", user=user)
    yield ask("DELETE", "/api/reviews/1/", user="bob")
    yield ask("DELETE", "/api/reviews/1/", user="alice")
    # Files.
    documents = "/api/documents/"
    yield ask("OPTIONS", documents)
    yield ask("POST", documents, *upload(title="one", paper=text_file("a b.txt")))
    yield ask("GET", "/api/documents/1/")
    yield ask("POST", documents, *upload(title="two", paper=text_file("../../etc/passwd.txt"), picture=bitmap("dots.bmp"), scan=text_file("\u00e9\u4e2d ' (1).pdf")))
    yield ask("POST", documents, *upload(title="three", paper=text_file("C:\\\\dir\\\\c.TXT"), picture=bitmap("x.txt")))
    yield ask("POST", documents, *upload(title="three", paper=text_file("three.txt"), picture=text_file("x.png", "no image")))
    yield ask("POST", documents, *upload(title="three", paper=text_file("three.txt"), picture=text_file("x.bmp", "BM")))
    yield ask("POST", documents, *upload(title="three", paper=text_file("three.txt"), picture=text_file("x.bmp", "")))
    yield ask("POST", documents, *upload(title="three", paper=text_file("three.exe")))
    yield ask("POST", documents, *upload(title="three", paper=text_file("three")))
    yield ask("POST", documents, *upload(title="three", paper=text_file("three.txt", "")))
    yield ask("POST", documents, *upload(title="three", paper=text_file("x" * 36 + ".txt")))
    yield ask("POST", documents, *upload(title="three", paper=text_file("x" * 37 + ".txt")))
    yield ask("POST", documents, *upload(title="four"))
    yield ask("POST", documents, *upload(title="four", paper="not a file"))
    yield ask("POST", documents, *upload(title="four", paper=""))
    yield ask("POST", documents, *upload(title="four", paper=text_file("d.txt"), picture="", scan=""))
    yield ask("POST", documents, *upload(title="one", paper=text_file("taken.txt")))
    yield ask("POST", documents, *upload(title="x" * 21, paper=text_file("long.txt"), id="7", width="9", unknown=text_file("u.txt")))
    yield ask("POST", documents, *form(title="five", paper="a.txt"))
    for value in ("a.txt", "", None, 1, [], {}, {"name": "a.txt"}, True, "http://testserver/media/papers/a_b.txt"):
        yield ask("POST", documents, {"title": "six", "paper": value})
        yield ask("PATCH", "/api/documents/2/", {"picture": value})
        yield ask("PATCH", "/api/documents/2/", {"scan": value})
    yield ask("GET", "/api/documents/2/")
    yield ask("PATCH", "/api/documents/1/", {"title": "first"})
    yield ask("PATCH", "/api/documents/1/", *upload(paper=text_file("new.pdf")))
    yield ask("PATCH", "/api/documents/1/", *upload(picture=bitmap("new.bmp")))
    yield ask("PUT", "/api/documents/1/", {"title": "first"})
    yield ask("PUT", "/api/documents/1/", *upload(title="first", paper=text_file("put.txt")))
    yield ask("GET", documents)
    yield ask("DELETE", "/api/documents/1/")
    # By the session.
    yield ask("GET", "/api/notes/", session="bob")
    yield ask("POST", "/api/notes/", {"text": "session"}, session="bob")
    yield ask("POST", "/api/notes/", {"text": "forged"}, session="bob", csrf=False)
    yield ask("DELETE", "/api/notes/3/", session="bob", csrf=False)
    yield ask("POST", "/api/notes/", {"text": "token wins"}, session="bob", csrf=False, user="root")
    yield ask("POST", "/api/books/", {}, csrf=False)
    # Too often.
    for _ in range(3):
        yield ask("GET", "/api/slow/")
    for _ in range(4):
        yield ask("GET", "/api/slow/1/", user="alice")


KEPT = ("Allow", "Content-Type", "Location", "Retry-After", "Vary", "WWW-Authenticate")


def record_requests():
    from django.contrib.auth.models import User
    from django.test import Client

    answers = []
    for request in requests():
        client = Client(enforce_csrf_checks=True, raise_request_exception=False)
        headers = {"Accept": "application/json", **request["headers"]}
        headers = {name: value for name, value in headers.items() if value}
        if request["token"]:
            headers["Authorization"] = f"Token {request['token']}-token"
        if request["session"]:
            client.force_login(User.objects.get(username=request["session"]))
            if request["csrf"]:
                client.cookies["csrftoken"] = "a" * 32
                headers["X-CSRFToken"] = "a" * 32
        body = (request["body"] or "").encode("utf-8")
        response = client.generic(request["method"], request["path"].replace(" ", "%20"), body, request["type"] or "", headers=headers)
        text = response.content.decode("utf-8")
        # How long to wait depends on the clock.
        text = re.sub(r"in \d+ seconds", "in N seconds", text)
        # Pillow knows more kinds of images.
        text = re.sub(r"Allowed extensions are: bmp, [a-z0-9, ]*", "Allowed extensions are: IMAGES", text)
        # What makes the name of a file another one.
        text = re.sub(r'_[A-Za-z0-9]{7}(?=\.\w+")', "_RANDOM", text)
        answer = {"status": response.status_code, "headers": {name: response[name] for name in KEPT if name in response}}
        if "Retry-After" in response:
            answer["headers"]["Retry-After"] = "N"
        if response.status_code >= 500:
            answer = {"status": response.status_code}
        elif response.get("Content-Type", "").startswith("application/json") and text:
            answer["text" if "indent" in headers.get("Accept", "") else "body"] = text if "indent" in headers.get("Accept", "") else json.loads(text)
        else:
            answer["length"] = len(text)
        answers.append({"request": request, "response": answer})
    return answers


def main():
    with tempfile.TemporaryDirectory() as directory:
        file = Path(directory) / "db.sqlite3"
        app = Path(directory) / "library"
        app.mkdir()
        (app / "__init__.py").touch()
        (app / "models.py").write_text("import record_api\nFOUND = record_api.declared_models()\n")
        (Path(directory) / "library_urls.py").write_text(
            "import record_api\nfrom library.models import FOUND\nurlpatterns = record_api.urlconf(FOUND)\n"
        )
        sys.path.insert(0, directory)
        os.environ["PARITY_APPS"] = "rest_framework rest_framework.authtoken django_filters library"
        django_site.configure(file, "golden")
        from django.conf import settings
        from django.core.management import call_command
        from django.utils import timezone

        settings.TIME_ZONE = ZONE
        settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
        settings.ROOT_URLCONF = "library_urls"
        settings.MIDDLEWARE = [
            "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware", "django.contrib.auth.middleware.AuthenticationMiddleware",
        ]
        settings.LOGGING_CONFIG = None
        settings.MEDIA_ROOT = Path(directory) / "media"
        settings.MEDIA_URL = "/media/"
        settings.REST_FRAMEWORK = {
            "DEFAULT_AUTHENTICATION_CLASSES": [
                "rest_framework.authentication.TokenAuthentication", "rest_framework.authentication.SessionAuthentication",
            ],
        }
        timezone.get_default_timezone.cache_clear()
        import logging

        logging.disable(logging.CRITICAL)
        call_command("migrate", run_syncdb=True, verbosity=0)
        from library.models import FOUND as models

        timezone.now = lambda: datetime.datetime(2026, 11, 20, 17, 22, 29, 250000, tzinfo=datetime.UTC)
        fill(models)
        script = [
            line for line in sqlite3.connect(file).iterdump()
            if "library_" in line.split("(")[0] and not line.startswith(("DELETE", "BEGIN", "COMMIT"))
        ]
        fields = record_fields(models)
        answers = record_requests()
    fresh = {"zone": ZONE, "script": script, "fields": fields, "requests": answers}
    lines = ",\n".join(f'"{key}": {json.dumps(fresh[key])}' for key in ("zone", "script"))
    rows = ",\n".join(f'{{"field": {json.dumps(row["field"])}, "cases": [\n' + ",\n".join(json.dumps(case) for case in row["cases"]) + "]}" for row in fields)
    asked = ",\n".join(json.dumps(answer) for answer in answers)
    fresh = f'{{{lines},\n"fields": [\n{rows}],\n"requests": [\n{asked}]}}\n'
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
