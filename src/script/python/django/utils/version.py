"""Which version of Django and Python this follows."""

import sys

from django._absent import absent
from django import get_version

PY38 = PY39 = PY310 = PY311 = True
PY312 = sys.version_info >= (3, 12)
PY313 = sys.version_info >= (3, 13)
PY314 = sys.version_info >= (3, 14)


def get_main_version(version=None):
    """The version with its third number only where that is not zero."""
    version = get_complete_version(version)
    return ".".join(map(str, version[: 2 if version[2] == 0 else 3]))


def get_complete_version(version=None):
    if version is None:
        from django import VERSION

        return VERSION
    return version


def get_docs_version(version=None):
    version = get_complete_version(version)
    return f"{version[0]}.{version[1]}" if version[3] == "final" else "dev"


def get_version_tuple(version):
    """The numbers that a version begins with."""
    numbers = []
    for part in version.split("."):
        digits = len(part) - len(part.lstrip("0123456789"))
        if digits:
            numbers.append(int(part[:digits]))
        if digits < len(part):
            break
    return tuple(numbers)


__getattr__ = absent(__name__)
