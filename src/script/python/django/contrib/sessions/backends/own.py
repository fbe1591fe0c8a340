"""Sessions that a class of the project keeps, for djr's own pages and commands."""

from importlib import import_module

from django.contrib.sessions.backends.base import UpdateError


def load(key):
    """What is kept under a key; None where there is no such session."""
    store = _class()(key)
    data = store.load()
    return dict(data) if store.session_key == key else None


def exists(key):
    return bool(_class()().exists(key))


def create(data):
    """The new key under which data are kept."""
    store = _class()()
    store._session_cache = data
    store.create()
    if store._session != data:
        store._session_cache = data
        store.save()
    return str(store.session_key)


def save(key, data):
    """The key under which data are kept from now on; None where the session was deleted meanwhile."""
    store = _class()(key)
    store._session_cache = data
    try:
        store.save()
    except UpdateError:
        return None
    return str(store.session_key)


def delete(key):
    _class()(key).delete(key)


def clear_expired():
    """How many sessions were over, where the class says so."""
    count = _class().clear_expired()
    return count if isinstance(count, int) else None


def _class():
    from django.conf import settings

    return import_module(settings.SESSION_ENGINE).SessionStore
