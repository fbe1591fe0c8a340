"""A `settings.py` from a `djr.toml`, by the names that `src/settings/reference.toml` gives each key in Django."""

import pprint
import re
import tomllib
from pathlib import Path

REFERENCE = Path(__file__).parents[3] / "src" / "settings" / "reference.toml"
BUILT_IN = ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")
MIDDLEWARE = {
    "security": "django.middleware.security.SecurityMiddleware",
    "compression": "django.middleware.gzip.GZipMiddleware",
    "conditional_get": "django.middleware.http.ConditionalGetMiddleware",
    "sessions": "django.contrib.sessions.middleware.SessionMiddleware",
    "common": "django.middleware.common.CommonMiddleware",
    "csrf": "django.middleware.csrf.CsrfViewMiddleware",
    "auth": "django.contrib.auth.middleware.AuthenticationMiddleware",
    "login_required": "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "messages": "django.contrib.messages.middleware.MessageMiddleware",
    "clickjacking": "django.middleware.clickjacking.XFrameOptionsMiddleware",
}
# One word of djr for the whole that Django has in two halves.
PAGE_CACHE = ("django.middleware.cache.UpdateCacheMiddleware", "django.middleware.cache.FetchFromCacheMiddleware")
CACHES = {"locmem": "locmem.LocMemCache", "database": "db.DatabaseCache", "file": "filebased.FileBasedCache", "dummy": "dummy.DummyCache"}
SESSIONS = {"database": "db"}
HASHERS = {
    "argon2": "Argon2PasswordHasher",
    "pbkdf2_sha256": "PBKDF2PasswordHasher",
    "pbkdf2_sha1": "PBKDF2SHA1PasswordHasher",
    "bcrypt_sha256": "BCryptSHA256PasswordHasher",
    "scrypt": "ScryptPasswordHasher",
    "md5": "MD5PasswordHasher",
}
VALIDATORS = {
    "similarity": "UserAttributeSimilarityValidator",
    "minimum_length": "MinimumLengthValidator",
    "guessable": "CommonPasswordValidator",
    "numeric": "NumericPasswordValidator",
}
MAIL = {"memory": "locmem", "file": "filebased"}
STORAGES = {"filesystem": "filesystem.FileSystemStorage", "memory": "memory.InMemoryStorage"}
STATIC = {"plain": "StaticFilesStorage", "manifest": "ManifestStaticFilesStorage"}
HANDLERS = {
    "console": "logging.StreamHandler",
    "file": "logging.FileHandler",
    "rotating_file": "logging.handlers.RotatingFileHandler",
    "timed_rotating_file": "logging.handlers.TimedRotatingFileHandler",
    "mail_admins": "django.utils.log.AdminEmailHandler",
    "null": "logging.NullHandler",
}
# Empty text of djr that is `None` in Django.
NONE_IF_EMPTY = (
    "CSRF_COOKIE_DOMAIN",
    "EMAIL_SSL_CERTFILE",
    "EMAIL_SSL_KEYFILE",
    "FILE_UPLOAD_TEMP_DIR",
    "LOGOUT_REDIRECT_URL",
    "SECURE_SSL_HOST",
    "SESSION_COOKIE_DOMAIN",
)
# Keys whose value says something else in Django, and those of templates, which are two backends there.
ELSEWHERE = ("security.trusted_proxies", "templates.context_processors", "templates.dirs")


def own_apps(read):
    """The apps of the project, without those that are in Django."""
    return [app for app in read["project"]["apps"] if app not in BUILT_IN]


def dotted(known, prefix):
    """A function from djr's word to Django's dotted name; a dotted name stays."""
    return lambda value: value if "." in value else f"{prefix}.{known.get(value, value)}"


def paths(values):
    return [below(value) for value in values]


def below(value):
    """A path as Django is told it, whatever the directory it runs in."""
    return Path("/") if value == "/" else Path(value)


