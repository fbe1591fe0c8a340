"""Models: their classes, made of models.toml and of the code of an app, and their instances."""

import _djr_models
from django._absent import absent
from django.core.exceptions import MultipleObjectsReturned as AnyMultipleObjectsReturned
from django.core.exceptions import ObjectDoesNotExist
from django.db.models.awaited import add_awaited
from django.db.models.constants import LOOKUP_SEP
from django.db.models.deletion_steps import DeletedInstances
from django.db.models.options import Options
from django.db.models.saving import SavedInstances
from django.db.models.signals import class_prepared, post_init, pre_init
from django.db.models.validation import ValidatedInstances


class Deferred:
    def __repr__(self):
        return "<Deferred field>"

    __str__ = __repr__


DEFERRED = Deferred()


def subclass_exception(name, bases, module, attached_to):
    """An exception of a model."""
    return type(name, bases, {"__module__": module, "__qualname__": f"{attached_to.__qualname__}.{name}"})


class ModelBase(type):
    """Makes the class of a model: its fields are those of models.toml."""

    def __new__(cls, name, bases, attrs, **kwargs):
        if not any(isinstance(base, ModelBase) for base in bases):
            return super().__new__(cls, name, bases, attrs, **kwargs)
        from django.db.models import classes

        return classes.made(cls, super().__new__, name, bases, attrs, kwargs)

    def add_to_class(cls, name, value):
        if not isinstance(value, type) and hasattr(value, "contribute_to_class"):
            value.contribute_to_class(cls, name)
        else:
            setattr(cls, name, value)

    def _prepare(cls):
        cls.__doc__ = cls.__doc__ or f"{cls.__name__}({', '.join(field.name for field in cls._meta.fields)})"
        class_prepared.send(sender=cls)

    @property
    def _base_manager(cls):
        return cls._meta.base_manager

    @property
    def _default_manager(cls):
        return cls._meta.default_manager


