from io import StringIO
from django.core.management import call_command, BaseCommand, CommandError
from django.core.management.base import AppCommand, LabelCommand, OutputWrapper, CommandParser
class Command(BaseCommand):
    help = "says things"
    def add_arguments(self, parser):
        parser.add_argument("names", nargs="*")
        parser.add_argument("-n", "--number", type=int, default=1)
        parser.add_argument("--flag-it", action="store_true")
        parser.add_argument("--choice", choices=["a", "b"])
    def handle(self, *args, **options):
        self.stdout.write("out", ending="")
        self.stdout.write(self.style.SUCCESS("done"))
        self.stderr.write("err")
        return ",".join(options["names"]) + f" {options['number']} {options['flag_it']} {options['choice']} {options['verbosity']} {args}"
def run(*args, **options):
    out, err = StringIO(), StringIO()
    answer = call_command(Command(), *args, stdout=out, stderr=err, **options)
    return answer, out.getvalue(), err.getvalue()
run(), run("a", "b", "--number", "5"), run("x", number=7, flag_it=True), run("--flag-it", "--choice=b", verbosity=2), run(["p", "q"]), run(5), run("-n3")
tried(run, "--number", "x"), tried(run, "--nope"), tried(run, nope=1), tried(run, "--choice", "z"), tried(call_command, "no_such_command_here")
class Required(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument("--need", required=True)
        parser.add_argument("--many", nargs="+", required=True)
        group = parser.add_mutually_exclusive_group(required=True)
        group.add_argument("--one", action="store_true")
        group.add_argument("--two")
    def handle(self, *args, **options):
        return f"{options['need']} {options['many']} {options['one']} {options['two']}"
def required(*a, **k):
    return call_command(Required(stdout=StringIO()), *a, **k)
required("--need=a", "--many=b", "--one"), required(need="x", many=["1", "2"], one=True), required(need="x", many=["1"], two="t"), tried(required), tried(required, need="x")
class Labels(LabelCommand):
    label = "word"
    def handle_label(self, label, **options):
        return label.upper()
call_command(Labels(stdout=StringIO()), "a", "b"), tried(call_command, Labels(stdout=StringIO()))
class Missing(BaseCommand):
    missing_args_message = "give something"
    def add_arguments(self, parser):
        parser.add_argument("args", nargs="+")
    def handle(self, *args, **options):
        return " ".join(args)
call_command(Missing(stdout=StringIO()), "a", "b"), str(tried(call_command, Missing(stdout=StringIO())))
tried(BaseCommand().handle), tried(BaseCommand, no_color=True, force_color=True), CommandError("x", returncode=3).returncode, CommandError("x").returncode
o = StringIO()
w = OutputWrapper(o)
w.write("a"), w.write("b\n"), w.write("c", ending=""), w.write("d", lambda t: t.upper()), w.write(), o.getvalue(), w.isatty()
class Transaction(BaseCommand):
    output_transaction = True
    def handle(self, *args, **options):
        return "SQL"
t = StringIO()
call_command(Transaction(stdout=t)), t.getvalue()
p = Command().create_parser("djr", "say")
sorted(vars(p.parse_args(["a"]))), p.prog
class Bad(BaseCommand):
    requires_system_checks = "x"
tried(Bad)
def left(argv):
    try:
        Command(stdout=StringIO(), stderr=StringIO()).run_from_argv(argv)
    except SystemExit as error:
        return error.code
left(["djr", "say", "a"])
class Fails(BaseCommand):
    def handle(self, *args, **options):
        raise CommandError("bad", returncode=4)
err = StringIO()
def fails():
    try:
        Fails(stderr=err).run_from_argv(["djr", "fails"])
    except SystemExit as error:
        return error.code
fails(), err.getvalue()
tried(Fails(stderr=StringIO()).run_from_argv, ["djr", "fails", "--traceback"])
from django.core.management.color import no_style, color_style
no_style().ERROR("x"), color_style(force_color=True).ERROR("x"), color_style(True).SUCCESS("x"), color_style(True).WARNING("x"), color_style(True).NOTICE("x")
