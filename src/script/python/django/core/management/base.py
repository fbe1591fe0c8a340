"""Commands of a project, in `<app>/management/commands/`."""

import sys
from argparse import Action, ArgumentParser, HelpFormatter

from django._absent import absent

ALL_CHECKS = "__all__"
_FIRST = ("--version", "--verbosity", "--traceback", "--settings", "--pythonpath", "--no-color", "--force-color")


class CommandError(Exception):
    """Ends a command with a message and `returncode`."""

    def __init__(self, *args, returncode=1, **kwargs):
        self.returncode = returncode
        super().__init__(*args, **kwargs)


class SystemCheckError(CommandError):
    """The checks found something."""


class CommandParser(ArgumentParser):
    """Raises a CommandError where Python calls the command, rather than leaving the program."""

    def __init__(self, *, missing_args_message=None, called_from_command_line=None, **kwargs):
        self.missing_args_message = missing_args_message
        self.called_from_command_line = called_from_command_line
        super().__init__(**kwargs)

    def parse_args(self, args=None, namespace=None):
        if self.missing_args_message and not (args or any(not word.startswith("-") for word in args or ())):
            self.error(self.missing_args_message)
        return super().parse_args(args, namespace)

    def error(self, message):
        if self.called_from_command_line:
            super().error(message)
        raise CommandError(f"Error: {message}")

    def add_subparsers(self, **kwargs):
        parser_class = kwargs.get("parser_class", type(self))
        if issubclass(parser_class, CommandParser):
            from functools import partial

            kwargs["parser_class"] = partial(parser_class, called_from_command_line=self.called_from_command_line)
        return super().add_subparsers(**kwargs)


class DjangoHelpFormatter(HelpFormatter):
    """The options that every command has come last."""

    def _reordered(self, actions):
        return sorted(actions, key=lambda action: bool(set(action.option_strings) & set(_FIRST)))

    def add_usage(self, usage, actions, *args, **kwargs):
        super().add_usage(usage, self._reordered(actions), *args, **kwargs)

    def add_arguments(self, actions):
        super().add_arguments(self._reordered(actions))


class DjangoVersionAction(Action):
    pass


class OutputWrapper:
    """A stream that ends what is written with a new line."""

    def __init__(self, out, ending="\n"):
        self._out = out
        self.style_func = None
        self.ending = ending

    @property
    def style_func(self):
        return self._style_func

    @style_func.setter
    def style_func(self, style_func):
        self._style_func = style_func if style_func and self.isatty() else lambda text: text

    def __getattr__(self, name):
        return getattr(self._out, name)

    def flush(self):
        if hasattr(self._out, "flush"):
            self._out.flush()

    def isatty(self):
        return hasattr(self._out, "isatty") and self._out.isatty()

    def write(self, msg="", style_func=None, ending=None):
        ending = self.ending if ending is None else ending
        if ending and not msg.endswith(ending):
            msg += ending
        self._out.write((style_func or self.style_func)(msg))


