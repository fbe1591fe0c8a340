"""The database: its connections, its errors, and models in django.db.models."""

from django._absent import absent
from django.db.utils import (
    DEFAULT_DB_ALIAS,
    DJANGO_VERSION_PICKLE_KEY,
    ConnectionHandler,
    ConnectionRouter,
    DatabaseError,
    DataError,
    Error,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
    ProgrammingError,
)

__all__ = [
    "connection",
    "connections",
    "router",
    "DatabaseError",
    "IntegrityError",
    "InternalError",
    "ProgrammingError",
    "DataError",
    "NotSupportedError",
    "Error",
    "InterfaceError",
    "OperationalError",
    "DEFAULT_DB_ALIAS",
    "DJANGO_VERSION_PICKLE_KEY",
    "close_old_connections",
    "reset_queries",
]

connections = ConnectionHandler()
router = ConnectionRouter()


class ConnectionProxy:
    """The connection to the default database, asked for when it is used."""

    def __getattr__(self, name):
        return getattr(connections[DEFAULT_DB_ALIAS], name)

    def __setattr__(self, name, value):
        setattr(connections[DEFAULT_DB_ALIAS], name, value)

    def __delattr__(self, name):
        delattr(connections[DEFAULT_DB_ALIAS], name)

    def __contains__(self, key):
        return key in connections[DEFAULT_DB_ALIAS]

    def __eq__(self, other):
        return connections[DEFAULT_DB_ALIAS] == other

    __hash__ = object.__hash__


connection = ConnectionProxy()


def reset_queries(**kwargs):
    for one in connections.all(initialized_only=True):
        one.reset_queries()


def close_old_connections(**kwargs):
    """Connections belong to their threads and are looked at when they are used: nothing is to be closed."""


__getattr__ = absent(__name__)
