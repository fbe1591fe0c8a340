"""Finds the tests of a project, runs them and tells what failed."""

import sys
import time
import unittest

from django._absent import absent
from django.test.results import is_chosen, result_class


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
        debug_sql=False,
        parallel=0,
        tags=None,
        exclude_tags=None,
        test_name_patterns=None,
        buffer=False,
        timing=False,
        shuffle=None,
        durations=None,
        directory=None,
        worker=False,
        has_color=False,
        **kwargs,
    ):
        self.pattern = pattern or "test*.py"
        self.verbosity = verbosity
        self.failfast = failfast
        self.keepdb = keepdb
        self.reverse = reverse
        self.debug_mode = debug_mode
        self.debug_sql = debug_sql
        self.parallel = parallel
        self.tags = set(tags or ())
        self.exclude_tags = set(exclude_tags or ())
        self.buffer = buffer
        self.timing = timing
        self.shuffle = shuffle
        self.durations = durations
        self.directory = directory
        self.worker = worker
        self.has_color = has_color
        self.shuffle_seed = None
        self.test_name_patterns = [
            pattern if "*" in pattern else f"*{pattern}*" for pattern in test_name_patterns or ()
        ]

    def log(self, msg, level=None):
        if self.verbosity > 0:
            sys.stdout.write(f"{msg}\n")
            sys.stdout.flush()

    def _tell(self, msg):
        """What is told of the database goes where the results go."""
        if self.verbosity > 0:
            sys.stderr.write(f"{msg}\n")
            sys.stderr.flush()

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
            if isinstance(test, unittest.loader._FailedTest):
                return -1
            for place, cls in enumerate(classes):
                if isinstance(test, cls):
                    return place
            return len(classes)

        tests = list(dict.fromkeys(tests))
        if self.shuffle is not None:
            tests = self._shuffled(tests)
        if self.reverse:
            tests = tests[::-1]
        by_class = {}
        for test in sorted(tests, key=group):
            by_class.setdefault(type(test), []).append(test)
        return [test for one in by_class.values() for test in one]

    def _shuffled(self, tests):
        import random

        given = str(self.shuffle).isdecimal()
        seed = int(self.shuffle) if given else random.randrange(10**10)
        self.shuffle_seed = f"{seed} ({'given' if given else 'generated'})"
        self.log(f"Using shuffle seed: {self.shuffle_seed}")
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

        for alias in kwargs.get("aliases") or ["default"]:
            self._tell(f"{'Using existing' if self.keepdb else 'Creating'} test database for alias {alias!r}...")
            call_command("migrate", verbosity=0, database=alias)
            if alias in kwargs.get("serialized_aliases", ()):
                from django.test.testcases import keep_rows

                keep_rows(alias)

    def teardown_databases(self, old_config, **kwargs):
        for alias in old_config or ["default"]:
            self._tell(f"{'Preserving' if self.keepdb else 'Destroying'} test database for alias {alias!r}...")

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
            stream=self._stream(),
            verbosity=self.verbosity,
            failfast=self.failfast,
            buffer=self.buffer,
            resultclass=kwargs.get("resultclass") or result_class(self.debug_sql),
            durations=self.durations,
        )
        if self.worker:
            from django.test.workers import run_in_worker

            return run_in_worker(suite, self)
        processes = self._processes(suite)
        if processes > 1:
            from django.test.workers import WorkerSuite

            return runner.run(WorkerSuite(suite, self, processes))
        result = runner.run(suite)
        if self.shuffle_seed is not None:
            self._tell(f"Used shuffle seed: {self.shuffle_seed}")
        return result

    def _stream(self):
        if not self.has_color:
            return None
        from django.test.results import PaintedStream

        return PaintedStream(sys.stderr)

    def _processes(self, suite):
        """In how many processes the tests run."""
        wanted = self.parallel
        if wanted in (None, "", 0, "0", "1"):
            return 1
        if wanted == "auto":
            import os

            wanted = os.cpu_count() or 1
        if not str(wanted).isdecimal():
            from django.core.management.base import CommandError

            raise CommandError(f"--parallel takes a number or `auto`, not {wanted!r}")
        return min(int(wanted), len({type(test) for test in suite}))

    def suite_result(self, suite, result, **kwargs):
        return len(result.failures) + len(result.errors) + len(result.unexpectedSuccesses)

    def _aliases(self, suite):
        """The databases that the tests ask, and those whose rows of migrations are put back."""
        from django.db import connections

        aliases, serialized = set(), set()
        for test in suite:
            databases = getattr(test, "databases", None) or ()
            databases = set(connections) if databases == "__all__" else set(databases) & set(connections)
            aliases |= databases
            if getattr(test, "serialized_rollback", False):
                serialized |= databases
        return sorted(aliases, key=lambda alias: (alias != "default", alias)), serialized

    def run_tests(self, test_labels, **kwargs):
        """Runs the tests of these labels; how many failed."""
        self.setup_test_environment()
        try:
            if self.worker:
                from django.test.workers import labels_of_worker

                test_labels = labels_of_worker(self.directory)
            suite = self.build_suite(test_labels)
            times = [time.perf_counter()]
            if not self.worker:
                self.log(f"Found {suite.countTestCases()} test(s).")
            aliases, serialized = self._aliases(suite)
            if not self.worker:
                if aliases:
                    self.setup_databases(aliases=aliases, serialized_aliases=serialized)
                times.append(time.perf_counter())
                self.run_checks()
            self.result = self.run_suite(suite)
            if self.worker:
                return 0
            before = time.perf_counter()
            if aliases:
                self.teardown_databases(aliases)
            if self.timing:
                self._tell(f"Total database setup took {times[1] - times[0]:.3f}s")
                self._tell(f"Total database teardown took {time.perf_counter() - before:.3f}s")
                self._tell(f"Total run took {time.perf_counter() - times[0]:.3f}s")
            return self.suite_result(suite, self.result)
        finally:
            self.teardown_test_environment()


__getattr__ = absent(__name__)
