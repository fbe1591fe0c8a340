"""What the formats share."""

from io import StringIO

from django.core.exceptions import ObjectDoesNotExist

DEFER_FIELD = object()


class SerializerDoesNotExist(KeyError):
    """A format that nobody knows."""


class SerializationError(Exception):
    """Rows cannot be written."""


class DeserializationError(Exception):
    """What was read is not rows."""

    @classmethod
    def WithData(cls, original_exc, model, fk, field_value):
        """The error with the row and the value that it is about."""
        return cls(f"{original_exc}: ({model}:pk={fk}) field_value was '{field_value}'")


class M2MDeserializationError(Exception):
    """A row of a relation of many to many is not there."""

    def __init__(self, original_exc, pk):
        self.original_exc, self.pk = original_exc, pk


class ProgressBar:
    """Shows how much is done."""

    progress_width = 75

    def __init__(self, output, total_count):
        self.output, self.total_count = output, total_count
        self.prev_done = 0

    def update(self, count):
        if not self.output:
            return
        done = count * 100 // self.total_count * self.progress_width // 100
        if self.prev_done >= done:
            return
        self.prev_done = done
        start = "" if self.total_count == 1 else "\r"
        self.output.write(f"{start}[{'.' * done}{' ' * (self.progress_width - done)}]")
        if done == self.progress_width:
            self.output.write("\n")
        self.output.flush()


class Serializer:
    """Writes rows to a stream; a format says how."""

    internal_use_only = False
    progress_class = ProgressBar
    stream_class = StringIO

    def serialize(
        self,
        queryset,
        *,
        stream=None,
        fields=None,
        use_natural_foreign_keys=False,
        use_natural_primary_keys=False,
        progress_output=None,
        object_count=0,
        **options,
    ):
        """The rows in the format, or what the stream has by now."""
        self.options = options
        self.stream = self.stream_class() if stream is None else stream
        self.selected_fields = fields
        self.use_natural_foreign_keys = use_natural_foreign_keys
        self.use_natural_primary_keys = use_natural_primary_keys
        progress = self.progress_class(progress_output, object_count)
        self.start_serialization()
        self.first = True
        for count, row in enumerate(queryset, start=1):
            self.start_object(row)
            self._handle_fields(row)
            self.end_object(row)
            progress.update(count)
            self.first = False
        self.end_serialization()
        return self.getvalue()

    def _handle_fields(self, row):
        # A proxy has no fields of its own.
        meta, wanted = row._meta.concrete_model._meta, self.selected_fields
        for field in meta.local_fields:
            if not field.serialize and not self._is_needed_key(field, meta.pk):
                continue
            if field.remote_field is None:
                if wanted is None or field.attname in wanted:
                    self.handle_field(row, field)
            elif wanted is None or field.attname[:-3] in wanted:
                self.handle_fk_field(row, field)
        for field in meta.local_many_to_many:
            if field.serialize and (wanted is None or field.attname in wanted):
                self.handle_m2m_field(row, field)

    def _is_needed_key(self, field, pk):
        """Whether the key leads to a parent, whose row could not be found again without it."""
        return bool(self.use_natural_primary_keys and field is pk and pk.remote_field and pk.remote_field.parent_link)

    def _unwritten(self, name):
        return NotImplementedError(f"subclasses of Serializer must provide a {name}() method")

    def start_serialization(self):
        raise self._unwritten("start_serialization")

    def end_serialization(self):
        """Writes what stands at the end."""

    def start_object(self, obj):
        raise self._unwritten("start_object")

    def end_object(self, obj):
        """Writes what stands behind a row."""

    def handle_field(self, obj, field):
        raise self._unwritten("handle_field")

    def handle_fk_field(self, obj, field):
        raise self._unwritten("handle_fk_field")

    def handle_m2m_field(self, obj, field):
        raise self._unwritten("handle_m2m_field")

    def getvalue(self):
        """The text, unless the stream is one that cannot tell."""
        if callable(getattr(self.stream, "getvalue", None)):
            return self.stream.getvalue()
        return None


