"""Several forms of one kind."""

from django.core.exceptions import ValidationError
from django.forms.fields import BooleanField, IntegerField
from django.forms.forms import Form
from django.forms.media import Media
from django.forms.utils import ErrorList, RenderableMixin
from django.forms.widgets import CheckboxInput, HiddenInput, NumberInput
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import ngettext_lazy

__all__ = ("BaseFormSet", "formset_factory", "all_valid")

TOTAL_FORM_COUNT = "TOTAL_FORMS"
INITIAL_FORM_COUNT = "INITIAL_FORMS"
MIN_NUM_FORM_COUNT = "MIN_NUM_FORMS"
MAX_NUM_FORM_COUNT = "MAX_NUM_FORMS"
ORDERING_FIELD_NAME = "ORDER"
DELETION_FIELD_NAME = "DELETE"
DEFAULT_MIN_NUM = 0
DEFAULT_MAX_NUM = 1000


class ManagementForm(Form):
    """How many forms were shown and sent."""

    TOTAL_FORMS = IntegerField(widget=HiddenInput)
    INITIAL_FORMS = IntegerField(widget=HiddenInput)
    MIN_NUM_FORMS = IntegerField(required=False, widget=HiddenInput)
    MAX_NUM_FORMS = IntegerField(required=False, widget=HiddenInput)

    def clean(self):
        cleaned = super().clean()
        # Without them nothing can be told apart; the formset says so.
        cleaned.setdefault(TOTAL_FORM_COUNT, 0)
        cleaned.setdefault(INITIAL_FORM_COUNT, 0)
        return cleaned


