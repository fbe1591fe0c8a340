"""The attributes by which instances reach each other."""

from _djr_models import KnownRow
from django._absent import absent
from django.db.models.deferred import DeferredAttribute


class ForeignKeyDeferredAttribute(DeferredAttribute):
    """The value of a reference: changing it forgets the row."""

    def __set__(self, instance, value):
        field = self.field
        if instance.__dict__.get(field.attname) != value and field.is_cached(instance):
            field.delete_cached_value(instance)
        instance.__dict__[field.attname] = value


class ForwardManyToOneDescriptor(KnownRow):
    """The row that a reference leads to; one that an instance knows is not asked for here."""

    def __init__(self, field_with_rel):
        self.field = field_with_rel

    @property
    def RelatedObjectDoesNotExist(self):
        return _missing_row(self, self.field.remote_field.model, f"{self.field.model.__qualname__}.{self.field.name}")

    def is_cached(self, instance):
        return self.field.is_cached(instance)

    def get_queryset(self, **hints):
        return self.field.remote_field.model._base_manager.db_manager(hints=hints).all()

    def get_object(self, instance):
        field = self.field
        value = getattr(instance, field.attname)
        rows = self.get_queryset(instance=instance)
        if instance._state.db is not None:
            rows = rows.using(instance._state.db)
        return rows.get(**{field.remote_field.field_name: value})

    def read(self, instance):
        """The row that `instance` does not know yet, or None."""
        field = self.field
        cache = instance._state.fields_cache
        if field.name in cache:
            found = cache[field.name]
        else:
            found = None
            if getattr(instance, field.attname) is not None:
                found = self.get_object(instance)
                if not field.remote_field.multiple:
                    field.remote_field.set_cached_value(found, instance)
            cache[field.name] = found
        if found is None and not field.null:
            raise self.RelatedObjectDoesNotExist(f"{field.model.__name__} has no {field.name}.")
        return found

    def __set__(self, instance, value):
        field = self.field
        rel = field.remote_field
        if value is not None and not isinstance(value, rel.model._meta.concrete_model):
            raise ValueError(
                f'Cannot assign "{value!r}": "{instance._meta.object_name}.{field.name}" must be a '
                f'"{rel.model._meta.object_name}" instance.'
            )
        if value is None:
            known = field.get_cached_value(instance, default=None)
            if known is not None and not rel.multiple:
                rel.set_cached_value(known, None)
            setattr(instance, field.attname, None)
        else:
            if instance._state.db is None:
                instance._state.db = value._state.db or "default"
            if value._state.db is None:
                value._state.db = instance._state.db
            setattr(instance, field.attname, getattr(value, field.target_field.attname))
        field.set_cached_value(instance, value)
        if value is not None and not rel.multiple:
            rel.set_cached_value(value, instance)

    def __reduce__(self):
        return getattr, (self.field.model, self.field.name)


class ForwardOneToOneDescriptor(ForwardManyToOneDescriptor):
    pass


class ReverseOneToOneDescriptor:
    """The one row that refers to a row."""

    def __init__(self, related):
        self.found = related

    @property
    def related(self):
        return _relation(self)

    @property
    def RelatedObjectDoesNotExist(self):
        related = self.related
        return _missing_row(self, related.related_model, f"{related.model.__name__}.{related.get_accessor_name()}")

    def is_cached(self, instance):
        return self.related.is_cached(instance)

    def get_queryset(self, **hints):
        return self.related.related_model._base_manager.db_manager(hints=hints).all()

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        related = self.related
        name = related.get_accessor_name()
        cache = instance._state.fields_cache
        if name in cache:
            found = cache[name]
        else:
            found = None
            value = getattr(instance, related.field.target_field.attname)
            if value is not None:
                rows = self.get_queryset(instance=instance)
                if instance._state.db is not None:
                    rows = rows.using(instance._state.db)
                found = rows.filter(**{related.field.attname: value}).first()
                if found is not None:
                    related.field.set_cached_value(found, instance)
            cache[name] = found
        if found is None:
            raise self.RelatedObjectDoesNotExist(f"{type(instance).__name__} has no {name}.")
        return found

    def __set__(self, instance, value):
        related = self.related
        name = related.get_accessor_name()
        if value is None:
            known = related.get_cached_value(instance, default=None)
            if known is not None:
                related.delete_cached_value(instance)
                setattr(known, related.field.name, None)
            return
        if not isinstance(value, related.related_model):
            raise ValueError(
                f'Cannot assign "{value!r}": "{instance._meta.object_name}.{name}" must be a '
                f'"{related.related_model._meta.object_name}" instance.'
            )
        if instance._state.db is None:
            instance._state.db = value._state.db or "default"
        if value._state.db is None:
            value._state.db = instance._state.db
        setattr(value, related.field.attname, getattr(instance, related.field.target_field.attname))
        related.set_cached_value(instance, value)
        related.field.set_cached_value(value, instance)

    def __reduce__(self):
        related = self.related
        return getattr, (related.model, related.get_accessor_name())


