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
        label, _, rest = module.__name__.partition(".")
        if rest == "models":
            finish_models(module, label)

    def get_filename(self, name=None):
        return self.path

    def is_package(self, name=None):
        return self.path is None or self.path.endswith("/__init__.py")

    def get_code(self, name=None):
        return None if self.path is None else _djr.compile_file(self.path)

    def get_source(self, name=None):
        return None if self.path is None else self.get_data(self.path).decode()

    def get_data(self, path):
        with open(path, "rb") as file:
            return file.read()

    def get_resource_reader(self, name=None):
        from importlib.readers import FileReader

        return FileReader(self)


class ProjectFinder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        found = _djr.find_module(name)
        if found is None and not is_made(name):
            found = find_on_path(name, sys.path if path is None else path)
            if found is None:
                return say_what_to_use(name)
        file, package = found or (None, None)
        spec = ModuleSpec(name, ProjectLoader(file), origin=file, is_package=package is not None)
        if package is not None:
            spec.submodule_search_locations = [package]
        return spec


def find_on_path(name, directories):
    """The file and the directory of a module in one of the directories that code has put on `sys.path`."""
    if not directories or name.startswith("django."):
        return None
    from os.path import isdir, isfile, join

    for directory in directories:
        place = join(directory, name.rpartition(".")[2])
        package = join(place, "__init__.py")
        if isfile(package):
            found = package, place
        elif isfile(f"{place}.py"):
            found = f"{place}.py", None
        elif isdir(place):
            found = None, place
        else:
            continue
        _djr.note_module(name)
        return found
    return None


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


def is_made(name):
    """Whether a module without a file has the models of an app."""
    label, _, rest = name.partition(".")
    if rest != "models":
        return False
    import _djr_models

    return bool(_djr_models.names(label)) and _djr.note_module(name) is None


def finish_models(module, label):
    import _djr_models

    if _djr_models.names(label):
        from django.apps import apps

        apps.finish_models(module, label)


def load_models(names):
    """Loads models and receivers of the project, and has its apps get ready."""
    from importlib import import_module

    for kind in ("models", "signals", "apps"):
        for name in names:
            if name.endswith("." + kind):
                try:
                    import_module(name)
                except Exception:
                    # It is told to whoever names what is in it.
                    continue
    if any(name.endswith(".apps") for name in names):
        from django.apps import apps

        for config in apps.get_app_configs():
            config.ready()


class Logging:
    """Has `logging` hand its records to djr, from when it is imported."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "logging":
            return None
        sys.meta_path.remove(Logging)
        found = (finder.find_spec(name, path, target) for finder in sys.meta_path)
        spec = next((spec for spec in found if spec is not None), None)
        if spec is not None:
            spec.loader = LoggingLoader(spec.loader)
        return spec


class LoggingLoader:
    def __init__(self, loader):
        self.loader = loader

    def create_module(self, spec):
        return self.loader.create_module(spec)

    def exec_module(self, module):
        self.loader.exec_module(module)
        import _djr_logging

        _djr_logging.install(module)


def install():
    # The interpreter's own limit is lower where it is not optimised.
    sys.setrecursionlimit(1000)
    sys.path = []
    sys.meta_path.insert(0, Logging)
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
    """The modules of the project are loaded anew: forgets the settings, the classes of models and the receivers."""
    for module, name in (
        ("django.conf", "forget_settings"),
        ("django.apps.registry", "forget_models"),
        ("django.db.models.signals", "forget_receivers"),
    ):
        forget = getattr(sys.modules.get(module), name, None)
        if forget is not None:
            forget()
    cache = sys.modules.get("django.core.cache")
    if cache is not None:
        cache.caches.forget()
    dispatcher = sys.modules.get("django.dispatch.dispatcher")
    if dispatcher is not None:
        dispatcher.forget_receivers()
