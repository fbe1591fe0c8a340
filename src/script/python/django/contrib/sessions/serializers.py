"""Sessions as bytes."""

from django.core.signing import JSONSerializer

__all__ = ["JSONSerializer"]
