"""The apps of the project, and the classes of their models."""


class Apps:
    """Which apps there are, and which class each model has."""

    ready = apps_ready = models_ready = True

    def __init__(self, installed_apps=()):
        self.all_models = {}
        self._configs = None
        self._modules = None

    # Apps.

    @property
    def app_configs(self):
        """Apps by their labels."""
        if self._configs is None:
            import _djr_models

            from django.apps.config import AppConfig

            found = (AppConfig.create(**entry) for entry in _djr_models.apps())
            self._configs = {config.label: config for config in found}
        return self._configs

    def get_app_configs(self):
        return self.app_configs.values()

    def get_app_config(self, app_label):
        """The app of a label; a LookupError where there is none."""
        found = self.app_configs.get(app_label)
        if found is None:
            message = f"No installed app with label '{app_label}'."
            for config in self.get_app_configs():
                if config.name == app_label:
                    message += f" Did you mean '{config.label}'?"
            raise LookupError(message)
        return found

    def is_installed(self, app_name):
        return any(app_name == config.name for config in self.get_app_configs())

    def get_containing_app_config(self, object_name):
        """The app whose module has an object."""
        found = [config for config in self.get_app_configs() if f"{object_name}.".startswith(f"{config.name}.")]
        return max(found, key=lambda config: len(config.name)) if found else None

    def label_of_module(self, module):
        """The label of the app that a module belongs to; None where it belongs to none."""
        found = self.get_containing_app_config(module)
        if found is not None:
            return found.label
        parts = module.split(".")
        if parts[:2] == ["django", "contrib"] and len(parts) > 2:
            return parts[2]
        return None

    # Models.

    def registered(self, app_label, model_name):
        """The class of a model, if it is made already."""
        return self.all_models.get(app_label, {}).get(model_name.lower())

    get_registered_model = registered

    def register(self, model):
        meta = model._meta
        models = self.all_models.setdefault(meta.app_label, {})
        known = models.get(meta.model_name)
        if known is not None and known is not model:
            raise RuntimeError(
                f"Conflicting '{meta.model_name}' models in application '{meta.app_label}': {known} and {model}."
            )
        models[meta.model_name] = model
        self.clear_cache()

    register_model = None

    def forget_model(self, app_label, model_name):
        self.all_models.get(app_label, {}).pop(model_name, None)

    def forget(self):
        """Forgets all classes: the modules of the project are loaded anew."""
        self.all_models.clear()
        self._configs = None

    def clear_cache(self):
        pass

    def get_model(self, app_label, model_name=None, require_ready=True):
        """The model `posts.Post`; a LookupError where there is none."""
        if model_name is None:
            label, dot, model_name = app_label.partition(".")
            if not dot:
                raise ValueError(f"a model is named as in 'posts.Post', not {app_label!r}")
            app_label = label
        found = self.registered(app_label, model_name)
        if found is not None:
            return found
        config = self.get_app_config(app_label)
        config.import_models()
        found = self.registered(app_label, model_name) or self._table_between(app_label, model_name)
        if found is None:
            raise LookupError(f"App '{app_label}' doesn't have a '{model_name}' model.")
        return found

    def _table_between(self, app_label, model_name):
        """The class of a table between two models that nobody declared."""
        import _djr_models

        facts = _djr_models.facts(f"{app_label}.{model_name}")
        if facts is None:
            return None
        config = self.app_configs[app_label]
        return _made_class(facts["object_name"], f"{config.name}.models", auto_created=True)

    def get_models(self, include_auto_created=False, include_swapped=False):
        """All models, in the order of the apps and of their files."""
        found = []
        for config in self.get_app_configs():
            found.extend(config.get_models(include_auto_created, include_swapped))
        return found

    def finish_models(self, module, app_label):
        """Makes the classes of the models that the code of an app does not mention."""
        import _djr_models

        for name in _djr_models.names(app_label):
            found = self.registered(app_label, name) or _made_class(name, module.__name__)
            if not hasattr(module, name):
                setattr(module, name, found)

    def check_apps_ready(self):
        pass

    check_models_ready = check_apps_ready


def _made_class(name, module, auto_created=False):
    from django.db.models.base import Model, ModelBase

    bases = (Model,)
    if not auto_created:
        import _djr_models

        label = f"{apps.label_of_module(module)}.{name}"
        if _djr_models.user_model() == label:
            from django.contrib.auth.base_user import bases_of_made_user

            bases = bases_of_made_user(label)
    made = ModelBase(name, bases, {"__module__": module, "__qualname__": name})
    made._meta.auto_created = auto_created
    return made


def forget_models():
    """Forgets the classes of models, and the modules of djr's own that hold some."""
    import sys

    apps.forget()
    for name in [name for name in sys.modules if name.startswith("django.contrib.")]:
        del sys.modules[name]


Apps.register_model = lambda self, app_label, model: self.register(model)

apps = Apps()
