"""Records which migrations real Django's autodetector makes of successive models, in golden/detected.json.

`record_detected.py` writes the file; `record_detected.py --check` fails if a fresh recording differs from it.
The models are those of detected.toml, in djr's own form; here they become Django's classes.
`cargo test` gives the same models to `djr makemigrations` and compares (tests/cli/autodetector.rs).
"""

import json
import tempfile
import tomllib
from pathlib import Path

import django_site
import recording

HERE = Path(__file__).parent
CASES = HERE / "detected.toml"
GOLDEN = HERE / "golden" / "detected.json"
APPS = ("contenttypes", "auth")


def condition(found):
    from django.db.models import Q

    parts = Q()
    for key, value in found.items():
        if key == "any":
            inner = Q()
            for one in value:
                inner |= condition(one)
            parts &= inner
        elif key == "not":
            parts &= ~condition(value)
        else:
            from django.db.models import F

            parts &= Q(**{key: F(value["F"]) if isinstance(value, dict) else value})
    return parts


def field(options):
    import datetime
    import uuid

    from django.db import models
    from django.db.models import functions
    from django.utils import timezone

    options = dict(options)
    kind = options.pop("type")
    if isinstance(options.get("default"), dict):
        calls = {"uuid4": uuid.uuid4, "now": timezone.now, "today": datetime.date.today, "dict": dict, "list": list}
        options["default"] = calls[options["default"]["function"]]
    if "on_delete" in options:
        found = options["on_delete"]
        options["on_delete"] = models.SET(found["SET"]) if isinstance(found, dict) else getattr(models, found)
    if "choices" in options:
        options["choices"] = [tuple(choice) for choice in options["choices"]]
    if "output_field" in options:
        options["output_field"] = field(options["output_field"])
    if "expression" in options:
        (name, argument), = options["expression"].items()
        if name == "add":
            options["expression"] = models.F(argument[0]) + models.F(argument[1])
        else:
            options["expression"] = getattr(functions, name)(argument)
    return getattr(models, kind)(**options)


def meta(options, app_label, registry):
    from django.db import models

    attributes = {"app_label": app_label, "apps": registry}
    for key, value in options.items():
        if key == "indexes":
            value = [
                models.Index(**{k: condition(v) if k == "condition" else v for k, v in index.items()})
                for index in value
            ]
        elif key == "constraints":
            value = [constraint(found) for found in value]
        elif key == "permissions":
            value = [tuple(pair) for pair in value]
        attributes[key] = value
    return type("Meta", (), attributes)


def constraint(found):
    from django.db import models

    found = dict(found)
    if "check" in found:
        found["condition"] = condition(found.pop("check"))
        return models.CheckConstraint(**found)
    if "condition" in found:
        found["condition"] = condition(found["condition"])
    return models.UniqueConstraint(**found)


def state(stage):
    """The models of a stage, and those of the built-in apps, as Django's autodetector wants them."""
    from django.apps import apps
    from django.apps.registry import Apps
    from django.db.migrations.state import ModelState, ProjectState
    from django.db.models import Model

    project = ProjectState()
    for label in APPS:
        for model in apps.get_app_config(label).get_models():
            project.add_model(ModelState.from_model(model))
    registry = Apps()
    for app_label, text in stage.items():
        for name, declared in tomllib.loads(text).items():
            declared = dict(declared)
            attributes = {name: field(options) for name, options in declared.pop("fields").items()}
            attributes["__module__"] = app_label
            attributes["Meta"] = meta(declared, app_label, registry)
            project.add_model(ModelState.from_model(type(name, (Model,), attributes)))
    return project


def described(operation):
    """An operation in the words of `describe`, without what is Django's alone."""
    return operation.describe()


def record(case):
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.questioner import MigrationQuestioner

    class Questioner(MigrationQuestioner):
        def ask_initial(self, app_label):
            return True

        def ask_rename(self, *args):
            return not case.get("keep_names", False)

        ask_rename_model = ask_rename

        def ask_not_null_addition(self, *args):
            return 0

        ask_not_null_alteration = ask_auto_now_add_addition = ask_not_null_addition

    loader = MigrationLoader(None)
    stages = []
    for stage in case["stages"]:
        before = loader.project_state([key for key in loader.graph.leaf_nodes() if key[0] in (*APPS, "posts", "people")])
        detector = MigrationAutodetector(before, state(stage), Questioner())
        changes = detector.changes(graph=loader.graph)
        found = {}
        for label in sorted(changes):
            if label in APPS:
                continue
            for migration in changes[label]:
                key = (label, migration.name)
                loader.graph.add_node(key, migration)
                found[".".join(key)] = {
                    "operations": [described(operation) for operation in migration.operations],
                    "dependencies": sorted(
                        "auth.user_model" if app == "__setting__" else f"{app}.{name}"
                        for app, name in migration.dependencies
                    ),
                }
        for label in changes:
            for migration in changes[label]:
                for app, name in migration.dependencies:
                    parent = ("auth", "0001_initial") if app == "__setting__" else (app, name)
                    if parent in loader.graph.nodes:
                        loader.graph.add_dependency(migration, (label, migration.name), parent)
        stages.append(found)
    return stages


def main():
    with tempfile.TemporaryDirectory() as directory:
        django_site.configure(Path(directory) / "db.sqlite3", "golden")
        cases = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
        found = {case["name"]: record(case) for case in cases}
    fresh = json.dumps(found, indent=1, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
