"""References to rows of any model."""

from django._absent import absent
from django.contrib.contenttypes.generic_relation import GenericRelation
from django.db.models.own_lookups import Registered

__all__ = ["GenericForeignKey", "GenericRelation"]


class GenericForeignKey:
    """A row of any model, told by a content type and a key."""

    many_to_many = one_to_many = one_to_one = False
    many_to_one = is_relation = True
    related_model = remote_field = None
    auto_created = concrete = editable = hidden = generated = primary_key = False
    column = None

    def __init__(self, ct_field="content_type", fk_field="object_id", for_concrete_model=True):
        self.ct_field, self.fk_field, self.for_concrete_model = ct_field, fk_field, for_concrete_model

    def contribute_to_class(self, cls, name, **kwargs):
        self.name = self.attname = name
        self.model = cls
        cls._meta.add_field(self, private=True)
        setattr(cls, name, self)
        Registered.generic_fields = True

    @property
    def cache_name(self):
        return self.name

    def is_cached(self, instance):
        return self.name in instance._state.fields_cache

    def get_cached_value(self, instance, default=None):
        return instance._state.fields_cache.get(self.name, default)

    def set_cached_value(self, instance, value):
        instance._state.fields_cache[self.name] = value

    def delete_cached_value(self, instance):
        del instance._state.fields_cache[self.name]

    def get_content_type(self, obj=None, id=None, using=None, model=None):
        from django.contrib.contenttypes.models import ContentType

        manager = ContentType.objects.db_manager(using or (obj._state.db if obj is not None else None))
        if obj is not None or model is not None:
            return manager.get_for_model(obj if obj is not None else model, for_concrete_model=self.for_concrete_model)
        return manager.get_for_id(id)

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        attname = instance._meta.get_field(self.ct_field).attname
        kind, key = getattr(instance, attname), getattr(instance, self.fk_field)
        known = self.get_cached_value(instance)
        if known is not None and kind == self.get_content_type(obj=known).id and known._meta.pk.to_python(key) == known.pk:
            return known
        found = None
        if kind is not None:
            from django.core.exceptions import ObjectDoesNotExist

            content_type = self.get_content_type(id=kind, using=instance._state.db)
            try:
                found = content_type.get_object_for_this_type(using=instance._state.db, pk=key)
            except (ObjectDoesNotExist, AttributeError):
                found = None
        self.set_cached_value(instance, found)
        return found

    def __set__(self, instance, value):
        content_type = self.get_content_type(obj=value) if value is not None else None
        setattr(instance, self.ct_field, content_type)
        setattr(instance, self.fk_field, value.pk if value is not None else None)
        self.set_cached_value(instance, value)

    def __str__(self):
        return f"{self.model._meta.label}.{self.name}"


__getattr__ = absent(__name__)
