"""Classes of tests with rows: what they write is taken back."""

from contextlib import contextmanager

from django._absent import absent
from django.test.simple import SimpleTestCase, to_list

# A failure shows where a test called this, and not this.
__unittest = True

__all__ = [
    "LiveServerTestCase",
    "SimpleTestCase",
    "TestCase",
    "TransactionTestCase",
    "skipIfDBFeature",
    "skipUnlessAnyDBFeature",
    "skipUnlessDBFeature",
    "to_list",
]


class _AssertNumQueriesContext:
    """Counts the statements of a block."""

    def __init__(self, test_case, num, connection):
        from django.test.utils import CaptureQueriesContext

        self.captured = CaptureQueriesContext(connection)
        self.test_case = test_case
        self.num = num

    def __enter__(self):
        return self.captured.__enter__()

    def __exit__(self, exc_type, exc_value, traceback):
        self.captured.__exit__(exc_type, exc_value, traceback)
        if exc_type is not None:
            return
        found = [query["sql"] for query in self.captured.captured_queries]
        listed = "\n".join(f"{number}. {sql}" for number, sql in enumerate(found, start=1))
        self.test_case.assertEqual(
            len(found), self.num, f"{len(found)} queries executed, {self.num} expected\nCaptured queries were:\n{listed}"
        )


class TransactionTestCase(SimpleTestCase):
    """A test after which all tables are empty, and keys begin with 1 again."""

    databases = {"default"}
    fixtures = None
    reset_sequences = False
    serialized_rollback = False
    available_apps = None
    _disallowed_database_msg = (
        "Database queries to {alias!r} are not allowed in this test. Add {alias!r} to {test}.databases to ensure proper "
        "test isolation and silence this failure."
    )

    def _pre_setup(self):
        super()._pre_setup()
        self._fixture_setup()
        forget_queries()

    def _fixture_setup(self):
        for alias in self.databases:
            if self.serialized_rollback:
                restore_rows(alias)
            if self.fixtures:
                load_fixtures(self.fixtures, alias)

    def _post_teardown(self):
        self._fixture_teardown()
        super()._post_teardown()

    def _fixture_teardown(self):
        from django.core.management import call_command

        for alias in self.databases:
            call_command("flush", verbosity=0, interactive=False, database=alias)

    def assertNumQueries(self, num, func=None, *args, using="default", **kwargs):
        """So many statements run in the block, or in the function."""
        from django.db import connections

        context = _AssertNumQueriesContext(self, num, connections[using])
        if func is None:
            return context
        with context:
            func(*args, **kwargs)
        return None

    def assertQuerySetEqual(self, qs, values, transform=None, ordered=True, msg=None):
        """The rows, through `transform`, are those values."""
        values = list(values)
        items = map(transform, qs) if transform is not None else qs
        if not ordered:
            from collections import Counter

            return self.assertDictEqual(Counter(items), Counter(values), msg=msg)
        if len(values) > 1 and hasattr(qs, "ordered") and not qs.ordered:
            raise ValueError("Trying to compare non-ordered queryset against more than one ordered value.")
        return self.assertEqual(list(items), values, msg)


