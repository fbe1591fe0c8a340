"""Models, which `models.toml` declares."""

from django._absent import absent
from django.db.models import signals

__all__ = ["signals"]


__getattr__ = absent(__name__)
