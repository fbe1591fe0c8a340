"""Checks of decimals and of the names of files."""

from django.core.exceptions import ValidationError
from django.utils.deconstruct import deconstructible
from django.utils.translation import ngettext_lazy

_IMAGES = (
    "apng avif bmp cur dds dib eps gif icns ico im j2c j2k jfif jp2 jpc jpe jpeg jpf jpg jpx mpo msp pbm pcd pcx pdf "
    "pgm png pnm ppm psd qoi ras sgi tga tif tiff webp wmf xbm xpm"
)


def _digits_message(text):
    return ngettext_lazy(text % "", text % "s", "max")


@deconstructible(path="django.core.validators.DecimalValidator")
class DecimalValidator:
    """So many digits at most, and so many of them behind the point."""

    messages = {
        "invalid": "Enter a number.",
        "max_digits": _digits_message("Ensure that there are no more than %%(max)s digit%s in total."),
        "max_decimal_places": _digits_message("Ensure that there are no more than %%(max)s decimal place%s."),
        "max_whole_digits": _digits_message(
            "Ensure that there are no more than %%(max)s digit%s before the decimal point."
        ),
    }

    def __init__(self, max_digits, decimal_places):
        self.max_digits = max_digits
        self.decimal_places = decimal_places

    def __call__(self, value):
        _, digits, exponent = value.as_tuple()
        if exponent in ("F", "n", "N"):
            raise ValidationError(self.messages["invalid"], code="invalid", params={"value": value})
        if exponent >= 0:
            places = 0
            total = len(digits) + (exponent if digits != (0,) else 0)
        else:
            places = -exponent
            # 0.001 has three digits.
            total = max(len(digits), places)
        limits = [("max_digits", total, self.max_digits), ("max_decimal_places", places, self.decimal_places)]
        if self.max_digits is not None and self.decimal_places is not None:
            limits.append(("max_whole_digits", total - places, self.max_digits - self.decimal_places))
        for code, count, most in limits:
            if most is not None and count > most:
                raise ValidationError(self.messages[code], code=code, params={"max": most, "value": value})

    def __eq__(self, other):
        return isinstance(other, DecimalValidator) and (self.max_digits, self.decimal_places) == (
            other.max_digits,
            other.decimal_places,
        )


@deconstructible(path="django.core.validators.FileExtensionValidator")
class FileExtensionValidator:
    """The name of a file ends with one of the extensions."""

    message = (
        "File extension “%(extension)s” is not allowed. Allowed extensions are: %(allowed_extensions)s."
    )
    code = "invalid_extension"

    def __init__(self, allowed_extensions=None, message=None, code=None):
        self.allowed_extensions = allowed_extensions and [extension.lower() for extension in allowed_extensions]
        if message is not None:
            self.message = message
        if code is not None:
            self.code = code

    def __call__(self, value):
        from pathlib import Path

        extension = Path(value.name).suffix[1:].lower()
        if self.allowed_extensions is not None and extension not in self.allowed_extensions:
            params = {"extension": extension, "allowed_extensions": ", ".join(self.allowed_extensions), "value": value}
            raise ValidationError(self.message, code=self.code, params=params)

    def __eq__(self, other):
        return isinstance(other, FileExtensionValidator) and (
            set(self.allowed_extensions or []),
            self.message,
            self.code,
        ) == (set(other.allowed_extensions or []), other.message, other.code)


def get_available_image_extensions():
    """The extensions of images."""
    return _IMAGES.split()


def validate_image_file_extension(value):
    return FileExtensionValidator(allowed_extensions=get_available_image_extensions())(value)
