"""`djr shell`: Python in the project."""

import sys

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    """A project changes `get_auto_imports` in a `shell.py` of its own."""

    help = "Runs Python: code, a file, standard input, or what a person types."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--no-startup", action="store_true", help="djr never reads a start file")
        parser.add_argument("--no-imports", action="store_true", help="do not import the models")
        parser.add_argument("-i", "--interface", choices=["python"], help="djr has one prompt")
        parser.add_argument("-c", "--command", help="run this code")

    def get_auto_imports(self):
        """What is imported at the start: the models; of two with one name that of the earlier app."""
        from django.apps import apps

        try:
            models = list(apps.get_models())
        except AttributeError:
            return []
        return [f"{model.__module__}.{model.__name__}" for model in reversed(models) if model.__module__]

    def get_namespace(self, **options):
        """The names at the start, which are told."""
        if options.get("no_imports"):
            return {}
        paths = self.get_auto_imports()
        if paths is None:
            return {}
        modules, failed = _imported(paths)
        namespace = {name: found for items in modules.values() for name, found in items}
        if options.get("verbosity", 0) > 0:
            self._tell(namespace, modules, failed, options["verbosity"])
        return namespace

    def _tell(self, namespace, modules, failed, verbosity):
        if failed:
            paths = "\n".join(f"  {path}" for path in failed)
            told = f"{_objects(len(failed))} could not be automatically imported:\n\n{paths}"
            self.stdout.write(told, self.style.ERROR, ending="\n\n")
        told = f"{_objects(len(namespace))} imported automatically"
        if verbosity < 2:
            more = " (use -v 2 for details)" if namespace else ""
            self.stdout.write(f"{told}{more}.", self.style.SUCCESS, ending="\n\n")
            return
        lines = [f"  import {name}" for name, _ in modules.pop(None, [])]
        lines += [
            f"  from {module} import {', '.join(name for name, _ in items)}" for module, items in modules.items() if items
        ]
        told = f"{told}:\n\n" + "\n".join(lines) if lines else f"{told}."
        self.stdout.write(told, self.style.SUCCESS, ending="\n\n")

    def handle(self, **options):
        source, name = options.get("command"), "<string>"
        if options.get("file"):
            return run_file(options["file"], options["arguments"], self.get_namespace(**{**options, "verbosity": 0}))
        if not source and options.get("input") is not None:
            source, name = options["input"], "<stdin>"
        if source:
            _run(source, name, {"__name__": "django.core.management.commands.shell", **self.get_namespace(**options)})
            return None
        if options.get("input") is None:
            self._interact(options)
        return None

    def _interact(self, options):
        import _djr_shell

        from django import get_version

        self.stderr.write(
            f"Python {sys.version.split()[0]} in djr, with Django's names of {get_version()}; Ctrl-D ends it",
            lambda text: text,
        )
        _djr_shell.interact({"__name__": "__main__", **self.get_namespace(**options)})


def _objects(count):
    return f"{count} {'object' if count == 1 else 'objects'}"


def _imported(paths):
    """For each module its names and what they stand for; and what could not be imported."""
    from importlib import import_module

    from django.utils.module_loading import import_string

    modules, failed = {}, []
    for path in paths:
        try:
            found = import_string(path) if "." in path else import_module(path)
        except ImportError:
            failed.append(path)
            continue
        module, _, name = path.rpartition(".")
        items = modules.setdefault(module or None, [])
        if (name, found) not in items:
            items.append((name, found))
    return modules, failed


def run_file(path, arguments, namespace):
    """Runs the file at `path` as a program, which can import what is beside it."""
    from os.path import dirname

    try:
        with open(path, encoding="utf-8") as file:
            source = file.read()
    except OSError as error:
        raise CommandError(f"cannot read `{path}`: {error.strerror}") from error
    sys.argv = [path, *arguments]
    sys.path.insert(0, dirname(path) or ".")
    _run(source, path, {"__name__": "__main__", "__file__": path, **namespace})


def _run(source, name, namespace):
    """Runs a program; an exception is told without djr's own part in it, and ends the process."""
    try:
        exec(compile(source, name, "exec"), namespace)
    except (Exception, KeyboardInterrupt) as error:
        import traceback

        frames = error.__traceback__
        while frames is not None and frames.tb_frame.f_code.co_filename != name:
            frames = frames.tb_next
        sys.stdout.flush()
        traceback.print_exception(type(error), error, frames)
        sys.exit(130 if isinstance(error, KeyboardInterrupt) else 1)
