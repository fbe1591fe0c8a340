"""The project's settings by Django's names: what `djr.toml` says, and Django's defaults for the rest."""

from django._absent import absent

ENVIRONMENT_VARIABLE = "DJANGO_SETTINGS_MODULE"
DEFAULT_STORAGE_ALIAS = "default"
STATICFILES_STORAGE_ALIAS = "staticfiles"


class Settings:
    """Names in capitals, from djr and from `configure`; what was asked for once is an attribute from then on."""

    def __init__(self):
        self.__dict__["_overrides"] = [{}]
        self.__dict__["_values"] = None

    @property
    def configured(self):
        return True

    def configure(self, default_settings=None, **options):
        """Lays `options` over what djr says, which tests do."""
        for name in options:
            if not name.isupper():
                raise TypeError(f"the setting {name!r} is not written in capitals")
        self._overrides[0].update(options)
        self._forget()

    def _loaded(self):
        if self._values is None:
            from django.conf.global_settings import DEFAULTS

            self.__dict__["_values"] = {**DEFAULTS, **_of_project()}
        return self._values

    def _push(self, layer):
        """Lays `layer` over all else, for a test."""
        self._overrides.append(layer)
        self._forget()

    def _remove(self, layer):
        self._overrides[:] = [one for one in self._overrides if one is not layer]
        self._forget()

    def _forget(self):
        for name in [name for name in self.__dict__ if name.isupper()]:
            del self.__dict__[name]

    def __getattr__(self, name):
        value = self._looked_up(name)
        self.__dict__[name] = value
        return value

    def _looked_up(self, name):
        for layer in reversed(self._overrides):
            if name in layer:
                if layer[name] is _deleted:
                    break
                return layer[name]
        else:
            values = self._loaded()
            if name in values:
                return values[name]
        from difflib import get_close_matches

        near = get_close_matches(name, self._loaded(), 1)
        hint = f"did you mean {near[0]!r}?" if near else f"one of your own is written as {name.lower()!r} in [site] of djr.toml"
        raise AttributeError(f"there is no setting {name!r}: {hint}")

    def __setattr__(self, name, value):
        self._overrides[-1][name] = value
        self.__dict__.pop(name, None)

    def __delattr__(self, name):
        self._looked_up(name)
        self._overrides[-1][name] = _deleted
        self.__dict__.pop(name, None)

    def __dir__(self):
        return sorted({*self._loaded(), *(name for layer in self._overrides for name in layer)})

    def is_overridden(self, setting):
        return setting in _of_project() or any(setting in layer for layer in self._overrides)

    def __repr__(self):
        return "<Settings of djr.toml>"


_deleted = object()


BUILT_IN_MIDDLEWARE = {
    "security": "django.middleware.security.SecurityMiddleware",
    "cache": "django.middleware.cache.CacheMiddleware",
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
_BUILT_IN_APPS = ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles", "sites", "sitemaps", "humanize")


def _of_project():
    """What `djr.toml` says, in Django's words; each key of `[site]` is a setting in capitals, too."""
    try:
        import _djr
    except ImportError:
        return {}
    from django.conf._storages import settings_of_project

    values = _djr.settings()
    apps = values.get("INSTALLED_APPS", [])
    values["INSTALLED_APPS"] = [f"django.contrib.{app}" if app in _BUILT_IN_APPS else app for app in apps]
    values["MIDDLEWARE"] = [BUILT_IN_MIDDLEWARE.get(name, name) for name in values.get("MIDDLEWARE", [])]
    values.update(settings_of_project())
    for name, value in values.get("SITE", {}).items():
        values.setdefault(name.upper(), value)
    return values


def forget_settings():
    """Reads the settings again: they were changed."""
    settings.__dict__["_values"] = None
    settings._forget()


LazySettings = Settings
settings = Settings()


__getattr__ = absent(__name__)
