"""Commands of the project, and djr's own."""

from django._absent import absent
from django.core.management.base import BaseCommand, CommandError, CommandParser

__all__ = ["BaseCommand", "CommandError", "CommandParser", "call_command", "get_commands", "load_command_class"]


def get_commands():
    """The names of commands and the apps that have them; `django.core` for those of djr."""
    try:
        import _djr_commands
    except ImportError:
        return {}
    own = dict(_djr_commands.own())
    native = dict.fromkeys(_djr_commands.native_commands() if _djr_commands.is_command() else [], "django.core")
    return {**own, **native, **{name: app for name, app in own.items() if name in _IN_PYTHON}}


def load_command_class(app_name, name):
    """The command of an app."""
    from importlib import import_module

    return import_module(f"{app_name}.management.commands.{name}").Command()


#: Commands of djr that are Python: those of a project stand in for them.
_IN_PYTHON = ("shell", "test")


def call_command(command_name, *args, **options):
    """Runs a command by its name, or one that was made; its answer is that of `handle()`."""
    if isinstance(command_name, BaseCommand):
        command = command_name
        name = type(command).__module__.rpartition(".")[2]
    else:
        name = command_name
        app = get_commands().get(name)
        if app is None:
            raise CommandError(f"Unknown command: {name!r}")
        if app == "django.core":
            from django.core.management.native import call_native

            return call_native(name, args, options)
        command = load_command_class(app, name)
    from django.core.management.arguments import parsed_options

    words, values = parsed_options(command, name, args, options)
    return command.execute(*words, **values)


__getattr__ = absent(__name__)
