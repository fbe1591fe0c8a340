"""Keys of several columns."""

from django._absent import absent
from django.db.models.fields.base import Field


class CompositeAttribute:
    """The values of the fields of a key, as a tuple."""

    def __init__(self, field):
        self.field = field

    @property
    def attnames(self):
        return [field.attname for field in self.field.fields]

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        return tuple(getattr(instance, name) for name in self.attnames)

    def __set__(self, instance, values):
        names = self.attnames
        if values is None:
            values = (None,) * len(names)
        if not isinstance(values, (list, tuple)):
            raise ValueError(f"{self.field.name!r} must be a list or a tuple.")
        if len(names) != len(values):
            raise ValueError(f"{self.field.name!r} must have {len(names)} elements.")
        for name, value in zip(names, values):
            setattr(instance, name, value)


class CompositePrimaryKey(Field):
    """A key that several fields make together."""

    descriptor_class = CompositeAttribute

    def __init__(self, *args, **kwargs):
        self.field_names = args
        kwargs.update(primary_key=True, blank=True, editable=False)
        super().__init__(**kwargs)

    @property
    def fields(self):
        meta = self.model._meta
        return tuple(meta.get_field(name) for name in self.field_names)

    def contribute_to_class(self, cls, name, private_only=False):
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, self.attname, self.descriptor_class(self))

    def get_attname_column(self):
        return self.get_attname(), None

    def __iter__(self):
        return iter(self.fields)

    def __len__(self):
        return len(self.field_names)

    def get_pk_value_on_save(self, instance):
        return tuple(field.get_pk_value_on_save(instance) if getattr(instance, field.attname) is None else getattr(instance, field.attname) for field in self.fields)

    def to_python(self, value):
        if value is None:
            return None
        return tuple(field.to_python(part) for field, part in zip(self.fields, value))


def unnest(fields):
    """The fields, with those of keys of several columns in their place."""
    found = []
    for field in fields:
        found.extend(field.fields if isinstance(field, CompositePrimaryKey) else [field])
    return found


__getattr__ = absent(__name__)
