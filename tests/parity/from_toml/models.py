"""A `models.py` from a `models.toml`; classes that the project wrote keep all that they say.

A type or option that Django does not know fails when Django reads the result; one that this file does not know, here.
"""

import ast
import datetime
import tomllib

from .expressions import condition, expression, held, literal

IMPORTS = """import datetime
import uuid
from decimal import Decimal

import django.core.validators
import django.contrib.auth.validators
from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import functions
from django.utils import timezone
from django.template import engines
"""
FUNCTIONS = {"uuid4": "uuid.uuid4", "now": "timezone.now", "today": "datetime.date.today", "dict": "dict", "list": "list"}
RELATIONS = ("ForeignKey", "OneToOneField", "ManyToManyField")
AUTH_VALIDATORS = {"ascii_username": "ASCIIUsernameValidator", "unicode_username": "UnicodeUsernameValidator"}
# Options of a model that are neither of its `Meta` nor plain values.
OUTSIDE_META = ("fields", "bases", "str", "url")


def models_py(toml, written=""):
    """The text of a `models.py` with the models of `toml`, and what the file `written` has beside them."""
    declared = tomllib.loads(toml)
    tree = ast.parse(written)
    classes = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    for name, node in classes.items():
        if name in declared:
            complete(node, declared[name])
    made = [class_of(name, model) for name, model in declared.items() if name not in classes]
    bodies = [ast.unparse(tree)]
    is_first = {base for model in declared.values() for base in model.get("bases", [])}
    # What others inherit comes before them.
    early = [ast.unparse(node) for node in made if node.name in is_first]
    late = [ast.unparse(node) for node in made if node.name not in is_first]
    return "\n\n\n".join([IMPORTS, *early, *bodies, *late]) + "\n"


def class_of(name, model):
    """The class of a model that no Python says anything about."""
    bases = [base.rpartition(".")[2] for base in model.get("bases", [])] or ["models.Model"]
    node = ast.parse(f"class {name}({', '.join(bases)}):\n    pass").body[0]
    node.body = []
    complete(node, model)
    return node


def complete(node, model):
    """Adds what the class `node` does not say itself."""
    own = {target.id for line in node.body if isinstance(line, ast.Assign) for target in line.targets if hasattr(target, "id")}
    own |= {line.name for line in node.body if isinstance(line, ast.FunctionDef)}
    kinds = {name: field["type"] for name, field in model.get("fields", {}).items()}
    fields = [f"{name} = {field_of(field, kinds)}" for name, field in model.get("fields", {}).items() if name not in own]
    lines = ast.parse("\n".join(fields)).body
    if "str" in model and "__str__" not in own:
        lines += ast.parse(shown("__str__", model["str"], model)).body
    if "url" in model and "get_absolute_url" not in own:
        lines += ast.parse(shown("get_absolute_url", model["url"], model)).body
    meta = next((line for line in node.body if isinstance(line, ast.ClassDef) and line.name == "Meta"), None)
    options = [f"{name} = {option_of(name, value, kinds)}" for name, value in model.items() if name not in OUTSIDE_META]
    if meta is None and options:
        meta = ast.parse("class Meta:\n    pass").body[0]
        meta.bases = [ast.parse(f"{base.id}.Meta").body[0].value for base in node.bases if hasattr(base, "id")][:1]
        meta.body = []
        lines.append(meta)
    if meta is not None:
        said = {target.id for line in meta.body if isinstance(line, ast.Assign) for target in line.targets}
        meta.body += ast.parse("\n".join(line for line in options if line.split(" = ")[0] not in said)).body
    document = 1 if node.body and isinstance(node.body[0], ast.Expr) else 0
    node.body[document:document] = lines
    node.body = node.body or [ast.Pass()]


def shown(method, template, model):
    """A method that returns `template`, written for the fields of the row."""
    names = "".join(f"{name!r}: self.{name}, " for name in model.get("fields", {}) if name in template)
    plain = f"{{% autoescape false %}}{template}{{% endautoescape %}}"
    return f"""def {method}(self):
    return engines["jinja"].from_string({plain!r}).render({{{names}"pk": self.pk}})
"""


def field_of(field, kinds):
    field = dict(field)
    kind = field.pop("type")
    if kind == "CompositePrimaryKey":
        positional = [repr(name) for name in field.pop("fields")]
    elif kind in RELATIONS:
        to = field.pop("to")
        positional = ["settings.AUTH_USER_MODEL" if to == "auth.user_model" else repr(to)]
    else:
        positional = []
    named = [f"{name}={field_option(kind, name, value, kinds)}" for name, value in field.items()]
    return f"models.{kind}({', '.join(positional + named)})"


def field_option(kind, name, value, kinds):
    if name == "default":
        is_function = isinstance(value, dict) and list(value) == ["function"]
        return FUNCTIONS[value["function"]] if is_function else held(kind, value)
    if name == "db_default" and kind == "JSONField":
        return f"models.Value({value['Value']!r}, models.JSONField())"
    if name == "db_default":
        return expression(value, kinds) if isinstance(value, dict) else held(kind, value)
    if name == "on_delete":
        return f"models.SET({value['SET']!r})" if isinstance(value, dict) else f"models.{value}"
    if name == "choices":
        return repr([(choice, label if isinstance(label, str) else [tuple(pair) for pair in label]) for choice, label in value])
    if name == "validators":
        return f"[{', '.join(map(validator, value))}]"
    if name == "storage":
        return f"storages[{value!r}]"
    if name == "limit_choices_to":
        # The fields are those of another model.
        return condition(value, {})
    if name == "expression":
        return expression(value, kinds)
    if name == "output_field":
        return field_of(value, kinds)
    if name == "through_fields":
        return repr(tuple(value))
    return literal(value)


def validator(value):
    module = "django.core.validators"
    if isinstance(value, str):
        auth = AUTH_VALIDATORS.get(value)
        return f"django.contrib.auth.validators.{auth}()" if auth else f"{module}.{value}"
    [(name, argument)] = value.items()
    if isinstance(argument, dict):
        arguments = ", ".join(f"{key}={literal(part)}" for key, part in argument.items())
    elif name == "EmailValidator":
        arguments = f"allowlist={literal(argument)}"
    elif name == "DecimalValidator":
        arguments = ", ".join(map(literal, argument))
    else:
        arguments = literal(argument)
    return f"{module}.{name}({arguments})"


def option_of(name, value, kinds):
    """An option of `Meta` as Python."""
    if name == "indexes":
        return f"[{', '.join(index(part, kinds) for part in value)}]"
    if name == "constraints":
        return f"[{', '.join(constraint(part, kinds) for part in value)}]"
    if name in ("permissions", "unique_together"):
        return repr([tuple(part) if isinstance(part, list) else part for part in value])
    return literal(value)


def index(value, kinds):
    value = dict(value)
    expressions = [expression(part, kinds) for part in value.pop("expressions", [])]
    return f"models.Index({', '.join(expressions + conditional(value, kinds))})"


def constraint(value, kinds):
    value = dict(value)
    if "check" in value:
        value["condition"] = value.pop("check")
        return f"models.CheckConstraint({', '.join(conditional(value, kinds))})"
    expressions = [expression(part, kinds) for part in value.pop("expressions", [])]
    return f"models.UniqueConstraint({', '.join(expressions + conditional(value, kinds))})"


def conditional(value, kinds):
    """Arguments by name, where `condition` is a condition."""
    return [f"{name}={condition(part, kinds) if name == 'condition' else literal(part)}" for name, part in value.items()]
