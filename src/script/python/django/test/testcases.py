"""Classes of tests with rows: what they write is taken back."""

from contextlib import contextmanager

from django._absent import absent
from django.test.simple import SimpleTestCase, to_list

__all__ = ["SimpleTestCase", "TestCase", "TransactionTestCase", "to_list"]


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
    """A test after which all tables are empty."""

    databases = {"default"}
    fixtures = None
    reset_sequences = False
    serialized_rollback = False
    available_apps = None

    def _pre_setup(self):
        super()._pre_setup()
        self._fixture_setup()

    def _fixture_setup(self):
        if self.fixtures:
            load_fixtures(self.fixtures)

    def _post_teardown(self):
        self._fixture_teardown()
        super()._post_teardown()

    def _fixture_teardown(self):
        from django.core.management import call_command

        call_command("flush", verbosity=0, interactive=False)

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
        items = list(map(transform, qs)) if transform is not None else list(qs)
        if not ordered:
            return self.assertCountEqual(items, values, msg)
        if len(values) > 1 and hasattr(qs, "ordered") and not qs.ordered:
            raise ValueError("the query set is not ordered, so that there is no order to compare")
        return self.assertEqual(items, values, msg)


class TestCase(TransactionTestCase):
    """A test inside a transaction that is taken back; `setUpTestData` runs once for the class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cls_atomics = cls._enter_atomics()
        try:
            if cls.fixtures:
                load_fixtures(cls.fixtures)
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
        for alias in cls.databases if cls.databases != "__all__" else ("default",):
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

    def _fixture_teardown(self):
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


def load_fixtures(names):
    """Saves the rows of fixtures, within the transaction of the test."""
    from django.core import serializers

    for name in names:
        path = _fixture(name)
        with open(path, encoding="utf-8") as file:
            for row in serializers.deserialize(path.rpartition(".")[2], file):
                row.save()


def _fixture(name):
    import os

    from django.apps import apps
    from django.conf import settings

    folders = [os.path.join(str(settings.BASE_DIR), config.label, "fixtures") for config in apps.get_app_configs()]
    for folder in [*folders, str(settings.BASE_DIR)]:
        for ending in ("", ".json", ".jsonl"):
            path = os.path.join(folder, name + ending)
            if os.path.isfile(path):
                return path
    raise FileNotFoundError(f"no fixture is called {name!r}: it would be fixtures/{name}.json of an app")


__getattr__ = absent(__name__)
