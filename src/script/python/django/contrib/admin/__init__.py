"""The admin, which `admin.toml` declares; its actions may be functions."""

from django._absent import absent
from django.contrib.admin.decorators import action

__all__ = ["action"]

__getattr__ = absent(__name__)
