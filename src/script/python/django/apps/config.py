"""An app."""


class AppConfig:
    """Name and label of an app; djr reads the apps from `djr.toml`."""

    name = None
    label = None
    verbose_name = None
    path = None
    default_auto_field = "django.db.models.BigAutoField"

    def __init__(self, app_name, app_module=None):
        self.name = app_name
        self.module = app_module
        self.label = type(self).label or app_name.rpartition(".")[2]
        self.verbose_name = type(self).verbose_name or self.label.title()

    def __repr__(self):
        return f"<{type(self).__name__}: {self.label}>"

    def get_model(self, model_name, require_ready=True):
        """The model of a name; a LookupError where there is none."""
        from django.apps.registry import apps

        return apps.get_model(self.label, model_name)

    def get_models(self, include_auto_created=False, include_swapped=False):
        from django.apps.registry import apps

        return [model for model in apps.get_models() if model._meta.app_label == self.label]

    def ready(self):
        """Called once the models are there."""
