"""Models, which `models.toml` declares."""

from django.db.models import signals

__all__ = ["signals"]
