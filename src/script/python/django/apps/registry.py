"""The apps and models that djr has read."""


class Apps:
    """Asks djr for apps and models."""

    ready = apps_ready = models_ready = True

    def get_app_configs(self):
        import _djr

        from django.apps.config import AppConfig

        return [AppConfig(name) for name in _djr.app_labels()]

    def get_app_config(self, app_label):
        """The app of a label; a LookupError where there is none."""
        for config in self.get_app_configs():
            if config.label == app_label:
                return config
        raise LookupError(f"no app has the label {app_label!r}")

    def is_installed(self, app_name):
        return any(app_name in (config.name, config.label) for config in self.get_app_configs())

    def get_model(self, app_label, model_name=None, require_ready=True):
        """The model `posts.Post`; a LookupError where there is none."""
        import _djr

        if model_name is None:
            label, dot, name = app_label.partition(".")
            if not dot:
                raise ValueError(f"a model is named as in 'posts.Post', not {app_label!r}")
            app_label, model_name = label, name
        model = _djr.model(app_label, model_name)
        if model is None:
            raise LookupError(f"the app {app_label!r} has no model {model_name!r}")
        return model

    def get_models(self, include_auto_created=False, include_swapped=False):
        import _djr

        return _djr.models()

    def check_apps_ready(self):
        pass

    check_models_ready = check_apps_ready


apps = Apps()
