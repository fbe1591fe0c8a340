"""Fields of text."""

from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.field_base import Field


class CharField(Field):
    """Text, without the spaces at its ends unless `strip` is off."""

    def __init__(self, *, max_length=None, min_length=None, strip=True, empty_value="", **kwargs):
        self.max_length, self.min_length, self.strip, self.empty_value = max_length, min_length, strip, empty_value
        super().__init__(**kwargs)
        if min_length is not None:
            self.validators.append(validators.MinLengthValidator(int(min_length)))
        if max_length is not None:
            self.validators.append(validators.MaxLengthValidator(int(max_length)))
        self.validators.append(validators.ProhibitNullCharactersValidator())

    def to_python(self, value):
        if value not in self.empty_values:
            value = str(value)
            if self.strip:
                value = value.strip()
        return self.empty_value if value in self.empty_values else value

    def widget_attrs(self, widget):
        attrs = super().widget_attrs(widget)
        if not widget.is_hidden:
            if self.max_length is not None:
                attrs["maxlength"] = str(self.max_length)
            if self.min_length is not None:
                attrs["minlength"] = str(self.min_length)
        return attrs


class RegexField(CharField):
    """Text of a pattern."""

    def __init__(self, regex, **kwargs):
        kwargs.setdefault("strip", False)
        super().__init__(**kwargs)
        self._set_regex(regex)

    def _get_regex(self):
        return self._regex

    def _set_regex(self, regex):
        import re

        self._regex = re.compile(regex) if isinstance(regex, str) else regex
        if getattr(self, "_regex_validator", None) in self.validators:
            self.validators.remove(self._regex_validator)
        self._regex_validator = validators.RegexValidator(regex=self._regex)
        self.validators.append(self._regex_validator)

    regex = property(_get_regex, _set_regex)


class EmailField(CharField):
    widget = "EmailInput"
    default_validators = [validators.validate_email]

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 320)
        super().__init__(strip=True, **kwargs)


class URLField(CharField):
    widget = "URLInput"
    default_error_messages = {"invalid": "Enter a valid URL."}
    default_validators = [validators.URLValidator()]

    def __init__(self, *, assume_scheme=None, **kwargs):
        self.assume_scheme = assume_scheme or "http"
        super().__init__(strip=True, **kwargs)

    def to_python(self, value):
        from urllib.parse import urlsplit, urlunsplit

        value = super().to_python(value)
        if not value:
            return value
        try:
            parts = list(urlsplit(value))
            if parts[0]:
                return urlunsplit(parts)
            parts[0] = self.assume_scheme
            if not parts[1]:
                # `example.com/x` begins with the host.
                parts[1], parts[2] = parts[2], ""
            return urlunsplit(urlsplit(urlunsplit(parts)))
        except ValueError:
            # The validator says what is wrong.
            return value


class SlugField(CharField):
    default_validators = [validators.validate_slug]

    def __init__(self, *, allow_unicode=False, **kwargs):
        self.allow_unicode = allow_unicode
        if allow_unicode:
            self.default_validators = [validators.validate_unicode_slug]
        super().__init__(**kwargs)


class GenericIPAddressField(CharField):
    def __init__(self, *, protocol="both", unpack_ipv4=False, **kwargs):
        self.unpack_ipv4 = unpack_ipv4
        self.default_validators = validators.ip_address_validators(protocol, unpack_ipv4)
        kwargs.setdefault("max_length", 39)
        super().__init__(**kwargs)

    def to_python(self, value):
        if value in self.empty_values:
            return ""
        value = value.strip()
        if value and ":" in value:
            from django.utils.ipv6 import clean_ipv6_address

            return clean_ipv6_address(value, self.unpack_ipv4, max_length=self.max_length)
        return value


class UUIDField(CharField):
    default_error_messages = {"invalid": "Enter a valid UUID."}

    def prepare_value(self, value):
        import uuid

        return str(value) if isinstance(value, uuid.UUID) else value

    def to_python(self, value):
        import uuid

        value = super().to_python(value)
        if value in self.empty_values:
            return None
        try:
            return value if isinstance(value, uuid.UUID) else uuid.UUID(value)
        except ValueError:
            raise self.error("invalid") from None


class InvalidJSONInput(str):
    """Text that is not JSON, as it was sent."""


class JSONString(str):
    """A text in JSON."""


class JSONField(CharField):
    default_error_messages = {"invalid": "Enter a valid JSON."}
    widget = "Textarea"

    def __init__(self, encoder=None, decoder=None, **kwargs):
        self.encoder, self.decoder = encoder, decoder
        super().__init__(**kwargs)

    def to_python(self, value):
        if self.disabled:
            return value
        if value in self.empty_values:
            return None
        if isinstance(value, (list, dict, int, float, JSONString)):
            return value
        import json

        try:
            found = json.loads(value, cls=self.decoder)
        except json.JSONDecodeError:
            raise ValidationError(self.error_messages["invalid"], code="invalid", params={"value": value}) from None
        return JSONString(found) if isinstance(found, str) else found

    def bound_data(self, data, initial):
        if self.disabled:
            return initial
        if data is None:
            return None
        import json

        try:
            return json.loads(data, cls=self.decoder)
        except json.JSONDecodeError:
            return InvalidJSONInput(data)

    def prepare_value(self, value):
        if isinstance(value, InvalidJSONInput):
            return value
        import json

        return json.dumps(value, ensure_ascii=False, cls=self.encoder)

    def has_changed(self, initial, data):
        import json

        if super().has_changed(initial, data):
            return True
        return json.dumps(initial, sort_keys=True, cls=self.encoder) != json.dumps(
            self.to_python(data), sort_keys=True, cls=self.encoder
        )
