"""Fields whose choices are rows."""

from django.core.validators import ProhibitNullCharactersValidator
from django.forms.choice_fields import ChoiceField
from django.forms.choice_widgets import RadioSelect
from django.forms.field_base import Field
from django.utils.choices import BaseChoiceIterator

__all__ = ("ModelChoiceIteratorValue", "ModelChoiceIterator", "ModelChoiceField", "ModelMultipleChoiceField")


class ModelChoiceIteratorValue:
    """What stands for a row in a form, with the row."""

    def __init__(self, value, instance):
        self.value, self.instance = value, instance

    def __str__(self):
        return str(self.value)

    def __hash__(self):
        return hash(self.value)

    def __eq__(self, other):
        return self.value == (other.value if isinstance(other, ModelChoiceIteratorValue) else other)


class ModelChoiceIterator(BaseChoiceIterator):
    """The choices, which are read when they are asked for."""

    def __init__(self, field):
        self.field, self.queryset = field, field.queryset

    def __iter__(self):
        if self.field.empty_label is not None:
            yield "", self.field.empty_label
        rows = self.queryset
        for row in rows if getattr(rows, "_prefetch_related_lookups", True) else rows.iterator():
            yield self.choice(row)

    def __len__(self):
        return self.queryset.count() + (self.field.empty_label is not None)

    def __bool__(self):
        return self.field.empty_label is not None or self.queryset.exists()

    def choice(self, obj):
        field = self.field
        return ModelChoiceIteratorValue(field.prepare_value(obj), obj), field.label_from_instance(obj)


class ModelChoiceField(ChoiceField):
    """One of the rows of a query set."""

    default_error_messages = {
        "invalid_choice": "Select a valid choice. That choice is not one of the available choices.",
    }
    iterator = ModelChoiceIterator

    def __init__(
        self,
        queryset,
        *,
        empty_label="---------",
        required=True,
        initial=None,
        to_field_name=None,
        limit_choices_to=None,
        blank=False,
        **kwargs,
    ):
        Field.__init__(self, required=required, initial=initial, **kwargs)
        needs_no_empty = (required and initial is not None) or (isinstance(self.widget, RadioSelect) and not blank)
        self.empty_label = None if needs_no_empty else empty_label
        self.queryset = queryset
        self.limit_choices_to = limit_choices_to
        self.to_field_name = to_field_name

    def __deepcopy__(self, memo):
        result = Field.__deepcopy__(self, memo)
        # Each form reads the rows anew.
        if self.queryset is not None:
            result.queryset = self.queryset.all()
        return result

    @property
    def queryset(self):
        return self._queryset

    @queryset.setter
    def queryset(self, queryset):
        self._queryset = None if queryset is None else queryset.all()
        self.widget.choices = self.choices

    @property
    def choices(self):
        given = self.__dict__.get("_choices")
        return self.iterator(self) if given is None else given

    @choices.setter
    def choices(self, value):
        ChoiceField.choices.fset(self, value)

    def get_limit_choices_to(self):
        """What the rows are limited to; a function is called."""
        return self.limit_choices_to() if callable(self.limit_choices_to) else self.limit_choices_to

    def label_from_instance(self, obj):
        """The text of a row; for classes of one's own."""
        return str(obj)

    def validate_no_null_characters(self, value):
        return ProhibitNullCharactersValidator()(value)

    def prepare_value(self, value):
        if hasattr(value, "_meta"):
            return value.serializable_value(self.to_field_name) if self.to_field_name else value.pk
        return value

    def to_python(self, value):
        if value in self.empty_values:
            return None
        self.validate_no_null_characters(value)
        key = self.to_field_name or "pk"
        try:
            if isinstance(value, self.queryset.model):
                value = getattr(value, key)
            return self.queryset.get(**{key: value})
        except (ValueError, TypeError, self.queryset.model.DoesNotExist):
            raise self.error("invalid_choice", value=value) from None

    def validate(self, value):
        return Field.validate(self, value)

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        shown = self.prepare_value("" if initial is None else initial)
        return str(shown) != str("" if data is None else data)


class ModelMultipleChoiceField(ModelChoiceField):
    """Several rows of a query set."""

    widget = "SelectMultiple"
    hidden_widget = "MultipleHiddenInput"
    default_error_messages = {
        "invalid_list": "Enter a list of values.",
        "invalid_choice": "Select a valid choice. %(value)s is not one of the available choices.",
        "invalid_pk_value": "“%(pk)s” is not a valid value.",
    }

    def __init__(self, queryset, **kwargs):
        super().__init__(queryset, empty_label=None, **kwargs)

    def to_python(self, value):
        return list(self._check_values(value)) if value else []

    def clean(self, value):
        value = self.prepare_value(value)
        if not value:
            if self.required:
                raise self.error("required")
            return self.queryset.none()
        if not isinstance(value, (list, tuple)):
            raise self.error("invalid_list")
        rows = self._check_values(value)
        self.run_validators(value)
        return rows

    def _check_values(self, value):
        """The rows of these keys, which are all there."""
        key = self.to_field_name or "pk"
        try:
            keys = frozenset(value)
        except TypeError:
            # A list of lists.
            raise self.error("invalid_list") from None
        meta = self.queryset.model._meta
        field = meta.pk if key == "pk" else meta.get_field(key)
        for one in keys:
            self.validate_no_null_characters(one)
            try:
                field.get_prep_value(one)
            except (ValueError, TypeError):
                raise self.error("invalid_pk_value", pk=one) from None
        rows = self.queryset.filter(**{f"{key}__in": keys})
        there = {str(getattr(row, key)) for row in rows}
        for one in keys:
            if str(one) not in there:
                raise self.error("invalid_choice", value=one)
        return rows

    def prepare_value(self, value):
        if hasattr(value, "__iter__") and not isinstance(value, str) and not hasattr(value, "_meta"):
            prepare = super().prepare_value
            return [prepare(one) for one in value]
        return super().prepare_value(value)

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        initial, data = initial or [], data or []
        if len(initial) != len(data):
            return True
        return {str(one) for one in self.prepare_value(initial)} != {str(one) for one in data}
