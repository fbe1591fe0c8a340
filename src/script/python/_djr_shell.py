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
        if line is None:
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
    if not dot:
        names = {*_namespace, *vars(builtins), *keyword.kwlist}
        return sorted(name for name in names if name.startswith(start) and (start or not name.startswith("_")))
    found = _looked_up(owner)
    names = [name for name in dir(found) if name.startswith(start) and (start or not name.startswith("_"))]
    return sorted(f"{owner}.{name}" for name in set(names))


def _looked_up(path):
    """The object of a dotted name; nothing is called for it but what attributes call."""
    first, *rest = path.split(".")
    import builtins

    found = _namespace[first] if first in _namespace else getattr(builtins, first)
    for name in rest:
        found = getattr(found, name)
    return found
