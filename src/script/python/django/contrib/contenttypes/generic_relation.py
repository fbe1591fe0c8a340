"""The rows of another model that refer to a row by a GenericForeignKey."""

from django.db.models.awaited import add_awaited
from django.db.models.fields.related_managers import PrefetchedManager
from django.db.models.own_lookups import Registered


class GenericRel:
    """The way back of a GenericRelation."""

    many_to_many = one_to_many = one_to_one = False
    many_to_one = is_relation = auto_created = hidden = True
    concrete = editable = False

    def __init__(self, field):
        self.field = field
        self.limit_choices_to = {}

    @property
    def model(self):
        return self.field.related_model

    @property
    def name(self):
        return self.field.related_query_name()


class GenericRelation:
    """The rows whose GenericForeignKey leads to a row; they are deleted with it."""

    many_to_many = many_to_one = one_to_one = False
    one_to_many = is_relation = True
    auto_created = concrete = editable = hidden = generated = primary_key = unique = False
    column = attname = None
    rel_class = GenericRel

    def __init__(
        self, to, object_id_field="object_id", content_type_field="content_type", for_concrete_model=True,
        related_query_name=None, limit_choices_to=None, **kwargs,
    ):
        self._to = to
        self.object_id_field_name, self.content_type_field_name = object_id_field, content_type_field
        self.for_concrete_model = for_concrete_model
        self._related_query_name = related_query_name
        self.limit_choices_to = limit_choices_to
        self.verbose_name = kwargs.get("verbose_name")
        self.remote_field = self.rel_class(self)

    def contribute_to_class(self, cls, name, **kwargs):
        self.name, self.model = name, cls
        cls._meta.add_field(self, private=True)
        setattr(cls, name, ReverseGenericDescriptor(self))
        Registered.any = Registered.generic_fields = True

    @property
    def related_model(self):
        if isinstance(self._to, str):
            from django.apps import apps

            label = self.model._meta.label if self._to == "self" else self._to
            self._to = apps.get_model(label if "." in label else f"{self.model._meta.app_label}.{label}")
        return self._to

    def related_query_name(self):
        return self._related_query_name or "+"

    def content_type(self, using=None):
        from django.contrib.contenttypes.models import ContentType

        manager = ContentType.objects.db_manager(using)
        return manager.get_for_model(self.model, for_concrete_model=self.for_concrete_model)

    def rows(self, keys, using=None, queryset=None):
        """The rows that refer to rows with these keys; None is any."""
        rows = queryset if queryset is not None else self.related_model._base_manager.using(using or "default")
        wanted = {f"{self.content_type_field_name}_id": self.content_type(using).pk}
        if keys is not None:
            wanted[f"{self.object_id_field_name}__in"] = keys
        return rows.filter(**wanted)

    def bulk_related_objects(self, objs, using="default"):
        return self.rows([one.pk for one in objs], using)

    def value_from_object(self, obj):
        return getattr(obj, self.name).all()

    def __str__(self):
        return f"{self.model._meta.label}.{self.name}"


class ReverseGenericDescriptor:
    """The manager of a row's own rows."""

    def __init__(self, field):
        self.field = field
        self.rel = field.remote_field

    @property
    def related_manager_cls(self):
        return create_generic_related_manager(self.field.related_model._default_manager.__class__, self.field)

    def __get__(self, instance, cls=None):
        return self if instance is None else self.related_manager_cls(instance)

    def __set__(self, instance, value):
        raise TypeError(
            "Direct assignment to the reverse side of a related set is prohibited. "
            f"Use {self.field.name}.set() instead."
        )


