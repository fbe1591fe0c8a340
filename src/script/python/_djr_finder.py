"""Imports the modules of a project from its directory, behind those in the binary."""

import sys
from _frozen_importlib import ModuleSpec

import _djr


class ProjectLoader:
    def __init__(self, path):
        self.path = path

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        if self.path is not None:
            module.__file__ = self.path
            exec(_djr.compile_file(self.path), module.__dict__)

    def get_filename(self, name=None):
        return self.path


class ProjectFinder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        found = _djr.find_module(name)
        if found is None:
            return say_what_to_use(name)
        path, package = found
        spec = ModuleSpec(name, ProjectLoader(path), origin=path, is_package=package is not None)
        if package is not None:
            spec.submodule_search_locations = [package]
        return spec


class Zones:
    """Stands in for the native half of `zoneinfo`."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        return ModuleSpec(name, Zones) if name == "_zoneinfo" else None

    @staticmethod
    def create_module(spec):
        import _djr_zoneinfo

        return _djr_zoneinfo

    @staticmethod
    def exec_module(module):
        """It is done already."""


def say_what_to_use(name):
    """Raises an error that does, for a module that sites look for and that is not in the binary."""
    if not name.startswith(("_", "django", "org.")):
        import _djr_absent

        _djr_absent.find(name)


def install():
    # The interpreter's own limit is lower where it is not optimised.
    sys.setrecursionlimit(1000)
    sys.path = []
    sys.meta_path.append(Zones)
    sys.meta_path.append(ProjectFinder)
    hide_process_calls()


PROCESS_CALLS = {
    "posix": ("_exit", "abort", "fork", "forkpty", "fork1", "kill", "killpg", "execv", "execve", "posix_spawn", "posix_spawnp"),
    "_signal": ("alarm", "raise_signal", "pthread_kill", "setitimer"),
    "faulthandler": ("_fatal_error", "_fatal_error_c_thread", "_read_null", "_sigabrt", "_sigfpe", "_sigsegv", "_stack_overflow"),
}


def refuse_handler(number, handler):
    raise ValueError("signal only works in main thread of the main interpreter")


def hide_process_calls():
    """A view can neither end nor double the server, nor take the signals by which it is stopped."""
    import _signal

    _signal.signal = refuse_handler
    for module, names in PROCESS_CALLS.items():
        module = __import__(module)
        for name in names:
            if hasattr(module, name):
                delattr(module, name)


def forget_settings():
    conf = sys.modules.get("django.conf")
    forget = getattr(conf, "forget_settings", None)
    if forget is not None:
        forget()
    cache = sys.modules.get("django.core.cache")
    if cache is not None:
        cache.caches.forget()
