"""Settings of tests, laid over those that djr's own views, middleware and services follow."""

import json

#: What was laid over them last: settings as TOML, and the file of urls.
_current = ("", "")

_MAIL = {"smtp": "smtp", "console": "console", "filebased": "file", "locmem": "memory", "dummy": "dummy"}
_SESSIONS = {"db": "database", "cached_db": "cached_db", "cache": "cache", "file": "file", "signed_cookies": "signed_cookies"}
_HASHERS = {
    "Argon2PasswordHasher": "argon2",
    "PBKDF2PasswordHasher": "pbkdf2_sha256",
    "PBKDF2SHA1PasswordHasher": "pbkdf2_sha1",
    "BCryptSHA256PasswordHasher": "bcrypt_sha256",
    "BCryptPasswordHasher": "bcrypt",
    "ScryptPasswordHasher": "scrypt",
    "MD5PasswordHasher": "md5",
}
_VALIDATORS = {
    "UserAttributeSimilarityValidator": "similarity",
    "MinimumLengthValidator": "minimum_length",
    "CommonPasswordValidator": "guessable",
    "NumericPasswordValidator": "numeric",
}
_CACHES = {"locmem": "locmem", "db": "database", "filebased": "file", "dummy": "dummy", "redis": "redis", "memcached": "memcached"}
_CACHE_KEYS = {"LOCATION": "location", "TIMEOUT": "timeout", "KEY_PREFIX": "key_prefix", "VERSION": "version"}
_STORAGES = {"FileSystemStorage": "filesystem", "InMemoryStorage": "memory", "StaticFilesStorage": "plain", "ManifestStaticFilesStorage": "manifest"}
#: What cannot change while a site runs, or is not of the form that `djr.toml` has.
_ONLY_PYTHON = ("INSTALLED_APPS", "AUTH_USER_MODEL", "SESSION_SERIALIZER", "SECURE_PROXY_SSL_HEADER", "SITE", "BASE_DIR")
#: No limit, where Django says None.
_LIMITS = {"DATA_UPLOAD_MAX_MEMORY_SIZE": 4294967296, "DATA_UPLOAD_MAX_NUMBER_FIELDS": 1000000, "DATA_UPLOAD_MAX_NUMBER_FILES": 1000000}


def follow():
    """Has djr follow the settings as they are now; what does not change for it is not composed anew."""
    global _current
    import _djr_commands

    if not _djr_commands.is_command():
        return
    paths, urls = _changes()
    toml = "".join(f"{path} = {_toml(value)}\n" for path, value in sorted(paths.items()))
    if (toml, urls) != _current:
        _djr_commands.override_settings(toml, urls)
        _current = (toml, urls)
    _djr_commands.forget_middleware()


def forget(names):
    """Has services be made anew for which one of these settings counts."""
    from sys import modules

    caches = modules.get("django.core.cache")
    if caches is not None and "CACHES" in names:
        caches.caches.forget()
    storages = modules.get("django.core.files.storage")
    if storages is not None and {"STORAGES", "MEDIA_ROOT", "MEDIA_URL"} & set(names):
        getattr(storages, "forget_storages", lambda: None)()


def _changes():
    """What differs from the settings of the project, by its path in `djr.toml`, and the file of urls."""
    import _djr_commands

    from django.conf import settings

    before = settings._loaded()
    known = _djr_commands.setting_paths()
    own = {key.upper(): key for key in before.get("SITE", {})}
    changes, urls = {}, ""
    for name in {name for layer in settings._overrides for name in layer}:
        value = getattr(settings, name, None)
        if name == "ROOT_URLCONF":
            urls = _urls(value)
        elif name in _ONLY_PYTHON or value == before.get(name):
            continue
        elif name in _PARTS:
            changes.update(_PARTS[name](value))
        elif name in known:
            changes[known[name]] = _plain(name, value)
        elif name in own:
            changes[f"site.{_key(own[name])}"] = value
    return {path: value for path, value in changes.items() if _can_be_written(value)}, urls


def _urls(value):
    """The file of urls that a test names: its path below the project, or that with dots."""
    if not value:
        return ""
    import os

    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    name = str(value)
    path = name if name.endswith(".toml") else name.replace(".", "/") + ".toml"
    if os.path.isfile(os.path.join(str(settings.BASE_DIR), path)):
        return path
    raise ImproperlyConfigured(f"ROOT_URLCONF names a file with urls, as 'posts/test_urls.toml' or 'posts.test_urls': there is no {path!r}")


def _plain(name, value):
    if value is None:
        return _LIMITS.get(name, "")
    if value is False and name.endswith("_SAMESITE"):
        return ""
    if isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, (list, tuple, set, frozenset)):
        return [str(item) for item in value]
    return str(value)


