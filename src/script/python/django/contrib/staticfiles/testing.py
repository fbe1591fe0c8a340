"""Tests of a site with its static files."""

from django.test.live_server import StaticLiveServerTestCase

__all__ = ["StaticLiveServerTestCase"]
