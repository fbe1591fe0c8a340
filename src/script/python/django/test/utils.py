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
            raise TypeError("Can only decorate subclasses of unittest.TestCase")
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
    """Other settings, which djr's own pages follow, too."""

    def __init__(self, **kwargs):
        self.options = kwargs
        super().__init__()

    def enable(self):
        from django.conf import settings

        self.layer = dict(self.options)
        settings._push(self.layer)
        try:
            self._tell(enter=True)
        except Exception:
            self.disable()
            raise

    def disable(self):
        from django.conf import settings

        settings._remove(self.layer)
        raised = self._tell(enter=False)
        if raised is not None:
            raise raised

    def _tell(self, enter):
        """Lets djr and the receivers of the signal know; on the way out, each receiver hears of it whatever others do."""
        from django.conf import settings
        from django.core.signals import setting_changed
        from django.test import overridden

        overridden.forget(self.options)
        overridden.follow()
        raised = None
        for name in self.options:
            facts = {"setting": name, "value": getattr(settings, name, None), "enter": enter}
            if enter:
                setting_changed.send(sender=type(settings), **facts)
                continue
            for _, response in setting_changed.send_robust(sender=type(settings), **facts):
                raised = response if raised is None and isinstance(response, Exception) else raised
        return raised

    def decorate_class(self, cls):
        from django.test.simple import SimpleTestCase

        if not issubclass(cls, SimpleTestCase):
            raise ValueError("only subclasses of SimpleTestCase can be decorated with override_settings")
        self.save_options(cls)
        return cls

    def save_options(self, test_func):
        before = test_func._overridden_settings
        test_func._overridden_settings = {**(before or {}), **self.options}


class modify_settings(override_settings):
    """Lists of the settings with items more or fewer: `append`, `prepend`, `remove`."""

    def __init__(self, *args, **kwargs):
        self.operations = list(args[0]) if args else list(kwargs.items())
        super().__init__()

    def save_options(self, test_func):
        test_func._modified_settings = [*(test_func._modified_settings or ()), *self.operations]

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


class override_script_prefix(TestContextDecorator):
    """Another prefix before the paths that `reverse` writes."""

    def __init__(self, prefix):
        self.prefix = prefix
        super().__init__()

    def enable(self):
        from django.urls import get_script_prefix, set_script_prefix

        self.before = get_script_prefix()
        set_script_prefix(self.prefix)

    def disable(self):
        from django.urls import set_script_prefix

        set_script_prefix(self.before)


class isolate_apps(TestContextDecorator):
    """Models of djr are those of `models.toml`, so that a test can declare none: this says so."""

    def __init__(self, *installed_apps, **kwargs):
        super().__init__(**kwargs)

    def enable(self):
        from django.core.exceptions import ImproperlyConfigured

        raise ImproperlyConfigured("isolate_apps() has nothing to isolate: models are declared in models.toml, and not in tests")

    def disable(self):
        """Nothing was isolated."""


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
        if not self.was_forced:
            # What is kept is kept up to a number: it begins anew.
            self.connection.reset_queries()
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
    from django.test import overridden, rendered

    if _before:
        raise RuntimeError(
            "setup_test_environment() was already called and can't be called again without first calling "
            "teardown_test_environment()."
        )
    layer = {"EMAIL_BACKEND": "django.core.mail.backends.locmem.EmailBackend"}
    if not {"*", "testserver"} & set(settings.ALLOWED_HOSTS):
        layer["ALLOWED_HOSTS"] = [*settings.ALLOWED_HOSTS, "testserver"]
    if debug is not None:
        layer["DEBUG"] = debug
    settings._push(layer)
    _before.append((layer, _djr.render))
    overridden.follow()
    rendered.begin()
    mail.outbox = []


def teardown_test_environment():
    import _djr

    from django.conf import settings
    from django.core import mail
    from django.test import overridden, rendered

    layer, render = _before.pop()
    settings._remove(layer)
    overridden.follow()
    rendered.end(render)
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


@contextmanager
def freeze_time(t):
    """The time stands still at `t`."""
    from unittest.mock import patch

    with patch("time.time", return_value=t):
        yield


@contextmanager
def extend_sys_path(*paths):
    """Modules are looked for in these directories, too."""
    import sys

    before = sys.path[:]
    sys.path.extend(paths)
    try:
        yield
    finally:
        sys.path = before


@contextmanager
def isolate_lru_cache(lru_cache_object):
    """What a function remembers is forgotten before and after."""
    lru_cache_object.cache_clear()
    try:
        yield
    finally:
        lru_cache_object.cache_clear()


def compare_xml(want, got):
    """Whether two XML documents have the same elements; spaces around texts and the order of attributes do not matter."""
    from xml.dom.minidom import Node, parseString

    def facts(element):
        attributes = sorted(element.attributes.items()) if element.attributes else []
        text = "".join(child.data for child in element.childNodes if child.nodeType == Node.TEXT_NODE)
        children = [child for child in element.childNodes if child.nodeType == Node.ELEMENT_NODE]
        return element.tagName, attributes, " ".join(text.split()), [facts(child) for child in children]

    def root(text):
        text = text.strip().replace("\\n", "\n")
        wrapped = text if text.startswith("<?xml") else f"<root>{text}</root>"
        return facts(parseString(wrapped).documentElement)

    return root(want) == root(got)


def captured_stdout():
    return captured_output("stdout")


def captured_stderr():
    return captured_output("stderr")


def captured_stdin():
    return captured_output("stdin")


__getattr__ = absent(__name__)
