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
            return None
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


def install():
    sys.path = []
    sys.meta_path.append(Zones)
    sys.meta_path.append(ProjectFinder)
    hide_process_calls()


def hide_process_calls():
    """A view cannot end or double the server."""
    try:
        import posix
    except ImportError:
        return
    for name in ("_exit", "abort", "fork", "forkpty", "fork1", "kill", "killpg", "execv", "execve", "posix_spawn", "posix_spawnp"):
        if hasattr(posix, name):
            delattr(posix, name)


def forget_settings():
    conf = sys.modules.get("django.conf")
    forget = getattr(conf, "forget_settings", None)
    if forget is not None:
        forget()
    cache = sys.modules.get("django.core.cache")
    if cache is not None:
        cache.caches.forget()
