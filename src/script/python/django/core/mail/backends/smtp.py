"""Mail as `[mail]` says: djr sends it."""

from django.core.mail.backends.djr import EmailBackend

__all__ = ["EmailBackend"]
