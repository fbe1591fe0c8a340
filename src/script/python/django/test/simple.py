"""Tests without rows, and what all tests of a site have."""

import unittest
from functools import wraps
from inspect import iscoroutinefunction

from django.test.assertions import SiteAssertions, to_list
from django.test.client import Client
from django.test.utils import modify_settings, override_settings

# A failure shows where a test called this, and not this.
__unittest = True

__all__ = ["DatabaseOperationForbidden", "SimpleTestCase", "to_list"]


class DatabaseOperationForbidden(AssertionError):
    """A test asked a database that is not in its `databases`."""

    __module__ = "django.test.testcases"


class SimpleTestCase(SiteAssertions, unittest.TestCase):
    """A test that does without the database."""

    client_class = Client
    databases = set()
    _overridden_settings = None
    _modified_settings = None
    _disallowed_database_msg = (
        "Database queries to {alias!r} are not allowed in SimpleTestCase subclasses. Either subclass TestCase or "
        "TransactionTestCase to ensure proper test isolation or add {alias!r} to {test}.databases to silence this failure."
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if cls._overridden_settings:
            cls.enterClassContext(override_settings(**cls._overridden_settings))
        if cls._modified_settings:
            cls.enterClassContext(modify_settings(cls._modified_settings))
        cls.databases = cls._validate_databases()
        cls._forbid_databases()

    @classmethod
    def _validate_databases(cls):
        from django.db import connections

        if cls.databases == "__all__":
            return frozenset(connections)
        for alias in cls.databases:
            if alias not in connections:
                from difflib import get_close_matches

                from django.core.exceptions import ImproperlyConfigured

                near = get_close_matches(alias, list(connections))
                hint = f" Did you mean {near[0]!r}?" if near else ""
                raise ImproperlyConfigured(
                    f"{cls.__module__}.{cls.__qualname__}.databases refers to {alias!r} which is not defined in "
                    f"settings.DATABASES.{hint}"
                )
        return frozenset(cls.databases)

    @classmethod
    def _forbid_databases(cls):
        import _djr_db

        from django.db import connections

        for alias in connections:
            if alias not in cls.databases:
                test = f"{cls.__module__}.{cls.__qualname__}"
                _djr_db.forbid(alias, cls._disallowed_database_msg.format(alias=alias, test=test))
                cls.addClassCleanup(_djr_db.forbid, alias, None)

    def __call__(self, result=None):
        """Gives each test a client and an empty outbox of mail; not to one that is skipped."""
        self._set_up_and_run(result, super().__call__)

    def debug(self):
        self._pre_setup()
        super().debug()
        self._post_teardown()

    def _set_up_and_run(self, result, run):
        method = getattr(self, self._testMethodName, None)
        if iscoroutinefunction(method):
            setattr(self, self._testMethodName, _without_waiting(method))
        if getattr(type(self), "__unittest_skip__", False) or getattr(method, "__unittest_skip__", False):
            run(result)
            return
        for step in (self._pre_setup, lambda: run(result), self._post_teardown):
            try:
                step()
            except Exception:
                import sys

                if result is None:
                    raise
                result.addError(self, sys.exc_info())
                return

    def _pre_setup(self):
        from django.core import mail

        self.client = self.client_class()
        mail.outbox = []

    def _post_teardown(self):
        """What a test did is taken back."""

    def settings(self, **kwargs):
        """Other settings, for a block."""
        return override_settings(**kwargs)

    def modify_settings(self, **kwargs):
        return modify_settings(**kwargs)


def _without_waiting(function):
    """The coroutine `function` as one that is called: what it awaits must be done at once."""

    @wraps(function)
    def run(*args, **kwargs):
        coroutine = function(*args, **kwargs)
        try:
            coroutine.send(None)
        except StopIteration as ended:
            return ended.value
        coroutine.close()
        raise RuntimeError("the test waits for something else, which djr has no loop for")

    return run
