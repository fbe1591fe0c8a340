"""Addresses of static files."""

from django._absent import absent


def static(path):
    """The address of a static file, with the mark of its version where files are collected."""
    import _djr_services

    return _djr_services.static(str(path))


__getattr__ = absent(__name__)
