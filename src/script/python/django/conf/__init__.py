"""The project's settings by Django's names: what `djr.toml` says, and Django's defaults for the rest."""

from django._absent import absent

ENVIRONMENT_VARIABLE = "DJANGO_SETTINGS_MODULE"
DEFAULT_STORAGE_ALIAS = "default"
STATICFILES_STORAGE_ALIAS = "staticfiles"


class Settings:
    """Names in capitals, from djr and from `configure`."""

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

    def _loaded(self):
        if self._values is None:
            from django.conf.global_settings import DEFAULTS

            self.__dict__["_values"] = {**DEFAULTS, **_of_project()}
        return self._values

    def __getattr__(self, name):
        for layer in reversed(self._overrides):
            if name in layer:
                if layer[name] is _deleted:
                    break
                return layer[name]
        else:
            values = self._loaded()
            if name in values:
                return values[name]
        raise AttributeError(f"there is no setting {name!r}" + _nearest(name, self._loaded()))

    def __setattr__(self, name, value):
        self._overrides[-1][name] = value

    def __delattr__(self, name):
        getattr(self, name)
        self._overrides[-1][name] = _deleted

    def __dir__(self):
        return sorted({*self._loaded(), *(name for layer in self._overrides for name in layer)})

    def is_overridden(self, setting):
        return setting in _of_project() or any(setting in layer for layer in self._overrides)

    def __repr__(self):
        return "<Settings of djr.toml>"


_deleted = object()


def _of_project():
    try:
        import _djr
    except ImportError:
        return {}
    return _djr.settings()


def _nearest(name, names):
    from difflib import get_close_matches

    found = get_close_matches(name, names, 1)
    return f"; did you mean {found[0]!r}?" if found else ""


LazySettings = Settings
settings = Settings()


__getattr__ = absent(__name__)
