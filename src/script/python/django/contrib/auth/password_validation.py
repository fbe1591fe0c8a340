"""Whether a password is good enough: djr's validators, and those of one's own."""

from django._absent import absent
from django.core.exceptions import ValidationError


class BuiltInValidator:
    """One of djr's validators, whose options are those of the settings unless they are given."""

    _djr_rule = None

    def __init__(self, **options):
        self._options = {name: value for name, value in options.items() if value is not None}

    def validate(self, password, user=None):
        import _djr_services

        told = _djr_services.password_errors(password, _attributes(user), self._djr_rule, self._options)
        if told:
            raise ValidationError([ValidationError(sentence, code=code) for sentence, code in told])

    def get_help_text(self):
        import _djr_services

        return " ".join(_djr_services.password_help_texts(self._djr_rule, self._options))


class MinimumLengthValidator(BuiltInValidator):
    """A password has so many characters."""

    _djr_rule = "minimum_length"

    def __init__(self, min_length=8):
        super().__init__(min_length=min_length)
        self.min_length = min_length


class UserAttributeSimilarityValidator(BuiltInValidator):
    """A password does not resemble its user."""

    _djr_rule = "similarity"
    DEFAULT_USER_ATTRIBUTES = ("username", "first_name", "last_name", "email")

    def __init__(self, user_attributes=DEFAULT_USER_ATTRIBUTES, max_similarity=0.7):
        if max_similarity < 0.1:
            raise ValueError("max_similarity must be at least 0.1")
        super().__init__(user_attributes=user_attributes, max_similarity=max_similarity)
        self.user_attributes, self.max_similarity = user_attributes, max_similarity


class CommonPasswordValidator(BuiltInValidator):
    """A password is not easily guessed."""

    _djr_rule = "guessable"


class NumericPasswordValidator(BuiltInValidator):
    """A password is not of digits alone."""

    _djr_rule = "numeric"


def get_password_validators(validator_config):
    """The validators of a setting like AUTH_PASSWORD_VALIDATORS."""
    from django.utils.module_loading import import_string

    return [import_string(setting["NAME"])(**setting.get("OPTIONS", {})) for setting in validator_config]


def get_default_password_validators():
    """The validators of the settings."""
    from django.conf import settings

    return get_password_validators(settings.AUTH_PASSWORD_VALIDATORS)


def _validators_of_the_project():
    """The validators of the settings that the project wrote itself: djr asks its own in one call."""
    from django.conf import settings

    own = [one for one in settings.AUTH_PASSWORD_VALIDATORS if not one["NAME"].startswith(f"{__name__}.")]
    return get_password_validators(own)


def validate_password(password, user=None, password_validators=None):
    """Nothing where the password is good; else a ValidationError with all that is wrong."""
    errors = []
    if password_validators is None:
        import _djr_services

        told = _djr_services.password_errors(password, _attributes(user))
        errors += [ValidationError(sentence, code=code) for sentence, code in told]
        password_validators = _validators_of_the_project()
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
        password_validators = _validators_of_the_project()
    return texts + [validator.get_help_text() for validator in password_validators]


def password_validators_help_text_html(password_validators=None):
    """What a visitor should know, as a list."""
    from django.utils.html import format_html, format_html_join

    items = format_html_join("", "<li>{}</li>", ((text,) for text in password_validators_help_texts(password_validators)))
    return format_html("<ul>{}</ul>", items) if items else ""


__getattr__ = absent(__name__)
