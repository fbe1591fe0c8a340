"""Paths that stay in their folder."""

import os

from django._absent import absent
from django.core.exceptions import SuspiciousFileOperation


def safe_join(base, *paths):
    """The path below `base`; a SuspiciousFileOperation where it leads out of it."""
    final = os.path.abspath(os.path.join(base, *paths))
    root = os.path.abspath(base)
    is_inside = final == root or os.path.dirname(root) == root or final.startswith(root.rstrip(os.sep) + os.sep)
    if not is_inside:
        raise SuspiciousFileOperation(f"the path {final} leads out of {root}")
    return final


def to_path(value):
    """A text or a path as a path."""
    from pathlib import Path

    if isinstance(value, Path):
        return value
    if not isinstance(value, str):
        raise TypeError(f"a path is a text, not {type(value).__name__}")
    return Path(value)


__getattr__ = absent(__name__)
