"""Checks of single values: each is called with a value and raises a ValidationError where it does not fit."""

from django.core.addresses import is_domain, is_domain_with_dot, is_mailbox, is_url
from django.core.exceptions import ValidationError
from django.core.other_validators import (
    DecimalValidator,
    FileExtensionValidator,
    get_available_image_extensions,
    validate_image_file_extension,
)
from django.utils._digits import ascii_digits
from django.utils.deconstruct import deconstructible
from django.utils.regex_helper import _lazy_re_compile
from django.utils.translation import ngettext_lazy

MAX_URL_LENGTH = 2048
EMPTY_VALUES = (None, "", [], (), {})


@deconstructible
class RegexValidator:
    """The text holds what the pattern describes (or does not, with `inverse_match`)."""

    regex = ""
    message = "Enter a valid value."
    code = "invalid"
    inverse_match = False
    flags = 0

    def __init__(self, regex=None, message=None, code=None, inverse_match=None, flags=None):
        given = {"regex": regex, "message": message, "code": code, "inverse_match": inverse_match, "flags": flags}
        for name, value in given.items():
            if value is not None:
                setattr(self, name, value)
        if self.flags and not isinstance(self.regex, str):
            raise TypeError("flags are for a pattern that is not compiled yet")
        self.regex = _lazy_re_compile(self.regex, self.flags)

    def __call__(self, value):
        is_found = bool(self.regex.search(str(value)))
        if is_found == bool(self.inverse_match):
            raise ValidationError(self.message, code=self.code, params={"value": value})

    def __eq__(self, other):
        if not isinstance(other, RegexValidator):
            return False
        same_pattern = (self.regex.pattern, self.regex.flags) == (other.regex.pattern, other.regex.flags)
        return same_pattern and (self.message, self.code, self.inverse_match) == (
            other.message,
            other.code,
            other.inverse_match,
        )


class _Checked:
    """A validator whose `_is_fine` judges the value."""

    code = "invalid"

    def __init__(self, message=None, code=None):
        if message is not None:
            self.message = message
        if code is not None:
            self.code = code

    def __call__(self, value):
        if not self._is_fine(value):
            raise ValidationError(self.message, code=self.code, params={"value": value})

    def __eq__(self, other):
        if not isinstance(other, type(self)):
            return False
        names = ("message", "code", "schemes", "accept_idna")
        return all(getattr(self, name, None) == getattr(other, name, None) for name in names)


@deconstructible
class ProhibitNullCharactersValidator(_Checked):
    """The text does not hold the character zero."""

    message = "Null characters are not allowed."
    code = "null_characters_not_allowed"

    def _is_fine(self, value):
        return "\x00" not in str(value)


@deconstructible
class DomainNameValidator(_Checked):
    """The name of a domain."""

    message = "Enter a valid domain name."
    max_length = 255

    def __init__(self, *, accept_idna=True, **kwargs):
        self.accept_idna = accept_idna
        super().__init__(**kwargs)

    def _is_fine(self, value):
        if not isinstance(value, str) or len(value) > self.max_length:
            return False
        return is_domain_with_dot(value, is_ascii=not self.accept_idna)


@deconstructible
class URLValidator(_Checked):
    """The address of a page, with one of the schemes."""

    message = "Enter a valid URL."
    schemes = ["http", "https", "ftp", "ftps"]
    max_length = MAX_URL_LENGTH

    def __init__(self, schemes=None, **kwargs):
        super().__init__(**kwargs)
        if schemes is not None:
            self.schemes = schemes

    def _is_fine(self, value):
        from urllib.parse import urlsplit

        if not isinstance(value, str) or len(value) > self.max_length or not is_url(value):
            return False
        if value.partition("://")[0].lower() not in self.schemes:
            return False
        try:
            parts = urlsplit(value)
            host = parts.hostname
            if parts.netloc.rpartition("@")[2].startswith("["):
                validate_ipv6_address(host)
        except (ValueError, ValidationError):
            return False
        return bool(host) and len(host) <= 253


integer_validator = RegexValidator(_lazy_re_compile(r"^-?\d+\Z"), message="Enter a valid integer.", code="invalid")


def validate_integer(value):
    return integer_validator(ascii_digits(str(value)))


@deconstructible
class EmailValidator(_Checked):
    """An address of mail."""

    message = "Enter a valid email address."
    domain_allowlist = ["localhost"]

    def __init__(self, message=None, code=None, allowlist=None):
        super().__init__(message, code)
        if allowlist is not None:
            self.domain_allowlist = allowlist

    def _is_fine(self, value):
        # RFC 3696, errata 1690: at most 320 characters.
        if not value or "@" not in value or len(value) > 320:
            return False
        user, _, domain = value.rpartition("@")
        return is_mailbox(user) and (domain in self.domain_allowlist or self.validate_domain_part(domain))

    def __eq__(self, other):
        return super().__eq__(other) and set(self.domain_allowlist) == set(other.domain_allowlist)

    def validate_domain_part(self, domain_part):
        """Whether that may stand behind the `@`."""
        if not (domain_part.startswith("[") and domain_part.endswith("]")):
            return is_domain(domain_part)
        try:
            validate_ipv46_address(domain_part[1:-1])
        except ValidationError:
            return False
        return True


validate_email = EmailValidator()
validate_domain_name = DomainNameValidator()
validate_slug = RegexValidator(
    _lazy_re_compile(r"^[-a-zA-Z0-9_]+\Z"),
    "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    "invalid",
)
validate_unicode_slug = RegexValidator(
    _lazy_re_compile(r"^[-\w]+\Z"),
    "Enter a valid “slug” consisting of Unicode letters, numbers, underscores, or hyphens.",
    "invalid",
)


