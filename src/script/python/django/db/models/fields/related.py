"""Fields that lead to other models."""

from django._absent import absent
from django.db.models.fields.base import NOT_PROVIDED, Field
from django.db.models.fields.mixins import FieldCacheMixin
from django.db.models.fields.related_descriptors import (
    ForeignKeyDeferredAttribute,
    ForwardManyToOneDescriptor,
    ForwardOneToOneDescriptor,
    ManyToManyDescriptor,
)
from django.db.models.fields.reverse_related import ForeignObjectRel, ManyToManyRel, ManyToOneRel, OneToOneRel

RECURSIVE_RELATIONSHIP_CONSTANT = "self"


class RelatedField(FieldCacheMixin, Field):
    """A field that leads to another model."""

    is_relation = True

    @property
    def related_model(self):
        return self.remote_field.model

    @property
    def opts(self):
        return self.model._meta

    def related_query_name(self):
        """The name of the way back in lookups."""
        rel = self.remote_field
        return rel.related_query_name or rel.related_name or self.model._meta.model_name

    @property
    def target_field(self):
        """The field that its values are those of."""
        return self.remote_field.get_related_field()

    def get_limit_choices_to(self):
        limit = self.remote_field.limit_choices_to
        return limit() if callable(limit) else limit

    def _complete(self, cls):
        """Names with the names of the model in them."""
        rel = self.remote_field
        names = {"class": cls.__name__.lower(), "model_name": cls._meta.model_name, "app_label": cls._meta.app_label}
        default = cls._meta.default_related_name
        if not rel.related_name and default:
            rel.related_name = default
        for name in ("related_name", "related_query_name"):
            value = getattr(rel, name)
            if value and "%(" in value:
                setattr(rel, name, value % names)

    def contribute_to_class(self, cls, name, private_only=False, **kwargs):
        super().contribute_to_class(cls, name, private_only=private_only)
        if not cls._meta.abstract:
            self._complete(cls)

    def __copy__(self):
        from copy import copy

        made = super().__copy__()
        made.remote_field = copy(self.remote_field)
        made.remote_field.field = made
        return made


class ForeignObject(RelatedField):
    """A field whose values are those of a field of another model."""

    many_to_many, many_to_one, one_to_many, one_to_one = False, True, False, False
    requires_unique_target = True
    rel_class = ManyToOneRel
    forward_related_accessor_class = ForwardManyToOneDescriptor

    def contribute_to_class(self, cls, name, private_only=False, **kwargs):
        super().contribute_to_class(cls, name, private_only=private_only)
        setattr(cls, self.name, self.forward_related_accessor_class(self))

    @property
    def related_fields(self):
        return [(self, self.target_field)]

    @property
    def foreign_related_fields(self):
        return (self.target_field,)

    @property
    def local_related_fields(self):
        return (self,)

    def get_local_related_value(self, instance):
        return (getattr(instance, self.attname),)

    def get_foreign_related_value(self, instance):
        return (getattr(instance, self.target_field.attname),)


class ForeignKey(ForeignObject):
    """A reference to one row."""

    descriptor_class = ForeignKeyDeferredAttribute
    empty_strings_allowed = False
    default_error_messages = {"invalid": "%(model)s instance with %(field)s %(value)r is not a valid choice."}
    description = "Foreign Key (type determined by related field)"

    def __init__(
        self, to, on_delete, related_name=None, related_query_name=None, limit_choices_to=None, parent_link=False,
        to_field=None, db_constraint=True, **kwargs,
    ):
        to = _model_named(to, type(self).__name__)
        if not callable(on_delete):
            raise TypeError("on_delete must be callable.")
        rel = self.rel_class(
            self, to, to_field, related_name=related_name, related_query_name=related_query_name,
            limit_choices_to=limit_choices_to, parent_link=parent_link, on_delete=on_delete,
        )
        self.db_constraint = db_constraint
        kwargs.setdefault("db_index", True)
        kwargs.pop("rel", None)
        super().__init__(rel=rel, **kwargs)

    def get_attname(self):
        return f"{self.name}_id"

    def to_python(self, value):
        return self.target_field.to_python(value)

    def get_prep_value(self, value):
        return self.target_field.get_prep_value(value)

    def get_default(self):
        found = super().get_default()
        if isinstance(found, self.remote_field.model) if not isinstance(found, (int, str, type(None))) else False:
            return getattr(found, self.target_field.attname)
        return found

    def validate(self, value, model_instance):
        if self.remote_field.parent_link:
            return
        super().validate(value, model_instance)
        if value is None:
            return
        model = self.remote_field.model
        rows = model._base_manager.using(model_instance._state.db or "default")
        rows = rows.filter(**{self.remote_field.field_name: value}).complex_filter(self.get_limit_choices_to())
        if not rows.exists():
            raise self._error(
                "invalid", model=model._meta.verbose_name, pk=value, field=self.remote_field.field_name, value=value
            )

    def save_form_data(self, instance, data):
        setattr(instance, self.name, data)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return value if value is None else str(value)


