"""Widgets of files."""

from django.forms.widgets import CheckboxInput, Input, written_attrs
from django.utils.html import conditional_escape

__all__ = ["FileInput", "ClearableFileInput", "FILE_INPUT_CONTRADICTION"]

FILE_INPUT_CONTRADICTION = object()


class FileInput(Input):
    """Takes a file, or several where `allow_multiple_selected`."""

    allow_multiple_selected = False
    input_type = "file"
    needs_multipart_form = True
    template_name = "django/forms/widgets/file.html"

    def __init__(self, attrs=None):
        if attrs is not None and not self.allow_multiple_selected and attrs.get("multiple", False):
            raise ValueError(f"{type(self).__qualname__} does not take several files: set allow_multiple_selected")
        if self.allow_multiple_selected:
            attrs = {"multiple": True, **(attrs or {})}
        super().__init__(attrs)

    def format_value(self, value):
        """Nothing: a browser does not take it."""
        return None

    def value_from_datadict(self, data, files, name):
        if self.allow_multiple_selected and hasattr(files, "getlist"):
            return files.getlist(name)
        return files.get(name)

    def value_omitted_from_data(self, data, files, name):
        return name not in files

    def use_required_attribute(self, initial):
        return super().use_required_attribute(initial) and not initial


class ClearableFileInput(FileInput):
    """Shows the file that is there, with a box to take it away."""

    clear_checkbox_label = "Clear"
    initial_text = "Currently"
    input_text = "Change"
    template_name = "django/forms/widgets/clearable_file_input.html"
    checked = False

    def clear_checkbox_name(self, name):
        return name + "-clear"

    def clear_checkbox_id(self, name):
        return name + "_id"

    def is_initial(self, value):
        """Whether a file is there already."""
        return bool(value and getattr(value, "url", False))

    def format_value(self, value):
        return value if self.is_initial(value) else None

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        box = self.clear_checkbox_name(name)
        context["widget"].update(
            checkbox_name=box,
            checkbox_id=self.clear_checkbox_id(box),
            is_initial=self.is_initial(value),
            input_text=self.input_text,
            initial_text=self.initial_text,
            clear_checkbox_label=self.clear_checkbox_label,
        )
        context["widget"]["attrs"].setdefault("disabled", False)
        context["widget"]["attrs"]["checked"] = self.checked
        return context

    def html(self, widget):
        attrs = written_attrs(widget["attrs"])
        button = f'<input type="{widget["type"]}" name="{conditional_escape(widget["name"])}"{attrs}>'
        if not widget["is_initial"]:
            return button
        file = widget["value"]
        out = [f'{widget["initial_text"]}: <a href="{conditional_escape(file.url)}">{conditional_escape(str(file))}</a>']
        if not widget["required"]:
            disabled = " disabled" if widget["attrs"].get("disabled") else ""
            checked = " checked" if widget["attrs"].get("checked") else ""
            out.append(
                f'\n<input type="checkbox" name="{conditional_escape(widget["checkbox_name"])}" '
                f'id="{conditional_escape(widget["checkbox_id"])}"{disabled}{checked}>\n'
                f'<label for="{conditional_escape(widget["checkbox_id"])}">{widget["clear_checkbox_label"]}</label>'
            )
        return f'{"".join(out)}<br>\n{widget["input_text"]}:\n{button}'

    def value_from_datadict(self, data, files, name):
        """The file; False where the one that is there is to go."""
        upload = super().value_from_datadict(data, files, name)
        self.checked = self.clear_checkbox_name(name) in data
        wants_to_clear = CheckboxInput().value_from_datadict(data, files, self.clear_checkbox_name(name))
        if not self.is_required and wants_to_clear:
            self.checked = True
            return FILE_INPUT_CONTRADICTION if upload else False
        return upload

    def value_omitted_from_data(self, data, files, name):
        return super().value_omitted_from_data(data, files, name) and self.clear_checkbox_name(name) not in data
