"""Forms of models: their fields come from the model, and they save rows."""

from itertools import chain

from django._lazy import lazily
from django.core.exceptions import NON_FIELD_ERRORS, FieldError, ImproperlyConfigured, ValidationError
from django.forms.forms import BaseForm, DeclarativeFieldsMetaclass
from django.forms.utils import ErrorList

# Fields of rows and form sets are read when a site uses them.
__getattr__ = lazily(
    __name__,
    {
        "django.forms.model_choices": "ModelChoiceField ModelChoiceIterator ModelChoiceIteratorValue ModelMultipleChoiceField",
        "django.forms.model_formsets": "BaseModelFormSet modelformset_factory",
        "django.forms.inline_formsets": "BaseInlineFormSet InlineForeignKeyField _get_foreign_key inlineformset_factory",
    },
)

__all__ = (
    "ModelForm",
    "BaseModelForm",
    "model_to_dict",
    "fields_for_model",
    "ModelChoiceField",
    "ModelMultipleChoiceField",
    "ALL_FIELDS",
    "BaseModelFormSet",
    "modelformset_factory",
    "BaseInlineFormSet",
    "inlineformset_factory",
    "modelform_factory",
)

ALL_FIELDS = "__all__"


def _is_wanted(name, fields, exclude):
    return (fields is None or name in fields) and not (exclude and name in exclude)


def construct_instance(form, instance, fields=None, exclude=None):
    """The row with the cleaned values of the form; it is not saved."""
    from django.db.models import AutoField, FileField

    cleaned, files = form.cleaned_data, []
    for field in instance._meta.fields:
        name = field.name
        if not field.editable or isinstance(field, AutoField) or name not in cleaned:
            continue
        if not _is_wanted(name, fields, exclude) or (field.has_default() and _is_left_out(form, name)):
            continue
        if isinstance(field, FileField):
            # Where it is stored may depend on the other values.
            files.append(field)
        else:
            field.save_form_data(instance, cleaned[name])
    for field in files:
        field.save_form_data(instance, cleaned[field.name])
    return instance


def _is_left_out(form, name):
    """Whether nothing was sent for a field, so that its default stays."""
    field = form[name].field
    is_omitted = field.widget.value_omitted_from_data(form.data, form.files, form.add_prefix(name))
    return is_omitted and form.cleaned_data.get(name) in field.empty_values


def model_to_dict(instance, fields=None, exclude=None):
    """The values of a row by the names of its fields, as a form shows them."""
    meta = instance._meta
    return {
        field.name: field.value_from_object(instance)
        for field in chain(meta.concrete_fields, meta.private_fields, meta.many_to_many)
        if getattr(field, "editable", False) and _is_wanted(field.name, fields, exclude)
    }


def apply_limit_choices_to_to_formfield(formfield):
    """Takes away the rows that `limit_choices_to` of the model does not allow."""
    if not hasattr(formfield, "queryset") or not hasattr(formfield, "get_limit_choices_to"):
        return
    limit = formfield.get_limit_choices_to()
    if not limit:
        return
    from django.db.models import Exists, OuterRef, Q

    allowed = (limit if isinstance(limit, Q) else Q(**limit)) & Q(pk=OuterRef("pk"))
    rows = formfield.queryset
    # A subquery keeps joins from showing a row twice.
    formfield.queryset = rows.filter(Exists(rows.model._base_manager.filter(allowed)))


def fields_for_model(
    model,
    fields=None,
    exclude=None,
    widgets=None,
    formfield_callback=None,
    localized_fields=None,
    labels=None,
    help_texts=None,
    error_messages=None,
    field_classes=None,
    *,
    apply_limit_choices_to=True,
    form_declared_fields=None,
):
    """The fields of a form by name, for the fields of a model that visitors may edit."""
    if formfield_callback is not None and not callable(formfield_callback):
        raise TypeError("formfield_callback must be a function or callable")
    named = {
        "widget": widgets,
        "label": labels,
        "help_text": help_texts,
        "error_messages": error_messages,
        "form_class": field_classes,
    }
    declared = form_declared_fields or {}
    found, ignored = {}, []
    for field in _model_fields(model):
        name = field.name
        if not getattr(field, "editable", False):
            if fields is not None and _is_wanted(name, fields, exclude):
                raise FieldError(
                    f"'{name}' cannot be specified for {model.__name__} model form as it is a non-editable field"
                )
            continue
        if not _is_wanted(name, fields, exclude):
            continue
        if name in declared:
            found[name] = declared[name]
            continue
        given = {argument: values[name] for argument, values in named.items() if values and name in values}
        if localized_fields == ALL_FIELDS or (localized_fields and name in localized_fields):
            given["localize"] = True
        made = formfield_callback(field, **given) if formfield_callback else field.formfield(**given)
        if not made:
            ignored.append(name)
            continue
        if apply_limit_choices_to:
            apply_limit_choices_to_to_formfield(made)
        found[name] = made
    if not fields:
        return found
    return {name: found.get(name) for name in fields if not (exclude and name in exclude) and name not in ignored}


