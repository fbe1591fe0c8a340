"""Sessions of the engine `file`."""

from django._absent import absent
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.djr import DjrSession

__all__ = ["CreateError", "SessionStore", "UpdateError"]


class SessionStore(DjrSession):
    engine = "file"


__getattr__ = absent(__name__)