class BaseCommand:
    """A command: `add_arguments` says what it takes, `handle` does it."""

    help = ""
    output_transaction = False
    requires_migrations_checks = False
    requires_system_checks = "__all__"
    base_stealth_options = ("stderr", "stdout")
    stealth_options = ()
    suppressed_base_arguments = set()
    missing_args_message = None

    def __init__(self, stdout=None, stderr=None, no_color=False, force_color=False):
        if no_color and force_color:
            raise CommandError("'no_color' and 'force_color' can't be used together.")
        from django.core.management.color import color_style, no_style

        self.stdout = OutputWrapper(stdout or sys.stdout)
        self.stderr = OutputWrapper(stderr or sys.stderr)
        self.style = no_style() if no_color else color_style(force_color)
        if not no_color:
            self.stderr.style_func = self.style.ERROR
        checks = self.requires_system_checks
        if not isinstance(checks, (list, tuple)) and checks != ALL_CHECKS:
            raise TypeError("requires_system_checks must be a list or tuple.")

    def get_version(self):
        from django import get_version

        return get_version()

    def create_parser(self, prog_name, subcommand, **kwargs):
        """The parser with the options of every command and those of this one."""
        import os

        kwargs.setdefault("formatter_class", DjangoHelpFormatter)
        parser = CommandParser(
            prog=f"{os.path.basename(prog_name)} {subcommand}",
            description=self.help or None,
            missing_args_message=self.missing_args_message,
            called_from_command_line=getattr(self, "_called_from_command_line", None),
            **kwargs,
        )
        self.add_base_argument(parser, "--version", action="version", version=self.get_version())
        self.add_base_argument(
            parser,
            "-v",
            "--verbosity",
            default=1,
            type=int,
            choices=[0, 1, 2, 3],
            help="how much is told: 0 nothing, 1 what is usual, 2 more, 3 everything",
        )
        self.add_base_argument(parser, "--settings", help="a file that is laid over djr.toml")
        self.add_base_argument(parser, "--pythonpath", help="a folder from which modules are imported, too")
        self.add_base_argument(parser, "--traceback", action="store_true", help="show where an error came from")
        self.add_base_argument(parser, "--no-color", action="store_true", help="no colours")
        self.add_base_argument(parser, "--force-color", action="store_true", help="colours, even without a terminal")
        if self.requires_system_checks:
            self.add_base_argument(parser, "--skip-checks", action="store_true", help="skip the checks")
        self.add_arguments(parser)
        return parser

    def add_arguments(self, parser):
        """Says what the command takes, in the words of argparse."""

    def add_base_argument(self, parser, *args, **kwargs):
        """Adds an option unless the command hides it."""
        if any(arg in self.suppressed_base_arguments for arg in args):
            from argparse import SUPPRESS

            kwargs["help"] = SUPPRESS
        parser.add_argument(*args, **kwargs)

    def print_help(self, prog_name, subcommand):
        self.create_parser(prog_name, subcommand).print_help()

    def run_from_argv(self, argv):
        """Runs it with the words of a command line, and leaves with the code of its error."""
        self._called_from_command_line = True
        options = vars(self.create_parser(argv[0], argv[1]).parse_args(argv[2:]))
        args = options.pop("args", ())
        try:
            self.execute(*args, **options)
        except CommandError as error:
            if options["traceback"]:
                raise
            if isinstance(error, SystemCheckError):
                self.stderr.write(str(error), lambda text: text)
            else:
                self.stderr.write(f"{type(error).__name__}: {error}")
            sys.exit(error.returncode)

    def execute(self, *args, **options):
        """Runs `handle` and writes its answer."""
        if options.get("force_color") and options.get("no_color"):
            raise CommandError("The --no-color and --force-color options can't be used together.")
        if options.get("no_color") or options.get("force_color"):
            from django.core.management.color import color_style, no_style

            self.style = no_style() if options["no_color"] else color_style(True)
            self.stderr.style_func = None if options["no_color"] else self.style.ERROR
        if options.get("stdout"):
            self.stdout = OutputWrapper(options["stdout"])
        if options.get("stderr"):
            self.stderr = OutputWrapper(options["stderr"])
        if self.requires_system_checks and not options.get("skip_checks"):
            checks = self.requires_system_checks
            self.check(tags=None if checks == ALL_CHECKS else checks)
        if self.requires_migrations_checks:
            self.check_migrations()
        output = self.handle(*args, **options)
        if output:
            if self.output_transaction:
                output = f"BEGIN;\n{output}\nCOMMIT;"
            self.stdout.write(output)
        return output

    def check(self, app_configs=None, tags=None, display_num_errors=False, **kwargs):
        """The checks are djr's: what they find is told, and an error ends the command."""
        import _djr_commands

        found = _djr_commands.check(list(tags or ()))
        errors = [line for is_error, line in found if is_error]
        warnings = [line for is_error, line in found if not is_error]
        if errors:
            raise SystemCheckError("SystemCheckError: System check identified some issues:\n\n" + "\n".join(errors))
        if warnings:
            text = "System check identified some issues:\n\nWARNINGS:\n" + "\n".join(warnings)
            self.stderr.write(text, lambda text: text)

    def check_migrations(self):
        """Tells of migrations that are not applied."""
        from io import StringIO

        from django.core.management.native import call_native

        out = StringIO()
        call_native("showmigrations", ("--plan",), {"stdout": out, "stderr": StringIO()})
        missing = [line for line in out.getvalue().splitlines() if line.lstrip().startswith("[ ]")]
        if missing:
            self.stdout.write(self.style.NOTICE(f"{len(missing)} migrations are not applied: djr migrate"))

    def handle(self, *args, **options):
        raise NotImplementedError("a command needs handle()")


class AppCommand(BaseCommand):
    """A command for the apps whose labels it takes."""

    missing_args_message = "Enter at least one application label."

    def add_arguments(self, parser):
        parser.add_argument("args", metavar="app_label", nargs="+", help="the label of an app")

    def handle(self, *app_labels, **options):
        from django.apps import apps

        try:
            configs = [apps.get_app_config(label) for label in app_labels]
        except (LookupError, ImportError) as error:
            raise CommandError(f"{error}: is it among [project] apps?") from error
        answers = [self.handle_app_config(config, **options) for config in configs]
        return "\n".join(answer for answer in answers if answer)

    def handle_app_config(self, app_config, **options):
        raise NotImplementedError("a command of apps needs handle_app_config()")


class LabelCommand(BaseCommand):
    """A command for whatever words it takes."""

    label = "label"
    missing_args_message = f"Enter at least one {label}."

    def add_arguments(self, parser):
        parser.add_argument("args", metavar=self.label, nargs="+")

    def handle(self, *labels, **options):
        answers = [self.handle_label(label, **options) for label in labels]
        return "\n".join(answer for answer in answers if answer)

    def handle_label(self, label, **options):
        raise NotImplementedError("a command of labels needs handle_label()")


def no_translations(handle_func):
    """A decorator of `handle`: texts are in one language here."""
    return handle_func


__getattr__ = absent(__name__)
