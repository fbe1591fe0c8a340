"""Widgets of choices."""

from copy import copy


from django.forms.widgets import Input, Widget, written_attrs
from django.utils.choices import normalize_choices
from django.utils.html import conditional_escape

__all__ = [
    "ChoiceWidget",
    "Select",
    "NullBooleanSelect",
    "SelectMultiple",
    "RadioSelect",
    "CheckboxSelectMultiple",
]


class ChoiceWidget(Widget):
    """Shows choices, of which some are chosen."""

    allow_multiple_selected = False
    input_type = None
    option_template_name = None
    add_id_index = True
    checked_attribute = {"checked": True}
    option_inherits_attrs = True

    def __init__(self, attrs=None, choices=()):
        super().__init__(attrs)
        self.choices = choices

    def __deepcopy__(self, memo):
        duplicate = copy(self)
        duplicate.attrs = self.attrs.copy()
        duplicate.choices = copy(self.choices)
        memo[id(self)] = duplicate
        return duplicate

    @property
    def choices(self):
        return self._choices

    @choices.setter
    def choices(self, value):
        self._choices = normalize_choices(value)

    def subwidgets(self, name, value, attrs=None):
        yield from self.options(name, self.format_value(value), attrs)

    def options(self, name, value, attrs=None):
        """The options of all groups."""
        for _, options, _ in self.optgroups(name, value, attrs):
            yield from options

    def optgroups(self, name, value, attrs=None):
        """Groups of a name, options and a number."""
        groups = []
        has_selected = False
        for index, (key, label) in enumerate(self.choices):
            key = "" if key is None else key
            is_group = isinstance(label, (list, tuple))
            options = []
            groups.append((key if is_group else None, options, index))
            for subindex, (subkey, sublabel) in enumerate(label if is_group else [(key, label)]):
                is_selected = (not has_selected or self.allow_multiple_selected) and str(subkey) in value
                has_selected = has_selected or is_selected
                option = self.create_option(
                    name, subkey, sublabel, is_selected, index, subindex if is_group else None, attrs
                )
                options.append(option)
        return groups

    def create_option(self, name, value, label, selected, index, subindex=None, attrs=None):
        number = str(index) if subindex is None else f"{index}_{subindex}"
        own = self.build_attrs(self.attrs, attrs) if self.option_inherits_attrs else {}
        if selected:
            own.update(self.checked_attribute)
        if "id" in own:
            own["id"] = self.id_for_label(own["id"], number)
        return {
            "name": name,
            "value": value,
            "label": label,
            "selected": selected,
            "index": number,
            "attrs": own,
            "type": self.input_type,
            "template_name": self.option_template_name,
            "wrap_label": True,
        }

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["optgroups"] = self.optgroups(name, context["widget"]["value"], attrs)
        return context

    def id_for_label(self, id_, index="0"):
        return f"{id_}_{index}" if id_ and self.add_id_index else id_

    def value_from_datadict(self, data, files, name):
        is_list = self.allow_multiple_selected and hasattr(data, "getlist")
        return data.getlist(name) if is_list else data.get(name)

    def format_value(self, value):
        """The texts of what is chosen."""
        if value is None and self.allow_multiple_selected:
            return []
        values = value if isinstance(value, (tuple, list)) else [value]
        return ["" if item is None else str(item) for item in values]


class Select(ChoiceWidget):
    input_type = "select"
    template_name = "django/forms/widgets/select.html"
    option_template_name = "django/forms/widgets/select_option.html"
    add_id_index = False
    checked_attribute = {"selected": True}
    option_inherits_attrs = False

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.allow_multiple_selected:
            context["widget"]["attrs"]["multiple"] = True
        return context

    def html(self, widget):
        out = [f'<select name="{conditional_escape(widget["name"])}"{written_attrs(widget["attrs"])}>']
        for group, options, _ in widget["optgroups"]:
            if group:
                out.append(f'\n  <optgroup label="{conditional_escape(str(group))}">')
            for option in options:
                value = conditional_escape(str(option["value"]))
                label = conditional_escape(str(option["label"]))
                out.append(f'\n  <option value="{value}"{written_attrs(option["attrs"])}>{label}</option>\n')
            if group:
                out.append("\n  </optgroup>")
        return "".join([*out, "\n</select>"])

    def use_required_attribute(self, initial):
        """Not where the first choice is a value: a browser would take it for chosen."""
        if self.allow_multiple_selected or not super().use_required_attribute(initial):
            return super().use_required_attribute(initial)
        first = next(iter(self.choices), None)
        return first is not None and self._choice_has_empty_value(first)

    @staticmethod
    def _choice_has_empty_value(choice):
        return choice[0] is None or choice[0] == ""


class NullBooleanSelect(Select):
    """Yes, no and unknown."""

    def __init__(self, attrs=None):
        super().__init__(attrs, [("unknown", "Unknown"), ("true", "Yes"), ("false", "No")])

    _WORDS = {True: "true", False: "false", "true": "true", "false": "false", "2": "true", "3": "false"}
    _VALUES = {True: True, "True": True, "False": False, False: False, "true": True, "false": False, "2": True, "3": False}

    def format_value(self, value):
        try:
            return self._WORDS.get(value, "unknown")
        except TypeError:
            return "unknown"

    def value_from_datadict(self, data, files, name):
        return self._VALUES.get(data.get(name))


class SelectMultiple(Select):
    allow_multiple_selected = True

    def value_from_datadict(self, data, files, name):
        return (data.getlist if hasattr(data, "getlist") else data.get)(name)

    def value_omitted_from_data(self, data, files, name):
        # Nothing chosen is nothing sent.
        return False


class RadioSelect(ChoiceWidget):
    input_type = "radio"
    template_name = "django/forms/widgets/radio.html"
    option_template_name = "django/forms/widgets/radio_option.html"
    use_fieldset = True

    def id_for_label(self, id_, index=None):
        """None for the whole: a label is for one of the buttons."""
        return "" if index is None else super().id_for_label(id_, index)

    def html(self, widget):
        attrs = widget["attrs"]
        identity = f' id="{conditional_escape(attrs["id"])}"' if attrs.get("id") else ""
        style = f' class="{conditional_escape(attrs["class"])}"' if attrs.get("class") else ""
        out = [f"<div{identity}{style}>"]
        for group, options, _ in widget["optgroups"]:
            if group:
                out.append(f"\n  <div><label>{conditional_escape(str(group))}</label>")
            out += [f"<div>\n    {option_html(option)}\n</div>" for option in options]
            if group:
                out.append("\n  </div>")
        return "".join([*out, "\n</div>"])


def option_html(option):
    """A button with its label."""
    identity = option["attrs"].get("id")
    target = f' for="{conditional_escape(identity)}"' if identity else ""
    value = "" if option["value"] is None else str(option["value"])
    button = Input.html(None, {**option, "value": value})
    return f'<label{target}>{button}\n {conditional_escape(str(option["label"]))}</label>\n'


class CheckboxSelectMultiple(RadioSelect):
    allow_multiple_selected = True
    input_type = "checkbox"
    template_name = "django/forms/widgets/checkbox_select.html"
    option_template_name = "django/forms/widgets/checkbox_option.html"

    def use_required_attribute(self, initial):
        # Not every box has to be checked.
        return False

    def value_omitted_from_data(self, data, files, name):
        return False
