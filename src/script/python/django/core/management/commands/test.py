"""`djr test`: the tests of the project."""

import sys

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """Runs them by the class that `TEST_RUNNER` names."""

    help = "Runs the tests of the project."
    requires_system_checks = []

    def handle(self, *test_labels, **options):
        from django.conf import settings
        from django.test.utils import get_runner

        runner = get_runner(settings, options["testrunner"])(
            pattern=options["pattern"],
            verbosity=0 if options["json"] else options["verbosity"],
            failfast=options["failfast"],
            keepdb=options["keepdb"],
            reverse=options["reverse"],
            debug_mode=options["debug_mode"],
            tags=options["tags"],
            exclude_tags=options["exclude_tags"],
            test_name_patterns=options["patterns"],
            buffer=options["buffer"],
            timing=options["timing"],
            shuffle=options["shuffle"],
            parallel=options["parallel"],
            debug_sql=options["debug_sql"],
            durations=options["durations"],
            directory=options["directory"],
            worker=options["worker"],
            has_color=options["has_color"],
        )
        from time import perf_counter

        began = perf_counter()
        failures = runner.run_tests(options["labels"])
        if options["json"]:
            import json

            from django.test.results import as_json

            result = as_json(runner.result, perf_counter() - began)
            sys.stdout.write(json.dumps({"schema": 1, "result": result}) + "\n")
        if failures:
            sys.exit(1)
