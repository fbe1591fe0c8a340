"""What djr's commands start in Python: the shell, commands of the project, and tests."""

import sys


def shell(options):
    """`djr shell`: the class of the project's own `shell.py`, if it has one, or djr's."""
    _prepare(["djr", "shell"])
    from django.core.management import load_command_class

    command = load_command_class(_app_of("shell"), "shell")
    _execute(command, options)


def file(options):
    """A file that is a program, without a project around it."""
    from django.core.management.commands.shell import run_file

    run_file(options["file"], [], {})


def own(options):
    """A command of the project, with the words of the command line."""
    name, words = options["name"], options["words"]
    _prepare(["djr", name, *words])
    from django.core.management import load_command_class

    load_command_class(options["app"], name).run_from_argv(["djr", name, *words])


def test(options):
    """`djr test`, or the project's own command of that name."""
    _prepare(["djr", "test", *options["labels"]])
    from django.core.management import load_command_class

    _execute(load_command_class(_app_of("test"), "test"), options)


def _app_of(name):
    import _djr_commands

    return dict(_djr_commands.own()).get(name, "django.core")


def _prepare(words):
    sys.argv = words
    if hasattr(sys.stdin, "buffer"):
        from io import TextIOWrapper

        sys.stdin = TextIOWrapper(sys.stdin.buffer, encoding="utf-8", errors="surrogateescape")


def _execute(command, options):
    """Runs a command whose options djr has read already."""
    from django.core.management.base import CommandError

    try:
        command.execute(**options)
    except CommandError as error:
        command.stderr.write(f"{type(error).__name__}: {error}")
        sys.exit(error.returncode)
