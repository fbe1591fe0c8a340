"""All fields."""

from django._absent import absent
from django.forms.boundfield import BoundField
from django.forms.choice_fields import (
    ChoiceField,
    FilePathField,
    MultipleChoiceField,
    TypedChoiceField,
    TypedMultipleChoiceField,
)
from django.forms.date_fields import BaseTemporalField, DateField, DateTimeField, DurationField, TimeField
from django.forms.field_base import Field
from django.forms.file_fields import FileField, ImageField
from django.forms.multi_fields import ComboField, MultiValueField, SplitDateTimeField
from django.forms.number_fields import BooleanField, DecimalField, FloatField, IntegerField, NullBooleanField
from django.forms.text_fields import (
    CharField,
    EmailField,
    GenericIPAddressField,
    InvalidJSONInput,
    JSONField,
    JSONString,
    RegexField,
    SlugField,
    URLField,
    UUIDField,
)

__all__ = (
    "Field", "CharField", "IntegerField", "DateField", "TimeField", "DateTimeField", "DurationField", "RegexField",
    "EmailField", "FileField", "ImageField", "URLField", "BooleanField", "NullBooleanField", "ChoiceField",
    "MultipleChoiceField", "ComboField", "MultiValueField", "FloatField", "DecimalField", "SplitDateTimeField",
    "GenericIPAddressField", "FilePathField", "JSONField", "SlugField", "TypedChoiceField",
    "TypedMultipleChoiceField", "UUIDField",
)  # fmt: skip


__getattr__ = absent(__name__)
