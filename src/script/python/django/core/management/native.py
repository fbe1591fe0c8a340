"""djr's own commands, called from Python."""

import sys

#: Options of Django's that ask for what djr does anyway, or that mean nothing to it.
_IGNORED = ("skip_checks", "traceback", "pythonpath", "force_color", "no_color", "stdout", "stderr", "settings", "run_syncdb")


def call_native(name, args, options):
    """Runs the command `name` in this process; what it prints goes to `stdout=` and `stderr=`."""
    import _djr_commands

    from django.core.management.base import CommandError

    words = [name, *map(str, _flat(args))]
    for option, value in options.items():
        words += _words(option, value)
    code, error, out, told = _djr_commands.run_native(words, True)
    _write(options.get("stdout"), sys.stdout, out)
    _write(options.get("stderr"), sys.stderr, told)
    if code:
        raise CommandError(error or f"{name} ended with {code}", returncode=code)


def _flat(args):
    for arg in args:
        if isinstance(arg, (list, tuple)):
            yield from arg
        else:
            yield arg


def _words(option, value):
    """The words of the command line for an option by its name in Python."""
    if option in _IGNORED or value is None or value is False and option != "interactive":
        return []
    if option == "interactive":
        return [] if value else ["--noinput"]
    flag = "--" + option.replace("_", "-")
    if value is True:
        return [flag]
    values = value if isinstance(value, (list, tuple, set)) else [value]
    return [f"{flag}={one}" for one in values]


def _write(given, usual, text):
    if text:
        (given or usual).write(text)
