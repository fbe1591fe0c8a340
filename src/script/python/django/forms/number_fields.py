"""Fields of numbers and truth."""

from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.field_base import Field
from django.utils._digits import ascii_digits


class IntegerField(Field):
    widget = "NumberInput"
    default_error_messages = {"invalid": "Enter a whole number."}

    def __init__(self, *, max_value=None, min_value=None, step_size=None, **kwargs):
        self.max_value, self.min_value, self.step_size = max_value, min_value, step_size
        if kwargs.get("localize") and type(self).widget == "NumberInput":
            # A browser does not take the separators of a language for a number.
            kwargs.setdefault("widget", _text_input())
        super().__init__(**kwargs)
        if max_value is not None:
            self.validators.append(validators.MaxValueValidator(max_value))
        if min_value is not None:
            self.validators.append(validators.MinValueValidator(min_value))
        if step_size is not None:
            self.validators.append(validators.StepValueValidator(step_size, offset=min_value))

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        if self.localize:
            from django.utils.formats import sanitize_separators

            value = sanitize_separators(value)
        text = ascii_digits(str(value))
        whole, point, zeros = text.partition(".")
        if point and not zeros.strip("0 \t\n\r"):
            text = whole
        try:
            return int(text)
        except (ValueError, TypeError):
            raise self.error("invalid") from None

    def widget_attrs(self, widget):
        from django.forms.widgets import NumberInput

        attrs = super().widget_attrs(widget)
        if isinstance(widget, NumberInput):
            limits = {"min": self.min_value, "max": self.max_value, "step": self.step_size}
            attrs.update({name: limit for name, limit in limits.items() if limit is not None})
        return attrs


def _text_input():
    from django.forms.widgets import TextInput

    return TextInput


class FloatField(IntegerField):
    default_error_messages = {"invalid": "Enter a number."}

    def to_python(self, value):
        value = Field.to_python(self, value)
        if value in self.empty_values:
            return None
        if self.localize:
            from django.utils.formats import sanitize_separators

            value = sanitize_separators(value)
        try:
            return float(value)
        except (ValueError, TypeError):
            raise self.error("invalid") from None

    def validate(self, value):
        import math

        super().validate(value)
        if value not in self.empty_values and not math.isfinite(value):
            raise self.error("invalid")

    def widget_attrs(self, widget):
        from django.forms.widgets import NumberInput

        attrs = super().widget_attrs(widget)
        if isinstance(widget, NumberInput) and "step" not in widget.attrs:
            attrs["step"] = "any" if self.step_size is None else self.step_size
        return attrs


class DecimalField(IntegerField):
    default_error_messages = {"invalid": "Enter a number."}

    def __init__(self, *, max_value=None, min_value=None, max_digits=None, decimal_places=None, **kwargs):
        self.max_digits, self.decimal_places = max_digits, decimal_places
        super().__init__(max_value=max_value, min_value=min_value, **kwargs)
        self.validators.append(validators.DecimalValidator(max_digits, decimal_places))

    def to_python(self, value):
        from decimal import Decimal, DecimalException

        if value in self.empty_values:
            return None
        if self.localize:
            from django.utils.formats import sanitize_separators

            value = sanitize_separators(value)
        try:
            return Decimal(ascii_digits(str(value)))
        except DecimalException:
            raise self.error("invalid") from None

    def validate(self, value):
        super().validate(value)
        if value not in self.empty_values and not value.is_finite():
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value})

    def widget_attrs(self, widget):
        from django.forms.widgets import NumberInput

        attrs = super().widget_attrs(widget)
        if isinstance(widget, NumberInput) and "step" not in widget.attrs:
            if self.decimal_places is None:
                attrs["step"] = "any"
            else:
                from decimal import Decimal

                attrs["step"] = str(Decimal(1).scaleb(-self.decimal_places)).lower()
        return attrs


class BooleanField(Field):
    widget = "CheckboxInput"

    def to_python(self, value):
        if isinstance(value, str) and value.lower() in ("false", "0"):
            return False
        return super().to_python(bool(value))

    def validate(self, value):
        if not value and self.required:
            raise self.error("required")

    def has_changed(self, initial, data):
        return not self.disabled and self.to_python(initial) != self.to_python(data)


class NullBooleanField(BooleanField):
    """True, False or None, which is nothing wrong."""

    widget = "NullBooleanSelect"

    def to_python(self, value):
        if value in (True, "True", "true", "1"):
            return True
        return False if value in (False, "False", "false", "0") else None

    def validate(self, value):
        pass