def _model_fields(model):
    """The fields of a model in the order of forms."""
    from django.db.models import Field

    meta = model._meta
    private = [field for field in meta.private_fields if isinstance(field, Field)]
    return sorted(chain(meta.concrete_fields, private, meta.many_to_many))


class ModelFormOptions:
    """What `class Meta` of a form says."""

    def __init__(self, options=None):
        for name in (
            "model fields exclude widgets localized_fields labels help_texts error_messages field_classes "
            "formfield_callback"
        ).split():
            setattr(self, name, getattr(options, name, None))


class ModelFormMetaclass(DeclarativeFieldsMetaclass):
    """Adds the fields of the model to those of the class."""

    def __new__(mcs, name, bases, attrs):
        made = super().__new__(mcs, name, bases, attrs)
        if bases == (BaseModelForm,):
            return made
        meta = made._meta = ModelFormOptions(getattr(made, "Meta", None))
        for option in ("fields", "exclude", "localized_fields"):
            value = getattr(meta, option)
            if isinstance(value, str) and value != ALL_FIELDS:
                raise TypeError(
                    f"{name}.Meta.{option} cannot be a string. Did you mean to type: ('{value}',)?"
                )
        if meta.model:
            made.base_fields = _fields_of(made, meta)
        return made


def _fields_of(form, meta):
    if meta.fields is None and meta.exclude is None:
        raise ImproperlyConfigured(
            "Creating a ModelForm without either the 'fields' attribute or the 'exclude' attribute is prohibited; "
            f"form {form.__name__} needs updating."
        )
    if meta.fields == ALL_FIELDS:
        meta.fields = None
    fields = fields_for_model(
        meta.model,
        meta.fields,
        meta.exclude,
        meta.widgets,
        meta.formfield_callback,
        meta.localized_fields,
        meta.labels,
        meta.help_texts,
        meta.error_messages,
        meta.field_classes,
        # Each form does that when it is made.
        apply_limit_choices_to=False,
        form_declared_fields=form.declared_fields,
    )
    unknown = [name for name, field in fields.items() if not field and name not in form.declared_fields]
    if unknown:
        raise FieldError(f"Unknown field(s) ({', '.join(unknown)}) specified for {meta.model.__name__}")
    return {**fields, **form.declared_fields}


