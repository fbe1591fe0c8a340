"""Form sets of the rows that lead to one row."""

from django.forms.field_base import Field
from django.forms.model_formsets import BaseModelFormSet, modelformset_factory
from django.forms.models import ModelForm
from django.utils.text import capfirst

__all__ = ("BaseInlineFormSet", "InlineForeignKeyField", "inlineformset_factory")


class InlineForeignKeyField(Field):
    """The row that all forms lead to; nothing else may be sent."""

    widget = "HiddenInput"
    default_error_messages = {"invalid_choice": "The inline value did not match the parent instance."}

    def __init__(self, parent_instance, *args, pk_field=False, to_field=None, **kwargs):
        self.parent_instance, self.pk_field, self.to_field = parent_instance, pk_field, to_field
        if parent_instance is not None:
            kwargs["initial"] = self._key()
        super().__init__(*args, **{**kwargs, "required": False})

    def _key(self):
        return getattr(self.parent_instance, self.to_field) if self.to_field else self.parent_instance.pk

    def clean(self, value):
        if value in self.empty_values:
            return None if self.pk_field else self.parent_instance
        if str(value) != str(self._key()):
            raise self.error("invalid_choice")
        return self.parent_instance

    def has_changed(self, initial, data):
        return False


class BaseInlineFormSet(BaseModelFormSet):
    """The rows that lead to `instance` by the foreign key `fk`."""

    def __init__(
        self, data=None, files=None, instance=None, save_as_new=False, prefix=None, queryset=None, **kwargs
    ):
        self.instance = self.fk.remote_field.model() if instance is None else instance
        self.save_as_new = save_as_new
        rows = self.model._default_manager if queryset is None else queryset
        rows = rows.filter(**{self.fk.name: self.instance}) if self.instance._is_pk_set() else rows.none()
        self.unique_fields = {self.fk.name}
        super().__init__(data, files, prefix=prefix, queryset=rows, **kwargs)
        # The key is to be checked with the other fields.
        meta = self.form._meta
        if meta.fields and self.fk.name not in meta.fields:
            meta.fields = [*meta.fields, self.fk.name]

    @classmethod
    def get_default_prefix(cls):
        return cls.fk.remote_field.get_accessor_name(model=cls.model).replace("+", "")

    def initial_form_count(self):
        return 0 if self.save_as_new else super().initial_form_count()

    def _leads_to_key(self):
        """Whether the foreign key leads to the primary key, and not to another field."""
        target = self.fk.remote_field
        return target.field_name == target.model._meta.pk.name

    def _construct_form(self, i, **kwargs):
        form = super()._construct_form(i, **kwargs)
        if self.save_as_new:
            self._forget_keys(form)
        key = self.instance.pk
        if not self._leads_to_key():
            key = getattr(self.instance, self.fk.remote_field.field_name)
            key = getattr(key, "pk", key)
        # The form checks the row with it.
        setattr(form.instance, self.fk.attname, key)
        return form

    def _forget_keys(self, form):
        is_mutable = getattr(form.data, "_mutable", None)
        if is_mutable is not None:
            form.data._mutable = True
        for name in (self._pk_field.name, self.fk.name):
            form.data[form.add_prefix(name)] = None
        if is_mutable is not None:
            form.data._mutable = is_mutable

    def save_new(self, form, commit=True):
        # It may have been saved after the form set was made.
        setattr(form.instance, self.fk.name, self.instance)
        return super().save_new(form, commit=commit)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        name = self.fk.name
        if self._pk_field == self.fk:
            given = {"pk_field": True}
        else:
            given = {"label": getattr(form.fields.get(name), "label", capfirst(self.fk.verbose_name))}
        if not self._leads_to_key():
            given["to_field"] = self.fk.remote_field.field_name
        if self.instance._state.adding:
            self._forget_made_key(form, given.get("to_field"))
        form.fields[name] = InlineForeignKeyField(self.instance, **given)

    def _forget_made_key(self, form, to_field):
        """A key that a default made for a row that is not saved will be another one when it is."""
        meta = self.instance._meta
        target = meta.pk if to_field is None else meta.get_field(to_field)
        is_key = target.attname == self.fk.remote_field.model._meta.pk.name
        if target.has_default() and (is_key or not form.data):
            setattr(self.instance, target.attname, None)

    def get_unique_error_message(self, unique_check):
        return super().get_unique_error_message([name for name in unique_check if name != self.fk.name])


def _get_foreign_key(parent_model, model, fk_name=None, can_fail=False):
    """The foreign key of `model` that leads to `parent_model`."""
    from django.db.models import ForeignKey

    parents = {*parent_model._meta.all_parents, parent_model}

    def leads_there(field):
        if not isinstance(field, ForeignKey):
            return False
        target = field.remote_field.model
        return target in parents or (target._meta.proxy and target._meta.proxy_for_model in parents)

    label, parent_label = model._meta.label, parent_model._meta.label
    if fk_name:
        named = [field for field in model._meta.fields if field.name == fk_name]
        if not named:
            raise ValueError(f"'{label}' has no field named '{fk_name}'.")
        if not leads_there(named[0]):
            raise ValueError(f"fk_name '{fk_name}' is not a ForeignKey to '{parent_label}'.")
        return named[0]
    found = [field for field in model._meta.fields if leads_there(field)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ValueError(
            f"'{label}' has more than one ForeignKey to '{parent_label}'. You must specify a 'fk_name' attribute."
        )
    if can_fail:
        return None
    raise ValueError(f"'{label}' has no ForeignKey to '{parent_label}'.")


def inlineformset_factory(
    parent_model,
    model,
    form=ModelForm,
    formset=BaseInlineFormSet,
    fk_name=None,
    fields=None,
    exclude=None,
    extra=3,
    can_order=False,
    can_delete=True,
    max_num=None,
    formfield_callback=None,
    widgets=None,
    validate_max=False,
    localized_fields=None,
    labels=None,
    help_texts=None,
    error_messages=None,
    min_num=None,
    validate_min=False,
    field_classes=None,
    absolute_max=None,
    can_delete_extra=True,
    renderer=None,
    edit_only=False,
):
    """A class of form sets of the rows of `model` that lead to a row of `parent_model`."""
    key = _get_foreign_key(parent_model, model, fk_name=fk_name)
    made = modelformset_factory(
        model,
        form=form,
        formfield_callback=formfield_callback,
        formset=formset,
        extra=extra,
        can_delete=can_delete,
        can_order=can_order,
        fields=fields,
        exclude=exclude,
        min_num=min_num,
        max_num=1 if key.unique else max_num,
        widgets=widgets,
        validate_min=validate_min,
        validate_max=validate_max,
        localized_fields=localized_fields,
        labels=labels,
        help_texts=help_texts,
        error_messages=error_messages,
        field_classes=field_classes,
        absolute_max=absolute_max,
        can_delete_extra=can_delete_extra,
        renderer=renderer,
        edit_only=edit_only,
    )
    made.fk = key
    return made