def validate_ipv4_address(value):
    import ipaddress

    try:
        ipaddress.IPv4Address(value)
    except ValueError:
        raise _not_an_address(value, "IPv4") from None


def validate_ipv6_address(value):
    from django.utils.ipv6 import is_valid_ipv6_address

    if not is_valid_ipv6_address(value):
        raise _not_an_address(value, "IPv6")


def validate_ipv46_address(value):
    for validate in (validate_ipv4_address, validate_ipv6_address):
        try:
            return validate(value)
        except ValidationError:
            pass
    raise _not_an_address(value, "IPv4 or IPv6")


def _not_an_address(value, protocol):
    return ValidationError(
        "Enter a valid %(protocol)s address.", code="invalid", params={"protocol": protocol, "value": value}
    )


ip_address_validator_map = {
    "both": [validate_ipv46_address],
    "ipv4": [validate_ipv4_address],
    "ipv6": [validate_ipv6_address],
}


def ip_address_validators(protocol, unpack_ipv4):
    """The validators for `both`, `ipv4` or `ipv6`."""
    if protocol != "both" and unpack_ipv4:
        raise ValueError("unpack_ipv4 is for the protocol 'both'")
    found = ip_address_validator_map.get(protocol.lower())
    if found is None:
        raise ValueError(f"{protocol!r} is none of {list(ip_address_validator_map)}")
    return found


def int_list_validator(sep=",", message=None, code="invalid", allow_negative=False):
    """A validator of whole numbers between separators."""
    number = r"-?\d+" if allow_negative else r"\d+"
    escaped = "".join(char if char.isalnum() else f"\\{char}" for char in sep)
    pattern = rf"^{number}(?:{escaped}{number})*\Z"
    return RegexValidator(_lazy_re_compile(pattern), message=message, code=code)


validate_comma_separated_integer_list = int_list_validator(message="Enter only digits separated by commas.")


@deconstructible
class BaseValidator:
    """Compares a value, cleaned by `clean`, with a limit, which may be a function."""

    message = "Ensure this value is %(limit_value)s (it is %(show_value)s)."
    code = "limit_value"

    def __init__(self, limit_value, message=None):
        self.limit_value = limit_value
        if message:
            self.message = message

    def __call__(self, value):
        cleaned = self.clean(value)
        limit = self.limit_value() if callable(self.limit_value) else self.limit_value
        if self.compare(cleaned, limit):
            params = {"limit_value": limit, "show_value": cleaned, "value": value}
            raise ValidationError(self.message, code=self.code, params=params)

    def __eq__(self, other):
        if not isinstance(other, self.__class__):
            return NotImplemented
        return (self.limit_value, self.message, self.code) == (other.limit_value, other.message, other.code)

    def compare(self, a, b):
        return a is not b

    def clean(self, x):
        return x


@deconstructible
class MaxValueValidator(BaseValidator):
    message = "Ensure this value is less than or equal to %(limit_value)s."
    code = "max_value"

    def compare(self, a, b):
        return a > b


@deconstructible
class MinValueValidator(BaseValidator):
    message = "Ensure this value is greater than or equal to %(limit_value)s."
    code = "min_value"

    def compare(self, a, b):
        return a < b


@deconstructible
class StepValueValidator(BaseValidator):
    """The value is a number of steps away from zero, or from `offset`."""

    message = "Ensure this value is a multiple of step size %(limit_value)s."
    code = "step_size"

    def __init__(self, limit_value, message=None, offset=None):
        super().__init__(limit_value, message)
        if offset is not None:
            self.message = (
                "Ensure this value is a multiple of step size %(limit_value)s, starting from %(offset)s, "
                "e.g. %(offset)s, %(valid_value1)s, %(valid_value2)s, and so on."
            )
        self.offset = offset

    def __call__(self, value):
        if self.offset is None:
            super().__call__(value)
            return
        cleaned = self.clean(value)
        limit = self.limit_value() if callable(self.limit_value) else self.limit_value
        if self.compare(cleaned, limit):
            offset = cleaned.__class__(self.offset)
            params = {
                "limit_value": limit,
                "offset": offset,
                "valid_value1": offset + limit,
                "valid_value2": offset + 2 * limit,
            }
            raise ValidationError(self.message, code=self.code, params=params)

    def compare(self, a, b):
        import math

        offset = 0 if self.offset is None else self.offset
        return not math.isclose(math.remainder(a - offset, b), 0, abs_tol=1e-9)


def _length_message(comparison):
    text = f"Ensure this value has {comparison} %(limit_value)d character%s (it has %(show_value)d)."
    return ngettext_lazy(text.replace("%s", ""), text.replace("%s", "s"), "limit_value")


@deconstructible
class MinLengthValidator(BaseValidator):
    message = _length_message("at least")
    code = "min_length"

    def compare(self, a, b):
        return a < b

    def clean(self, x):
        return len(x)


@deconstructible
class MaxLengthValidator(BaseValidator):
    message = _length_message("at most")
    code = "max_length"

    def compare(self, a, b):
        return a > b

    def clean(self, x):
        return len(x)


def _run_validators(field, value):
    """Raises what the validators of a field of forms or models find wrong, in the words of the field."""
    errors = []
    for validator in field.validators:
        try:
            validator(value)
        except ValidationError as error:
            if getattr(error, "code", None) in (messages := field.error_messages):
                error.message = messages[error.code]
            errors.extend(error.error_list)
    if errors:
        raise ValidationError(errors)