class ReverseManyToOneDescriptor:
    """The rows that refer to a row."""

    def __init__(self, rel):
        self.found = rel

    @property
    def rel(self):
        return _relation(self)

    @property
    def field(self):
        return self.rel.field

    @property
    def related_manager_cls(self):
        from django.db.models.fields.related_managers import create_reverse_many_to_one_manager

        return _kept(self, lambda: create_reverse_many_to_one_manager(self.rel.related_model._default_manager.__class__, self.rel))

    def __get__(self, instance, cls=None):
        return self if instance is None else self.related_manager_cls(instance)

    def __set__(self, instance, value):
        name = self.rel.get_accessor_name() if not isinstance(self, ManyToManyDescriptor) else self.name
        side = "forward side of a many-to-many set" if getattr(self, "reverse", True) is False else "reverse side of a related set"
        if getattr(self, "reverse", None) is True:
            side = "reverse side of a many-to-many set"
        raise TypeError(f"Direct assignment to the {side} is prohibited. Use {name}.set() instead.")


class ManyToManyDescriptor(ReverseManyToOneDescriptor):
    """The rows on the other side of a table between."""

    def __init__(self, rel, reverse=False):
        super().__init__(rel)
        self.reverse = reverse

    @property
    def name(self):
        return self.rel.get_accessor_name() if self.reverse else self.rel.field.name

    @property
    def through(self):
        return self.rel.through

    @property
    def related_manager_cls(self):
        from django.db.models.fields.related_managers import create_forward_many_to_many_manager

        def made():
            model = self.rel.related_model if self.reverse else self.rel.model
            return create_forward_many_to_many_manager(model._default_manager.__class__, self.rel, reverse=self.reverse)

        return _kept(self, made)


class LazyRelation:
    """A way back, told by the label of the model and the name of the field that it comes from."""

    def __init__(self, label, name):
        self.label, self.name = label, name

    def find(self):
        from django.apps import apps

        return apps.get_model(self.label)._meta.get_field(self.name).remote_field


def _relation(descriptor):
    """The way back of a descriptor, whose other model is loaded when it is first needed."""
    if isinstance(descriptor.found, LazyRelation):
        descriptor.found = descriptor.found.find()
    return descriptor.found


def _kept(descriptor, make):
    found = descriptor.__dict__.get("_manager_class")
    if found is None:
        found = descriptor.__dict__["_manager_class"] = make()
    return found


def _missing_row(descriptor, model, qualname):
    found = descriptor.__dict__.get("_missing_row")
    if found is None:
        names = {
            "__module__": model.__module__,
            "__qualname__": f"{qualname}.RelatedObjectDoesNotExist",
            # The interpreter does not find by itself which of both makes it.
            "__new__": lambda cls, *args: Exception.__new__(cls, *args),
        }
        found = type("RelatedObjectDoesNotExist", (model.DoesNotExist, AttributeError), names)
        descriptor.__dict__["_missing_row"] = found
    return found


__getattr__ = absent(__name__)
