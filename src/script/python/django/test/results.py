"""What becomes of tests: which run, what is told of them, and the same for a program."""

import unittest


def is_chosen(test, tags, exclude_tags):
    """Whether the tags of a test and of its class let it run; what could not be loaded always runs."""
    if isinstance(test, unittest.loader._FailedTest):
        return True
    method = getattr(test, getattr(test, "_testMethodName", ""), None)
    own = set(getattr(test, "tags", ())) | set(getattr(method, "tags", ()))
    return not own & exclude_tags and (not tags or bool(own & tags))


def as_json(result, seconds):
    """What happened, for a program."""
    def told(pairs):
        return [{"test": test.id(), "message": text} for test, text in pairs]

    return {
        "run": result.testsRun,
        "failures": told(result.failures),
        "errors": told(result.errors),
        "skipped": told(result.skipped),
        "expected_failures": told(result.expectedFailures),
        "unexpected_successes": [test.id() for test in result.unexpectedSuccesses],
        "seconds": round(seconds, 3),
        "successful": result.wasSuccessful(),
    }


class StatementResult(unittest.TextTestResult):
    """Tells the statements of a test that fails behind its traceback."""

    def startTest(self, test):
        from django.db import connections

        for connection in connections.all():
            connection.force_debug_cursor = True
            connection.reset_queries()
        super().startTest(test)

    def stopTest(self, test):
        from django.db import connections

        super().stopTest(test)
        for connection in connections.all():
            connection.force_debug_cursor = False

    def addError(self, test, err):
        super().addError(test, err)
        self._add_statements(self.errors)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self._add_statements(self.failures)

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            kept = self.failures if issubclass(err[0], test.failureException) else self.errors
            self._add_statements(kept)

    def _add_statements(self, kept):
        from django.db import connections

        queries = [query["sql"] for connection in connections.all() for query in connection.queries]
        test, text = kept[-1]
        kept[-1] = (test, "\n".join([text, self.separator2, *(f"{sql};" for sql in queries)]))


def result_class(debug_sql):
    """The class of the results; None for the usual one."""
    return StatementResult if debug_sql else None


class PaintedStream:
    """Standard error, on which the outcome has colours."""

    _COLORS = {"FAILED": "31;1", "OK": "32;1", "ERROR": "31", "FAIL": "31", "F": "31", "E": "31", "s": "33", "x": "33", "u": "31"}

    def __init__(self, stream):
        self.stream = stream

    def write(self, text):
        word = text.partition(":")[0].partition(" (")[0]
        color = self._COLORS.get(word)
        self.stream.write(f"\x1b[{color}m{text}\x1b[0m" if color else text)

    def __getattr__(self, name):
        return getattr(self.stream, name)