def create_generic_related_manager(superclass, field):
    """A manager of the rows that refer to one row of any model."""

    class GenericRelatedObjectManager(PrefetchedManager, superclass):
        def __init__(self, instance):
            super().__init__()
            self.instance = instance
            self.model = field.related_model
            self.prefetch_cache_name = field.name

        def __call__(self, *, manager):
            return create_generic_related_manager(self.model._meta.managers_map[manager].__class__, field)(self.instance)

        def get_queryset(self):
            known = getattr(self.instance, "_prefetched_objects_cache", {}).get(field.name)
            if known is not None:
                return known
            return field.rows([self.instance.pk], self._using, super().get_queryset().using(self._using))

        def _names(self):
            """What makes a row one of the instance."""
            names = {field.object_id_field_name: self.instance.pk}
            return {field.content_type_field_name: field.content_type(self._using), **names}

        def add(self, *objs, bulk=True):
            self._remove_prefetched_objects()
            for one in objs:
                if not isinstance(one, self.model):
                    raise TypeError(f"'{self.model._meta.object_name}' instance expected, got {one!r}")
                if bulk and (one._state.adding or one._state.db != self._using):
                    raise ValueError(f"{one!r} instance isn't saved. Use bulk=False or save the object first.")
                for name, value in self._names().items():
                    setattr(one, name, value)
            if bulk:
                keys = [one.pk for one in objs]
                self.model._base_manager.using(self._using).filter(pk__in=keys).update(**self._names())
                return
            from django.db import transaction

            with transaction.atomic(using=self._using, savepoint=False):
                for one in objs:
                    one.save()

        def remove(self, *objs, bulk=True):
            if objs:
                self._clear(self.filter(pk__in=[one.pk for one in objs]), bulk)

        def clear(self, *, bulk=True):
            self._clear(self, bulk)

        def _clear(self, rows, bulk):
            self._remove_prefetched_objects()
            if bulk:
                rows.all().delete()
                return
            from django.db import transaction

            with transaction.atomic(using=self._using, savepoint=False):
                for one in rows.all():
                    one.delete()

        def set(self, objs, *, bulk=True, clear=False):
            from django.db import transaction

            objs = tuple(objs)
            with transaction.atomic(using=self._using, savepoint=False):
                if clear:
                    self.clear()
                    self.add(*objs, bulk=bulk)
                    return
                old = set(self.using(self._using).all())
                new = []
                for one in objs:
                    if one in old:
                        old.remove(one)
                    else:
                        new.append(one)
                self.remove(*old)
                self.add(*new, bulk=bulk)

        def create(self, **kwargs):
            self._remove_prefetched_objects()
            return super().using(self._using).create(**kwargs, **self._names())

        def get_or_create(self, **kwargs):
            self._remove_prefetched_objects()
            return super().using(self._using).get_or_create(**kwargs, **self._names())

        def update_or_create(self, **kwargs):
            self._remove_prefetched_objects()
            return super().using(self._using).update_or_create(**kwargs, **self._names())

        for _name in ("add", "remove", "clear", "set", "create", "get_or_create", "update_or_create"):
            locals()[_name].alters_data = True

    add_awaited(GenericRelatedObjectManager, "add clear create get_or_create remove set update_or_create")
    return GenericRelatedObjectManager


def condition(model, key, value):
    """What a condition over a GenericRelation, or its way back, says by other conditions; None where it has none."""
    from django.core.exceptions import FieldDoesNotExist
    from django.db.models.query_utils import Q

    names, meta = key.split("__"), model._meta
    for place, name in enumerate(names):
        prefix, rest = "".join(f"{one}__" for one in names[:place]), "__".join(names[place + 1 :])
        try:
            field = meta.pk if name == "pk" else meta.get_field(name)
        except FieldDoesNotExist:
            field = way_back(meta.model, name)
            if field is None:
                return None
            rows = _narrowed(field.model._base_manager.all(), rest, value).values("pk")
            kind = {f"{prefix}{field.content_type_field_name}_id": field.content_type().pk}
            return Q(**kind, **{f"{prefix}{field.object_id_field_name}__in": rows})
        if isinstance(field, GenericRelation):
            is_absent = (not rest and value is None) or (rest == "isnull" and value)
            rows = field.rows(None)
            if not is_absent and rest != "isnull":
                rows = _narrowed(rows, rest, value)
            found = Q(**{f"{prefix}pk__in": rows.values(field.object_id_field_name)})
            return ~found if is_absent else found
        if getattr(field, "related_model", None) is None:
            return None
        meta = field.related_model._meta
    return None


def _narrowed(rows, rest, value):
    return rows.filter(**{rest or "pk": value.pk if not rest and hasattr(value, "pk") else value})


def way_back(model, name):
    """The GenericRelation whose rows conditions on `model` call by this name."""
    from django.apps import apps

    for other in apps.get_models():
        for field in other._meta.private_fields:
            if isinstance(field, GenericRelation) and field.related_query_name() == name and field.related_model is model:
                return field
    return None
