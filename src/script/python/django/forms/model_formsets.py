"""Form sets of the rows of a model."""

from django.core.exceptions import NON_FIELD_ERRORS, ImproperlyConfigured, ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.forms.models import ModelForm, modelform_factory
from django.forms.widgets import HiddenInput

__all__ = ("BaseModelFormSet", "modelformset_factory")


class BaseModelFormSet(BaseFormSet):
    """A form for each row of a query set, and some for new ones."""

    model = None
    edit_only = False
    # Fields that are the same in all forms.
    unique_fields = set()

    def __init__(
        self, data=None, files=None, auto_id="id_%s", prefix=None, queryset=None, *, initial=None, **kwargs
    ):
        self.queryset = queryset
        self.initial_extra = initial
        super().__init__(data, files, auto_id, prefix, **kwargs)

    def get_queryset(self):
        """The rows, in an order that is the same when they are sent back."""
        if not hasattr(self, "_queryset"):
            rows = self.model._default_manager.get_queryset() if self.queryset is None else self.queryset
            self._queryset = rows if rows.ordered else rows.order_by(self.model._meta.pk.name)
        return self._queryset

    def initial_form_count(self):
        return super().initial_form_count() if self.is_bound else len(self.get_queryset())

    def _existing_object(self, pk):
        if not hasattr(self, "_object_dict"):
            self._object_dict = {row.pk: row for row in self.get_queryset()}
        return self._object_dict.get(pk)

    def _get_to_python(self, field):
        """What makes a key of what was sent: of the row that keys lead to in the end."""
        while field.remote_field is not None:
            field = field.remote_field.get_related_field()
        return field.to_python

    def _construct_form(self, i, **kwargs):
        count = self.initial_form_count()
        is_row = i < count
        if is_row and self.is_bound:
            self._take_sent_row(i, kwargs)
        elif is_row:
            kwargs["instance"] = self.get_queryset()[i]
        elif self.initial_extra and i - count < len(self.initial_extra):
            kwargs["initial"] = self.initial_extra[i - count]
        form = super()._construct_form(i, **kwargs)
        if is_row:
            form.fields[self.model._meta.pk.name].required = True
        return form

    def _take_sent_row(self, i, kwargs):
        """The row that a form was sent for, if its key is one of the query set; visitors can send anything."""
        pk = self.model._meta.pk
        try:
            key = self._get_to_python(pk)(self.data[f"{self.add_prefix(i)}-{pk.name}"])
        except (KeyError, ValidationError):
            return
        kwargs["instance"] = self._existing_object(key)

    def add_fields(self, form, index):
        """Adds the key of the row, which is hidden."""
        self._pk_field = pk = self.model._meta.pk
        if _is_hidden_key(pk) or pk.name not in form.fields:
            form.fields[pk.name] = self._key_field(form, index, pk)
        super().add_fields(form, index)

    def _key_field(self, form, index, pk):
        from django.db.models import ForeignKey
        from django.forms.model_choices import ModelChoiceField

        state = form.instance._state
        if form.is_bound:
            # A key that a default has made is not one of a row.
            value = None if state.adding else form.instance.pk
        else:
            rows = self.get_queryset()
            value = rows[index].pk if index is not None and index < len(rows) else None
        model = pk.remote_field.model if isinstance(pk, ForeignKey) else self.model
        rows = model._default_manager.get_queryset().using(state.db)
        widget = (form._meta.widgets or {}).get(pk.name, HiddenInput)
        return ModelChoiceField(rows, initial=value, required=False, widget=widget)

    def clean(self):
        self.validate_unique()

    def validate_unique(self):
        """Checks that no two forms hold what may be there once."""
        going = self.deleted_forms
        forms = [form for form in self.forms if form.is_valid() and form not in going]
        unique, dates = set(), set()
        for form in forms:
            of_form, of_dates = form.instance._get_unique_checks(
                exclude=form._get_validation_exclusions(), include_meta_constraints=True
            )
            unique.update(of_form)
            dates.update(of_dates)
        errors = []
        for _, names in unique:
            for form in _repeated(forms, lambda form: self._values_of(form, names)):
                errors.append(self.get_unique_error_message(names))
                self._refuse(form, names)
        for check in dates:
            for form in _repeated(forms, lambda form: _day_values_of(form, check)):
                errors.append(self.get_date_error_message(check))
                self._refuse(form, [check[2]])
        if errors:
            raise ValidationError(errors)

    def _values_of(self, form, names):
        values = [name if name in self.unique_fields else form.cleaned_data[name] for name in names if name in form.cleaned_data]
        return tuple(_hashable(value) for value in values) if values and None not in values else None

    def _refuse(self, form, names):
        form._errors[NON_FIELD_ERRORS] = self.error_class([self.get_form_error()], renderer=self.renderer)
        for name in names:
            form.cleaned_data.pop(name, None)

    def get_unique_error_message(self, unique_check):
        if len(unique_check) == 1:
            return f"Please correct the duplicate data for {unique_check[0]}."
        from django.utils.text import get_text_list

        names = get_text_list(unique_check, "and")
        return f"Please correct the duplicate data for {names}, which must be unique."

    def get_date_error_message(self, date_check):
        _, lookup, field, day = date_check
        return (
            f"Please correct the duplicate data for {field} which must be unique for the {lookup} in {day}."
        )

    def get_form_error(self):
        return "Please correct the duplicate values below."

    def save_new(self, form, commit=True):
        """A new row of a form."""
        return form.save(commit=commit)

    def save_existing(self, form, obj, commit=True):
        """A row that is there, as a form changes it."""
        return form.save(commit=commit)

    def delete_existing(self, obj, commit=True):
        if commit:
            obj.delete()

    def save(self, commit=True):
        """Saves what was changed and what is new, deletes what is to go; the rows that were saved."""
        if not commit:
            self.saved_forms = []

            def save_m2m():
                for form in self.saved_forms:
                    form.save_m2m()

            self.save_m2m = save_m2m
        changed = self.save_existing_objects(commit)
        return changed if self.edit_only else changed + self.save_new_objects(commit)

    save.alters_data = True

    def save_existing_objects(self, commit=True):
        self.changed_objects, self.deleted_objects = [], []
        if not self.initial_forms:
            return []
        saved, going = [], self.deleted_forms
        for form in self.initial_forms:
            row = form.instance
            # Deleted meanwhile, or not one of the query set.
            if not row._is_pk_set() or row._state.adding:
                continue
            if form in going:
                self.deleted_objects.append(row)
                self.delete_existing(row, commit=commit)
            elif form.has_changed():
                self.changed_objects.append((row, form.changed_data))
                saved.append(self.save_existing(form, row, commit=commit))
                if not commit:
                    self.saved_forms.append(form)
        return saved

    def save_new_objects(self, commit=True):
        self.new_objects = []
        for form in self.extra_forms:
            if not form.has_changed() or (self.can_delete and self._should_delete_form(form)):
                continue
            self.new_objects.append(self.save_new(form, commit=commit))
            if not commit:
                self.saved_forms.append(form)
        return self.new_objects


