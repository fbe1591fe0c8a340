"""Validators of passwords that are classes of the project, for djr's own pages and commands."""

from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string


def validate(name, password, attributes):
    """What the class called `name` has against a password, in sentences."""
    from django.contrib.auth import get_user_model

    model = get_user_model()
    known = {field.name for field in model._meta.fields}
    user = model(**{name: value for name, value in attributes if name in known})
    try:
        import_string(name)().validate(password, user)
    except ValidationError as error:
        return [str(message) for message in error.messages]
    return []


def help_text(name):
    """What it wants of a new password."""
    return str(import_string(name)().get_help_text())
