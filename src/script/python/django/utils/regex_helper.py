"""Patterns that are compiled when they are first used."""

from django._absent import absent
from django.utils.functional import SimpleLazyObject


def _lazy_re_compile(regex, flags=0):
    """The pattern of `regex`, which may be compiled already."""

    def compiled():
        import re

        return re.compile(regex, flags) if isinstance(regex, (str, bytes)) else regex

    return SimpleLazyObject(compiled)


__getattr__ = absent(__name__)
