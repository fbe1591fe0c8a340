"""Fields of choices."""

from copy import deepcopy

from django.core.exceptions import ValidationError
from django.forms.field_base import Field
from django.utils.choices import normalize_choices


class ChoiceField(Field):
    """One of the choices, as text."""

    widget = "Select"
    hidden_widget = "HiddenInput"
    default_error_messages = {
        "invalid_choice": "Select a valid choice. %(value)s is not one of the available choices.",
    }

    def __init__(self, *, choices=(), **kwargs):
        super().__init__(**kwargs)
        self.choices = choices

    def __deepcopy__(self, memo):
        result = super().__deepcopy__(memo)
        result._choices = deepcopy(self._choices, memo)
        return result

    @property
    def choices(self):
        return self._choices

    @choices.setter
    def choices(self, value):
        self._choices = self.widget.choices = normalize_choices(value)

    def to_python(self, value):
        return "" if value in self.empty_values else str(value)

    def validate(self, value):
        super().validate(value)
        if value and not self.valid_value(value):
            raise self.error("invalid_choice", value=value)

    def valid_value(self, value):
        """Whether it is one of the choices."""
        text = str(value)
        for key, label in self.choices:
            keys = [inner for inner, _ in label] if isinstance(label, (list, tuple)) else [key]
            if any(value == inner or text == str(inner) for inner in keys):
                return True
        return False


class TypedChoiceField(ChoiceField):
    """One of the choices, through `coerce`."""

    def __init__(self, *, coerce=lambda value: value, empty_value="", **kwargs):
        self.coerce, self.empty_value = coerce, empty_value
        super().__init__(**kwargs)

    def _coerce(self, value):
        if value == self.empty_value or value in self.empty_values:
            return self.empty_value
        try:
            return self.coerce(value)
        except (ValueError, TypeError, ValidationError):
            raise self.error("invalid_choice", value=value) from None

    def clean(self, value):
        return self._coerce(super().clean(value))


class MultipleChoiceField(ChoiceField):
    """Several of the choices, as a list of texts."""

    widget = "SelectMultiple"
    hidden_widget = "MultipleHiddenInput"
    default_error_messages = {"invalid_list": "Enter a list of values."}

    def to_python(self, value):
        if not value:
            return []
        if not isinstance(value, (list, tuple)):
            raise self.error("invalid_list")
        return [str(item) for item in value]

    def validate(self, value):
        if self.required and not value:
            raise self.error("required")
        for item in value:
            if not self.valid_value(item):
                raise self.error("invalid_choice", value=item)

    def has_changed(self, initial, data):
        if self.disabled:
            return False
        initial, data = initial or [], data or []
        return len(initial) != len(data) or {str(item) for item in initial} != {str(item) for item in data}


class TypedMultipleChoiceField(MultipleChoiceField):
    """Several of the choices, each through `coerce`."""

    def __init__(self, *, coerce=lambda value: value, **kwargs):
        self.coerce = coerce
        self.empty_value = kwargs.pop("empty_value", [])
        super().__init__(**kwargs)

    def _coerce(self, value):
        if value == self.empty_value or value in self.empty_values:
            return self.empty_value
        coerced = []
        for item in value:
            try:
                coerced.append(self.coerce(item))
            except (ValueError, TypeError, ValidationError):
                raise self.error("invalid_choice", value=item) from None
        return coerced

    def clean(self, value):
        return self._coerce(super().clean(value))

    def validate(self, value):
        if value != self.empty_value:
            super().validate(value)
        elif self.required:
            raise self.error("required")


class FilePathField(ChoiceField):
    """One of the files of a folder."""

    def __init__(self, path, *, match=None, recursive=False, allow_files=True, allow_folders=False, **kwargs):
        self.path, self.match, self.recursive = path, match, recursive
        self.allow_files, self.allow_folders = allow_files, allow_folders
        super().__init__(choices=(), **kwargs)
        self.choices = [*([] if self.required else [("", "---------")]), *self._found()]
        self.widget.choices = self.choices

    def _found(self):
        import re

        pattern = re.compile(self.match) if self.match is not None else None
        for full, label in self._below() if self.recursive else self._beside():
            name = full.rpartition("/")[2]
            if name != "__pycache__" and (pattern is None or pattern.search(name)):
                yield full, label

    def _below(self):
        import os

        for root, folders, files in sorted(os.walk(self.path)):
            names = [*(sorted(files) if self.allow_files else []), *(sorted(folders) if self.allow_folders else [])]
            for name in names:
                full = os.path.join(root, name)
                yield full, full.replace(self.path, "", 1)

    def _beside(self):
        import os

        # One that is not there is a mistake.
        with os.scandir(self.path) as entries:
            found = [entry for entry in entries if self._is_wanted(entry)]
        return sorted(((entry.path, entry.name) for entry in found), key=lambda pair: pair[1])

    def _is_wanted(self, entry):
        return (self.allow_files and entry.is_file()) or (self.allow_folders and entry.is_dir())
