"""Tests of a site that answers on a port of its own."""

from django.test.testcases import TransactionTestCase
from django.test.utils import modify_settings


class _Host:
    """The address of a class while its server runs."""

    def __get__(self, instance, owner):
        return f"http://{owner.host}:{owner.server_port}"


class LiveServerTestCase(TransactionTestCase):
    """A test of a site that djr serves beside it, over the same database."""

    host = "localhost"
    port = 0
    server_port = None
    live_server_url = _Host()

    @classmethod
    def setUpClass(cls):
        import _djr_commands

        super().setUpClass()
        if cls.port:
            from django.core.exceptions import ImproperlyConfigured

            raise ImproperlyConfigured("the server of a test takes any port that is free: leave `port` out")
        cls.enterClassContext(modify_settings(ALLOWED_HOSTS={"append": cls.host}))
        cls._follow_static_files()
        cls.server_port = _djr_commands.serve()
        cls.addClassCleanup(_djr_commands.stop_serving)

    @classmethod
    def _follow_static_files(cls):
        """Static files come from `STATIC_ROOT`."""

    def _pre_setup(self):
        super()._pre_setup()
        from django.test import outbox

        outbox.collect()


class StaticLiveServerTestCase(LiveServerTestCase):
    """The same, whose static files come from where they are, as with `debug`."""

    @classmethod
    def _follow_static_files(cls):
        from django.test.utils import override_settings

        cls.enterClassContext(override_settings(DEBUG=True))