class BaseFormSet(RenderableMixin):
    """A list of forms, which are sent together."""

    deletion_widget = CheckboxInput
    ordering_widget = NumberInput
    default_error_messages = {
        "missing_management_form": (
            "ManagementForm data is missing or has been tampered with. Missing fields: %(field_names)s. You may need "
            "to file a bug report if the issue persists."
        ),
        "too_many_forms": ngettext_lazy("Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", "num"),
        "too_few_forms": ngettext_lazy("Please submit at least %(num)d form.", "Please submit at least %(num)d forms.", "num"),
    }
    template_name_div = "django/forms/formsets/div.html"
    template_name_p = "django/forms/formsets/p.html"
    template_name_table = "django/forms/formsets/table.html"
    template_name_ul = "django/forms/formsets/ul.html"

    def __init__(
        self,
        data=None,
        files=None,
        auto_id="id_%s",
        prefix=None,
        initial=None,
        error_class=ErrorList,
        form_kwargs=None,
        error_messages=None,
    ):
        self.is_bound = data is not None or files is not None
        self.prefix = prefix or self.get_default_prefix()
        self.auto_id = auto_id
        self.data = data or {}
        self.files = files or {}
        self.initial = initial
        self.form_kwargs = form_kwargs or {}
        self.error_class = error_class
        self._errors = None
        self._non_form_errors = None
        self.form_renderer = self.renderer
        self.error_messages = {**self.default_error_messages, **(error_messages or {})}

    def __iter__(self):
        return iter(self.forms)

    def __getitem__(self, index):
        return self.forms[index]

    def __len__(self):
        return len(self.forms)

    def __bool__(self):
        # The form of counts is always there.
        return True

    def __repr__(self):
        if self._errors is None:
            is_valid = "Unknown"
        else:
            is_valid = self.is_bound and not self._non_form_errors and not any(self._errors)
        return f"<{type(self).__qualname__}: bound={self.is_bound} valid={is_valid} total_forms={self.total_form_count()}>"

    @cached_property
    def management_form(self):
        """The form of counts."""
        if self.is_bound:
            form = ManagementForm(self.data, auto_id=self.auto_id, prefix=self.prefix, renderer=self.renderer)
            form.full_clean()
            return form
        counts = {
            TOTAL_FORM_COUNT: self.total_form_count(),
            INITIAL_FORM_COUNT: self.initial_form_count(),
            MIN_NUM_FORM_COUNT: self.min_num,
            MAX_NUM_FORM_COUNT: self.max_num,
        }
        return ManagementForm(auto_id=self.auto_id, prefix=self.prefix, initial=counts, renderer=self.renderer)

    def total_form_count(self):
        """How many forms there are."""
        if self.is_bound:
            # Nobody may ask for a million.
            return min(self.management_form.cleaned_data[TOTAL_FORM_COUNT], self.absolute_max)
        initial = self.initial_form_count()
        total = max(initial, self.min_num) + self.extra
        if initial > self.max_num >= 0:
            return initial
        return self.max_num if total > self.max_num >= 0 else total

    def initial_form_count(self):
        """How many of them show something that is there."""
        if self.is_bound:
            return self.management_form.cleaned_data[INITIAL_FORM_COUNT]
        return len(self.initial) if self.initial else 0

    @cached_property
    def forms(self):
        return [self._construct_form(index, **self.get_form_kwargs(index)) for index in range(self.total_form_count())]

    def get_form_kwargs(self, index):
        """Arguments for a form; the index is None for the empty one."""
        return self.form_kwargs.copy()

    def _construct_form(self, i, **kwargs):
        defaults = {
            "auto_id": self.auto_id,
            "prefix": self.add_prefix(i),
            "error_class": self.error_class,
            # The browser cannot know which of them stay empty.
            "use_required_attribute": False,
            "renderer": self.form_renderer,
        }
        if self.is_bound:
            defaults.update(data=self.data, files=self.files)
        if self.initial and "initial" not in kwargs and i < len(self.initial):
            defaults["initial"] = self.initial[i]
        if i >= self.initial_form_count() and i >= self.min_num:
            defaults["empty_permitted"] = True
        form = self.form(**{**defaults, **kwargs})
        self.add_fields(form, i)
        return form

    @property
    def initial_forms(self):
        return self.forms[: self.initial_form_count()]

    @property
    def extra_forms(self):
        return self.forms[self.initial_form_count() :]

    @property
    def empty_form(self):
        """The form that a script copies for a new one."""
        given = {
            **self.get_form_kwargs(None),
            "auto_id": self.auto_id,
            "prefix": self.add_prefix("__prefix__"),
            "empty_permitted": True,
            "use_required_attribute": False,
            "renderer": self.form_renderer,
        }
        form = self.form(**given)
        self.add_fields(form, None)
        return form

    @property
    def cleaned_data(self):
        if not self.is_valid():
            raise AttributeError(f"{type(self).__name__!r} object has no attribute 'cleaned_data'")
        return [form.cleaned_data for form in self.forms]

    @property
    def deleted_forms(self):
        """The forms whose box says that they are to go."""
        if not self.is_valid() or not self.can_delete:
            return []
        return [form for index, form in enumerate(self.forms) if self._is_used(index, form) and self._should_delete_form(form)]

    def _is_used(self, index, form):
        return index < self.initial_form_count() or form.has_changed()

    @property
    def ordered_forms(self):
        """The forms in the order that the visitor gave."""
        if not self.is_valid() or not self.can_order:
            raise AttributeError(f"{type(self).__name__!r} object has no attribute 'ordered_forms'")
        ordered = []
        for index, form in enumerate(self.forms):
            if not self._is_used(index, form) or (self.can_delete and self._should_delete_form(form)):
                continue
            place = form.cleaned_data[ORDERING_FIELD_NAME]
            ordered.append((place is None, place or 0, form))
        return [form for *_, form in sorted(ordered, key=lambda entry: entry[:2])]

    @classmethod
    def get_default_prefix(cls):
        return "form"

    @classmethod
    def get_deletion_widget(cls):
        return cls.deletion_widget

    @classmethod
    def get_ordering_widget(cls):
        return cls.ordering_widget

    def non_form_errors(self):
        """The errors of the formset itself."""
        if self._non_form_errors is None:
            self.full_clean()
        return self._non_form_errors

    @property
    def errors(self):
        """The errors of each form."""
        if self._errors is None:
            self.full_clean()
        return self._errors

    def total_error_count(self):
        return len(self.non_form_errors()) + sum(len(errors) for errors in self.errors)

    def _should_delete_form(self, form):
        return form.cleaned_data.get(DELETION_FIELD_NAME, False)

    def is_valid(self):
        """Whether all forms that stay are right, and the formset is."""
        if not self.is_bound:
            return False
        self.errors
        valid = [form.is_valid() for form in self.forms if not (self.can_delete and self._should_delete_form(form))]
        return all(valid) and not self.non_form_errors()

    def full_clean(self):
        """Cleans the forms, then the formset."""
        self._errors = []
        self._non_form_errors = self.error_class(error_class="nonform", renderer=self.renderer)
        if not self.is_bound:
            return
        if not self.management_form.is_valid():
            names = ", ".join(self.management_form.add_prefix(name) for name in self.management_form.errors)
            self._non_form_errors.append(
                ValidationError(
                    self.error_messages["missing_management_form"],
                    params={"field_names": names},
                    code="missing_management_form",
                )
            )
        empty = 0
        for index, form in enumerate(self.forms):
            if not form.has_changed() and index >= self.initial_form_count():
                empty += 1
            errors = form.errors
            if self.can_delete and self._should_delete_form(form):
                continue
            self._errors.append(errors)
        try:
            self._check_counts(empty)
            self.clean()
        except ValidationError as error:
            self._non_form_errors = self.error_class(error.error_list, error_class="nonform", renderer=self.renderer)

    def _check_counts(self, empty):
        gone = len(self.deleted_forms_unchecked())
        total = self.management_form.cleaned_data[TOTAL_FORM_COUNT]
        if (self.validate_max and self.total_form_count() - gone > self.max_num) or total > self.absolute_max:
            raise ValidationError(self.error_messages["too_many_forms"] % {"num": self.max_num}, code="too_many_forms")
        if self.validate_min and self.total_form_count() - gone - empty < self.min_num:
            raise ValidationError(self.error_messages["too_few_forms"] % {"num": self.min_num}, code="too_few_forms")

    def deleted_forms_unchecked(self):
        """The forms that are to go, before it is known whether the others are right."""
        if not self.can_delete:
            return []
        return [
            form
            for index, form in enumerate(self.forms)
            if self._is_used(index, form) and hasattr(form, "cleaned_data") and self._should_delete_form(form)
        ]

    def clean(self):
        """Checks what concerns several forms."""

    def has_changed(self):
        return any(form.has_changed() for form in self)

    def add_fields(self, form, index):
        """Adds the fields for order and deletion."""
        initial_count = self.initial_form_count()
        if self.can_order:
            is_there = index is not None and index < initial_count
            form.fields[ORDERING_FIELD_NAME] = IntegerField(
                label="Order", initial=index + 1 if is_there else None, required=False, widget=self.get_ordering_widget()
            )
        if self.can_delete and (self.can_delete_extra or (index is not None and index < initial_count)):
            form.fields[DELETION_FIELD_NAME] = BooleanField(
                label="Delete", required=False, widget=self.get_deletion_widget()
            )

    def add_prefix(self, index):
        return f"{self.prefix}-{index}"

    def is_multipart(self):
        return self.forms[0].is_multipart() if self.forms else self.empty_form.is_multipart()

    @property
    def media(self):
        if self.forms:
            return self.forms[0].media
        return self.empty_form.media if hasattr(self, "form") else Media()

    @property
    def template_name(self):
        return self.template_name_div

    def get_context(self):
        return {"formset": self}

    def render(self, template_name=None, context=None, renderer=None):
        return self._laid_out("as_div")

    def as_div(self):
        return self._laid_out("as_div")

    def as_p(self):
        return self._laid_out("as_p")

    def as_ul(self):
        return self._laid_out("as_ul")

    def as_table(self):
        return self._laid_out("as_table")

    def _laid_out(self, kind):
        return mark_safe("".join([str(self.management_form), *(getattr(form, kind)() for form in self)]))


def formset_factory(
    form,
    formset=BaseFormSet,
    extra=1,
    can_order=False,
    can_delete=False,
    max_num=None,
    validate_max=False,
    min_num=None,
    validate_min=False,
    absolute_max=None,
    can_delete_extra=True,
    renderer=None,
):
    """A class of formsets of a form."""
    max_num = DEFAULT_MAX_NUM if max_num is None else max_num
    absolute_max = max_num + DEFAULT_MAX_NUM if absolute_max is None else absolute_max
    if max_num > absolute_max:
        raise ValueError("'absolute_max' must be greater or equal to 'max_num'.")
    attributes = {
        "form": form,
        "extra": extra,
        "can_order": can_order,
        "can_delete": can_delete,
        "can_delete_extra": can_delete_extra,
        "min_num": DEFAULT_MIN_NUM if min_num is None else min_num,
        "max_num": max_num,
        "absolute_max": absolute_max,
        "validate_min": validate_min,
        "validate_max": validate_max,
        "renderer": renderer,
    }
    return type(form.__name__ + "FormSet", (formset,), attributes)


def all_valid(formsets):
    """Whether all are right; all are asked."""
    return all([formset.is_valid() for formset in formsets])
