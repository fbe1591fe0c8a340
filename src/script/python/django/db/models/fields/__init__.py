"""The fields of models."""

from django._absent import absent
from django.db.models.fields.base import BLANK_CHOICE_DASH, NOT_PROVIDED, Empty, Field
from django.db.models.fields.dates import DateField, DateTimeCheckMixin, DateTimeField, DurationField, TimeField
from django.db.models.fields.plain import (
    AutoField,
    AutoFieldMeta,
    AutoFieldMixin,
    BigAutoField,
    BigIntegerField,
    BinaryField,
    BooleanField,
    CharField,
    CommaSeparatedIntegerField,
    DecimalField,
    EmailField,
    FilePathField,
    FloatField,
    GenericIPAddressField,
    IntegerField,
    IPAddressField,
    NullBooleanField,
    PositiveBigIntegerField,
    PositiveIntegerField,
    PositiveIntegerRelDbTypeMixin,
    PositiveSmallIntegerField,
    SlugField,
    SmallAutoField,
    SmallIntegerField,
    TextField,
    URLField,
    UUIDField,
)

__all__ = [
    "AutoField", "BLANK_CHOICE_DASH", "BigAutoField", "BigIntegerField", "BinaryField", "BooleanField", "CharField",
    "CommaSeparatedIntegerField", "DateField", "DateTimeField", "DecimalField", "DurationField", "EmailField",
    "Empty", "Field", "FilePathField", "FloatField", "GenericIPAddressField", "IPAddressField", "IntegerField",
    "NOT_PROVIDED", "NullBooleanField", "PositiveBigIntegerField", "PositiveIntegerField",
    "PositiveSmallIntegerField", "SlugField", "SmallAutoField", "SmallIntegerField", "TextField", "TimeField",
    "URLField", "UUIDField",
]

for _kind in list(globals().values()):
    if isinstance(_kind, type) and _kind.__module__.startswith("django.db.models.fields."):
        # Where Django has it, whichever of the files it stands in.
        _kind.__module__ = __name__


__getattr__ = absent(__name__)
