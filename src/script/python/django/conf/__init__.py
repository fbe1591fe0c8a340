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
        raise AttributeError(f"there is no setting {name!r}")

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


def _of_project():
    try:
        import _djr
    except ImportError:
        return {}
    from django.conf._storages import settings_of_project

    return {**settings_of_project(), **_djr.settings()}


LazySettings = Settings
settings = Settings()


__getattr__ = absent(__name__)
