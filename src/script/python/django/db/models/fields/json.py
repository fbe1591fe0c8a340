"""Fields of JSON documents."""

from django.db.models.fields.plain import JSONField

__all__ = ["JSONField"]

JSONField.__module__ = __name__
