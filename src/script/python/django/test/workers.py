"""Tests in several processes, each with copies of the databases; what they tell is told in the order of the tests."""

import json
import os
import time
import unittest

#: The tests of a process, what it tells of them, and what makes it stop: files of its directory.
_TESTS, _EVENTS, _STOP = "tests.json", "events.jsonl", "stop"
#: How long to wait before a process is asked again, in seconds.
_PAUSE = 0.02


def labels_of_worker(directory):
    """The names of the tests that the process of `directory` runs."""
    with open(os.path.join(directory, _TESTS), encoding="utf-8") as file:
        return json.load(file)


class Told:
    """A test, a part of one, or a class, of which another process tells."""

    def __init__(self, name, text, description=None):
        self.name = name
        self.text = text
        self.description = description

    def id(self):
        return self.name

    def __str__(self):
        return self.text

    def shortDescription(self):
        return self.description


class _TellingResult(unittest.TestResult):
    """Writes what becomes of each test to a file."""

    def __init__(self, directory, failfast):
        super().__init__()
        self.failfast = failfast
        self.stop_file = os.path.join(directory, _STOP)
        self.file = open(os.path.join(directory, _EVENTS), "w", encoding="utf-8")

    def _tell(self, outcome, test, text=None, part=None, seconds=None):
        described = part or test
        event = {
            "outcome": outcome,
            "test": test.id(),
            "name": described.id(),
            "text": str(described),
            "description": described.shortDescription(),
            "message": text,
            "seconds": seconds,
        }
        self.file.write(json.dumps(event) + "\n")
        self.file.flush()

    def startTest(self, test):
        super().startTest(test)
        if os.path.exists(self.stop_file):
            self.stop()

    def stopTest(self, test):
        super().stopTest(test)
        self._tell("done", test)

    def addSuccess(self, test):
        self._tell("success", test)

    def addError(self, test, err):
        self._tell("error", test, self._exc_info_to_string(err, test))
        self._stop_if_asked()

    def addFailure(self, test, err):
        self._tell("failure", test, self._exc_info_to_string(err, test))
        self._stop_if_asked()

    def addSkip(self, test, reason):
        self._tell("skip", test, reason)

    def addExpectedFailure(self, test, err):
        self._tell("expected failure", test, self._exc_info_to_string(err, test))

    def addUnexpectedSuccess(self, test):
        self._tell("unexpected success", test)
        self._stop_if_asked()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            kind = "failure" if issubclass(err[0], test.failureException) else "error"
            self._tell(kind, test, self._exc_info_to_string(err, test), subtest)
            self._stop_if_asked()

    def addDuration(self, test, elapsed):
        self._tell("duration", test, seconds=elapsed)

    def _stop_if_asked(self):
        if self.failfast:
            self.stop()


def run_in_worker(suite, runner):
    """Runs the tests of one of the processes."""
    result = _TellingResult(runner.directory, runner.failfast)
    result.buffer = runner.buffer
    suite.run(result)
    result.file.close()
    return result


class WorkerSuite(unittest.TestSuite):
    """The tests of all processes, which run them."""

    def __init__(self, suite, runner, processes):
        self.runner = runner
        self.processes = processes
        super().__init__(suite)

    def run(self, result, debug=False):
        here = [test for test in self if isinstance(test, unittest.loader._FailedTest)]
        for test in here:
            test(result)
        tests = [test for test in self if test not in here]
        workers = self._start(tests)
        result._exc_info_to_string = lambda err, test: err
        for test in tests:
            if result.shouldStop:
                break
            self._replay(test, next(one for one in workers if test.id() in one.names), result)
        if result.shouldStop:
            for worker in workers:
                worker.stop()
        for worker in workers:
            worker.wait()
            for event in worker.left():
                _tell(event, Told(event["name"], event["text"], event["description"]), result)
            if worker.code not in (0, None):
                name = f"process {worker.number} of the tests"
                told = Told(name, name)
                result.addError(told, f"{name} ended with {worker.code} before its tests did\n")
        return result

    def _start(self, tests):
        by_class = {}
        for test in tests:
            by_class.setdefault(type(test), []).append(test.id())
        shares = [[] for _ in range(self.processes)]
        for names in sorted(by_class.values(), key=len, reverse=True):
            min(shares, key=len).extend(names)
        order = {test.id(): place for place, test in enumerate(tests)}
        shares = [sorted(share, key=order.get) for share in shares if share]
        return [Worker(number, share, self.runner) for number, share in enumerate(shares, start=1)]

    def _replay(self, test, worker, result):
        """Tells of a test what its process has told."""
        events = worker.wait_for(test.id())
        if events is None:
            return
        result.startTest(test)
        for event in events:
            is_part = event["name"] != event["test"]
            described = Told(event["name"], event["text"], event["description"]) if is_part else test
            _tell(event, described, result)
        result.stopTest(test)


