"""What tests can hear."""

from django._absent import absent
from django.core.signals import setting_changed
from django.dispatch import Signal

template_rendered = Signal()
COMPLEX_OVERRIDE_SETTINGS = {"DATABASES"}


__getattr__ = absent(__name__)
