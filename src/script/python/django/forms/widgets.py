"""How fields are shown and read."""

from copy import copy

from django._absent import absent
from django.forms.media import (
    Media,
    MediaAsset,
    MediaDefiningClass,
    MediaOrderConflictWarning,
    Script,
    media_property,
)
from django.forms.utils import rendered
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe

_OWN_TEMPLATES = "django/forms/widgets/"


def written_attrs(attrs):
    """Attributes in the order in which they were given."""
    parts = []
    for name, value in attrs.items():
        if value is True:
            parts.append(f" {conditional_escape(name)}")
        elif value is not False:
            parts.append(f' {conditional_escape(name)}="{conditional_escape(str(value))}"')
    return "".join(parts)


class Widget(metaclass=MediaDefiningClass):
    """Shows a value, and reads it from what a browser sent."""

    needs_multipart_form = False
    is_localized = False
    is_required = False
    supports_microseconds = True
    use_fieldset = False
    template_name = None

    def __init__(self, attrs=None):
        self.attrs = {} if attrs is None else dict(attrs)

    def __deepcopy__(self, memo):
        duplicate = copy(self)
        duplicate.attrs = self.attrs.copy()
        memo[id(self)] = duplicate
        return duplicate

    @property
    def is_hidden(self):
        return getattr(self, "input_type", None) == "hidden"

    def subwidgets(self, name, value, attrs=None):
        """The parts that a template can go through."""
        yield self.get_context(name, value, attrs)["widget"]

    def format_value(self, value):
        """The text that is shown, or None."""
        if value == "" or value is None:
            return None
        if self.is_localized:
            from django.utils.formats import localize_input

            return localize_input(value)
        return str(value)

    def get_context(self, name, value, attrs):
        return {
            "widget": {
                "name": name,
                "is_hidden": self.is_hidden,
                "required": self.is_required,
                "value": self.format_value(value),
                "attrs": self.build_attrs(self.attrs, attrs),
                "template_name": self.template_name,
            },
        }

    def render(self, name, value, attrs=None, renderer=None):
        """The HTML of a name and a value."""
        return self._render(self.template_name, self.get_context(name, value, attrs), renderer)

    def _render(self, template_name, context, renderer=None):
        if template_name and not template_name.startswith(_OWN_TEMPLATES):
            return rendered(template_name, context)
        return mark_safe(self.html(context["widget"]))

    def html(self, widget):
        """The HTML of what `get_context` tells."""
        raise NotImplementedError(f"{type(self).__name__} needs a template_name, or html()")

    def build_attrs(self, base_attrs, extra_attrs=None):
        return {**base_attrs, **(extra_attrs or {})}

    def value_from_datadict(self, data, files, name):
        """The value that a browser sent, or None."""
        return data.get(name)

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def id_for_label(self, id_):
        """The identity of the element that a label is for."""
        return id_

    def use_required_attribute(self, initial):
        return not self.is_hidden


class Input(Widget):
    """An `<input>`."""

    input_type = None
    template_name = "django/forms/widgets/input.html"

    def __init__(self, attrs=None):
        if attrs is not None:
            attrs = attrs.copy()
            self.input_type = attrs.pop("type", self.input_type)
        super().__init__(attrs)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["type"] = self.input_type
        return context

    def html(self, widget):
        value = widget["value"]
        shown = "" if value is None else format_html(' value="{}"', str(value))
        kind, name = conditional_escape(widget["type"]), conditional_escape(widget["name"])
        return f'<input type="{kind}" name="{name}"{shown}{written_attrs(widget["attrs"])}>'


class TextInput(Input):
    input_type = "text"
    template_name = "django/forms/widgets/text.html"


class NumberInput(Input):
    input_type = "number"
    template_name = "django/forms/widgets/number.html"


class EmailInput(Input):
    input_type = "email"
    template_name = "django/forms/widgets/email.html"


class URLInput(Input):
    input_type = "url"
    template_name = "django/forms/widgets/url.html"


class ColorInput(Input):
    input_type = "color"
    template_name = "django/forms/widgets/color.html"


class SearchInput(Input):
    input_type = "search"
    template_name = "django/forms/widgets/search.html"


class TelInput(Input):
    input_type = "tel"
    template_name = "django/forms/widgets/tel.html"


class PasswordInput(Input):
    """Shows nothing of what was written, unless `render_value`."""

    input_type = "password"
    template_name = "django/forms/widgets/password.html"

    def __init__(self, attrs=None, render_value=False):
        super().__init__(attrs)
        self.render_value = render_value

    def get_context(self, name, value, attrs):
        return super().get_context(name, value if self.render_value else None, attrs)


