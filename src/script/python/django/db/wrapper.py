"""A connection of this thread."""

from django.db.utils import ProgrammingError, TransactionManagementError


class CursorWrapper:
    """A statement's rows, read when it runs."""

    arraysize = 1

    def __init__(self, db):
        self.db = db
        self.description = None
        self.rowcount = -1
        self.lastrowid = None
        self._rows = []
        self._place = 0
        self._closed = False

    def execute(self, sql, params=None):
        import _djr_db

        if self._closed:
            raise ProgrammingError("Cannot operate on a closed cursor.")
        columns, rows, changed, key = _djr_db.execute(self.db.alias, str(sql), params)
        self.description = columns and [(name, None, None, None, None, None, None) for name in columns]
        self.rowcount = -1 if columns else changed
        self.lastrowid = key
        self._rows, self._place = rows, 0
        return self

    def executemany(self, sql, param_list):
        total = 0
        for params in param_list:
            self.execute(sql, params)
            total += max(self.rowcount, 0)
        self.rowcount = total
        return self

    def fetchone(self):
        if self._place >= len(self._rows):
            return None
        row = self._rows[self._place]
        self._place += 1
        return row

    def fetchmany(self, size=None):
        end = self._place + (self.arraysize if size is None else size)
        rows = self._rows[self._place : end]
        self._place += len(rows)
        return rows

    def fetchall(self):
        rows = self._rows[self._place :]
        self._place = len(self._rows)
        return rows

    def __iter__(self):
        while (row := self.fetchone()) is not None:
            yield row

    def close(self):
        self._closed = True

    def __enter__(self):
        return self

    def __exit__(self, type, value, traceback):
        self.close()


class DatabaseIntrospection:
    """Which tables there are."""

    def __init__(self, connection):
        self.connection = connection

    def table_names(self, cursor=None, include_views=False):
        import _djr_db

        return sorted(_djr_db.table_names(self.connection.alias))

    def django_table_names(self, only_existing=False, include_views=True):
        from django.apps import apps

        tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
        return sorted(tables & set(self.table_names()) if only_existing else tables)

    def get_table_description(self, cursor, table_name):
        with self.connection.cursor() as own:
            quoted = self.connection.ops.quote_name(table_name)
            return own.execute(f"SELECT * FROM {quoted} LIMIT 0").description


class DatabaseOperations:
    """How this database writes SQL."""

    def quote_name(self, name):
        return name if name.startswith('"') and name.endswith('"') else '"' + name.replace('"', '""') + '"'

    def max_name_length(self):
        return None


class DatabaseFeatures:
    """What this database can do."""

    supports_transactions = True
    uses_savepoints = True
    can_return_columns_from_insert = True
    can_return_rows_from_bulk_insert = True
    supports_json_field = True
    has_select_for_update = False
    supports_ignore_conflicts = True
    supports_update_conflicts = True
    supports_over_clause = True
    interprets_empty_strings_as_nulls = False
    test_db_allows_multiple_connections = False


