"""Rows as dictionaries of plain values, which the other formats write and read."""

from django.core.serializers import base
from django.utils.encoding import is_protected_type

DEFAULT_DB_ALIAS = "default"


class Serializer(base.Serializer):
    """Rows as dictionaries."""

    internal_use_only = True

    def start_serialization(self):
        self._current = None
        self.objects = []

    def start_object(self, obj):
        self._current = {}

    def end_object(self, obj):
        self.objects.append(self.get_dump_object(obj))
        self._current = None

    def get_dump_object(self, obj):
        """A row: its model, its key unless a natural one stands for it, and its fields."""
        data = {"model": str(obj._meta)}
        if not self.use_natural_primary_keys or not hasattr(obj, "natural_key"):
            data["pk"] = self._value_from_field(obj, obj._meta.pk)
        data["fields"] = self._current
        return data

    def _value_from_field(self, obj, field):
        value = field.value_from_object(obj)
        return value if is_protected_type(value) else field.value_to_string(obj)

    def handle_field(self, obj, field):
        self._current[field.name] = self._value_from_field(obj, field)

    def _is_natural(self, field):
        return self.use_natural_foreign_keys and hasattr(field.remote_field.model, "natural_key")

    def handle_fk_field(self, obj, field):
        if self._is_natural(field):
            related = getattr(obj, field.name)
            self._current[field.name] = related.natural_key() if related else None
        else:
            self._current[field.name] = self._value_from_field(obj, field)

    def handle_m2m_field(self, obj, field):
        if not field.remote_field.through._meta.auto_created:
            return
        rows = getattr(obj, "_prefetched_objects_cache", {}).get(field.name)
        is_natural = self._is_natural(field)
        if rows is None:
            rows = getattr(obj, field.name).all()
            rows = rows if is_natural else rows.select_related(None).only("pk")
        if is_natural:
            self._current[field.name] = [row.natural_key() for row in rows]
        else:
            self._current[field.name] = [self._value_from_field(row, row._meta.pk) for row in rows]

    def getvalue(self):
        return self.objects


class Deserializer(base.Deserializer):
    """Dictionaries as rows."""

    def __init__(self, object_list, *, using=DEFAULT_DB_ALIAS, ignorenonexistent=False, **options):
        self.handle_forward_references = options.pop("handle_forward_references", False)
        super().__init__(object_list, **options)
        self.using, self.ignorenonexistent = using, ignorenonexistent
        self.field_names_cache = {}
        self._iterator = None

    def __iter__(self):
        for read in self.stream:
            yield from self._handle_object(read)

    def __next__(self):
        if self._iterator is None:
            self._iterator = iter(self)
        return next(self._iterator)

    def _handle_object(self, obj):
        try:
            model = self._get_model_from_node(obj["model"])
        except base.DeserializationError:
            if self.ignorenonexistent:
                return
            raise
        data, m2m, deferred = {}, {}, {}
        if "pk" in obj:
            with _named(obj, None):
                data[model._meta.pk.attname] = model._meta.pk.to_python(obj.get("pk"))
        for name, value in obj["fields"].items():
            if self.ignorenonexistent and name not in self._names(model):
                continue
            self._handle_value(obj, model._meta.get_field(name), value, data, m2m, deferred)
        row = base.build_instance(model, data, self.using)
        yield base.DeserializedObject(row, m2m, deferred)

    def _names(self, model):
        if model not in self.field_names_cache:
            self.field_names_cache[model] = {field.name for field in model._meta.get_fields()}
        return self.field_names_cache[model]

    def _handle_value(self, obj, field, value, data, m2m, deferred):
        with _named(obj, value):
            if field.many_to_many:
                found, home, key = self._handle_m2m_field_node(field, value), m2m, field.name
            elif field.remote_field:
                found, home, key = self._handle_fk_field_node(field, value), data, field.attname
            else:
                found, home, key = field.to_python(value), data, field.name
        if found is base.DEFER_FIELD:
            deferred[field] = value
        else:
            home[key] = found

    def _handle_m2m_field_node(self, field, field_value):
        return base.deserialize_m2m_values(field, field_value, self.using, self.handle_forward_references)

    def _handle_fk_field_node(self, field, field_value):
        return base.deserialize_fk_value(field, field_value, self.using, self.handle_forward_references)

    @staticmethod
    def _get_model_from_node(model_identifier):
        """The model of its label, `posts.post`."""
        from django.apps import apps

        try:
            return apps.get_model(model_identifier)
        except (LookupError, TypeError, AttributeError, ValueError):
            raise base.DeserializationError(f"Invalid model identifier: {model_identifier}") from None


class _named:
    """Says of an error which row and value it is about."""

    def __init__(self, obj, value):
        self.obj, self.value = obj, value

    def __enter__(self):
        return self

    def __exit__(self, kind, error, traceback):
        if not isinstance(error, Exception):
            return
        original, value = error, self.value
        if isinstance(error, base.M2MDeserializationError):
            original, value = error.original_exc, error.pk
        raise base.DeserializationError.WithData(original, self.obj["model"], self.obj.get("pk"), value) from error