class BaseModelForm(BaseForm):
    """A form of a row that is there, or of a new one."""

    def __init__(
        self,
        data=None,
        files=None,
        auto_id="id_%s",
        prefix=None,
        initial=None,
        error_class=ErrorList,
        label_suffix=None,
        empty_permitted=False,
        instance=None,
        use_required_attribute=None,
        renderer=None,
    ):
        meta = self._meta
        if meta.model is None:
            raise ValueError("ModelForm has no model class specified.")
        if instance is None:
            self.instance, shown = meta.model(), {}
        else:
            self.instance, shown = instance, model_to_dict(instance, meta.fields, meta.exclude)
        self._validate_unique = False
        super().__init__(
            data,
            files,
            auto_id,
            prefix,
            {**shown, **(initial or {})},
            error_class,
            label_suffix,
            empty_permitted,
            use_required_attribute=use_required_attribute,
            renderer=renderer,
        )
        for field in self.fields.values():
            apply_limit_choices_to_to_formfield(field)

    def _get_validation_exclusions(self):
        """The fields of the model that are not to be checked: those that the form does not fill in, or has refused."""
        return {field.name for field in self.instance._meta.fields if self._is_unchecked(field)}

    def _is_unchecked(self, field):
        name, meta = field.name, self._meta
        if name not in self.fields or name in self._errors:
            return True
        # A field of the form's own, with the name of one that Meta leaves out.
        if (meta.fields and name not in meta.fields) or (meta.exclude and name in meta.exclude):
            return True
        # The form takes nothing where the model wants something.
        own = self.fields[name]
        return not field.blank and not own.required and self.cleaned_data.get(name) in own.empty_values

    def clean(self):
        self._validate_unique = True
        return self.cleaned_data

    def _update_errors(self, errors):
        """Adds the errors of the model, in the words of the form where it has its own."""
        by_field = errors.error_dict if hasattr(errors, "error_dict") else {NON_FIELD_ERRORS: errors}
        own = self._meta.error_messages
        for name, messages in by_field.items():
            if name == NON_FIELD_ERRORS and own and NON_FIELD_ERRORS in own:
                words = own[NON_FIELD_ERRORS]
            elif name in self.fields:
                words = self.fields[name].error_messages
            else:
                continue
            for message in messages:
                if isinstance(message, ValidationError) and message.code in words:
                    message.message = words[message.code]
        self.add_error(None, errors)

    def _post_clean(self):
        from django.forms.inline_formsets import InlineForeignKeyField

        exclude = self._get_validation_exclusions()
        # The row that they lead to may not be there yet; whether they are unique is asked nevertheless.
        exclude.update(name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField))
        try:
            self.instance = construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        except ValidationError as error:
            self._update_errors(error)
        try:
            self.instance.full_clean(exclude=exclude, validate_unique=False)
        except ValidationError as error:
            self._update_errors(error)
        if self._validate_unique:
            self.validate_unique()

    def validate_unique(self):
        """Asks the row whether its values are taken."""
        try:
            self.instance.validate_unique(exclude=self._get_validation_exclusions())
        except ValidationError as error:
            self._update_errors(error)

    def _save_m2m(self):
        """Saves the rows that the row is related to."""
        meta, cleaned = self._meta, self.cleaned_data
        options = self.instance._meta
        for field in chain(options.many_to_many, options.private_fields):
            is_wanted = _is_wanted(field.name, meta.fields or None, meta.exclude)
            if is_wanted and field.name in cleaned and hasattr(field, "save_form_data"):
                field.save_form_data(self.instance, cleaned[field.name])

    def save(self, commit=True):
        """The row, which is saved; without `commit` that is left to the caller, and `save_m2m()` then to be called."""
        if self.errors:
            done = "created" if self.instance._state.adding else "changed"
            name = self.instance._meta.object_name
            raise ValueError(f"The {name} could not be {done} because the data didn't validate.")
        if commit:
            self.instance.save()
            self._save_m2m()
        else:
            self.save_m2m = self._save_m2m
        return self.instance

    save.alters_data = True


class ModelForm(BaseModelForm, metaclass=ModelFormMetaclass):
    """A form whose fields are those of `Meta.model`."""


def modelform_factory(
    model,
    form=ModelForm,
    fields=None,
    exclude=None,
    formfield_callback=None,
    widgets=None,
    localized_fields=None,
    labels=None,
    help_texts=None,
    error_messages=None,
    field_classes=None,
):
    """A class of forms of a model."""
    given = {
        "fields": fields,
        "exclude": exclude,
        "widgets": widgets,
        "localized_fields": localized_fields,
        "labels": labels,
        "help_texts": help_texts,
        "error_messages": error_messages,
        "field_classes": field_classes,
    }
    attributes = {"model": model, **{name: value for name, value in given.items() if value is not None}}
    if formfield_callback:
        attributes["formfield_callback"] = staticmethod(formfield_callback)
    meta = type("Meta", (form.Meta,) if hasattr(form, "Meta") else (), attributes)
    if getattr(meta, "fields", None) is None and getattr(meta, "exclude", None) is None:
        raise ImproperlyConfigured(
            "Calling modelform_factory without defining 'fields' or 'exclude' explicitly is prohibited."
        )
    return type(form)(f"{model.__name__}Form", (form,), {"Meta": meta})


def modelform_defines_fields(form_class):
    """Whether a class of forms says which fields of its model it has."""
    meta = getattr(form_class, "_meta", None)
    return meta is not None and (meta.fields is not None or meta.exclude is not None)
