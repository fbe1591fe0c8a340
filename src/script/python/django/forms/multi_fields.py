"""Fields made of several."""

import datetime
from copy import deepcopy

from django.core.exceptions import ValidationError
from django.forms.date_fields import DateField, TimeField
from django.forms.field_base import Field


class ComboField(Field):
    """A value that each of several fields takes."""

    def __init__(self, fields, **kwargs):
        super().__init__(**kwargs)
        for field in fields:
            # This one says what is required.
            field.required = False
        self.fields = fields

    def clean(self, value):
        super().clean(value)
        for field in self.fields:
            value = field.clean(value)
        return value


class MultiValueField(Field):
    """A value made of those of several fields, which `compress` puts together."""

    default_error_messages = {"invalid": "Enter a list of values.", "incomplete": "Enter a complete value."}

    def __init__(self, fields, *, require_all_fields=True, **kwargs):
        self.require_all_fields = require_all_fields
        super().__init__(**kwargs)
        for field in fields:
            field.error_messages.setdefault("incomplete", self.error_messages["incomplete"])
            if self.disabled:
                field.disabled = True
            if self.require_all_fields:
                field.required = False
        self.fields = fields

    def __deepcopy__(self, memo):
        result = super().__deepcopy__(memo)
        result.fields = tuple(deepcopy(field, memo) for field in self.fields)
        return result

    def validate(self, value):
        pass

    def clean(self, value):
        if self.disabled and not isinstance(value, list):
            value = self.widget.decompress(value)
        if not value or isinstance(value, (list, tuple)):
            if not value or not [item for item in value if item not in self.empty_values]:
                if self.required:
                    raise self.error("required")
                return self.compress([])
        else:
            raise self.error("invalid")
        cleaned, errors = [], []
        for index, field in enumerate(self.fields):
            item = value[index] if index < len(value) else None
            if item in self.empty_values:
                if self.require_all_fields:
                    if self.required:
                        raise self.error("required")
                elif field.required:
                    if field.error_messages["incomplete"] not in errors:
                        errors.append(field.error_messages["incomplete"])
                    continue
            try:
                cleaned.append(field.clean(item))
            except ValidationError as error:
                errors.extend(found for found in error.error_list if found not in errors)
        if errors:
            raise ValidationError(errors)
        made = self.compress(cleaned)
        self.validate(made)
        self.run_validators(made)
        return made

    def compress(self, data_list):
        """One value of those of the fields."""
        raise NotImplementedError(f"{type(self).__name__} needs compress()")

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        if initial is None:
            initial = ["" for _ in range(len(data))]
        elif not isinstance(initial, list):
            initial = self.widget.decompress(initial)
        for field, before, now in zip(self.fields, initial, data):
            try:
                before = field.to_python(before)
            except ValidationError:
                return True
            if field.has_changed(before, now):
                return True
        return False


class SplitDateTimeField(MultiValueField):
    """A day and a time."""

    widget = "SplitDateTimeWidget"
    hidden_widget = "SplitHiddenDateTimeWidget"
    default_error_messages = {"invalid_date": "Enter a valid date.", "invalid_time": "Enter a valid time."}

    def __init__(self, *, input_date_formats=None, input_time_formats=None, **kwargs):
        messages = {**self.default_error_messages, **kwargs.get("error_messages", {})}
        localize = kwargs.get("localize", False)
        fields = (
            DateField(
                input_formats=input_date_formats,
                error_messages={"invalid": messages["invalid_date"]},
                localize=localize,
            ),
            TimeField(
                input_formats=input_time_formats,
                error_messages={"invalid": messages["invalid_time"]},
                localize=localize,
            ),
        )
        super().__init__(fields, **kwargs)

    def compress(self, data_list):
        if not data_list:
            return None
        for item, code in zip(data_list, ("invalid_date", "invalid_time")):
            if item in self.empty_values:
                raise self.error(code)
        from django.forms.utils import from_current_timezone

        return from_current_timezone(datetime.datetime.combine(*data_list))
