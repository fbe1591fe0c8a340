"""Fields of numbers, text and the like."""

from django.db.models.fields.base import NOT_PROVIDED, Field


def _wrong_type(field, value, expected, error):
    return error.__class__(f"Field '{field.name}' expected {expected} but got {value!r}.")


class IntegerField(Field):
    empty_strings_allowed = False
    default_error_messages = {"invalid": "“%(value)s” value must be an integer."}
    description = "Integer"
    bounds = (-9223372036854775808, 9223372036854775807)

    @property
    def validators(self):
        from django.core.validators import MaxValueValidator, MinValueValidator

        found = super().validators
        low, high = self.bounds
        if not any(isinstance(one, MinValueValidator) and _limit(one) >= low for one in found):
            found.append(MinValueValidator(low))
        if not any(isinstance(one, MaxValueValidator) and _limit(one) <= high for one in found):
            found.append(MaxValueValidator(high))
        return found

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        if value is None:
            return None
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise _wrong_type(self, value, "a number", error) from error

    def to_python(self, value):
        if value is None:
            return value
        try:
            return int(value)
        except (TypeError, ValueError):
            raise self._error("invalid", value=value) from None


def _limit(validator):
    limit = validator.limit_value
    return limit() if callable(limit) else limit


class BigIntegerField(IntegerField):
    description = "Big (8 byte) integer"
    MAX_BIGINT = 9223372036854775807


class SmallIntegerField(IntegerField):
    description = "Small integer"


class PositiveIntegerRelDbTypeMixin:
    pass


class PositiveIntegerField(PositiveIntegerRelDbTypeMixin, IntegerField):
    description = "Positive integer"
    bounds = (0, 9223372036854775807)


class PositiveSmallIntegerField(PositiveIntegerRelDbTypeMixin, IntegerField):
    description = "Positive small integer"
    bounds = (0, 9223372036854775807)


class PositiveBigIntegerField(PositiveIntegerRelDbTypeMixin, BigIntegerField):
    description = "Positive big integer"
    bounds = (0, 9223372036854775807)


class AutoFieldMixin:
    db_returning = True

    def __init__(self, *args, **kwargs):
        kwargs["blank"] = True
        super().__init__(*args, **kwargs)

    def validate(self, value, model_instance):
        pass

    def get_prep_value(self, value):
        return value if getattr(value, "contains_aggregate", None) is not None else super().get_prep_value(value)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        cls._meta.auto_field = self


class AutoFieldMeta(type):
    """Lets any field that counts up be an AutoField."""

    def __instancecheck__(self, instance):
        return type.__instancecheck__(self, instance) or (self is AutoField and isinstance(instance, AutoFieldMixin))

    def __subclasscheck__(self, subclass):
        return type.__subclasscheck__(self, subclass) or (self is AutoField and issubclass(subclass, AutoFieldMixin))


class AutoField(AutoFieldMixin, IntegerField, metaclass=AutoFieldMeta):
    description = "Automatic key"

    def get_internal_type(self):
        return "AutoField"


class BigAutoField(AutoFieldMixin, BigIntegerField):
    def get_internal_type(self):
        return "BigAutoField"


class SmallAutoField(AutoFieldMixin, SmallIntegerField):
    def get_internal_type(self):
        return "SmallAutoField"