class TestCase(TransactionTestCase):
    """A test inside a transaction that is taken back; `setUpTestData` runs once for the class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cls_atomics = cls._enter_atomics()
        try:
            if cls.fixtures:
                for alias in cls.databases:
                    load_fixtures(cls.fixtures, alias)
            before = dict(cls.__dict__)
            cls.setUpTestData()
            for name, value in list(cls.__dict__.items()):
                if name not in before or value is not before[name]:
                    setattr(cls, name, TestData(name, value))
        except Exception:
            cls._rollback_atomics(cls.cls_atomics)
            raise

    @classmethod
    def tearDownClass(cls):
        cls._rollback_atomics(cls.cls_atomics)
        super().tearDownClass()

    @classmethod
    def setUpTestData(cls):
        """Rows for all tests of the class."""

    @classmethod
    def _enter_atomics(cls):
        from django.db import transaction

        atomics = {}
        for alias in cls.databases:
            atomics[alias] = transaction.atomic(using=alias)
            atomics[alias]._from_testcase = True
            atomics[alias].__enter__()
        return atomics

    @classmethod
    def _rollback_atomics(cls, atomics):
        from django.db import transaction

        for alias in reversed(atomics):
            transaction.set_rollback(True, using=alias)
            atomics[alias].__exit__(None, None, None)

    def _fixture_setup(self):
        self.atomics = self._enter_atomics()
        self._written = {alias: _rows_written(alias) for alias in self.databases}

    def _fixture_teardown(self):
        try:
            for alias, written in self._written.items():
                # What a test has not written, the one before has been checked for.
                if _rows_written(alias) != written:
                    check_references(alias)
        finally:
            self._rollback_atomics(self.atomics)

    @classmethod
    @contextmanager
    def captureOnCommitCallbacks(cls, *, using="default", execute=False):
        """The functions that wait for the end of the transaction, which never comes here."""
        from django.db import connections

        callbacks = []
        start = len(connections[using].run_on_commit)
        try:
            yield callbacks
        finally:
            while True:
                waiting = connections[using].run_on_commit
                count = len(waiting)
                for _, callback, robust in waiting[start:]:
                    callbacks.append(callback)
                    if execute:
                        _run(callback, robust)
                if count == len(connections[using].run_on_commit):
                    break
                start = count


def _run(callback, robust):
    try:
        callback()
    except Exception:
        if not robust:
            raise


class TestData:
    """What `setUpTestData` made: each test has a copy of its own."""

    def __init__(self, name, data):
        self.name = name
        self.data = data

    def __get__(self, instance, owner):
        if instance is None:
            return self.data
        memo = instance.__dict__.setdefault("_testdata_memo", {})
        from copy import deepcopy

        copied = deepcopy(self.data, memo)
        instance.__dict__[self.name] = copied
        return copied


def load_fixtures(names, alias="default"):
    """Saves the rows of fixtures, within the transaction of the test."""
    from django.core.management import call_command

    call_command("loaddata", *names, verbosity=0, database=alias)


def forget_queries():
    """Begins to count statements anew."""
    from django.db import reset_queries

    reset_queries()


def _rows_written(alias):
    import _djr_db

    return _djr_db.rows_written(alias)


def check_references(alias):
    """Raises IntegrityError where a row refers to one that is not there."""
    from django.db import IntegrityError, connections

    connection = connections[alias]
    if connection.needs_rollback:
        return
    with connection.cursor() as cursor:
        broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
    if broken:
        table, row, referred, _ = broken[0]
        raise IntegrityError(
            f"The row in table '{table}' with rowid {row} has an invalid foreign key: there is no such row in '{referred}'"
        )


#: The rows that migrations have left, by database, for `serialized_rollback`.
_kept_rows = {}


def keep_rows(alias):
    """Remembers what is in the tables now."""
    from io import StringIO

    from django.core.management import call_command

    written = StringIO()
    call_command("dumpdata", database=alias, stdout=written, verbosity=0)
    _kept_rows[alias] = written.getvalue()


def restore_rows(alias):
    """Puts back what was remembered."""
    from django.core import serializers

    for row in serializers.deserialize("json", _kept_rows.get(alias, "[]")):
        row.save(using=alias)


def _skipping(is_to_be_skipped, reason):
    """A decorator of tests and classes that are skipped where a database can, or cannot, do something."""
    from functools import wraps
    from unittest import SkipTest, TestCase as AnyTest

    def decorator(test):
        if isinstance(test, type) and issubclass(test, AnyTest):
            if is_to_be_skipped():
                test.__unittest_skip__, test.__unittest_skip_why__ = True, reason
            return test

        @wraps(test)
        def run(*args, **kwargs):
            if is_to_be_skipped():
                raise SkipTest(reason)
            return test(*args, **kwargs)

        return run

    return decorator


def _has(feature):
    from django.db import connection

    return bool(getattr(connection.features, feature, False))


def skipIfDBFeature(*features):
    """Skips what needs a database that can do none of this."""
    return _skipping(lambda: any(map(_has, features)), f"Database has feature(s) {', '.join(features)}")


def skipUnlessDBFeature(*features):
    """Skips what needs a database that can do all of this."""
    return _skipping(lambda: not all(map(_has, features)), f"Database doesn't support feature(s): {', '.join(features)}")


def skipUnlessAnyDBFeature(*features):
    """Skips what needs a database that can do some of this."""
    reason = f"Database doesn't support any of the feature(s): {', '.join(features)}"
    return _skipping(lambda: not any(map(_has, features)), reason)


def __getattr__(name):
    if name == "LiveServerTestCase":
        from django.test.live_server import LiveServerTestCase

        return LiveServerTestCase
    return _absent(name)


_absent = absent(__name__)
