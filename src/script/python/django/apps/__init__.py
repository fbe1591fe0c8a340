"""The apps of the project and their models."""

from django.apps.config import AppConfig
from django.apps.registry import apps

__all__ = ["AppConfig", "apps"]