class BooleanField(Field):
    empty_strings_allowed = False
    default_error_messages = {
        "invalid": "“%(value)s” value must be either True or False.",
        "invalid_nullable": "“%(value)s” value must be either True, False, or None.",
    }
    description = "Boolean (Either True or False)"

    def to_python(self, value):
        if self.null and value in self.empty_values:
            return None
        if value in (True, False):
            return bool(value)
        if value in ("t", "True", "1"):
            return True
        if value in ("f", "False", "0"):
            return False
        raise self._error("invalid_nullable" if self.null else "invalid", value=value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return None if value is None else self.to_python(value)


class NullBooleanField(BooleanField):
    def __init__(self, *args, **kwargs):
        kwargs.update(null=True, blank=True)
        super().__init__(*args, **kwargs)


class CharField(Field):
    description = "String (up to %(max_length)s)"

    def __init__(self, *args, db_collation=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.db_collation = db_collation

    @property
    def validators(self):
        from django.core.validators import MaxLengthValidator

        found = super().validators
        if self.max_length is not None and self.counts_length:
            found.append(MaxLengthValidator(self.max_length))
        return found

    counts_length = True

    def to_python(self, value):
        return value if value is None or isinstance(value, str) else str(value)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if hasattr(value, "resolve_expression") else self.to_python(value)


class TextField(CharField):
    description = "Text"
    # Its length is that of forms alone.
    counts_length = False


class CommaSeparatedIntegerField(CharField):
    description = "Comma-separated integers"


class EmailField(CharField):
    description = "Email address"

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("max_length", 254)
        super().__init__(*args, **kwargs)

    @property
    def default_validators(self):
        from django.core.validators import validate_email

        return [validate_email]


class URLField(CharField):
    description = "URL"

    def __init__(self, verbose_name=None, name=None, **kwargs):
        kwargs.setdefault("max_length", 200)
        super().__init__(verbose_name, name, **kwargs)

    @property
    def default_validators(self):
        from django.core.validators import URLValidator

        return [URLValidator()]


class SlugField(CharField):
    description = "Slug (up to %(max_length)s)"

    def __init__(self, *args, max_length=50, db_index=True, allow_unicode=False, **kwargs):
        self.allow_unicode = allow_unicode
        super().__init__(*args, max_length=max_length, db_index=db_index, **kwargs)

    @property
    def default_validators(self):
        from django.core import validators

        return [validators.validate_unicode_slug if self.allow_unicode else validators.validate_slug]


class FloatField(Field):
    empty_strings_allowed = False
    default_error_messages = {"invalid": "“%(value)s” value must be a float."}
    description = "Floating point number"

    def to_python(self, value):
        if value is None:
            return value
        try:
            return float(value)
        except (TypeError, ValueError):
            raise self._error("invalid", value=value) from None

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        if value is None:
            return None
        try:
            return float(value)
        except (TypeError, ValueError) as error:
            raise _wrong_type(self, value, "a number", error) from error


class DecimalField(Field):
    empty_strings_allowed = False
    default_error_messages = {"invalid": "“%(value)s” value must be a decimal number."}
    description = "Decimal number"

    def __init__(self, verbose_name=None, name=None, max_digits=None, decimal_places=None, **kwargs):
        self.max_digits, self.decimal_places = max_digits, decimal_places
        super().__init__(verbose_name, name, **kwargs)

    @property
    def validators(self):
        from django.core.validators import DecimalValidator

        return [*super().validators, DecimalValidator(self.max_digits, self.decimal_places)]

    @property
    def context(self):
        import decimal

        return decimal.Context(prec=self.max_digits)

    def to_python(self, value):
        if value is None:
            return value
        import decimal

        try:
            if isinstance(value, float):
                found = self.context.create_decimal_from_float(value)
            else:
                found = decimal.Decimal(value)
        except (decimal.InvalidOperation, TypeError, ValueError):
            raise self._error("invalid", value=value) from None
        if not found.is_finite():
            raise self._error("invalid", value=value)
        return found

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if hasattr(value, "resolve_expression") else self.to_python(value)


class BinaryField(Field):
    description = "Raw binary data"
    empty_values = [None, b""]

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("editable", False)
        super().__init__(*args, **kwargs)

    @property
    def validators(self):
        from django.core.validators import MaxLengthValidator

        found = super().validators
        return [*found, MaxLengthValidator(self.max_length)] if self.max_length is not None else found

    def get_default(self):
        found = super().get_default()
        return b"" if found == "" else found

    def to_python(self, value):
        if isinstance(value, str):
            from base64 import b64decode

            return memoryview(b64decode(value.encode("ascii")))
        return value

    def value_to_string(self, obj):
        from base64 import b64encode

        return b64encode(self.value_from_object(obj)).decode("ascii")


class UUIDField(Field):
    default_error_messages = {"invalid": "“%(value)s” is not a valid UUID."}
    description = "Universally unique identifier"
    empty_strings_allowed = False

    def __init__(self, verbose_name=None, **kwargs):
        kwargs["max_length"] = 32
        super().__init__(verbose_name, **kwargs)

    def to_python(self, value):
        import uuid

        if value is None or isinstance(value, uuid.UUID):
            return value
        try:
            return uuid.UUID(**{"int" if isinstance(value, int) else "hex": value})
        except (AttributeError, ValueError):
            raise self._error("invalid", value=value) from None

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if hasattr(value, "resolve_expression") else self.to_python(value)


class GenericIPAddressField(Field):
    empty_strings_allowed = False
    default_error_messages = {"invalid": "Enter a valid %(protocol)s address."}
    description = "IP address"

    def __init__(self, verbose_name=None, name=None, protocol="both", unpack_ipv4=False, *args, **kwargs):
        self.unpack_ipv4, self.protocol = unpack_ipv4, protocol
        kwargs["max_length"] = 39
        super().__init__(verbose_name, name, *args, **kwargs)

    @property
    def default_validators(self):
        from django.core.validators import ip_address_validators

        return ip_address_validators(self.protocol, self.unpack_ipv4)

    def to_python(self, value):
        if value is None:
            return None
        value = str(value).strip()
        if ":" in value:
            from django.utils.ipv6 import clean_ipv6_address

            return clean_ipv6_address(value, self.unpack_ipv4, self.error_messages["invalid"])
        return value

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return str(value) if value is not None and not hasattr(value, "resolve_expression") else value


class IPAddressField(GenericIPAddressField):
    pass


class FilePathField(Field):
    description = "File path"

    def __init__(
        self, verbose_name=None, name=None, path="", match=None, recursive=False, allow_files=True,
        allow_folders=False, **kwargs,
    ):
        self.path, self.match, self.recursive = path, match, recursive
        self.allow_files, self.allow_folders = allow_files, allow_folders
        kwargs.setdefault("max_length", 100)
        super().__init__(verbose_name, name, **kwargs)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return None if value is None else str(value)


class JSONField(Field):
    empty_strings_allowed = False
    description = "A JSON object"
    default_error_messages = {"invalid": "Value must be valid JSON."}

    def __init__(self, verbose_name=None, name=None, encoder=None, decoder=None, **kwargs):
        self.encoder, self.decoder = encoder, decoder
        super().__init__(verbose_name, name, **kwargs)

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        import json

        try:
            json.dumps(value, cls=self.encoder)
        except TypeError:
            raise self._error("invalid", value=value) from None

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        if self.encoder is None or value is None or hasattr(value, "resolve_expression"):
            return value
        import json

        return json.loads(json.dumps(value, cls=self.encoder))

    def value_to_string(self, obj):
        return self.value_from_object(obj)


class GeneratedField(Field):
    """What the database computes of the other fields."""

    generated = True
    db_returning = True

    def __init__(self, *, expression=None, output_field=None, db_persist=None, **kwargs):
        self.expression, self.output_field, self.db_persist = expression, output_field, db_persist
        kwargs.update(editable=False, blank=True, default=NOT_PROVIDED)
        super().__init__(**kwargs)

    def to_python(self, value):
        return self.output_field.to_python(value) if self.output_field else value

    def get_internal_type(self):
        return self.output_field.get_internal_type() if self.output_field else "GeneratedField"
