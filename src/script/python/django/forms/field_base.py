"""What every field has."""

from copy import copy, deepcopy

from django.core import validators
from django.core.exceptions import ValidationError


class Field:
    """Cleans a value: to_python, validate, run_validators."""

    default_validators = []
    default_error_messages = {"required": "This field is required."}
    empty_values = list(validators.EMPTY_VALUES)
    bound_field_class = None

    def __init__(
        self,
        *,
        required=True,
        widget=None,
        label=None,
        initial=None,
        help_text="",
        error_messages=None,
        show_hidden_initial=False,
        validators=(),
        localize=False,
        disabled=False,
        label_suffix=None,
        template_name=None,
        bound_field_class=None,
    ):
        self.required, self.label, self.initial = required, label, initial
        self.show_hidden_initial = show_hidden_initial
        self.help_text = help_text
        self.disabled = disabled
        self.label_suffix = label_suffix
        self.localize = localize
        self.template_name = template_name
        self.bound_field_class = bound_field_class or self.bound_field_class
        widget = widget or self._default_widget()
        widget = widget() if isinstance(widget, type) else deepcopy(widget)
        if localize:
            widget.is_localized = True
        widget.is_required = required
        widget.attrs.update(self.widget_attrs(widget) or {})
        self.widget = widget
        self.error_messages = {}
        for kind in reversed(type(self).__mro__):
            self.error_messages.update(getattr(kind, "default_error_messages", {}))
        self.error_messages.update(error_messages or {})
        self.validators = [*self.default_validators, *validators]

    widget = "TextInput"
    hidden_widget = "HiddenInput"

    def _default_widget(self):
        return widget_named(type(self).widget)

    def prepare_value(self, value):
        """The value as the widget shows it."""
        return value

    def to_python(self, value):
        """The value in its type; a ValidationError where it cannot be."""
        return value

    def validate(self, value):
        if value in self.empty_values and self.required:
            raise self.error("required")

    def error(self, code, **params):
        """The error of that code, with the message of this field."""
        return ValidationError(self.error_messages[code], code=code, params=params or None)

    def run_validators(self, value):
        if value not in self.empty_values:
            validators._run_validators(self, value)

    def clean(self, value):
        """The value in its type, if it is right; else a ValidationError."""
        value = self.to_python(value)
        self.validate(value)
        self.run_validators(value)
        return value

    def bound_data(self, data, initial):
        """What is shown of a form that was sent."""
        return initial if self.disabled else data

    def widget_attrs(self, widget):
        """Attributes that the field gives its widget."""
        return {}

    def has_changed(self, initial, data):
        """Whether what was sent differs from what was shown."""
        if self.disabled:
            return False
        try:
            data = self.to_python(data)
            if hasattr(self, "_coerce"):
                return self._coerce(data) != self._coerce(initial)
        except ValidationError:
            return True
        return ("" if initial is None else initial) != ("" if data is None else data)

    def get_bound_field(self, form, field_name):
        from django.forms.boundfield import BoundField

        kind = self.bound_field_class or getattr(form, "bound_field_class", None) or BoundField
        return kind(form, self, field_name)

    def __deepcopy__(self, memo):
        result = copy(self)
        memo[id(self)] = result
        result.widget = deepcopy(self.widget, memo)
        result.error_messages = self.error_messages.copy()
        result.validators = self.validators[:]
        return result

    def _clean_bound_field(self, bf):
        """The cleaned value of a form that was sent."""
        return self.clean(bf.initial if self.disabled else bf.data)


def widget_named(widget):
    """The class of a widget, which may be given by its name here."""
    if not isinstance(widget, str):
        return widget
    from django import forms

    return getattr(forms, widget)
