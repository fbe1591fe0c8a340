"""Every model as a row."""

from django.db import models


class ContentTypeManager(models.Manager):
    """Finds the row of a model, and keeps it for as long as the process lives."""

    use_in_migrations = True

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._cache = {}

    def get_by_natural_key(self, app_label, model):
        known = self._cache.get(self.db, {}).get((app_label, model))
        if known is None:
            known = self._keep(self.db, self.get(app_label=app_label, model=model))
        return known

    def _get_opts(self, model, for_concrete_model):
        return model._meta.concrete_model._meta if for_concrete_model else model._meta

    def get_for_model(self, model, for_concrete_model=True):
        opts = self._get_opts(model, for_concrete_model)
        known = self._cache.get(self.db, {}).get((opts.app_label, opts.model_name))
        if known is None:
            found, _ = self.get_or_create(app_label=opts.app_label, model=opts.model_name)
            known = self._keep(self.db, found)
        return known

    def get_for_models(self, *model_list, for_concrete_models=True):
        return {model: self.get_for_model(model, for_concrete_models) for model in model_list}

    def get_for_id(self, id):
        known = self._cache.get(self.db, {}).get(id)
        return known if known is not None else self._keep(self.db, self.get(pk=id))

    def clear_cache(self):
        self._cache.clear()

    def _keep(self, using, found):
        kept = self._cache.setdefault(using, {})
        kept[found.app_label, found.model] = kept[found.id] = found
        return found


class ContentType(models.Model):
    """A model."""

    objects = ContentTypeManager()

    def __str__(self):
        return self.app_labeled_name

    @property
    def name(self):
        model = self.model_class()
        return str(model._meta.verbose_name) if model else self.model

    @property
    def app_labeled_name(self):
        model = self.model_class()
        if not model:
            return self.model
        return f"{model._meta.app_config.verbose_name} | {model._meta.verbose_name}"

    def model_class(self):
        """The class; None where the model is gone."""
        from django.apps import apps

        try:
            return apps.get_model(self.app_label, self.model)
        except LookupError:
            return None

    def get_object_for_this_type(self, using=None, **kwargs):
        """The row of the model that a lookup finds."""
        return self.model_class()._base_manager.using(using or self._state.db).get(**kwargs)

    def get_all_objects_for_this_type(self, **kwargs):
        return self.model_class()._base_manager.using(self._state.db).filter(**kwargs)

    def natural_key(self):
        return self.app_label, self.model
