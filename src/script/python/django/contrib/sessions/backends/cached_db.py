"""Sessions of the engine `cached_db`."""

from django._absent import absent
from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.djr import DjrSession

__all__ = ["CreateError", "SessionStore", "UpdateError"]


class SessionStore(DjrSession):
    engine = "cached_db"


__getattr__ = absent(__name__)