def _tell(event, test, result):
    outcome, message = event["outcome"], event["message"]
    if outcome == "success":
        result.addSuccess(test)
    elif outcome == "error":
        result.addError(test, message)
    elif outcome == "failure":
        result.addFailure(test, message)
    elif outcome == "skip":
        result.addSkip(test, message)
    elif outcome == "expected failure":
        result.addExpectedFailure(test, message)
    elif outcome == "unexpected success":
        result.addUnexpectedSuccess(test)
    elif outcome == "duration" and hasattr(result, "addDuration"):
        result.addDuration(test, event["seconds"])


class Worker:
    """One of the processes."""

    def __init__(self, number, names, runner):
        import _djr_commands

        self.number = number
        self.names = set(names)
        self.code = None
        self.told = {}
        self.finished = set()
        self.place = 0
        self.directory = os.path.join(runner.directory, f"worker-{number}")
        os.makedirs(self.directory, exist_ok=True)
        _copy_databases(runner.directory, self.directory)
        with open(os.path.join(self.directory, _TESTS), "w", encoding="utf-8") as file:
            json.dump(names, file)
        self.process = _djr_commands.start_process(["test", "--worker", self.directory, *_words(runner)])

    def events(self):
        """What the process has told since this was last asked."""
        path = os.path.join(self.directory, _EVENTS)
        if not os.path.exists(path):
            return []
        with open(path, encoding="utf-8") as file:
            file.seek(self.place)
            text = file.read()
        end = text.rfind("\n") + 1
        self.place += len(text[:end].encode())
        return [json.loads(line) for line in text[:end].splitlines()]

    def keep(self, event):
        if event["outcome"] == "done":
            self.finished.add(event["test"])
        else:
            self.told.setdefault(event["test"], []).append(event)

    def _ended(self):
        import _djr_commands

        self.code = _djr_commands.ended_process(self.process)
        return self.code is not None

    def wait_for(self, name):
        """What the process told of a test, once that is over; None where it did not come to it."""
        while name not in self.finished:
            has_ended = self._ended()
            for event in self.events():
                self.keep(event)
            if has_ended and name not in self.finished:
                # A class that is skipped, or could not be set up, has tests that never began.
                return None
            if name not in self.finished:
                time.sleep(_PAUSE)
        return self.told.pop(name, [])

    def stop(self):
        with open(os.path.join(self.directory, _STOP), "w"):
            pass

    def wait(self):
        while not self._ended():
            time.sleep(_PAUSE)
        for event in self.events():
            self.keep(event)

    def left(self):
        """What it told of no test: of classes and modules that could not be set up or taken down."""
        return [event for name, events in self.told.items() if name not in self.names for event in events]


def _copy_databases(source, target):
    from django.db import connections

    for connection in connections.all():
        with connection.cursor() as cursor:
            path = cursor.execute("PRAGMA database_list").fetchone()[2]
            copy = os.path.join(target, os.path.basename(path))
            if not os.path.exists(copy):
                cursor.execute("VACUUM INTO %s", [copy])


def _words(runner):
    """The options that hold for each process, too."""
    words = [word for word, is_given in (("--failfast", runner.failfast), ("--buffer", runner.buffer), ("--debug-mode", runner.debug_mode)) if is_given]
    return [*words, "--verbosity", "0"]
