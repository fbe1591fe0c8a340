"""The prompt of `djr shell`."""

import sys

import _djr_commands

#: The names that can be typed, while there is a prompt.
_namespace = {}

#: What the compiler says of a block whose rest is still to be typed.
_UNFINISHED = ("expected `except` or `finally`", "expected class, function")


def interact(namespace):
    """Runs what a person types until the end of it."""
    global _namespace
    _namespace = namespace
    lines = []
    while True:
        try:
            line = _djr_commands.read_line("... " if lines else ">>> ")
        except KeyboardInterrupt:
            sys.stderr.write("KeyboardInterrupt\n")
            lines = []
            continue
        if line is None or (not lines and _is_end(line)):
            return
        lines += line.split("\n")
        if not any(lines):
            lines = []
            continue
        try:
            code = compiled(lines)
        except (SyntaxError, ValueError, OverflowError) as error:
            lines = []
            _show(error)
            continue
        if code is not None:
            lines = []
            run_code(code, namespace)


def _is_end(line):
    """Whether a line asks for the end of the prompt."""
    name = line.strip().removesuffix("()")
    return name in ("exit", "quit") and name not in _namespace


def compiled(lines):
    """The code of these lines; None while there is more to come."""
    from codeop import compile_command

    # A block ends with an empty line, as in Python's own prompt.
    if len(lines) > 1 and lines[-1].startswith((" ", "\t")):
        return None
    source = "\n".join(lines)
    try:
        code = compile_command(source, "<console>", "single")
    except SyntaxError as error:
        if lines[-1].strip() and any(text in str(error) for text in _UNFINISHED):
            return None
        if len(lines) > 1:
            # Several statements that were pasted at once.
            return compile(source + "\n", "<console>", "exec")
        raise
    if code is not None and len(lines) == 1 and lines[0].rstrip().endswith(":"):
        return None
    return code


def run_code(code, namespace):
    try:
        exec(code, namespace)
    except SystemExit:
        raise
    except BaseException as error:
        _show(error)


def _show(error):
    """Prints where an exception came from, without djr's own part in it."""
    import traceback

    sys.stdout.flush()
    frames = error.__traceback__
    while frames is not None and frames.tb_frame.f_code.co_filename != "<console>":
        frames = frames.tb_next
    traceback.print_exception(type(error), error, frames if not isinstance(error, SyntaxError) else None)


def complete(line):
    """What can stand in the place of the last word of a line."""
    import builtins
    import keyword

    word = line[len(line.rstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.")) :]
    if not word:
        return []
    owner, dot, start = word.rpartition(".")
    before = line[: -len(word)].split()
    if before[:1] == ["import"] or before == ["from"]:
        return sorted(f"{owner}{dot}{name}" for name in _modules(owner) if name.startswith(start))
    if before[:1] == ["from"] and before[2:3] == ["import"]:
        module = _imported(before[1])
        names = {*(name for name in dir(module) if start or not name.startswith("_")), *_modules(before[1])}
        return sorted(name for name in names if name.startswith(start))
    if not dot:
        names = {*_namespace, *vars(builtins), *keyword.kwlist}
        return sorted(name for name in names if name.startswith(start) and (start or not name.startswith("_")))
    found = _looked_up(owner)
    names = [name for name in dir(found) if name.startswith(start) and (start or not name.startswith("_"))]
    return sorted(f"{owner}.{name}" for name in set(names))


def _imported(name):
    from importlib import import_module

    try:
        return import_module(name)
    except Exception:
        # What is wrong with it is told when it is imported in earnest.
        return None


def _modules(package):
    """The names of the modules in a package; without one, of those that no other is around."""
    import os

    from _imp import _frozen_module_names
    from django.conf import settings

    frozen = _frozen_module_names()
    if package:
        names = {name.removeprefix(f"{package}.") for name in frozen if name.startswith(f"{package}.")}
        directories = getattr(_imported(package), "__path__", ())
    else:
        names = {name for name in (*frozen, *sys.builtin_module_names) if not name.startswith("_")}
        directories = [settings.BASE_DIR, *sys.path]
    for directory in directories:
        for entry in os.scandir(directory) if os.path.isdir(directory) else ():
            if entry.name.endswith(".py") or (entry.is_dir() and os.path.exists(f"{entry.path}/__init__.py")):
                names.add(entry.name.removesuffix(".py"))
    return {name for name in names if "." not in name and name.isidentifier() and name != "__init__"}


def _looked_up(path):
    """The object of a dotted name; nothing is called for it but what attributes call."""
    first, *rest = path.split(".")
    import builtins

    found = _namespace[first] if first in _namespace else getattr(builtins, first)
    for name in rest:
        found = getattr(found, name)
    return found
