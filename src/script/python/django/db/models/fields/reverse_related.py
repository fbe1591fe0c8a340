"""What a relation is, seen from the model that it leads to."""

from django.db.models.fields.base import BLANK_CHOICE_DASH, Field


class ForeignObjectRel:
    """The way back of a relation."""

    auto_created = True
    concrete = False
    editable = False
    is_relation = True
    null = True
    empty_strings_allowed = False
    generated = False
    choices = None
    verbose_name = None
    help_text = ""

    def __init__(
        self, field, to, related_name=None, related_query_name=None, limit_choices_to=None, parent_link=False,
        on_delete=None,
    ):
        self.field = field
        self._to = to
        self.related_name, self.related_query_name = related_name, related_query_name
        self.limit_choices_to = {} if limit_choices_to is None else limit_choices_to
        self.parent_link = parent_link
        self.on_delete = on_delete
        self.symmetrical = False
        self.multiple = True

    @property
    def model(self):
        """The model that the relation leads to."""
        if isinstance(self._to, str):
            from django.apps import apps

            owner = self.field.model
            to = self._to
            if to == "self":
                self._to = owner
            elif "." in to:
                self._to = apps.get_model(to)
            else:
                self._to = apps.get_model(owner._meta.app_label, to)
        return self._to

    @property
    def to(self):
        return self.model

    @property
    def related_model(self):
        return self.field.model

    @property
    def name(self):
        return self.field.related_query_name()

    @property
    def cache_name(self):
        return self.get_accessor_name()

    def get_cache_name(self):
        return self.get_accessor_name()

    @property
    def remote_field(self):
        return self.field

    @property
    def target_field(self):
        return self.field.target_field

    @property
    def hidden(self):
        return self.is_hidden()

    def is_hidden(self):
        return bool(self.related_name) and self.related_name[-1] == "+"

    @property
    def many_to_many(self):
        return self.field.many_to_many

    @property
    def many_to_one(self):
        return self.field.one_to_many

    @property
    def one_to_many(self):
        return self.field.many_to_one

    @property
    def one_to_one(self):
        return self.field.one_to_one

    def get_internal_type(self):
        return self.field.get_internal_type()

    def get_accessor_name(self, model=None):
        """The attribute of the other model."""
        if self.symmetrical and (model or self.related_model) == self.model:
            return None
        if self.related_name:
            return self.related_name
        opts = self.related_model._meta
        return opts.model_name + ("_set" if self.multiple else "")

    def get_choices(self, include_blank=True, blank_choice=BLANK_CHOICE_DASH, limit_choices_to=None, ordering=()):
        rows = self.related_model._default_manager.complex_filter(limit_choices_to or self.limit_choices_to)
        if ordering:
            rows = rows.order_by(*ordering)
        return (blank_choice if include_blank else []) + [(row.pk, str(row)) for row in rows]

    def is_cached(self, instance):
        return self.cache_name in instance._state.fields_cache

    def get_cached_value(self, instance, default=Field):
        cache = instance._state.fields_cache
        return cache[self.cache_name] if default is Field else cache.get(self.cache_name, default)

    def set_cached_value(self, instance, value):
        instance._state.fields_cache[self.cache_name] = value

    def delete_cached_value(self, instance):
        del instance._state.fields_cache[self.cache_name]

    def __eq__(self, other):
        return type(self) is type(other) and self.field == other.field

    def __hash__(self):
        return hash(self.field)

    def __repr__(self):
        opts = self.related_model._meta
        return f"<{type(self).__name__}: {opts.app_label}.{opts.model_name}>"


class ManyToOneRel(ForeignObjectRel):
    """The way back of a ForeignKey."""

    def __init__(self, field, to, field_name=None, **kwargs):
        super().__init__(field, to, **kwargs)
        self._field_name = field_name

    @property
    def field_name(self):
        return self._field_name or self.model._meta.pk.name

    def get_related_field(self):
        return self.model._meta.get_field(self.field_name)

    def set_field_name(self):
        pass


class OneToOneRel(ManyToOneRel):
    """The way back of a OneToOneField."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.multiple = False


class ManyToManyRel(ForeignObjectRel):
    """The way back of a ManyToManyField."""

    def __init__(self, field, to, symmetrical=True, through=None, through_fields=None, db_constraint=True, **kwargs):
        super().__init__(field, to, **kwargs)
        self.symmetrical, self.db_constraint = symmetrical, db_constraint
        self._through, self.through_fields = through, through_fields

    @property
    def through(self):
        """The model of the table between."""
        if self._through is None or isinstance(self._through, str):
            from django.apps import apps

            opts = self.field.model._meta
            named = self._through or f"{opts.object_name}_{self.field.name}"
            self._through = apps.get_model(named) if "." in named else apps.get_model(opts.app_label, named)
        return self._through

    def get_related_field(self):
        return self.model._meta.pk
