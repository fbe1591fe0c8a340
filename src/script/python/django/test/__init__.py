"""Tests of sites."""

from django._lazy import lazily, names_of

_PLACES = {
    ".client": "Client RequestFactory",
    ".live_server": "LiveServerTestCase",
    ".testcases": "SimpleTestCase TestCase TransactionTestCase skipIfDBFeature skipUnlessAnyDBFeature skipUnlessDBFeature",
    ".utils": "CaptureQueriesContext ignore_warnings modify_settings override_settings override_system_checks tag",
}

__all__ = names_of(_PLACES)

__getattr__ = lazily(__name__, _PLACES)