def _last(name):
    return str(name).rpartition(".")[2]


def _middleware(value):
    from django.conf import BUILT_IN_MIDDLEWARE

    names = {dotted: name for name, dotted in BUILT_IN_MIDDLEWARE.items()}
    return {"project.middleware": [names.get(name, name) for name in value]}


def _mail(value):
    parts = str(value).split(".")
    kind = _MAIL.get(parts[-2]) if len(parts) > 1 and str(value).startswith("django.") else None
    return {"mail.backend": kind} if kind else {}


def _session_engine(value):
    kind = _SESSIONS.get(_last(value))
    return {"sessions.engine": kind} if kind else {}


def _hashers(value):
    names = [_HASHERS[_last(name)] for name in value if _last(name) in _HASHERS]
    return {"auth.password_hashers": names} if names else {}


def _validators(value):
    names, changes = [], {}
    for validator in value:
        name = _VALIDATORS.get(_last(validator["NAME"]))
        options = validator.get("OPTIONS", {})
        if name is not None:
            names.append(name)
        if "min_length" in options:
            changes["auth.password_min_length"] = options["min_length"]
        if "max_similarity" in options:
            changes["auth.password_max_similarity"] = options["max_similarity"]
        if "user_attributes" in options:
            changes["auth.password_similarity_attributes"] = list(options["user_attributes"])
    return {"auth.password_validators": names, **changes}


def _people(path):
    def people(value):
        named = [(f"{one[0]} <{one[1]}>" if one[0] else one[1]) if isinstance(one, (list, tuple)) else one for one in value]
        return {path: named}

    return people


def _caches(value):
    changes = {}
    for alias, options in value.items():
        before = f"caches.{_key(alias)}"
        kind = _CACHES.get(str(options.get("BACKEND", "")).rpartition(".")[0].rpartition(".")[2])
        if kind is None:
            continue
        changes[f"{before}.backend"] = kind
        for name, key in _CACHE_KEYS.items():
            if name in options:
                given = options[name]
                changes[f"{before}.{key}"] = -1 if given is None else ",".join(given) if isinstance(given, (list, tuple)) else given
        extra = options.get("OPTIONS", {})
        for name, key in (("MAX_ENTRIES", "max_entries"), ("CULL_FREQUENCY", "cull_frequency")):
            if name in extra:
                changes[f"{before}.{key}"] = extra[name]
    return changes


def _templates(value):
    first = value[0] if value else {}
    changes = {}
    if "DIRS" in first:
        changes["templates.dirs"] = [str(directory) for directory in first["DIRS"]]
    processors = first.get("OPTIONS", {}).get("context_processors")
    if processors is not None:
        own = ("django.template.context_processors.", "django.contrib.auth.context_processors.", "django.contrib.messages.context_processors.")
        changes["templates.context_processors"] = [_last(name) if name.startswith(own) else name for name in processors]
    return changes


def _storages(value):
    changes = {}
    for alias, options in value.items():
        kind = _STORAGES.get(_last(options.get("BACKEND", "")))
        if kind is None:
            continue
        changes[f"storages.{_key(alias)}.backend"] = kind
        extra = options.get("OPTIONS", {})
        for name in ("location", "base_url"):
            if name in extra and kind == "filesystem":
                changes[f"storages.{_key(alias)}.{name}"] = str(extra[name])
    return changes


def _static_directories(value):
    return {"static.dirs": [":".join(map(str, one)) if isinstance(one, (list, tuple)) else str(one) for one in value]}


def _csrf_header(value):
    return {"csrf.header_name": str(value).removeprefix("HTTP_").replace("_", "-")}


_PARTS = {
    "MIDDLEWARE": _middleware,
    "EMAIL_BACKEND": _mail,
    "SESSION_ENGINE": _session_engine,
    "PASSWORD_HASHERS": _hashers,
    "AUTH_PASSWORD_VALIDATORS": _validators,
    "ADMINS": _people("mail.admins"),
    "MANAGERS": _people("mail.managers"),
    "CACHES": _caches,
    "TEMPLATES": _templates,
    "STORAGES": _storages,
    "STATICFILES_DIRS": _static_directories,
    "CSRF_HEADER_NAME": _csrf_header,
}


def _key(name):
    return name if name.replace("_", "").replace("-", "").isalnum() and name.isascii() else json.dumps(name)


def _can_be_written(value):
    if isinstance(value, dict):
        return all(isinstance(key, str) and _can_be_written(one) for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return all(map(_can_be_written, value))
    return isinstance(value, (str, bool, int, float))


def _toml(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return repr(value)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_key(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(str(value), ensure_ascii=False)
