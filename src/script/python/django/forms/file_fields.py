"""Fields of files."""

from django.core import validators
from django.core.exceptions import ValidationError
from django.forms.field_base import Field
from django.utils.translation import ngettext_lazy


class FileField(Field):
    widget = "ClearableFileInput"
    default_error_messages = {
        "invalid": "No file was submitted. Check the encoding type on the form.",
        "missing": "No file was submitted.",
        "empty": "The submitted file is empty.",
        "max_length": ngettext_lazy(
            "Ensure this filename has at most %(max)d character (it has %(length)d).",
            "Ensure this filename has at most %(max)d characters (it has %(length)d).",
            "max",
        ),
        "contradiction": "Please either submit a file or check the clear checkbox, not both.",
    }

    def __init__(self, *, max_length=None, allow_empty_file=False, **kwargs):
        self.max_length, self.allow_empty_file = max_length, allow_empty_file
        super().__init__(**kwargs)

    def to_python(self, data):
        if data in self.empty_values:
            return None
        try:
            name, size = data.name, data.size
        except AttributeError:
            raise self.error("invalid") from None
        if self.max_length is not None and len(name) > self.max_length:
            raise self.error("max_length", max=self.max_length, length=len(name))
        if not name:
            raise self.error("invalid")
        if not self.allow_empty_file and not size:
            raise self.error("empty")
        return data

    def clean(self, data, initial=None):
        """The file that was sent, else the one that is there; False where that is to go."""
        from django.forms.file_widgets import FILE_INPUT_CONTRADICTION

        if data is FILE_INPUT_CONTRADICTION:
            raise self.error("contradiction")
        if data is False:
            if not self.required:
                return False
            data = None
        return initial if not data and initial else super().clean(data)

    def bound_data(self, data, initial):
        from django.forms.file_widgets import FILE_INPUT_CONTRADICTION

        return initial if data in (None, FILE_INPUT_CONTRADICTION) else data

    def has_changed(self, initial, data):
        return not self.disabled and data is not None

    def _clean_bound_field(self, bf):
        return self.clean(bf.initial if self.disabled else bf.data, bf.initial)


class ImageField(FileField):
    """A picture, as its first bytes tell."""

    default_validators = [validators.validate_image_file_extension]
    default_error_messages = {
        "invalid_image": "Upload a valid image. The file you uploaded was either not an image or a corrupted image.",
    }

    def to_python(self, data):
        file = super().to_python(data)
        if file is None:
            return None
        from django.core.files.images import read_header

        header = read_header(file.read() if hasattr(file, "read") else data["content"])
        if header is None:
            raise ValidationError(self.error_messages["invalid_image"], code="invalid_image")
        file.image, file.content_type = header, header.content_type
        if hasattr(file, "seek"):
            file.seek(0)
        return file

    def widget_attrs(self, widget):
        from django.forms.file_widgets import FileInput

        attrs = super().widget_attrs(widget)
        if isinstance(widget, FileInput) and "accept" not in widget.attrs:
            attrs.setdefault("accept", "image/*")
        return attrs
