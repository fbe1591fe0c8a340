"""Python's library as it is in the binary: run by the interpreter inside djr alone."""

import os
import sys
import unittest
from importlib import import_module
from types import ModuleType

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIBRARY = os.path.join(ROOT, "src", "script", "library")

# Names of Python's own list that no site asks for: parts of it for other machines, and games.
NOBODY_ASKS = {"__hello__", "__phello__", "_frozen_importlib", "_frozen_importlib_external", "_winapi", "_overlapped"}


def listed():
    """The modules and packages that the list names."""
    with open(os.path.join(LIBRARY, "modules.txt"), encoding="utf-8") as file:
        lines = [line for line in file if not line.startswith("#")]
    return [word.removesuffix(".*") for line in lines for word in line.split()]


class Library(unittest.TestCase):
    def setUp(self):
        # One of the modules looks for what a person has typed.
        sys.modules.setdefault("__main__", ModuleType("__main__"))

    def test_each_module_of_the_list_can_be_imported(self):
        names = listed()
        self.assertGreater(len(names), 150)
        for name in names:
            with self.subTest(name):
                import_module(name)

    def test_each_module_that_is_left_out_says_what_to_use(self):
        import _djr_absent

        for name, reason in _djr_absent.MODULES.items():
            if name == "asyncio":
                continue
            for asked in (name, f"{name}.part"):
                with self.subTest(asked), self.assertRaises(ModuleNotFoundError) as caught:
                    import_module(asked)
                self.assertIn(name, str(caught.exception))
                self.assertIn(reason, str(caught.exception))

    def test_each_module_of_python_is_there_or_says_why_not(self):
        silent = []
        for name in sorted(sys.stdlib_module_names - NOBODY_ASKS):
            if name.startswith("_"):
                continue
            try:
                import_module(name)
            except ImportError as error:
                if "djr has no" not in str(error):
                    silent.append(f"{name}: {error}")
        self.assertEqual(silent, [])

    def test_the_page_about_the_library_is_true(self):
        import library_page

        self.assertEqual(library_page.written(), library_page.page(), "DJR_BLESS=1 writes docs/python-library.md anew")

    def test_there_are_no_event_loops(self):
        import asyncio

        with self.assertRaisesRegex(AttributeError, "without an event loop"):
            asyncio.get_event_loop()

    def test_a_coroutine_that_waits_for_nothing_runs_to_its_end(self):
        import asyncio

        async def one():
            return 1

        async def two():
            return 1 + await one()

        class Waiting:
            def __await__(self):
                yield

        async def endless():
            await Waiting()

        self.assertEqual(asyncio.run(two()), 2)
        with self.assertRaisesRegex(RuntimeError, "event loop"):
            asyncio.run(endless())

    def test_an_unknown_module_is_told_as_ever(self):
        with self.assertRaisesRegex(ModuleNotFoundError, "^No module named 'nowhere_at_all'$"):
            import_module("nowhere_at_all")

    def test_threads_run_at_once(self):
        import queue
        import threading

        done = queue.Queue()
        thread = threading.Thread(target=done.put, args=(threading.current_thread().name,))
        thread.start()
        self.assertFalse(done.empty())
        thread.join()
        self.assertFalse(thread.is_alive())
        with threading.Lock(), threading.RLock():
            local = threading.local()
            local.value = 1
        self.assertEqual(local.value, 1)

    def test_text_of_files_is_utf_8(self):
        import tempfile

        with tempfile.TemporaryDirectory() as directory:
            path = os.path.join(directory, "é.txt")
            with open(path, "w") as file:
                file.write("ü€")
            with open(path, "rb") as file:
                self.assertEqual(file.read(), "ü€".encode())
            self.assertEqual(os.listdir(directory), ["é.txt"])

    def test_a_view_cannot_end_the_process(self):
        import faulthandler
        import signal

        for module, name in [(os, "_exit"), (os, "kill"), (os, "fork"), (os, "abort"), (signal, "raise_signal"), (faulthandler, "_sigsegv")]:
            with self.subTest(name):
                self.assertFalse(hasattr(module, name))
        with self.assertRaises(ValueError):
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
