"""Between forms of `forms.toml` and the classes of a project that clean them further."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.forms import Form
from django.forms.utils import ErrorDict, ErrorList


def checked(cls):
    """The class as one of forms; a TypeError where it is not a class."""
    if not isinstance(cls, type):
        raise TypeError(f"{cls!r} is not a class with clean methods")
    return cls if issubclass(cls, Form) else type(cls.__name__, (cls, Form), {"__module__": cls.__module__})


def unknown_fields(cls, names):
    """The names of `clean_...` methods for fields that the form does not have."""
    known = {*names, *cls.base_fields}
    methods = [name.removeprefix("clean_") for name in dir(cls) if name.startswith("clean_")]
    return [name for name in methods if name not in known]


def clean(cls, data, files, names, values, failed):
    """Runs the clean methods over what the fields have cleaned; `failed` are pairs of a field and what is wrong with it.

    Answers the values that the methods have changed, the names of those they took away, and triples of a field (None for
    the form), a message and a code.
    """
    from django.core.handlers.djr import files_of
    from django.forms.field_base import Field
    from django.http.querydict import QueryDict

    form = cls(QueryDict.of_pairs(data, None), files_of(files))
    form.fields = {name: form.fields.get(name) or Field(required=False) for name in names}
    form.cleaned_data, form._errors = {}, ErrorDict(renderer=form.renderer)
    for name, message in failed:
        form._errors.setdefault(name, ErrorList(renderer=form.renderer)).append(ValidationError(message))
    known = {name: len(errors) for name, errors in form._errors.items()}
    for name in names:
        if name in values:
            form.cleaned_data[name] = values[name]
            _clean_field(form, name)
    try:
        cleaned = form.clean()
        if cleaned is not None:
            form.cleaned_data = cleaned
    except ValidationError as error:
        form.add_error(None, error)
    left = form.cleaned_data
    changed = [(name, value) for name, value in left.items() if name in names and values.get(name, form) is not value]
    gone = [name for name in values if name not in left and name not in form._errors]
    return changed, gone, _new_errors(form, known)


def _clean_field(form, name):
    method = getattr(form, f"clean_{name}", None)
    if method is None:
        return
    try:
        form.cleaned_data[name] = method()
    except ValidationError as error:
        form.add_error(name, error)


def _new_errors(form, known):
    found = []
    for name, errors in form._errors.as_data().items():
        field = None if name == NON_FIELD_ERRORS else name
        for error in errors[known.get(name, 0) :]:
            found += [(field, str(message), error.code or "") for message in error.messages]
    return found
