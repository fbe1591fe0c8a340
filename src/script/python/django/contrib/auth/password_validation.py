"""Whether a password is good enough: djr's validators, and those of one's own."""

from django._absent import absent
from django.core.exceptions import ValidationError


def get_default_password_validators():
    """The validators of the settings that the project wrote itself."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    own = [
        setting
        for setting in settings.AUTH_PASSWORD_VALIDATORS
        if not setting["NAME"].startswith("django.contrib.auth.password_validation.")
    ]
    return [import_string(setting["NAME"])(**setting.get("OPTIONS", {})) for setting in own]


def validate_password(password, user=None, password_validators=None):
    """Nothing where the password is good; else a ValidationError with all that is wrong."""
    errors = []
    if password_validators is None:
        import _djr_services

        told = _djr_services.password_errors(password, _attributes(user))
        errors += [ValidationError(sentence, code=code) for sentence, code in told]
        password_validators = get_default_password_validators()
    for validator in password_validators:
        try:
            validator.validate(password, user)
        except ValidationError as error:
            errors.append(error)
    if errors:
        raise ValidationError(errors)


def _attributes(user):
    """What a password must not resemble."""
    names = ("username", "first_name", "last_name", "email")
    return {name: str(getattr(user, name, None) or "") for name in names}


def password_changed(password, user=None, password_validators=None):
    """Tells the validators that want to know."""
    validators = get_default_password_validators() if password_validators is None else password_validators
    for validator in validators:
        getattr(validator, "password_changed", lambda *args: None)(password, user)


def password_validators_help_texts(password_validators=None):
    """What a visitor should know."""
    texts = []
    if password_validators is None:
        import _djr_services

        texts += _djr_services.password_help_texts()
        password_validators = get_default_password_validators()
    return texts + [validator.get_help_text() for validator in password_validators]


def password_validators_help_text_html(password_validators=None):
    """What a visitor should know, as a list."""
    from django.utils.html import format_html, format_html_join

    items = format_html_join("", "<li>{}</li>", ((text,) for text in password_validators_help_texts(password_validators)))
    return format_html("<ul>{}</ul>", items) if items else ""


__getattr__ = absent(__name__)
