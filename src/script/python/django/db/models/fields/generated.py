"""Fields that the database computes."""

from django.db.models.fields.plain import GeneratedField

__all__ = ["GeneratedField"]

GeneratedField.__module__ = __name__