class OneToOneField(ForeignKey):
    """A reference to one row that no other row has."""

    many_to_one, one_to_one = False, True
    rel_class = OneToOneRel
    forward_related_accessor_class = ForwardOneToOneDescriptor
    description = "One-to-one relationship"

    def __init__(self, to, on_delete, to_field=None, **kwargs):
        kwargs["unique"] = True
        super().__init__(to, on_delete, to_field=to_field, **kwargs)

    def save_form_data(self, instance, data):
        if isinstance(data, self.remote_field.model):
            setattr(instance, self.name, data)
        else:
            setattr(instance, self.attname, data)
            if data is None:
                setattr(instance, self.name, data)


class ManyToManyField(RelatedField):
    """References to many rows, in a table between."""

    many_to_many, many_to_one, one_to_many, one_to_one = True, False, False, False
    rel_class = ManyToManyRel
    description = "Many-to-many relationship"

    def __init__(
        self, to, related_name=None, related_query_name=None, limit_choices_to=None, symmetrical=None, through=None,
        through_fields=None, db_constraint=True, db_table=None, swappable=True, **kwargs,
    ):
        to = _model_named(to, type(self).__name__)
        if symmetrical is None:
            symmetrical = to == RECURSIVE_RELATIONSHIP_CONSTANT
        self.has_null_arg = "null" in kwargs
        self.db_table = db_table
        rel = self.rel_class(
            self, to, related_name=related_name, related_query_name=related_query_name,
            limit_choices_to=limit_choices_to, symmetrical=symmetrical, through=through,
            through_fields=through_fields, db_constraint=db_constraint,
        )
        kwargs.pop("rel", None)
        super().__init__(rel=rel, **kwargs)

    def get_attname_column(self):
        return self.get_attname(), None

    def contribute_to_class(self, cls, name, **kwargs):
        rel = self.remote_field
        if rel.symmetrical and not cls._meta.abstract and _is_own(rel._to, cls):
            rel.related_name = f"{name}_rel_+"
        super().contribute_to_class(cls, name, **kwargs)
        setattr(cls, self.name, ManyToManyDescriptor(self.remote_field, reverse=False))

    def _end(self, model, taken=None, at=0):
        """The field of the table between that leads to `model`."""
        through = self.remote_field.through
        fields = self.remote_field.through_fields
        if fields:
            return through._meta.get_field(fields[at])
        for field in through._meta.fields:
            rel = field.remote_field
            if rel is not None and field is not taken and rel.model._meta.concrete_model is model._meta.concrete_model:
                return field
        raise ValueError(f"{through._meta.label} has no reference to {model._meta.label}")

    def _source(self):
        return self._end(self.model)

    def _target(self):
        return self._end(self.remote_field.model, self._source(), 1)

    def m2m_field_name(self):
        return self._source().name

    def m2m_reverse_field_name(self):
        return self._target().name

    def m2m_column_name(self):
        return self._source().column

    def m2m_reverse_name(self):
        return self._target().column

    def m2m_target_field_name(self):
        return self.model._meta.pk.name

    def m2m_reverse_target_field_name(self):
        return self.remote_field.model._meta.pk.name

    def m2m_db_table(self):
        return self.remote_field.through._meta.db_table

    def value_from_object(self, obj):
        return [] if obj.pk is None else list(getattr(obj, self.attname).all())

    def save_form_data(self, instance, data):
        getattr(instance, self.attname).set(data)

    def value_to_string(self, obj):
        return str([row.pk for row in self.value_from_object(obj)])

    def has_default(self):
        return self.default is not NOT_PROVIDED


def _is_own(to, cls):
    """Whether a reference leads to the model that has it."""
    if not isinstance(to, str):
        return to is cls
    return to == RECURSIVE_RELATIONSHIP_CONSTANT or to in (cls._meta.object_name, cls._meta.label)


def _model_named(to, kind):
    if isinstance(to, str) or hasattr(to, "_meta"):
        return to
    setting = getattr(to, "setting_name", None)
    if setting:
        return str(to)
    raise TypeError(f"{kind}(%r) is invalid. First parameter to {kind} must be either a model, a model name, or the string 'self'" % (to,))


__getattr__ = absent(__name__)
