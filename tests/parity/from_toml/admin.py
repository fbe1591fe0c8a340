"""An `admin.py` from an `admin.toml`, and for models that no file names."""

import tomllib

IMPORTS = """from django.contrib import admin
from django.contrib.auth.models import Group, User

from . import models

"""
INLINES = {"tabular": "TabularInline", "stacked": "StackedInline"}
# Tables that are not models.
NOT_MODELS = ("site", "unregister")


def admin_py(toml, models):
    """The text of the `admin.py` for an app whose `models.toml` holds `models`; keys that Django lacks fail."""
    declared = tomllib.loads(toml)
    parts = [IMPORTS]
    shown = [name for name, model in models.items() if is_shown(model)]
    for name in shown:
        parts.append(registered(name, dict(declared.get(name, {})), models))
    unknown = [name for name in declared if name not in [*shown, *NOT_MODELS]]
    assert not unknown, f"{unknown} are not models of the app"
    return "\n\n".join(parts)


def is_shown(model):
    """Django's admin refuses keys of several columns."""
    keys = [field["type"] for field in model.get("fields", {}).values()]
    return not model.get("abstract") and "CompositePrimaryKey" not in keys


def registered(name, table, models):
    if "list_display" in table:
        table["list_display"] = [column for column in table["list_display"] if not leads_to_many(column, models[name])]
    inlines = [inline(name, at, dict(part)) for at, part in enumerate(table.pop("inlines", []))]
    names = ", ".join(part.split("(")[0].removeprefix("class ") for part in inlines)
    lines = [f"{key} = {value!r}" for key, value in table.items()]
    if inlines:
        lines.append(f"inlines = [{names}]")
    body = "\n    ".join(lines) or "pass"
    return "\n\n".join([*inlines, f"@admin.register(models.{name})\nclass {name}Admin(admin.ModelAdmin):\n    {body}\n"])


def leads_to_many(column, model):
    """djr's lists show such columns, which Django's refuse."""
    return model["fields"].get(column, {}).get("type") == "ManyToManyField"


def inline(name, at, part):
    base = INLINES[part.pop("style", "tabular")]
    model = part.pop("model")
    lines = "".join(f"    {key} = {value!r}\n" for key, value in part.items())
    return f"class {name}Inline{at}(admin.{base}):\n    model = models.{model}\n{lines}"
