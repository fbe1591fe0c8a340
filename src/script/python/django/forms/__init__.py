"""Forms."""

from django._absent import absent
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.fields import *
from django.forms.forms import BaseForm, Form
from django.forms.widgets import *


def __getattr__(name):
    # Few sites have several forms in one.
    if name in ("BaseFormSet", "formset_factory", "all_valid"):
        from django.forms import formsets

        return getattr(formsets, name)
    return absent(__name__)(name)
