"""Forms."""

from copy import deepcopy

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.field_base import Field
from django.forms.media import Media, MediaDefiningClass
from django.forms.utils import ErrorDict, ErrorList, RenderableMixin
from django.utils.datastructures import MultiValueDict
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe

__all__ = ("BaseForm", "Form")


class DeclarativeFieldsMetaclass(MediaDefiningClass):
    """Collects the fields of a class and of those above it."""

    def __new__(mcs, name, bases, attrs):
        own = {key: attrs.pop(key) for key, value in list(attrs.items()) if isinstance(value, Field)}
        made = super().__new__(mcs, name, bases, {**attrs, "declared_fields": own})
        fields = {}
        for base in reversed(made.__mro__):
            fields.update(getattr(base, "declared_fields", {}) if "declared_fields" in vars(base) else {})
            for key, value in vars(base).items():
                # None takes a field away.
                if value is None and key in fields:
                    fields.pop(key)
        made.base_fields = made.declared_fields = fields
        return made


class BaseForm(RenderableMixin):
    """A form: fields, what was sent for them, and what is wrong with it."""

    default_renderer = None
    field_order = None
    prefix = None
    use_required_attribute = True
    bound_field_class = None
    template_name_div = "django/forms/div.html"
    template_name_p = "django/forms/p.html"
    template_name_table = "django/forms/table.html"
    template_name_ul = "django/forms/ul.html"
    template_name_label = "django/forms/label.html"

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
        field_order=None,
        use_required_attribute=None,
        renderer=None,
        bound_field_class=None,
    ):
        self.is_bound = data is not None or files is not None
        self.data = MultiValueDict() if data is None else data
        self.files = MultiValueDict() if files is None else files
        self.auto_id = auto_id
        if prefix is not None:
            self.prefix = prefix
        self.initial = initial or {}
        self.error_class = error_class
        self.label_suffix = ":" if label_suffix is None else label_suffix
        self.empty_permitted = empty_permitted
        self._errors = None
        self.fields = deepcopy(self.base_fields)
        self._bound_fields_cache = {}
        self.order_fields(self.field_order if field_order is None else field_order)
        if use_required_attribute is not None:
            self.use_required_attribute = use_required_attribute
        if self.empty_permitted and self.use_required_attribute:
            raise ValueError("a form that may be empty cannot ask for its fields: set use_required_attribute=False")
        self.renderer = renderer or self.default_renderer
        if bound_field_class is not None:
            self.bound_field_class = bound_field_class

    def order_fields(self, field_order):
        """Puts the named fields first, in that order."""
        if field_order is None:
            return
        first = {name: self.fields.pop(name) for name in field_order if name in self.fields}
        self.fields = {**first, **self.fields}

    def __repr__(self):
        is_valid = "Unknown" if self._errors is None else self.is_bound and not self._errors
        return f"<{type(self).__name__} bound={self.is_bound}, valid={is_valid}, fields=({';'.join(self.fields)})>"

    def _bound_items(self):
        for name in self.fields:
            yield name, self[name]

    def __iter__(self):
        for name in self.fields:
            yield self[name]

    def __getitem__(self, name):
        """The field of a name, with its value and errors."""
        found = self._bound_fields_cache.get(name)
        if found is None:
            if name not in self.fields:
                known = ", ".join(sorted(self.fields))
                raise KeyError(f"{type(self).__name__} has no field {name!r}; it has: {known}")
            found = self._bound_fields_cache[name] = self.fields[name].get_bound_field(self, name)
        return found

    @property
    def errors(self):
        """The errors by fields; asking for them cleans the form."""
        if self._errors is None:
            self.full_clean()
        return self._errors

    def is_valid(self):
        """Whether something was sent, and nothing is wrong with it."""
        return self.is_bound and not self.errors

    def add_prefix(self, field_name):
        return f"{self.prefix}-{field_name}" if self.prefix else field_name

    def add_initial_prefix(self, field_name):
        return f"initial-{self.add_prefix(field_name)}"

    def _widget_data_value(self, widget, html_name):
        return widget.value_from_datadict(self.data, self.files, html_name)

    def non_field_errors(self):
        """The errors of the form itself."""
        return self.errors.get(NON_FIELD_ERRORS, self.error_class(error_class="nonfield", renderer=self.renderer))

    def add_error(self, field, error):
        """Adds an error to a field, or to the form (None); the cleaned value of the field is gone then."""
        if not isinstance(error, ValidationError):
            error = ValidationError(error)
        if hasattr(error, "error_dict"):
            if field is not None:
                raise TypeError("errors by fields are added without the name of a field")
            by_field = error.error_dict
        else:
            by_field = {field or NON_FIELD_ERRORS: error.error_list}
        for name, errors in by_field.items():
            if name not in self.errors:
                if name != NON_FIELD_ERRORS and name not in self.fields:
                    raise ValueError(f"{type(self).__name__!r} has no field named {name!r}.")
                if name == NON_FIELD_ERRORS:
                    self._errors[name] = self.error_class(error_class="nonfield", renderer=self.renderer)
                else:
                    self._errors[name] = self.error_class(renderer=self.renderer, field_id=self[name].auto_id)
            self._errors[name].extend(errors)
            if name in self.cleaned_data:
                del self.cleaned_data[name]

    def has_error(self, field, code=None):
        """Whether a field has an error, of that code if one is named."""
        if field not in self.errors:
            return False
        return code is None or any(error.code == code for error in self.errors.as_data()[field])

    def full_clean(self):
        """Cleans the fields, then the form."""
        self._errors = ErrorDict(renderer=self.renderer)
        if not self.is_bound:
            return
        self.cleaned_data = {}
        if self.empty_permitted and not self.has_changed():
            return
        self._clean_fields()
        self._clean_form()
        self._post_clean()

    def _clean_fields(self):
        for name, bound in self._bound_items():
            try:
                self.cleaned_data[name] = bound.field._clean_bound_field(bound)
                method = getattr(self, f"clean_{name}", None)
                if method is not None:
                    self.cleaned_data[name] = method()
            except ValidationError as error:
                self.add_error(name, error)

    def _clean_form(self):
        try:
            cleaned = self.clean()
        except ValidationError as error:
            self.add_error(None, error)
        else:
            if cleaned is not None:
                self.cleaned_data = cleaned

    def _post_clean(self):
        """For forms of models."""

    def clean(self):
        """Checks what concerns several fields; may answer other values."""
        return self.cleaned_data

    def has_changed(self):
        return bool(self.changed_data)

    @cached_property
    def changed_data(self):
        """The names of the fields that differ from what was shown."""
        return [name for name, bound in self._bound_items() if bound._has_changed()]

    @property
    def media(self):
        """The files that the widgets need."""
        media = Media()
        for field in self.fields.values():
            media += field.widget.media
        return media

    def is_multipart(self):
        """Whether a widget takes files."""
        return any(field.widget.needs_multipart_form for field in self.fields.values())

    def hidden_fields(self):
        return [field for field in self if field.is_hidden]

    def visible_fields(self):
        return [field for field in self if not field.is_hidden]

    def get_initial_for_field(self, field, field_name):
        """What a field shows first: of the form, else of the field; functions are called."""
        value = self.initial.get(field_name, field.initial)
        if callable(value):
            value = value()
        import datetime

        if isinstance(value, (datetime.datetime, datetime.time)) and not field.widget.supports_microseconds:
            value = value.replace(microsecond=0)
        return value

    @property
    def template_name(self):
        return self.template_name_div

    def get_context(self):
        from django.forms.layout import parts_of

        top, fields, _ = parts_of(self)
        return {
            "form": self,
            "fields": [(field, str(field.errors)) for field in fields],
            "hidden_fields": self.hidden_fields(),
            "errors": top,
        }

    def render(self, template_name=None, context=None, renderer=None):
        """The form as HTML, by a template of one's own or in div."""
        name = template_name or self.template_name
        if name.startswith("django/forms/"):
            return self.as_div()
        from django.forms.utils import rendered

        return rendered(name, context or self.get_context())

    def as_div(self):
        return self._laid_out("as_div")

    def as_p(self):
        return self._laid_out("as_p")

    def as_ul(self):
        return self._laid_out("as_ul")

    def as_table(self):
        return self._laid_out("as_table")

    def _laid_out(self, kind):
        from django.forms import layout

        return mark_safe(getattr(layout, kind)(self))


class Form(BaseForm, metaclass=DeclarativeFieldsMetaclass):
    """A form whose fields are attributes of its class."""
