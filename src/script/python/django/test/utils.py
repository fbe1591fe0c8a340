"""Settings of one test."""

from contextlib import contextmanager

from django._absent import absent

class TestContextDecorator:
    """For a block, a function or a class of tests, something else than usual."""

    __test__ = False

    def __init__(self, attr_name=None, kwarg_name=None):
        self.attr_name = attr_name
        self.kwarg_name = kwarg_name

    def enable(self):
        raise NotImplementedError

    def disable(self):
        raise NotImplementedError

    def __enter__(self):
        return self.enable()

    def __exit__(self, exc_type, exc_value, traceback):
        self.disable()

    def decorate_class(self, cls):
        from unittest import TestCase

        if not issubclass(cls, TestCase):
            raise TypeError("only classes of tests can be decorated")
        set_up = cls.setUp

        def setUp(inner_self):
            context = self.enable()
            inner_self.addCleanup(self.disable)
            if self.attr_name:
                setattr(inner_self, self.attr_name, context)
            set_up(inner_self)

        cls.setUp = setUp
        return cls

    def decorate_callable(self, func):
        from functools import wraps

        @wraps(func)
        def inner(*args, **kwargs):
            with self as context:
                if self.kwarg_name:
                    kwargs[self.kwarg_name] = context
                return func(*args, **kwargs)

        return inner

    def __call__(self, decorated):
        if isinstance(decorated, type):
            return self.decorate_class(decorated)
        if callable(decorated):
            return self.decorate_callable(decorated)
        raise TypeError(f"{decorated!r} cannot be decorated")


class override_settings(TestContextDecorator):
    """Other settings."""

    def __init__(self, **kwargs):
        self.options = kwargs
        super().__init__()

    def enable(self):
        from django.conf import settings

        self.layer = dict(self.options)
        settings._push(self.layer)
        self._tell(enter=True)

    def disable(self):
        from django.conf import settings

        settings._remove(self.layer)
        self._tell(enter=False)

    def _tell(self, enter):
        from django.conf import settings
        from django.core.signals import setting_changed

        for name in self.options:
            setting_changed.send(
                sender=type(settings), setting=name, value=getattr(settings, name, None), enter=enter
            )


class modify_settings(override_settings):
    """Lists of the settings with items more or fewer: `append`, `prepend`, `remove`."""

    def __init__(self, *args, **kwargs):
        operations = list(args[0]) if args else list(kwargs.items())
        self.operations = operations
        super().__init__()

    def enable(self):
        from django.conf import settings

        self.options = {}
        for name, actions in self.operations:
            items = list(self.options.get(name, getattr(settings, name, [])))
            for action, given in actions.items():
                given = [given] if isinstance(given, str) else list(given)
                items = _changed(items, action, given)
            self.options[name] = items
        super().enable()


def _changed(items, action, given):
    if action == "append":
        return items + [item for item in given if item not in items]
    if action == "prepend":
        return [item for item in given if item not in items] + items
    if action == "remove":
        return [item for item in items if item not in given]
    raise ValueError(f"{action!r} is none of append, prepend and remove")


class override_system_checks(TestContextDecorator):
    """Checks are djr's own: nothing changes."""

    def __init__(self, new_checks, deployment_checks=None):
        super().__init__()

    def enable(self):
        pass

    disable = enable


class ignore_warnings(TestContextDecorator):
    """No warnings of that kind."""

    def __init__(self, **kwargs):
        self.options = kwargs
        super().__init__()

    def enable(self):
        import warnings

        self.catcher = warnings.catch_warnings()
        self.catcher.__enter__()
        if {"message", "module"} & set(self.options):
            warnings.filterwarnings("ignore", **self.options)
        else:
            warnings.simplefilter("ignore", **self.options)

    def disable(self):
        self.catcher.__exit__(None, None, None)


class CaptureQueriesContext:
    """The statements of a block."""

    def __init__(self, connection):
        self.connection = connection

    def __iter__(self):
        return iter(self.captured_queries)

    def __getitem__(self, index):
        return self.captured_queries[index]

    def __len__(self):
        return len(self.captured_queries)

    @property
    def captured_queries(self):
        return self.connection.queries[self.initial_queries : self.final_queries]

    def __enter__(self):
        self.was_forced = self.connection.force_debug_cursor
        self.connection.force_debug_cursor = True
        self.initial_queries = len(self.connection.queries)
        self.final_queries = None
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        self.final_queries = len(self.connection.queries)
        self.connection.force_debug_cursor = self.was_forced


#: What is as it was before the tests once they are over.
_before = []


def setup_test_environment(debug=None):
    """Mail goes to the outbox, and rendered templates are noted."""
    import _djr

    from django.conf import settings
    from django.core import mail
    from django.test.rendered import noting

    if _before:
        raise RuntimeError("setup_test_environment() was already called and can't be called again without first calling teardown_test_environment().")
    layer = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    if debug is not None:
        layer["DEBUG"] = debug
    settings._push(layer)
    _before.append((layer, _djr.render))
    _djr.render = noting(_djr.render)
    mail.outbox = []


def teardown_test_environment():
    import _djr

    from django.conf import settings
    from django.core import mail

    layer, render = _before.pop()
    settings._remove(layer)
    _djr.render = render
    del mail.outbox


def get_runner(settings, test_runner_class=None):
    """The class that runs the tests."""
    from django.utils.module_loading import import_string

    return import_string(test_runner_class or settings.TEST_RUNNER)


def tag(*tags):
    """A decorator: the test, or all of a class, belong to these groups."""

    def decorator(obj):
        obj.tags = obj.tags.union(tags) if hasattr(obj, "tags") else set(tags)
        return obj

    return decorator


@contextmanager
def captured_output(stream_name):
    """What is written to `stdout` or `stderr`."""
    import sys
    from io import StringIO

    before = getattr(sys, stream_name)
    setattr(sys, stream_name, StringIO())
    try:
        yield getattr(sys, stream_name)
    finally:
        setattr(sys, stream_name, before)


def captured_stdout():
    return captured_output("stdout")


def captured_stderr():
    return captured_output("stderr")


def captured_stdin():
    return captured_output("stdin")


__getattr__ = absent(__name__)
