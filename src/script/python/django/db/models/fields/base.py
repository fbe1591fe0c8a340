"""What all fields of models have in common."""

from django.db.models.deferred import DeferredAttribute
from django.db.models.own_lookups import RegisterLookupMixin

BLANK_CHOICE_DASH = [("", "---------")]


class NOT_PROVIDED:
    """Stands for a default that nobody gave."""


class Empty:
    pass


class Field(RegisterLookupMixin):
    """A field: what it is called, what it may hold, and how its values are read and checked."""

    empty_strings_allowed = True
    empty_values = [None, "", [], (), {}]
    creation_counter = 0
    auto_creation_counter = -1
    default_validators = []
    default_error_messages = {
        "invalid_choice": "Value %(value)r is not a valid choice.",
        "null": "This field cannot be null.",
        "blank": "This field cannot be blank.",
        "unique": "%(model_name)s with this %(field_label)s already exists.",
        "unique_for_date": "%(field_label)s must be unique for %(date_field_label)s %(lookup_type)s.",
    }
    description = "Field"
    hidden = False
    many_to_many = many_to_one = one_to_many = one_to_one = related_model = None
    generated = False
    is_relation = False
    remote_field = None
    model = None
    name = None
    descriptor_class = DeferredAttribute
    # Whether a constructor may write the value straight into `__dict__`.
    is_plain = True

    def __init__(
        self, verbose_name=None, name=None, primary_key=False, max_length=None, unique=False, blank=False,
        null=False, db_index=False, rel=None, default=NOT_PROVIDED, editable=True, serialize=True,
        unique_for_date=None, unique_for_month=None, unique_for_year=None, choices=None, help_text="",
        db_column=None, db_tablespace=None, auto_created=False, validators=(), error_messages=None,
        db_comment=None, db_default=NOT_PROVIDED,
    ):
        self.name = name
        self.verbose_name = verbose_name
        self._verbose_name = verbose_name
        self.primary_key = primary_key
        self.max_length, self._unique = max_length, unique
        self.blank, self.null = blank, null
        self.remote_field = rel
        self.is_relation = rel is not None
        self.default = default
        self.db_default = db_default
        self.editable = editable
        self.serialize = serialize
        self.unique_for_date = unique_for_date
        self.unique_for_month = unique_for_month
        self.unique_for_year = unique_for_year
        self.choices = choices
        self.help_text = help_text
        self.db_index = db_index
        self.db_column = db_column
        self.db_comment = db_comment
        self._db_tablespace = db_tablespace
        self.auto_created = auto_created
        if auto_created:
            self.creation_counter = Field.auto_creation_counter
            Field.auto_creation_counter -= 1
        else:
            self.creation_counter = Field.creation_counter
            Field.creation_counter += 1
        self._validators = list(validators)
        self._error_messages = error_messages

    # Names.

    def set_attributes_from_name(self, name):
        self.name = self.name or name
        self.attname, self.column = self.get_attname_column()
        self.concrete = self.column is not None
        if self.verbose_name is None and self.name:
            self.verbose_name = self.name.replace("_", " ")

    def get_attname(self):
        return self.name

    def get_attname_column(self):
        attname = self.get_attname()
        return attname, self.db_column or attname

    def contribute_to_class(self, cls, name, private_only=False):
        """Makes it a field of a model."""
        self.set_attributes_from_name(name)
        self.model = cls
        cls._meta.add_field(self, private=private_only)
        if self.column is not None:
            setattr(cls, self.attname, self.descriptor_class(self))
        if self.choices is not None:
            method = f"get_{self.name}_display"
            if method not in cls.__dict__:
                setattr(cls, method, _display(self))

    def get_internal_type(self):
        return type(self).__name__

    @property
    def unique(self):
        return self._unique or self.primary_key

    @property
    def db_tablespace(self):
        return self._db_tablespace or ""

    @property
    def db_returning(self):
        return self.has_db_default()

    def db_type(self, connection=None):
        return None

    @property
    def cache_name(self):
        return self.name

    def get_cache_name(self):
        return self.name

    # Choices.

    @property
    def choices(self):
        return self._choices

    @choices.setter
    def choices(self, value):
        if value is None:
            self._choices = None
            return
        from django.utils.choices import normalize_choices

        self._choices = normalize_choices(value)

    @property
    def flatchoices(self):
        from django.utils.choices import flatten_choices

        return list(flatten_choices(self.choices))

    def get_choices(self, include_blank=True, blank_choice=BLANK_CHOICE_DASH, limit_choices_to=None, ordering=()):
        """What a select offers."""
        from django.utils.choices import BlankChoiceIterator

        if self.choices is not None:
            return BlankChoiceIterator(self.choices, blank_choice) if include_blank else self.choices
        related = self.remote_field.model
        limit = limit_choices_to or self.get_limit_choices_to()
        rows = related._default_manager.complex_filter(limit)
        if ordering:
            rows = rows.order_by(*ordering)
        key = self.remote_field.get_related_field().attname if hasattr(self.remote_field, "get_related_field") else "pk"
        return (blank_choice if include_blank else []) + [(getattr(row, key), str(row)) for row in rows]

    # Defaults.

    def has_default(self):
        return self.default is not NOT_PROVIDED

    def has_db_default(self):
        return self.db_default is not NOT_PROVIDED

    def get_default(self):
        default = self.default
        if default is not NOT_PROVIDED:
            return default() if callable(default) else default
        if self.has_db_default():
            return _database_default()
        return "" if self.empty_strings_allowed and not self.null else None

    # Values.

    def to_python(self, value):
        return value

    def get_prep_value(self, value):
        from django.utils.functional import Promise

        return value._proxy____cast() if isinstance(value, Promise) else value

    def get_db_prep_value(self, value, connection=None, prepared=False):
        return value if prepared else self.get_prep_value(value)

    def get_db_prep_save(self, value, connection=None):
        return value if hasattr(value, "resolve_expression") else self.get_db_prep_value(value, connection)

    def pre_save(self, model_instance, add):
        """The value that is written."""
        return getattr(model_instance, self.attname)

    def get_pk_value_on_save(self, instance):
        """The key of a new row, if the model makes it."""
        return self.get_default() if self.default is not NOT_PROVIDED else None

    def value_from_object(self, obj):
        return getattr(obj, self.attname)

    def value_to_string(self, obj):
        return str(self.value_from_object(obj))

    def save_form_data(self, instance, data):
        setattr(instance, self.name, data)

    def get_filter_kwargs_for_object(self, obj):
        return {self.name: getattr(obj, self.attname)}

    def formfield(self, form_class=None, choices_form_class=None, **kwargs):
        from django.forms.model_fields import formfield

        return formfield(self, form_class, choices_form_class, **kwargs)

    # Checks.

    @property
    def error_messages(self):
        messages = {}
        for base in reversed(type(self).__mro__):
            messages.update(base.__dict__.get("default_error_messages", ()))
        messages.update(self._error_messages or ())
        return messages

    @property
    def validators(self):
        return [*self.default_validators, *self._validators]

    def run_validators(self, value):
        if value not in self.empty_values:
            from django.core.validators import _run_validators

            _run_validators(self, value)

    def _error(self, code, **params):
        from django.core.exceptions import ValidationError

        return ValidationError(self.error_messages[code], code=code, params=params or None)

    def validate(self, value, model_instance):
        if not self.editable:
            return
        if self.choices is not None and value not in self.empty_values:
            if any(value == key for key, _ in self.flatchoices):
                return
            raise self._error("invalid_choice", value=value)
        if value is None and not self.null:
            raise self._error("null")
        if not self.blank and value in self.empty_values:
            raise self._error("blank")

    def clean(self, value, model_instance):
        """The value as the field holds it; a ValidationError where it cannot."""
        value = self.to_python(value)
        self.validate(value, model_instance)
        self.run_validators(value)
        return value

    def check(self, **kwargs):
        """Models are checked by `djr check`."""
        return []

    # As objects.

    def deconstruct(self):
        """Name, path, positional and named arguments."""
        names = {
            "verbose_name": None, "primary_key": False, "max_length": None, "unique": False, "blank": False,
            "null": False, "db_index": False, "default": NOT_PROVIDED, "db_default": NOT_PROVIDED, "editable": True,
            "serialize": True, "unique_for_date": None, "unique_for_month": None, "unique_for_year": None,
            "choices": None, "help_text": "", "db_column": None, "db_comment": None, "auto_created": False,
            "validators": [], "error_messages": None,
        }
        stored = {"unique": "_unique", "validators": "_validators", "verbose_name": "_verbose_name", "error_messages": "_error_messages"}
        found = {name: getattr(self, stored.get(name, name)) for name in names}
        kwargs = {name: value for name, value in found.items() if value is not names[name] and value != names[name]}
        kind = type(self)
        path = f"{kind.__module__}.{kind.__qualname__}"
        if path.startswith("django.db.models.fields"):
            path = f"django.db.models.{kind.__qualname__}"
        return self.name, path, [], kwargs

    def clone(self):
        _, _, args, kwargs = self.deconstruct()
        return type(self)(*args, **kwargs)

    def __copy__(self):
        made = Empty()
        made.__class__ = self.__class__
        made.__dict__ = dict(self.__dict__)
        return made

    def __deepcopy__(self, memodict):
        return self.__copy__()

    def __reduce__(self):
        if self.model is None:
            return _made_again, (type(self), dict(self.__dict__))
        return _loaded_again, (self.model._meta.label, self.name)

    def _rank(self):
        meta = self.model._meta if self.model is not None else None
        return self.creation_counter, *((meta.app_label, meta.model_name) if meta else ("", ""))

    def __eq__(self, other):
        if not isinstance(other, Field):
            return NotImplemented
        return self is other or (self.creation_counter == other.creation_counter and self.model is other.model)

    def __lt__(self, other):
        if not isinstance(other, Field):
            return NotImplemented
        return self._rank() < other._rank()

    def __hash__(self):
        return hash(self.creation_counter)

    def __str__(self):
        if self.model is None:
            return super().__str__()
        return f"{self.model._meta.label}.{self.name}"

    def __repr__(self):
        path = f"{type(self).__module__}.{type(self).__qualname__}"
        return f"<{path}: {self.name}>" if self.name else f"<{path}>"


def _display(field):
    """The method `get_FOO_display` of a field."""

    def display(self):
        return self._get_FIELD_display(field=field)

    display.__name__ = f"get_{field.name}_display"
    return display


def _database_default():
    """Leaves the value to the database."""
    from django.db.models.expressions import DatabaseDefault

    return DatabaseDefault()


def _made_again(kind, state):
    made = Empty()
    made.__class__ = kind
    made.__dict__ = state
    return made


def _loaded_again(label, name):
    from django.apps import apps

    return apps.get_model(label)._meta.get_field(name)
