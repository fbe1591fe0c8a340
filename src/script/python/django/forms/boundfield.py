"""A field of a form, with its value and errors."""

from django.forms.utils import pretty_name
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import mark_safe

__all__ = ("BoundField",)


class BoundField:
    """What a template shows of a field."""

    def __init__(self, form, field, name):
        self.form, self.field, self.name = form, field, name
        self.html_name = form.add_prefix(name)
        self.html_initial_name = form.add_initial_prefix(name)
        self.html_initial_id = form.add_initial_prefix(self.auto_id)
        self.label = pretty_name(name) if field.label is None else field.label
        self.help_text = field.help_text or ""
        self.renderer = form.renderer

    def __str__(self):
        """The widget, with the hidden one of what was shown first where the field asks for it."""
        shown = self.as_widget()
        if self.field.show_hidden_initial:
            shown += self.as_hidden(only_initial=True)
        return mark_safe(shown)

    __html__ = __str__

    def render(self, template_name=None, context=None, renderer=None):
        """Label, help, errors and widget, as `{{ field.as_field_group }}` shows them."""
        from django.forms.layout import field_group

        return field_group(self)

    as_field_group = render

    @cached_property
    def subwidgets(self):
        """The parts of the widget: the buttons of a choice."""
        attrs = {"id": self.field.widget.attrs.get("id") or self.auto_id} if self.auto_id else {}
        attrs = self.build_widget_attrs(attrs)
        widget = self.field.widget
        parts = widget.subwidgets(self.html_name, self.value(), attrs=attrs)
        return [BoundWidget(widget, part, self.form.renderer) for part in parts]

    def __bool__(self):
        # Without it, a choice without choices would count as nothing.
        return True

    def __iter__(self):
        return iter(self.subwidgets)

    def __len__(self):
        return len(self.subwidgets)

    def __getitem__(self, idx):
        if not isinstance(idx, (int, slice)):
            raise TypeError(f"the parts of a field are counted: {type(idx).__name__} is not a number or a slice")
        return self.subwidgets[idx]

    @property
    def errors(self):
        """The errors of the field."""
        return self.form.errors.get(
            self.name, self.form.error_class(renderer=self.form.renderer)
        )

    @property
    def template_name(self):
        return self.field.template_name or "django/forms/field.html"

    def get_context(self):
        return {"field": self}

    def as_widget(self, widget=None, attrs=None, only_initial=False):
        """The HTML of the widget, or of another."""
        widget = widget or self.field.widget
        if self.field.localize:
            widget.is_localized = True
        attrs = self.build_widget_attrs(dict(attrs or {}), widget)
        if self.auto_id and "id" not in widget.attrs:
            attrs.setdefault("id", self.html_initial_id if only_initial else self.auto_id)
        if only_initial and self.html_initial_name in self.form.data:
            value = self.form._widget_data_value(self.hidden_widget(), self.html_initial_name)
        else:
            value = self.value()
        name = self.html_initial_name if only_initial else self.html_name
        return widget.render(name=name, value=value, attrs=attrs, renderer=self.form.renderer)

    def as_text(self, attrs=None, **kwargs):
        from django.forms.widgets import TextInput

        return self.as_widget(TextInput(), attrs, **kwargs)

    def as_textarea(self, attrs=None, **kwargs):
        from django.forms.widgets import Textarea

        return self.as_widget(Textarea(), attrs, **kwargs)

    def as_hidden(self, attrs=None, **kwargs):
        return self.as_widget(self.hidden_widget(), attrs, **kwargs)

    def hidden_widget(self):
        from django.forms.field_base import widget_named

        return widget_named(self.field.hidden_widget)()

    @property
    def data(self):
        """What was sent for this field, or None."""
        return self.form._widget_data_value(self.field.widget, self.html_name)

    def value(self):
        """What the widget shows: what was sent, else what is there first."""
        value = self.initial
        if self.form.is_bound:
            value = self.field.bound_data(self.data, value)
        return self.field.prepare_value(value)

    def _has_changed(self):
        initial = self.initial
        if self.field.show_hidden_initial:
            from django.core.exceptions import ValidationError

            sent = self.form._widget_data_value(self.hidden_widget(), self.html_initial_name)
            try:
                initial = self.field.to_python(sent)
            except ValidationError:
                return True
        return self.field.has_changed(initial, self.data)

    def label_tag(self, contents=None, attrs=None, label_suffix=None, tag=None):
        """The label, for the element of the widget."""
        contents = contents or self.label
        if label_suffix is None:
            label_suffix = self.form.label_suffix if self.field.label_suffix is None else self.field.label_suffix
        if label_suffix and contents and contents[-1] not in ":?.!":
            contents = format_html("{}{}", contents, label_suffix)
        identity = self.field.widget.attrs.get("id") or self.auto_id
        tag = tag or "label"
        if not identity:
            return format_html("{}", contents)
        attrs = dict(attrs or {})
        target = self.field.widget.id_for_label(identity)
        if target:
            attrs = {**attrs, "for": target}
        if self.field.required and hasattr(self.form, "required_css_class"):
            classes = self.form.required_css_class
            attrs["class"] = f"{attrs['class']} {classes}" if "class" in attrs else classes
        from django.forms.widgets import written_attrs

        return format_html("<{}{}>{}</{}>", tag, mark_safe(written_attrs(attrs)), contents, tag)

    def legend_tag(self, contents=None, attrs=None, label_suffix=None):
        """The label of a group of elements."""
        return self.label_tag(contents, attrs, label_suffix, tag="legend")

    def css_classes(self, extra_classes=None):
        """The classes of the row: those given, and those of the form for errors and required fields."""
        classes = set(extra_classes.split() if hasattr(extra_classes, "split") else extra_classes or ())
        if self.errors and hasattr(self.form, "error_css_class"):
            classes.add(self.form.error_css_class)
        if self.field.required and hasattr(self.form, "required_css_class"):
            classes.add(self.form.required_css_class)
        return " ".join(classes)

    @property
    def is_hidden(self):
        return self.field.widget.is_hidden

    @property
    def auto_id(self):
        """The identity of the element: `id_name`, as the form says."""
        pattern = self.form.auto_id
        if pattern and "%s" in str(pattern):
            return pattern % self.html_name
        return self.html_name if pattern else ""

    @property
    def id_for_label(self):
        widget = self.field.widget
        return widget.id_for_label(widget.attrs.get("id") or self.auto_id)

    @cached_property
    def initial(self):
        return self.form.get_initial_for_field(self.field, self.name)

    def build_widget_attrs(self, attrs, widget=None):
        """Attributes for required and disabled fields, and for those that are described elsewhere."""
        widget = widget or self.field.widget
        attrs = dict(attrs)
        if widget.use_required_attribute(self.initial) and self.field.required and self.form.use_required_attribute:
            # A group of parts asks for each of them by itself.
            if hasattr(self.field, "require_all_fields") and not self.field.require_all_fields and not self.is_hidden:
                for part, field in zip(widget.widgets, self.field.fields):
                    part.attrs["required"] = part.use_required_attribute(self.initial) and field.required
            else:
                attrs["required"] = True
        if self.field.disabled:
            attrs["disabled"] = True
        if not widget.is_hidden and self.errors:
            attrs["aria-invalid"] = "true"
        if not attrs.get("aria-describedby") and not widget.attrs.get("aria-describedby") and not self.use_fieldset:
            described = self.aria_describedby
            if described:
                attrs["aria-describedby"] = described
        return attrs

    @property
    def aria_describedby(self):
        """The elements that say more of the field."""
        if not self.auto_id or self.is_hidden:
            return None
        parts = []
        if self.help_text:
            parts.append(f"{self.auto_id}_helptext")
        if self.errors:
            parts.append(f"{self.auto_id}_error")
        return " ".join(parts) or None

    @property
    def widget_type(self):
        """`text`, `select` and the like, for the class of a row."""
        name = type(self.field.widget).__name__.lower()
        for ending in ("widget", "input"):
            name = name.removesuffix(ending)
        return name

    @property
    def use_fieldset(self):
        return self.field.widget.use_fieldset


class BoundWidget:
    """One part of a widget: a button of a choice, with its label."""

    def __init__(self, parent_widget, data, renderer):
        self.parent_widget, self.data, self.renderer = parent_widget, data, renderer

    def __str__(self):
        return self.tag(wrap_label=True)

    __html__ = __str__

    def tag(self, wrap_label=False):
        """The element, with its label around it where that is wanted."""
        from django.forms.choice_widgets import ChoiceWidget, Select, option_html
        from django.forms.widgets import Input

        if not isinstance(self.parent_widget, ChoiceWidget) or isinstance(self.parent_widget, Select):
            if isinstance(self.parent_widget, Select):
                from django.forms.widgets import written_attrs

                return format_html(
                    '<option value="{}"{}>{}</option>',
                    str(self.data["value"]),
                    mark_safe(written_attrs(self.data["attrs"])),
                    self.data["label"],
                )
            return mark_safe(self.parent_widget.html(self.data))
        return mark_safe(option_html(self.data) if wrap_label else Input.html(None, self.data))

    @property
    def template_name(self):
        return self.data.get("template_name", self.parent_widget.template_name)

    @property
    def id_for_label(self):
        return self.data["attrs"].get("id")

    @property
    def choice_label(self):
        return self.data["label"]
