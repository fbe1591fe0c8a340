"""Sessions of the engine `db`."""

from django.contrib.sessions.backends.base import CreateError, UpdateError
from django.contrib.sessions.backends.djr import DjrSession

__all__ = ["CreateError", "SessionStore", "UpdateError"]


class SessionStore(DjrSession):
    engine = "db"
