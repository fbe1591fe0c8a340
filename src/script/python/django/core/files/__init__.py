"""Files, as forms and storages hold them."""

from django.core.files.base import File

__all__ = ["File"]