class Deserializer:
    """Reads rows from a stream or a text."""

    def __init__(self, stream_or_string, **options):
        self.options = options
        self.stream = StringIO(stream_or_string) if isinstance(stream_or_string, str) else stream_or_string

    def __iter__(self):
        return self

    def __next__(self):
        raise NotImplementedError("subclasses of Deserializer must provide a __next__() method")


class DeserializedObject:
    """A row that was read and is not saved yet, with the rows that it is to be related to."""

    def __init__(self, obj, m2m_data=None, deferred_fields=None):
        self.object, self.m2m_data, self.deferred_fields = obj, m2m_data, deferred_fields

    def __repr__(self):
        return f"<{type(self).__name__}: {self.object._meta.label}(pk={self.object.pk})>"

    def save(self, save_m2m=True, using=None, **kwargs):
        """Saves the row as it was read: a `save()` of the model is passed over."""
        from django.db import models

        models.Model.save_base(self.object, using=using, raw=True, **kwargs)
        if self.m2m_data and save_m2m:
            for accessor, rows in self.m2m_data.items():
                getattr(self.object, accessor).set(rows)
        self.m2m_data = None

    def save_deferred_fields(self, using=None):
        """Saves relations to rows that came later."""
        self.m2m_data = {}
        label = self.object._meta.label_lower
        for field, value in self.deferred_fields.items():
            if field.many_to_many:
                try:
                    found = deserialize_m2m_values(field, value, using, handle_forward_references=False)
                except M2MDeserializationError as error:
                    raise DeserializationError.WithData(error.original_exc, label, self.object.pk, error.pk) from error
                self.m2m_data[field.name] = found
            else:
                try:
                    found = deserialize_fk_value(field, value, using, handle_forward_references=False)
                except Exception as error:
                    raise DeserializationError.WithData(error, label, self.object.pk, value) from error
                setattr(self.object, field.attname, found)
        self.save()


def build_instance(Model, data, db):
    """A row of the values; with the primary key of the row that has its natural key, if there is one."""
    pk, manager = Model._meta.pk, Model._meta.default_manager
    has_natural_key = hasattr(manager, "get_by_natural_key") and hasattr(Model, "natural_key")
    if data.get(pk.attname) is None and has_natural_key:
        row = Model(**data)
        row._state.db = db
        try:
            found = manager.db_manager(db).get_by_natural_key(*row.natural_key())
        except Model.DoesNotExist:
            pass
        else:
            data[pk.attname] = pk.to_python(found.pk)
    return Model(**data)


def _is_natural(manager, value):
    is_list = hasattr(value, "__iter__") and not isinstance(value, str)
    return is_list and hasattr(manager, "get_by_natural_key")


def deserialize_m2m_values(field, field_value, using, handle_forward_references):
    """The primary keys of the rows; DEFER_FIELD where one of them is yet to come."""
    model = field.remote_field.model
    manager = model._default_manager
    try:
        values = iter(field_value)
    except TypeError as error:
        raise M2MDeserializationError(error, field_value) from error
    value, keys = None, []
    try:
        for value in values:
            if _is_natural(manager, value):
                keys.append(manager.db_manager(using).get_by_natural_key(*value).pk)
            else:
                keys.append(model._meta.pk.to_python(value))
    except Exception as error:
        if isinstance(error, ObjectDoesNotExist) and handle_forward_references:
            return DEFER_FIELD
        raise M2MDeserializationError(error, value) from error
    return keys


def deserialize_fk_value(field, field_value, using, handle_forward_references):
    """The key of the row; DEFER_FIELD where that is yet to come."""
    if field_value is None:
        return None
    model, name = field.remote_field.model, field.remote_field.field_name
    manager = model._default_manager
    if not _is_natural(manager, field_value):
        return model._meta.get_field(name).to_python(field_value)
    try:
        row = manager.db_manager(using).get_by_natural_key(*field_value)
    except ObjectDoesNotExist:
        if handle_forward_references:
            return DEFER_FIELD
        raise
    value = getattr(row, name)
    # A key that is itself a relation.
    return value.pk if model._meta.pk.remote_field else value