class ModelStateFieldsCacheDescriptor:
    """Rows that an instance leads to; made when they are first asked for."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        found = instance.fields_cache = {}
        return found


class ModelState:
    """What is known of an instance beside its values."""

    db = None
    adding = True
    fields_cache = ModelStateFieldsCacheDescriptor()


class Model(SavedInstances, DeletedInstances, ValidatedInstances, metaclass=ModelBase):
    """A row."""

    def __init__(self, *args, **kwargs):
        cls = self.__class__
        meta = cls._meta
        if meta.abstract:
            raise TypeError("Abstract models cannot be instantiated.")
        if pre_init.receivers:
            pre_init.send(sender=cls, args=args, kwargs=kwargs)
        self._state = ModelState()
        fields = iter(meta.concrete_fields)
        if args:
            self._take_positional(args, fields, kwargs)
        data = self.__dict__
        for field in fields:
            if kwargs:
                if field.is_relation and field.name in kwargs:
                    _take_related(self, field, kwargs.pop(field.name))
                    continue
                if field.attname in kwargs:
                    value = kwargs.pop(field.attname)
                    if value is not DEFERRED:
                        self._take(field, value, data)
                    continue
            if field.generated:
                continue
            self._take(field, field.get_default(), data)
        if kwargs:
            self._take_named(kwargs)
        for field in meta.sized_images:
            field.update_dimension_fields(self)
        if post_init.receivers:
            post_init.send(sender=cls, instance=self)

    def _take(self, field, value, data):
        if field.is_plain:
            data[field.attname] = value
        else:
            setattr(self, field.attname, value)

    def _take_positional(self, args, fields, kwargs):
        """Values in the order of the fields."""
        if len(args) > len(self._meta.concrete_fields):
            raise IndexError("Number of args exceeds number of fields")
        data = self.__dict__
        for value, field in zip(args, fields):
            if value is not DEFERRED:
                self._take(field, value, data)
            if field.name in kwargs or field.attname in kwargs:
                if not kwargs.get(field.name, kwargs.get(field.attname)) is DEFERRED:
                    raise TypeError(
                        f"{type(self).__qualname__}() got both positional and keyword arguments for field '{field.name}'."
                    )

    def _take_named(self, kwargs):
        """Properties, the primary key, and fields without a column."""
        meta = self._meta
        properties = meta._property_names
        unexpected = []
        for name, value in kwargs.items():
            if name in properties:
                if value is not DEFERRED:
                    setattr(self, name, value)
                continue
            if any(name == field.name for field in meta.private_fields):
                setattr(self, name, value)
                continue
            try:
                meta.get_field(name)
            except Exception:
                unexpected.append(name)
            else:
                if value is not DEFERRED:
                    setattr(self, name, value)
        if unexpected:
            names = ", ".join(repr(name) for name in unexpected)
            raise TypeError(f"{type(self).__name__}() got unexpected keyword arguments: {names}")

    @classmethod
    def from_db(cls, db, field_names, values):
        """An instance of a row that was read; fields that were not read are read when they are asked for."""
        if len(values) != len(cls._meta.concrete_fields):
            values = iter(values)
            values = [next(values) if field.attname in field_names else DEFERRED for field in cls._meta.concrete_fields]
        made = cls(*values)
        made._state.adding = False
        made._state.db = db
        return made

    def _get_pk_val(self, meta=None):
        return getattr(self, (meta or self._meta).pk.attname)

    def _set_pk_val(self, value):
        setattr(self, self._meta.pk.attname, value)

    pk = property(_djr_models.primary_key, _set_pk_val)

    def _is_pk_set(self, meta=None):
        value = self._get_pk_val(meta)
        return None not in value if isinstance(value, tuple) else value is not None

    def __repr__(self):
        return f"<{type(self).__name__}: {self}>"

    def __str__(self):
        if self._meta.has_str:
            from django.db.models.row_templates import rendered

            text = rendered(self, "str")
            if text is not None:
                return text
        return f"{type(self).__name__} object ({self.pk})"

    def __eq__(self, other):
        if not isinstance(other, Model):
            return NotImplemented
        if self is other:
            return True
        if self._meta.concrete_model is not other._meta.concrete_model:
            return False
        key = self.pk
        return key is not None and key == other.pk

    def __hash__(self):
        if self.pk is None:
            raise TypeError("Model instances without primary key value are unhashable")
        return hash(self.pk)

    def __reduce__(self):
        return model_unpickle, ((self._meta.app_label, self._meta.object_name),), self.__getstate__()

    def __getstate__(self):
        state = dict(self.__dict__)
        known = state["_state"]
        state["_state"] = kept = ModelState()
        kept.__dict__.update(known.__dict__)
        kept.fields_cache = dict(known.fields_cache)
        return state

    def __setstate__(self, state):
        self.__dict__.update(state)

    def serializable_value(self, field_name):
        """The value of a field, of a reference the key."""
        from django.core.exceptions import FieldDoesNotExist

        try:
            field = self._meta.get_field(field_name)
        except FieldDoesNotExist:
            return getattr(self, field_name)
        return getattr(self, field.attname)

    def _get_FIELD_display(self, field):
        from django.utils.hashable import make_hashable

        from django.utils.encoding import force_str

        value = getattr(self, field.attname)
        labels = dict(make_hashable(field.flatchoices))
        return force_str(labels.get(make_hashable(value), value), strings_only=True)

    def _get_next_or_previous_by_FIELD(self, field, is_next, **kwargs):
        if not self.pk:
            raise ValueError("get_next/get_previous cannot be used on unsaved objects.")
        from django.db.models import Q

        op, order = ("gt", "") if is_next else ("lt", "-")
        value = getattr(self, field.attname)
        later = Q(**{f"{field.name}__{op}": value}) | Q(**{field.name: value, f"pk__{op}": self.pk})
        rows = type(self)._default_manager.using(self._state.db or "default").filter(**kwargs).filter(later)
        found = rows.order_by(f"{order}{field.name}", f"{order}pk").first()
        if found is None:
            raise self.DoesNotExist(f"{self._meta.object_name} matching query does not exist.")
        return found

    @classmethod
    def check(cls, **kwargs):
        """Models are checked by `djr check`."""
        return []


def _take_related(instance, field, value):
    """A reference that was given as a row."""
    if value is not DEFERRED:
        setattr(instance, field.name, value)


def model_unpickle(model_id):
    """An empty instance, to be filled."""
    from django.apps import apps

    model = apps.get_model(*model_id) if isinstance(model_id, tuple) else model_id
    return model.__new__(model)


model_unpickle.__safe_for_unpickle__ = True
add_awaited(Model, "delete refresh_from_db save")

__all__ = ["DEFERRED", "LOOKUP_SEP", "AnyMultipleObjectsReturned", "Model", "ModelBase", "ModelState", "ObjectDoesNotExist"]


__getattr__ = absent(__name__)
