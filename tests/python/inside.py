"""Replays every case, and runs the tests of our own modules, by the interpreter inside djr.

What the cases ask of a site is answered by `fake/` here as elsewhere; everything else is djr's own.
"""

import os
import sys
from types import ModuleType

HERE = os.path.dirname(os.path.abspath(__file__))


# Steps that differ here and not under CPython: the text they begin with, and why.
DIFFERENT = {
    "tried(two_names)": "since Python 3.12 an error of __set_name__ is not wrapped in a RuntimeError",
    "each(strip_tags, *STRIPPED)": "the html.parser of Python 3.13 reads tags that are not closed in another way",
}


def is_known(step, answer):
    """Whether the answer differs from the recorded one as it is bound to."""
    if step["source"] in DIFFERENT:
        return True
    # `str()` answers a plain text where __str__ answers one of a class of its own.
    if "str(" in step["source"]:
        return plain(step["answer"]) == plain(answer)
    return False


def plain(answer):
    import re

    if isinstance(answer, list):
        return [plain(item) for item in answer]
    return re.sub(r"""SafeString\(('(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")\)""", r"\1", answer)


def stand_in(name):
    """Puts the answers of a site that the cases know in place of those of djr."""
    native = __import__(name)
    module = sys.modules[name] = ModuleType(name)
    path = module.__file__ = os.path.join(HERE, "fake", f"{name}.py")
    with open(path, encoding="utf-8") as file:
        exec(compile(file.read(), path, "exec"), vars(module))
    module.__getattr__ = lambda attribute: getattr(native, attribute)


def differing_cases():
    import replay
    import steps

    steps.prepare()
    golden = os.path.join(HERE, "golden")
    for name in sorted(os.listdir(golden)):
        yield from replay.differences(os.path.join(golden, name), is_known)


def failures_of(name):
    """What fails of the tests in a module."""
    import unittest
    from importlib import import_module

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromModule(import_module(name)).run(result)
    if not result.testsRun:
        yield f"no test of {name} ran"
    for test, text in [*result.failures, *result.errors]:
        yield f"{test}\n{text}"


def main():
    for file in os.listdir(os.path.join(HERE, "fake")):
        # The databases here are real, if there are any.
        if file != "_djr_db.py":
            stand_in(file.removesuffix(".py"))
    wrong = [*differing_cases(), *failures_of("test_own"), *failures_of("test_library")]
    if wrong:
        raise AssertionError("\n".join(wrong))


main()
