"""What the backends of a project say of permissions, for djr's own pages."""

from django.contrib.auth.anonymous import AnonymousUser

# The last visit that asked, and its user: the row is read once, and backends may keep what they know on it.
_known = (None, None)


def allows(visit, key, method, name):
    """Whether the user with this key has the permission, or any in the app, of this name."""
    asked = getattr(_user(visit, key), method, None)
    return bool(asked and asked(name))


def names(visit, key, method):
    """The names of what the user with this key may do."""
    asked = getattr(_user(visit, key), method, None)
    return sorted(str(name) for name in asked()) if asked else []


def _user(visit, key):
    global _known
    if key is None:
        return AnonymousUser()
    if _known[0] != visit:
        from django.contrib.auth import get_user_model

        _known = visit, get_user_model()._default_manager.filter(pk=key).first() or AnonymousUser()
    return _known[1]
