"""Fields, constraints and indexes of the facts of models.toml."""


def _named_class(name):
    from django.db import models

    return getattr(models, name)


def fields_of(facts, declared):
    """Pairs of name and field: those of models.toml, with what only the code of the class can say."""
    return [(fact["name"], _field(fact, declared.get(fact["name"]))) for fact in facts["fields"]]


def _field(fact, own):
    kind = _named_class(fact["type"])
    if own is not None and not type(own).__module__.startswith("django."):
        # A class of the project's own keeps its constructor; what it is in the database stands in models.toml.
        return own
    options = dict(fact["options"])
    for name, read in _READ.items():
        if name in options:
            options[name] = read(options[name], own)
    args = ()
    if "fields" in options:
        args = options.pop("fields")
    if "output_field" in options:
        options["output_field"] = _field(options["output_field"], None)
    field = kind(*args, **options)
    if field.choices is not None:
        field.choices = _typed_choices(field, field.choices)
    if field.has_default() and not callable(field.default) and not isinstance(field.default, (str, bool, type(None))):
        field.default = _typed(field, field.default)
    elif isinstance(field.default, str) and not field.empty_strings_allowed:
        field.default = _typed(field, field.default)
    if own is not None:
        _take_code(field, own)
    return field


def _typed(field, value):
    """A literal as the field holds it."""
    if field.is_relation or field.get_internal_type() == "JSONField":
        return value
    if field.get_internal_type() == "DurationField" and isinstance(value, (int, float)):
        import datetime

        return datetime.timedelta(seconds=value)
    return field.to_python(value)


def _typed_choices(field, choices):
    return [
        (value, _typed_choices(field, label)) if isinstance(label, (list, tuple)) else (_typed(field, value), label)
        for value, label in choices
    ]


def _take_code(field, own):
    """Functions and checks that only code can have."""
    if callable(own.default) and isinstance(own.default, type) is False or own.default in (dict, list):
        field.default = own.default
    if callable(getattr(own, "upload_to", None)):
        field.upload_to = own.upload_to
    if getattr(own, "_storage", None) is not None and not isinstance(own._storage, str):
        field._storage = own._storage
    if own._validators:
        field._validators = own._validators
    if getattr(own, "encoder", None) is not None or getattr(own, "decoder", None) is not None:
        field.encoder, field.decoder = own.encoder, own.decoder
    if own.remote_field is not None and own.remote_field.limit_choices_to:
        field.remote_field.limit_choices_to = own.remote_field.limit_choices_to
    if own.choices is not None and field.choices is None:
        field.choices = own.choices


def _default(found, own):
    kind, value = found
    return value if kind == "value" else _function(value)


def _function(name):
    """A function that models.toml names."""
    if name == "uuid4":
        import uuid

        return uuid.uuid4
    if name == "now":
        from django.utils import timezone

        return timezone.now
    if name == "today":
        return _today
    if "." in name:
        from django.utils.module_loading import import_string

        return lambda: import_string(name)()
    return {"dict": dict, "list": list}[name]


def _today():
    import datetime

    return datetime.datetime.now(datetime.timezone.utc).date()


def _upload_to(found, own):
    return found


def _on_delete(found, own):
    from django.db.models import deletion

    if isinstance(found, str):
        return getattr(deletion, found)
    return deletion.SET(_default(found, own))


def _validators(found, own):
    return [_validator(name, arguments) for name, arguments in found]


def _validator(name, arguments):
    if name in ("ascii_username", "unicode_username"):
        from django.contrib.auth import validators

        return {"ascii_username": validators.ASCIIUsernameValidator, "unicode_username": validators.UnicodeUsernameValidator}[name]()
    from django.core import validators

    found = getattr(validators, name)
    return found(**arguments) if isinstance(found, type) else found


_READ = {
    "default": _default,
    "db_default": lambda found, own: True,
    "on_delete": _on_delete,
    "validators": _validators,
    "limit_choices_to": lambda found, own: condition_of(found),
}


def condition_of(found):
    """A condition of models.toml as a `Q`; None where only the database can tell."""
    from django.db.models import Q

    kind = found[0]
    if kind in ("all", "any", "xor"):
        parts = [condition_of(part) for part in found[1]]
        if None in parts:
            return None
        made = Q()
        for part in parts:
            made = made & part if kind == "all" else made | part if kind == "any" else made ^ part
        return made
    if kind == "not":
        part = condition_of(found[1])
        return None if part is None else ~part
    if kind == "is":
        _, name, operands, is_list = found
        values = [_operand(one) for one in operands]
        return Q(**{name: values if is_list else values[0]})
    return None


def _operand(found):
    kind, value = found
    if kind == "F":
        from django.db.models import F

        return F(value)
    return value


def constraints_of(facts):
    from django.db.models.constraints import CheckConstraint, UniqueConstraint

    found = []
    for fact in facts:
        messages = {name: fact[name] for name in ("violation_error_message", "violation_error_code") if name in fact}
        if "check" in fact:
            found.append(CheckConstraint(condition=condition_of(fact["check"]), name=fact["name"], **messages))
            continue
        made = UniqueConstraint.__new__(UniqueConstraint)
        condition = fact.get("condition")
        made.take_facts(
            fact["name"], fact["fields"], fact.get("expression_count", 0), condition and condition_of(condition), messages
        )
        found.append(made)
    return found


def indexes_of(facts):
    from django.db.models.indexes import Index

    found = []
    for fact in facts:
        index = Index.__new__(Index)
        condition = fact.get("condition")
        index.take_facts(
            fact.get("name", ""), fact["fields"], fact["expression_count"], condition and condition_of(condition)
        )
        found.append(index)
    return found