class HiddenInput(Input):
    input_type = "hidden"
    template_name = "django/forms/widgets/hidden.html"


class MultipleHiddenInput(HiddenInput):
    """A hidden element for each value of a list."""

    template_name = "django/forms/widgets/multiple_hidden.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        attrs = context["widget"]["attrs"]
        identity = attrs.get("id")
        parts = []
        for index, item in enumerate(context["widget"]["value"]):
            own = {**attrs, "id": f"{identity}_{index}"} if identity else dict(attrs)
            widget = HiddenInput()
            widget.is_required = self.is_required
            parts.append(widget.get_context(name, item, own)["widget"])
        context["widget"]["subwidgets"] = parts
        return context

    def html(self, widget):
        return "".join(HiddenInput.html(self, part) for part in widget["subwidgets"])

    def value_from_datadict(self, data, files, name):
        return (data.getlist if hasattr(data, "getlist") else data.get)(name)

    def format_value(self, value):
        return [] if value is None else value


class Textarea(Widget):
    template_name = "django/forms/widgets/textarea.html"

    def __init__(self, attrs=None):
        super().__init__({"cols": "40", "rows": "10", **(attrs or {})})

    def html(self, widget):
        text = conditional_escape(str(widget["value"])) if widget["value"] else ""
        return f'<textarea name="{conditional_escape(widget["name"])}"{written_attrs(widget["attrs"])}>\n{text}</textarea>'


class DateTimeBaseInput(TextInput):
    format_key = ""
    supports_microseconds = False

    def __init__(self, attrs=None, format=None):
        super().__init__(attrs)
        self.format = format or None

    def format_value(self, value):
        from django.utils import formats

        return formats.localize_input(value, self.format or formats.get_format(self.format_key)[0])


class DateInput(DateTimeBaseInput):
    format_key = "DATE_INPUT_FORMATS"
    template_name = "django/forms/widgets/date.html"


class DateTimeInput(DateTimeBaseInput):
    format_key = "DATETIME_INPUT_FORMATS"
    template_name = "django/forms/widgets/datetime.html"


class TimeInput(DateTimeBaseInput):
    format_key = "TIME_INPUT_FORMATS"
    template_name = "django/forms/widgets/time.html"


def boolean_check(v):
    return not (v is False or v is None or v == "")


class CheckboxInput(Input):
    """Checked where `check_test` says so of the value."""

    input_type = "checkbox"
    template_name = "django/forms/widgets/checkbox.html"

    def __init__(self, attrs=None, check_test=None):
        super().__init__(attrs)
        self.check_test = boolean_check if check_test is None else check_test

    def format_value(self, value):
        """The value of the element; none where it is only on or off."""
        if value is True or value is False or value is None or value == "":
            return None
        return str(value)

    def get_context(self, name, value, attrs):
        if self.check_test(value):
            attrs = {**(attrs or {}), "checked": True}
        return super().get_context(name, value, attrs)

    def value_from_datadict(self, data, files, name):
        """A box that is not sent is off."""
        if name not in data:
            return False
        value = data.get(name)
        words = {"true": True, "false": False}
        return bool(words.get(value.lower(), value) if isinstance(value, str) else value)

    def value_omitted_from_data(self, data, files, name):
        # Nobody knows whether the box was there.
        return False


def __getattr__(name):
    # The others lie in modules of their own, which import this one.
    for module in ("choice_widgets", "file_widgets", "multi_widgets"):
        from importlib import import_module

        found = import_module(f"django.forms.{module}")
        if name in found.__all__:
            return getattr(found, name)
    return absent(__name__)(name)


__all__ = [
    "Media", "MediaDefiningClass", "MediaOrderConflictWarning", "Widget", "TextInput", "NumberInput", "EmailInput",
    "URLInput", "ColorInput", "SearchInput", "TelInput", "PasswordInput", "HiddenInput", "MultipleHiddenInput",
    "FileInput", "ClearableFileInput", "Textarea", "DateInput", "DateTimeInput", "TimeInput", "CheckboxInput",
    "Select", "NullBooleanSelect", "SelectMultiple", "RadioSelect", "CheckboxSelectMultiple", "MultiWidget",
    "SplitDateTimeWidget", "SplitHiddenDateTimeWidget", "SelectDateWidget",
]  # fmt: skip
