"""What goes wrong in a database, by the names of PEP 249, and the databases by their names."""

from django._absent import absent

DEFAULT_DB_ALIAS = "default"
DJANGO_VERSION_PICKLE_KEY = "_django_version"


class Error(Exception):
    """All of these."""


class InterfaceError(Error):
    """The database is used in a way that it does not have."""


class DatabaseError(Error):
    """The database could not do what it was asked."""


class DataError(DatabaseError):
    """A value is too large."""


class OperationalError(DatabaseError):
    """A statement that the database does not know, a lock, the disk."""


class IntegrityError(DatabaseError):
    """A row breaks a rule of the schema."""


class InternalError(DatabaseError):
    """The database contradicts itself."""


class ProgrammingError(DatabaseError):
    """A statement is not given the values that it has places for."""


class NotSupportedError(DatabaseError):
    """SQLite cannot do this."""


class ConnectionDoesNotExist(Exception):
    """The settings do not name this database."""


class TransactionManagementError(ProgrammingError):
    """A transaction is not in the state that is needed."""


class ConnectionHandler:
    """The connections of this thread, by the names of their databases."""

    exception_class = ConnectionDoesNotExist

    def __init__(self, settings=None):
        self._connections = {}

    @property
    def settings(self):
        return {alias: {"ENGINE": "django.db.backends.sqlite3"} for alias in self}

    databases = settings

    def __getitem__(self, alias):
        connection = self._connections.get(alias)
        if connection is None:
            if alias not in list(self):
                raise ConnectionDoesNotExist(f"[databases] does not name {alias!r}")
            from django.db.wrapper import DatabaseWrapper

            connection = self._connections[alias] = DatabaseWrapper(alias)
        return connection

    def __setitem__(self, alias, connection):
        self._connections[alias] = connection

    def __delitem__(self, alias):
        del self._connections[alias]

    def __iter__(self):
        import _djr_db

        return iter(_djr_db.aliases())

    def all(self, initialized_only=False):
        aliases = [alias for alias in self if not initialized_only or alias in self._connections]
        return [self[alias] for alias in aliases]

    def close_all(self):
        for connection in self.all(initialized_only=True):
            connection.close()


class ConnectionRouter:
    """Which database rows are in: the one that a query set names, or the default one."""

    def db_for_read(self, model, **hints):
        instance = hints.get("instance")
        return getattr(getattr(instance, "_state", None), "db", None) or DEFAULT_DB_ALIAS

    db_for_write = db_for_read

    def allow_relation(self, obj1, obj2, **hints):
        return obj1._state.db == obj2._state.db

    def allow_migrate(self, db, app_label, **hints):
        return True

    def allow_migrate_model(self, db, model):
        return True

    def get_migratable_models(self, app_config, db, include_auto_created=False):
        return app_config.get_models(include_auto_created=include_auto_created)


__getattr__ = absent(__name__)
