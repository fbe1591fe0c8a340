"""An app."""

from django._absent import absent


class AppConfig:
    """Name and label of an app; djr reads the apps from `djr.toml`. `ready` of a project's own is called at the start."""

    name = None
    label = None
    verbose_name = None
    path = None
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, app_name, app_module=None):
        self.name = app_name
        self.module = app_module
        self.apps = None
        self.label = type(self).label or app_name.rpartition(".")[2]
        self.verbose_name = type(self).verbose_name or self.label.title()
        self.models_module = None

    @classmethod
    def create(cls, name, label, path):
        """The app of djr.toml, by the class of its `apps.py` if it has one."""
        kind = cls
        if path:
            import _djr

            found = _djr.find_module(f"{name}.apps")
            if found is not None and found[0] is not None:
                kind = _own_class(f"{name}.apps", cls)
        made = kind(name)
        made.label, made.path = label, path
        if kind is AppConfig and name in _NAMES:
            made.verbose_name = _NAMES[name]
        return made

    def __repr__(self):
        return f"<{type(self).__name__}: {self.label}>"

    def import_models(self):
        """Has the module with the models loaded."""
        if self.models_module is None:
            from importlib import import_module

            self.models_module = import_module(f"{self.name}.models")

    @property
    def models(self):
        from django.apps.registry import apps

        self.import_models()
        return apps.all_models.get(self.label, {})

    def get_model(self, model_name, require_ready=True):
        """The model of a name; a LookupError where there is none."""
        from django.apps.registry import apps

        return apps.get_model(self.label, model_name)

    def get_models(self, include_auto_created=False, include_swapped=False):
        import _djr_models

        if not _djr_models.names(self.label):
            return
        for model in list(self.models.values()):
            if model._meta.auto_created and not include_auto_created:
                continue
            if model._meta.swapped and not include_swapped:
                continue
            yield model

    def ready(self):
        """Called once the models are there."""


def _own_class(module, base):
    from importlib import import_module

    found = vars(import_module(module)).values()
    own = [one for one in found if isinstance(one, type) and issubclass(one, base) and one is not base]
    own = [one for one in own if getattr(one, "default", len(own) == 1)]
    return own[0] if len(own) == 1 else base


_NAMES = {
    "django.contrib.auth": "Authentication and Authorization",
    "django.contrib.contenttypes": "Content Types",
    "django.contrib.admin": "Administration",
}


__getattr__ = absent(__name__)
