"""What goes wrong with sessions."""

from django.core.exceptions import BadRequest, SuspiciousOperation


class InvalidSessionKey(SuspiciousOperation):
    """A key of a session that cannot be one."""


class SuspiciousSession(SuspiciousOperation):
    """A session that somebody changed."""


class SessionInterrupted(BadRequest):
    """The session was deleted while the request was answered."""
