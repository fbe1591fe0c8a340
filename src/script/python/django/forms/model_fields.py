"""The field of a form for each kind of field of a model."""

from django import forms
from django.utils.text import capfirst

# What a field of choices takes; everything else belongs to the kind that it stands for.
_OF_CHOICES = frozenset(
    "coerce empty_value choices required widget label initial help_text error_messages show_hidden_initial disabled".split()
)
_BIGGEST = 2**63 - 1


def formfield(field, form_class=None, choices_form_class=None, **kwargs):
    """The field of a form for a field of a model; None where visitors do not fill it in."""
    for kind in type(field).__mro__:
        made = _KINDS.get(kind.__name__)
        if made is not None:
            given = made(field, kwargs)
            break
    else:
        given = {}
    if given is None:
        return None
    if form_class is not None:
        given["form_class"] = form_class
    return _made(field, choices_form_class, **{**given, **kwargs})


def _made(field, choices_form_class, form_class=None, **kwargs):
    defaults = {"required": not field.blank, "label": capfirst(field.verbose_name), "help_text": field.help_text}
    if field.has_default():
        if callable(field.default):
            # What it answered is sent back, so that one can tell whether the visitor changed it.
            defaults.update(initial=field.default, show_hidden_initial=True)
        else:
            defaults["initial"] = field.get_default()
    if field.choices is not None:
        has_first = field.has_default() or "initial" in kwargs
        defaults["choices"] = field.get_choices(include_blank=field.blank or not has_first)
        defaults["coerce"] = field.to_python
        if field.null:
            defaults["empty_value"] = None
        form_class = choices_form_class or forms.TypedChoiceField
        kwargs = {name: value for name, value in kwargs.items() if name in _OF_CHOICES}
    return (form_class or forms.CharField)(**{**defaults, **kwargs})


def _boolean(field, kwargs):
    if field.choices is None:
        # A box that has to be checked is something else.
        return {"form_class": forms.NullBooleanField if field.null else forms.BooleanField, "required": False}
    has_first = field.has_default() or "initial" in kwargs
    return {"choices": field.get_choices(include_blank=not has_first)}


def _char(field, kwargs):
    given = {"max_length": field.max_length}
    if field.null:
        given["empty_value"] = None
    return given


def _decimal(field, kwargs):
    return {"form_class": forms.DecimalField, "max_digits": field.max_digits, "decimal_places": field.decimal_places}


def _file_path(field, kwargs):
    return {
        "form_class": forms.FilePathField,
        "path": field.path() if callable(field.path) else field.path,
        "match": field.match,
        "recursive": field.recursive,
        "allow_files": field.allow_files,
        "allow_folders": field.allow_folders,
    }


def _text(field, kwargs):
    given = {"max_length": field.max_length}
    if field.choices is None:
        given["widget"] = forms.Textarea
    return given


def _rows(field, using):
    model = field.remote_field.model
    if isinstance(model, str):
        raise ValueError(f"{field.name!r} has no field of a form yet: its model {model!r} is not loaded")
    return model._default_manager.using(using)


def _foreign_key(field, kwargs):
    queryset = _rows(field, kwargs.pop("using", None))
    # Whether a radio button stands for no choice.
    kwargs["blank"] = field.blank
    return {
        "form_class": forms.ModelChoiceField,
        "queryset": queryset,
        "to_field_name": field.remote_field.field_name,
        # A function answers when a form is made, not now.
        "limit_choices_to": field.remote_field.limit_choices_to,
    }


def _one_to_one(field, kwargs):
    return None if field.remote_field.parent_link else _foreign_key(field, kwargs)


def _many_to_many(field, kwargs):
    queryset = _rows(field, kwargs.pop("using", None))
    first = kwargs.get("initial")
    if first is not None:
        kwargs["initial"] = [row.pk for row in (first() if callable(first) else first)]
    return {
        "form_class": forms.ModelMultipleChoiceField,
        "queryset": queryset,
        "limit_choices_to": field.remote_field.limit_choices_to,
    }


def _of(form_class, *names, **given):
    """A kind that takes the attributes `names` of the field of the model, under the same names."""
    return lambda field, kwargs: {
        **({"form_class": getattr(forms, form_class)} if form_class else {}),
        **{name: getattr(field, name) for name in names},
        **given,
    }


def _nothing(field, kwargs):
    return None


_KINDS = {
    "AutoField": _nothing,
    "BigAutoField": _nothing,
    "SmallAutoField": _nothing,
    "BigIntegerField": _of("IntegerField", min_value=-_BIGGEST - 1, max_value=_BIGGEST),
    "BinaryField": _of(None),
    "BooleanField": _boolean,
    "CharField": _char,
    "CompositePrimaryKey": _nothing,
    "DateField": _of("DateField"),
    "DateTimeField": _of("DateTimeField"),
    "DecimalField": _decimal,
    "DurationField": _of("DurationField"),
    "EmailField": lambda field, kwargs: {**_char(field, kwargs), "form_class": forms.EmailField},
    "FileField": _of("FileField", "max_length"),
    "FilePathField": _file_path,
    "FloatField": _of("FloatField"),
    "ForeignKey": _foreign_key,
    "GeneratedField": _of(None),
    "GenericIPAddressField": _of("GenericIPAddressField", "protocol"),
    "ImageField": _of("ImageField", "max_length"),
    "IntegerField": _of("IntegerField"),
    "JSONField": _of("JSONField", "encoder", "decoder"),
    "ManyToManyField": _many_to_many,
    "OneToOneField": _one_to_one,
    "PositiveBigIntegerField": _of("IntegerField", min_value=0, max_value=_BIGGEST),
    "PositiveIntegerField": _of("IntegerField", min_value=0),
    "PositiveSmallIntegerField": _of("IntegerField", min_value=0),
    "SlugField": lambda field, kwargs: {
        **_char(field, kwargs), "form_class": forms.SlugField, "allow_unicode": field.allow_unicode
    },
    "TextField": _text,
    "TimeField": _of("TimeField"),
    "URLField": lambda field, kwargs: {**_char(field, kwargs), "form_class": forms.URLField},
    "UUIDField": _of("UUIDField"),
}  # fmt: skip