def person(text):
    name, _, address = text.rpartition(" <")
    return (name, address.rstrip(">"))


def middleware(names):
    names = [MIDDLEWARE[name] if "." not in name and name != "cache" else name for name in names]
    if "cache" in names:
        place = names.index("cache")
        names = [*names[:place], PAGE_CACHE[0], *names[place + 1 :], PAGE_CACHE[1]]
    return names


# What becomes of values that Django writes otherwise.
VALUES = {
    "project.apps": lambda apps: [f"django.contrib.{app}" if app in BUILT_IN else app for app in apps],
    "project.middleware": middleware,
    "caches.*.backend": dotted(CACHES, "django.core.cache.backends"),
    "caches.*.timeout": lambda seconds: None if seconds == -1 else seconds,
    "databases.*.name": below,
    "auth.password_hashers": lambda names: [dotted(HASHERS, "django.contrib.auth.hashers")(name) for name in names],
    "auth.password_validators": lambda names: [
        {"NAME": dotted(VALIDATORS, "django.contrib.auth.password_validation")(name)} for name in names
    ],
    "sessions.engine": dotted(SESSIONS, "django.contrib.sessions.backends"),
    "sessions.file_path": below,
    "sessions.serializer": lambda _: "django.contrib.sessions.serializers.JSONSerializer",
    "csrf.header_name": lambda name: "HTTP_" + name.upper().replace("-", "_"),
    "mail.backend": lambda name: name if "." in name else f"django.core.mail.backends.{MAIL.get(name, name)}.EmailBackend",
    "mail.file_path": below,
    "mail.admins": lambda people: [person(text) for text in people],
    "mail.managers": lambda people: [person(text) for text in people],
    "media.root": below,
    "static.root": below,
    "static.dirs": paths,
    "static.url": str,
    "storages.*.backend": dotted(STORAGES, "django.core.files.storage"),
    "storages.*.location": below,
    "storages.staticfiles.backend": dotted(STATIC, "django.contrib.staticfiles.storage"),
    "logging.handlers.*.class": lambda name: HANDLERS.get(name, name),
    "logging.handlers.*.filename": below,
}


def reference():
    """Every key with its default and its name in Django; `*` stands for an alias."""
    return dict(leaves(tomllib.loads(REFERENCE.read_text(encoding="utf-8")), ()))


def leaves(table, above):
    for name, value in table.items():
        if any(isinstance(part, dict) for part in value.values()) or not value:
            yield from leaves(value, (*above, name))
        else:
            yield ".".join((*above, name)), value


def said(read, known):
    """What a project says: the key, with `*` for an alias, that alias, and the value."""
    for section, table in read.items():
        if section != "site":
            yield from said_below(table, (section,), known)


def said_below(table, above, known):
    for name, value in table.items():
        place = (*above, name)
        found = key_of(place, known)
        if found is None and isinstance(value, dict):
            yield from said_below(value, place, known)
        else:
            assert found is not None, f"{'.'.join(place)} is not a setting"
            yield (*found, value)


def key_of(place, known):
    if ".".join(place) in known:
        return ".".join(place), None
    for at in range(1, len(place) - 1):
        starred = ".".join((*place[:at], "*", *place[at + 1 :]))
        if starred in known:
            return starred, place[at]
    return None


def steps(name, alias):
    """`CACHES['default']['TIMEOUT']` as the keys that lead there."""
    keys = re.findall(r"\['?([^]']+)'?\]", name)
    return [name.partition("[")[0], *(alias if key in ("default", "NAME") and alias else key for key in keys)]


def put(settings, place, value):
    *above, last = place
    for key in above:
        settings = settings.setdefault(key, {})
    settings[last] = value


