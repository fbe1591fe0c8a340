"""Tests of sites."""

from django._absent import absent

_PLACES = {
    "client": ["Client", "RequestFactory"],
    "testcases": ["SimpleTestCase", "TestCase", "TransactionTestCase"],
    "utils": ["CaptureQueriesContext", "ignore_warnings", "modify_settings", "override_settings", "override_system_checks", "tag"],
}
_MODULES = {name: module for module, names in _PLACES.items() for name in names}

__all__ = list(_MODULES)


def __getattr__(name):
    if name in _MODULES:
        from importlib import import_module

        return getattr(import_module(f"django.test.{_MODULES[name]}"), name)
    return absent(__name__)(name)
