"""Where the tests of a label are: a module, a class, a method, a file or a folder."""

import os
import unittest
from fnmatch import fnmatch


def root():
    from django.conf import settings

    return str(settings.BASE_DIR)


def tests_of_labels(loader, labels, pattern):
    """The tests of all labels, one after the other."""
    for label in labels:
        yield from flat(_suite(loader, label, pattern))


def flat(suite):
    """The tests of a suite and those in it."""
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flat(test)
        else:
            yield test


def _suite(loader, label, pattern):
    path = os.path.join(root(), label)
    if os.path.isdir(path):
        return _discovered(loader, path, pattern)
    if os.path.isfile(path):
        return _of_module(loader, _dotted(path))
    folder = os.path.join(root(), *label.split("."))
    if os.path.isdir(folder):
        return _discovered(loader, folder, pattern)
    return loader.loadTestsFromName(label)


def _discovered(loader, folder, pattern):
    suite = unittest.TestSuite()
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        if name.endswith(".py") and fnmatch(name, pattern) and name[:-3].isidentifier():
            suite.addTest(_of_module(loader, _dotted(path)))
        elif name.isidentifier() and not name.startswith("_") and os.path.isdir(path):
            suite.addTest(_discovered(loader, path, pattern))
    return suite


def _of_module(loader, name):
    from importlib import import_module

    try:
        module = import_module(name)
    except unittest.SkipTest as reason:
        return unittest.loader._make_skipped_test(name, reason, loader.suiteClass)
    except Exception:
        case, _ = unittest.loader._make_failed_import_test(name, loader.suiteClass)
        return case
    return loader.loadTestsFromModule(module)


def _dotted(path):
    return os.path.relpath(path, root()).removesuffix(".py").replace(os.sep, ".")
