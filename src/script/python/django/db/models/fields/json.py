"""Fields of JSON documents."""

from django._absent import absent
from django.db.models.fields.plain import JSONField
from django.db.models.functions.json import KT, KeyTextTransform, KeyTransform

__all__ = ["JSONField", "KT", "KeyTextTransform", "KeyTransform"]

JSONField.__module__ = __name__


__getattr__ = absent(__name__)