def settings_py(site, read):
    """The text of the settings of the project at `site`, whose `djr.toml` is `read`."""
    known = reference()
    values = [(key, None, entry["default"]) for key, entry in known.items() if "default" in entry and "*" not in key]
    values += said(read, known)
    settings = {"CACHES": {"default": {"BACKEND": VALUES["caches.*.backend"]("locmem")}}}
    for key, alias, value in values:
        name = known[key].get("django", "")
        # Other names are those of attributes of a class.
        if key in ELSEWHERE or not re.match(r"[A-Z_]+(\[|$)", name):
            continue
        value = VALUES.get(key, lambda value: value)(value)
        put(settings, steps(name, alias), None if value == "" and name in NONE_IF_EMPTY else value)
    finish(settings, site, read)
    lines = [f"{name} = {pprint.pformat(value, width=110, sort_dicts=False)}" for name, value in settings.items()]
    text = "\n".join(lines).replace("PosixPath(", "place(")
    return HEAD + text + "\n" + costs(read)


HEAD = '''import os
from pathlib import Path

from django.contrib.auth import hashers

BASE_DIR = Path(__file__).resolve().parent


def place(path):
    return str(BASE_DIR / path)


'''


def finish(settings, site, read):
    """What djr has no keys for, or other ones."""
    settings.setdefault("DATABASES", {}).setdefault("default", {}).setdefault("NAME", Path("db.sqlite3"))
    for database in settings["DATABASES"].values():
        database["ENGINE"] = "django.db.backends.sqlite3"
    settings.setdefault("STORAGES", {})
    settings["STORAGES"].setdefault("default", {"BACKEND": VALUES["storages.*.backend"]("filesystem")})
    settings["STORAGES"].setdefault("staticfiles", {"BACKEND": VALUES["storages.staticfiles.backend"]("plain")})
    for name in [directory for directory in settings.get("STATICFILES_DIRS", []) if not (site / directory).exists()]:
        settings["STATICFILES_DIRS"].remove(name)
    settings.update(
        SECRET_KEY="x" * 50,
        ROOT_URLCONF="site_urls",
        USE_TZ=True,
        USE_I18N=False,
        LANGUAGE_CODE="en-us",
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        TEMPLATES=templates(read),
        SITE=read.get("site", {}),
    )
    if "logging" in read:
        logging(settings["LOGGING"])
    else:
        settings.pop("LOGGING", None)


def logging(found):
    found.update(version=1, disable_existing_loggers=False)
    for name, formatter in found.get("formatters", {}).items():
        formatter.setdefault("style", "{")
    for handler in found.get("handlers", {}).values():
        if handler.get("formatter") == "":
            del handler["formatter"]
    if not found.get("root", {}).get("handlers"):
        found.pop("root", None)


def templates(read):
    said = read.get("templates", {})
    names = said.get("context_processors", reference()["templates.context_processors"]["default"])
    homes = {"auth": "django.contrib.auth", "messages": "django.contrib.messages"}
    processors = [
        name if "." in name else f"{homes.get(name, 'site_jinja' if name == 'site' else 'django.template')}.context_processors.{name}"
        for name in names
    ]
    processors = [name.replace("site_jinja.context_processors", "site_jinja") for name in processors]
    own = own_apps(read)
    jinja = {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja",
        "DIRS": paths([*said.get("dirs", ["templates"]), *(f"{app}/templates" for app in own)]),
        "OPTIONS": {"environment": "site_jinja.environment", "context_processors": processors},
    }
    return [
        jinja,
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "NAME": "django",
            "APP_DIRS": True,
            "OPTIONS": {
                "context_processors": [
                    "django.template.context_processors.request",
                    "django.contrib.auth.context_processors.auth",
                    "django.contrib.messages.context_processors.messages",
                ]
            },
        },
    ]


def costs(read):
    """What hashes cost is an attribute of their class in Django."""
    names = {key: entry["django"] for key, entry in reference().items() if key.startswith("auth.costs.")}
    lines = [f"hashers.{names[f'auth.costs.{name}']} = {value}" for name, value in read.get("auth", {}).get("costs", {}).items()]
    return "\n".join([*lines, ""])