def _is_hidden_key(pk):
    """Whether visitors do not edit a key."""
    from django.db.models import AutoField

    if not pk.editable or pk.auto_created or isinstance(pk, AutoField):
        return True
    link = pk.remote_field
    return bool(link and link.parent_link and _is_hidden_key(link.model._meta.pk))


def _repeated(forms, values_of):
    """The forms whose values another one before them has; None is not compared."""
    seen = set()
    for form in forms:
        values = values_of(form)
        if values is None:
            continue
        if values in seen:
            yield form
        seen.add(values)


def _day_values_of(form, check):
    _, lookup, name, day = check
    cleaned = form.cleaned_data
    if not cleaned or cleaned[name] is None or cleaned[day] is None:
        return None
    moment = cleaned[day]
    if lookup == "date":
        return cleaned[name], moment.year, moment.month, moment.day
    return cleaned[name], getattr(moment, lookup)


def _hashable(value):
    if hasattr(value, "_get_pk_val"):
        return value._get_pk_val()
    from django.utils.hashable import make_hashable

    return make_hashable(value)


def modelformset_factory(
    model,
    form=ModelForm,
    formfield_callback=None,
    formset=BaseModelFormSet,
    extra=1,
    can_delete=False,
    can_order=False,
    max_num=None,
    fields=None,
    exclude=None,
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
    """A class of form sets of a model."""
    meta = getattr(form, "Meta", None)
    if getattr(meta, "fields", fields) is None and getattr(meta, "exclude", exclude) is None:
        raise ImproperlyConfigured(
            "Calling modelformset_factory without defining 'fields' or 'exclude' explicitly is prohibited."
        )
    form = modelform_factory(
        model,
        form=form,
        fields=fields,
        exclude=exclude,
        formfield_callback=formfield_callback,
        widgets=widgets,
        localized_fields=localized_fields,
        labels=labels,
        help_texts=help_texts,
        error_messages=error_messages,
        field_classes=field_classes,
    )
    made = formset_factory(
        form,
        formset,
        extra=extra,
        min_num=min_num,
        max_num=max_num,
        can_order=can_order,
        can_delete=can_delete,
        validate_min=validate_min,
        validate_max=validate_max,
        absolute_max=absolute_max,
        can_delete_extra=can_delete_extra,
        renderer=renderer,
    )
    made.model, made.edit_only = model, edit_only
    return made
