"""Transactions."""

from contextlib import ContextDecorator, contextmanager

from django.db.utils import DEFAULT_DB_ALIAS, DatabaseError, Error, ProgrammingError, TransactionManagementError


def get_connection(using=None):
    from django.db import connections

    return connections[using or DEFAULT_DB_ALIAS]


def get_autocommit(using=None):
    return get_connection(using).get_autocommit()


def set_autocommit(autocommit, using=None):
    return get_connection(using).set_autocommit(autocommit)


def commit(using=None):
    get_connection(using).commit()


def rollback(using=None):
    get_connection(using).rollback()


def savepoint(using=None):
    return get_connection(using).savepoint()


def savepoint_rollback(sid, using=None):
    get_connection(using).savepoint_rollback(sid)


def savepoint_commit(sid, using=None):
    get_connection(using).savepoint_commit(sid)


def clean_savepoints(using=None):
    get_connection(using).clean_savepoints()


def get_rollback(using=None):
    return get_connection(using).get_rollback()


def set_rollback(rollback, using=None):
    return get_connection(using).set_rollback(rollback)


@contextmanager
def mark_for_rollback_on_error(using=None):
    try:
        yield
    except Exception as error:
        connection = get_connection(using)
        if connection.in_atomic_block:
            connection.needs_rollback = True
            connection.rollback_exc = error
        raise


def on_commit(func, using=None, robust=False):
    get_connection(using).on_commit(func, robust)


class Atomic(ContextDecorator):
    """All that is written within is kept, or, after an exception, nothing."""

    def __init__(self, using, savepoint, durable):
        self.using = using
        self.savepoint = savepoint
        self.durable = durable
        self._from_testcase = False

    def __enter__(self):
        connection = get_connection(self.using)
        if self.durable and connection.atomic_blocks and not connection.atomic_blocks[-1]._from_testcase:
            raise RuntimeError("a durable atomic block cannot be nested within another atomic block.")
        if not connection.in_atomic_block:
            connection.commit_on_exit = True
            connection.needs_rollback = False
        if connection.in_atomic_block:
            if self.savepoint and not connection.needs_rollback:
                connection.savepoint_ids.append(connection.savepoint())
            else:
                connection.savepoint_ids.append(None)
        elif connection._begin():
            connection.in_atomic_block = True
        else:
            # The site itself, or whoever switched autocommit off, has a transaction open.
            connection.savepoint_ids.append(connection.savepoint())
            connection.in_atomic_block = True
            connection.commit_on_exit = False
        connection.atomic_blocks.append(self)

    def __exit__(self, exc_type, exc_value, traceback):
        connection = get_connection(self.using)
        if connection.atomic_blocks:
            connection.atomic_blocks.pop()
        is_outermost = not connection.atomic_blocks
        sid = connection.savepoint_ids.pop() if connection.savepoint_ids else None
        has_savepoint = sid is not None
        try:
            if exc_type is None and not connection.needs_rollback:
                if has_savepoint:
                    self._release(connection, sid)
                elif is_outermost and connection.commit_on_exit:
                    connection.in_atomic_block = False
                    self._commit(connection)
                return
            if has_savepoint:
                connection.needs_rollback = False
                try:
                    connection.savepoint_rollback(sid)
                    connection.savepoint_commit(sid)
                except Error:
                    connection.needs_rollback = True
            elif is_outermost:
                connection.in_atomic_block = False
                connection.rollback()
            else:
                connection.needs_rollback = True
        finally:
            if is_outermost:
                connection.in_atomic_block = False
                connection.commit_on_exit = True

    def _release(self, connection, sid):
        try:
            connection.savepoint_commit(sid)
        except DatabaseError:
            try:
                connection.savepoint_rollback(sid)
                connection.savepoint_commit(sid)
            except Error:
                connection.needs_rollback = True
            raise

    def _commit(self, connection):
        try:
            connection.commit()
        except DatabaseError:
            connection.rollback()
            raise


def atomic(using=None, savepoint=True, durable=False):
    if callable(using):
        return Atomic(DEFAULT_DB_ALIAS, savepoint, durable)(using)
    return Atomic(using, savepoint, durable)


def non_atomic_requests(using=None):
    def mark(func, using):
        if not hasattr(func, "_non_atomic_requests"):
            func._non_atomic_requests = set()
        func._non_atomic_requests.add(using)
        return func

    if callable(using):
        return mark(using, DEFAULT_DB_ALIAS)
    return lambda func: mark(func, using or DEFAULT_DB_ALIAS)


__all__ = ["Atomic", "ProgrammingError", "TransactionManagementError", "atomic", "non_atomic_requests", "on_commit"]
