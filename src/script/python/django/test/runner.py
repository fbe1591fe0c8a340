"""Finds the tests of a project, runs them and tells what failed."""

import sys
import time
import unittest


class DiscoverRunner:
    """What `djr test` runs; the options are those of Django's."""

    test_suite = unittest.TestSuite
    parallel_test_suite = None
    test_runner = unittest.TextTestRunner
    test_loader = unittest.defaultTestLoader

    def __init__(
        self,
        pattern=None,
        top_level=None,
        verbosity=1,
        interactive=True,
        failfast=False,
        keepdb=False,
        reverse=False,
        debug_mode=False,
        tags=None,
        exclude_tags=None,
        test_name_patterns=None,
        buffer=False,
        timing=False,
        shuffle=None,
        **kwargs,
    ):
        self.pattern = pattern or "test*.py"
        self.verbosity = verbosity
        self.failfast = failfast
        self.keepdb = keepdb
        self.reverse = reverse
        self.debug_mode = debug_mode
        self.tags = set(tags or ())
        self.exclude_tags = set(exclude_tags or ())
        self.buffer = buffer
        self.timing = timing
        self.shuffle = shuffle
        self.test_name_patterns = [
            pattern if "*" in pattern else f"*{pattern}*" for pattern in test_name_patterns or ()
        ]
        self.failed_imports = []

    def log(self, msg, level=None):
        if self.verbosity > 0:
            sys.stdout.write(f"{msg}\n")
            sys.stdout.flush()

    def build_suite(self, test_labels=None, **kwargs):
        """The tests of these labels in the order in which they run."""
        loader = unittest.TestLoader()
        loader.testNamePatterns = self.test_name_patterns or None
        from django.test.discovery import tests_of_labels

        tests = [
            test
            for test in tests_of_labels(loader, test_labels or ["."], self.pattern)
            if is_chosen(test, self.tags, self.exclude_tags)
        ]
        return self.test_suite(self._in_order(tests))

    def _in_order(self, tests):
        from django.test.testcases import SimpleTestCase, TestCase

        classes = (TestCase, SimpleTestCase)

        def group(test):
            for place, cls in enumerate(classes):
                if isinstance(test, cls):
                    return place
            return len(classes)

        if self.shuffle is not None:
            tests = self._shuffled(tests)
        if self.reverse:
            tests = tests[::-1]
        return sorted(dict.fromkeys(tests), key=group)

    def _shuffled(self, tests):
        import random

        seed = int(self.shuffle) if str(self.shuffle).isdecimal() else random.randrange(10**10)
        self.log(f"Using shuffle seed: {seed} ({'given' if str(self.shuffle) == str(seed) else 'generated'})")
        by_class = {}
        for test in tests:
            by_class.setdefault(type(test), []).append(test)
        order = random.Random(seed)
        classes = list(by_class)
        order.shuffle(classes)
        for one in by_class.values():
            order.shuffle(one)
        return [test for cls in classes for test in by_class[cls]]

    def setup_test_environment(self, **kwargs):
        from django.test.utils import setup_test_environment

        setup_test_environment(debug=self.debug_mode)

    def teardown_test_environment(self, **kwargs):
        from django.test.utils import teardown_test_environment

        teardown_test_environment()

    def setup_databases(self, **kwargs):
        from django.core.management import call_command

        self.log(f"{'Using existing' if self.keepdb else 'Creating'} test database for alias 'default'...")
        call_command("migrate", verbosity=0)

    def teardown_databases(self, old_config, **kwargs):
        self.log(f"{'Preserving' if self.keepdb else 'Destroying'} test database for alias 'default'...")

    def run_checks(self, databases=None):
        import _djr_commands

        from django.core.management.base import SystemCheckError

        found = _djr_commands.check([])
        errors = [line for is_error, line in found if is_error]
        if errors:
            raise SystemCheckError("SystemCheckError: the check of the project found:\n\n" + "\n".join(errors))
        issues = len(found)
        told = "no issues" if not issues else "1 issue" if issues == 1 else f"{issues} issues"
        self.log(f"System check identified {told} (0 silenced).")

    def run_suite(self, suite, **kwargs):
        runner = self.test_runner(
            verbosity=self.verbosity, failfast=self.failfast, buffer=self.buffer, resultclass=kwargs.get("resultclass")
        )
        return runner.run(suite)

    def suite_result(self, suite, result, **kwargs):
        return len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)

    def run_tests(self, test_labels, **kwargs):
        """Runs the tests of these labels; how many failed."""
        self.setup_test_environment()
        try:
            suite = self.build_suite(test_labels)
            count = suite.countTestCases()
            self.log(f"Found {count} test(s).")
            needs_database = any(getattr(test, "databases", None) for test in suite)
            times = [time.perf_counter()]
            if needs_database:
                self.setup_databases()
            times.append(time.perf_counter())
            self.run_checks()
            self.result = self.run_suite(suite)
            if needs_database:
                self.teardown_databases(None)
            if self.timing:
                self.log(f"Total database setup took {times[1] - times[0]:.3f}s")
                self.log(f"Total run took {time.perf_counter() - times[0]:.3f}s")
            return self.suite_result(suite, self.result)
        finally:
            self.teardown_test_environment()


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
