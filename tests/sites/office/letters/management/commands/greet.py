import argparse

from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Greets people by name."

    def add_arguments(self, parser):
        parser.add_argument("names", nargs="+", help="who is greeted")
        parser.add_argument("--times", type=int, default=1, metavar="N")
        parser.add_argument("--shout", action=argparse.BooleanOptionalAction, default=False)
        parser.add_argument("-g", "--greeting", choices=["Hello", "Hej"], default="Hello")

    def handle(self, *names, times=1, **options):
        if options["names"] == ["nobody"]:
            raise CommandError("there is nobody here", returncode=3)
        for name in options["names"]:
            text = f"{options['greeting']} {name}"
            if options["shout"]:
                text = text.upper() + "!"
            for _ in range(times):
                self.stdout.write(self.style.SUCCESS(text))
        if options["verbosity"] > 1:
            self.stderr.write("that was all")
        return f"{len(options['names'])} greeted"