class DatabaseWrapper:
    """A connection of this thread, the one that the site itself has."""

    vendor = "sqlite"
    display_name = "SQLite"
    queries_limit = 9000
    savepoint_state = 0
    Database = None

    def __init__(self, alias):
        self.alias = alias
        self.settings_dict = {"NAME": alias, "ENGINE": "django.db.backends.sqlite3", "ATOMIC_REQUESTS": False, "AUTOCOMMIT": True}
        self.in_atomic_block = False
        self.savepoint_ids = []
        self.atomic_blocks = []
        self.commit_on_exit = True
        self.closed_in_transaction = False
        self.rollback_exc = None
        self.execute_wrappers = []
        self.introspection = DatabaseIntrospection(self)
        self.ops = DatabaseOperations()
        self.features = DatabaseFeatures()
        self._autocommit = True
        self._savepoints = 0

    def cursor(self):
        return CursorWrapper(self)

    def ensure_connection(self):
        pass

    connect = ensure_connection

    def close(self):
        """The connection stays: it is the one of the site."""

    def is_usable(self):
        return True

    @property
    def connection(self):
        return self

    @property
    def needs_rollback(self):
        import _djr_db

        return _djr_db.needs_rollback(self.alias)

    @needs_rollback.setter
    def needs_rollback(self, value):
        import _djr_db

        _djr_db.set_needs_rollback(self.alias, bool(value))

    _is_forced = False

    @property
    def force_debug_cursor(self):
        return self._is_forced

    @force_debug_cursor.setter
    def force_debug_cursor(self, value):
        import _djr_db
        from django.conf import settings

        self._is_forced = bool(value)
        _djr_db.record_queries(self._is_forced or bool(settings.DEBUG))

    @property
    def queries_logged(self):
        from django.conf import settings

        return self._is_forced or bool(settings.DEBUG)

    @property
    def queries(self):
        import _djr_db

        return _djr_db.recorded_queries(self.alias)

    def reset_queries(self):
        import _djr_db

        _djr_db.forget_recorded_queries(self.alias)

    @property
    def run_on_commit(self):
        import _djr_db

        return [(set(), function, False) for function in _djr_db.waiting_for_commit(self.alias)]

    def on_commit(self, func, robust=False):
        import _djr_db

        if not callable(func):
            raise TypeError("what waits for a commit must be callable")
        if not self.in_atomic_block and not self._autocommit:
            raise TransactionManagementError("on_commit() needs an atomic block where autocommit is off")
        _djr_db.call_on_commit(self.alias, robustly(func) if robust else func)

    def validate_no_atomic_block(self):
        if self.in_atomic_block:
            raise TransactionManagementError("this is forbidden within an atomic block")

    def validate_no_broken_transaction(self):
        if self.needs_rollback:
            raise TransactionManagementError("an error broke this transaction: nothing can be asked before the end of its atomic block")

    def get_autocommit(self):
        return self._autocommit

    def set_autocommit(self, autocommit):
        self.validate_no_atomic_block()
        if autocommit and not self._autocommit:
            self.commit()
        self._autocommit = autocommit
        if not autocommit:
            self._begin()

    def _begin(self):
        import _djr_db

        return _djr_db.begin(self.alias)

    def commit(self):
        import _djr_db

        self.validate_no_atomic_block()
        if _djr_db.in_transaction(self.alias):
            _djr_db.commit(self.alias)
        if not self._autocommit:
            self._begin()

    def rollback(self):
        import _djr_db

        self.validate_no_atomic_block()
        _djr_db.rollback(self.alias)
        if not self._autocommit:
            self._begin()

    def get_rollback(self):
        if not self.in_atomic_block:
            raise TransactionManagementError("there is a rollback flag only within an atomic block")
        return self.needs_rollback

    def set_rollback(self, rollback):
        if not self.in_atomic_block:
            raise TransactionManagementError("there is a rollback flag only within an atomic block")
        self.needs_rollback = rollback

    def savepoint(self):
        import _djr_db

        if not _djr_db.in_transaction(self.alias):
            return None
        self._savepoints += 1
        return _djr_db.savepoint(self.alias, self._savepoints)

    def savepoint_commit(self, sid):
        import _djr_db

        if _djr_db.in_transaction(self.alias):
            _djr_db.savepoint_commit(self.alias, sid)

    def savepoint_rollback(self, sid):
        import _djr_db

        if _djr_db.in_transaction(self.alias):
            _djr_db.savepoint_rollback(self.alias, sid)

    def clean_savepoints(self):
        self._savepoints = 0

    def __eq__(self, other):
        return isinstance(other, DatabaseWrapper) and self.alias == other.alias

    def __hash__(self):
        return hash(self.alias)

    def __repr__(self):
        return f"<DatabaseWrapper vendor={self.vendor!r} alias={self.alias!r}>"


def robustly(function):
    """The function, whose exceptions are logged."""

    def call():
        try:
            function()
        except Exception as error:
            import logging

            name = getattr(function, "__qualname__", repr(function))
            message = "Error calling %s in on_commit() (%s)."
            logging.getLogger("django.db.backends.base").error(message, name, error, exc_info=True)

    call.__wrapped__ = function
    return call


__all__ = ["CursorWrapper", "DatabaseWrapper"]
