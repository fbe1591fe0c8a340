"""Widgets made of several."""

import datetime
from copy import deepcopy

from django.forms.choice_widgets import Select
from django.forms.utils import to_current_timezone
from django.forms.widgets import DateInput, HiddenInput, Media, TimeInput, Widget

__all__ = ["MultiWidget", "SplitDateTimeWidget", "SplitHiddenDateTimeWidget", "SelectDateWidget"]


def _without_spaces(html):
    """The elements without the white space between them."""
    from django.utils.html import strip_spaces_between_tags

    return strip_spaces_between_tags(html)


class MultiWidget(Widget):
    """Shows a value in parts, into which `decompress` takes it apart."""

    template_name = "django/forms/widgets/multiwidget.html"
    use_fieldset = True

    def __init__(self, widgets, attrs=None):
        if isinstance(widgets, dict):
            self.widgets_names = [f"_{name}" if name else "" for name in widgets]
            widgets = widgets.values()
        else:
            self.widgets_names = [f"_{index}" for index in range(len(widgets))]
        self.widgets = [widget() if isinstance(widget, type) else widget for widget in widgets]
        super().__init__(attrs)

    def __deepcopy__(self, memo):
        duplicate = super().__deepcopy__(memo)
        duplicate.widgets = deepcopy(self.widgets)
        return duplicate

    @property
    def is_hidden(self):
        return all(widget.is_hidden for widget in self.widgets)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for widget in self.widgets if self.is_localized else ():
            widget.is_localized = self.is_localized
        if not isinstance(value, (list, tuple)):
            value = self.decompress(value)
        attrs = context["widget"]["attrs"]
        input_type = attrs.pop("type", None)
        identity = attrs.get("id")
        parts = []
        for index, (suffix, widget) in enumerate(zip(self.widgets_names, self.widgets)):
            if input_type is not None:
                widget.input_type = input_type
            own = {**attrs, "id": f"{identity}_{index}"} if identity else attrs
            item = value[index] if index < len(value) else None
            parts.append(widget.get_context(name + suffix, item, own)["widget"])
        context["widget"]["subwidgets"] = parts
        return context

    def html(self, widget):
        parts = zip(self.widgets, widget["subwidgets"])
        return _without_spaces("".join(part._render(part.template_name, {"widget": own}) for part, own in parts))

    def id_for_label(self, id_):
        return ""

    def value_from_datadict(self, data, files, name):
        return [
            widget.value_from_datadict(data, files, name + suffix)
            for suffix, widget in zip(self.widgets_names, self.widgets)
        ]

    def value_omitted_from_data(self, data, files, name):
        return all(
            widget.value_omitted_from_data(data, files, name + suffix)
            for suffix, widget in zip(self.widgets_names, self.widgets)
        )

    def decompress(self, value):
        """The parts of a value, which may be empty."""
        raise NotImplementedError(f"{type(self).__name__} needs decompress()")

    @property
    def media(self):
        media = Media()
        for widget in self.widgets:
            media += widget.media
        return media

    @property
    def needs_multipart_form(self):
        return any(widget.needs_multipart_form for widget in self.widgets)


class SplitDateTimeWidget(MultiWidget):
    """A day and a time."""

    supports_microseconds = False
    template_name = "django/forms/widgets/splitdatetime.html"

    def __init__(self, attrs=None, date_format=None, time_format=None, date_attrs=None, time_attrs=None):
        widgets = (
            DateInput(attrs=attrs if date_attrs is None else date_attrs, format=date_format),
            TimeInput(attrs=attrs if time_attrs is None else time_attrs, format=time_format),
        )
        super().__init__(widgets)

    def decompress(self, value):
        if not value:
            return [None, None]
        value = to_current_timezone(value)
        return [value.date(), value.time()]


class SplitHiddenDateTimeWidget(SplitDateTimeWidget):
    template_name = "django/forms/widgets/splithiddendatetime.html"

    def __init__(self, attrs=None, date_format=None, time_format=None, date_attrs=None, time_attrs=None):
        super().__init__(attrs, date_format, time_format, date_attrs, time_attrs)
        for widget in self.widgets:
            widget.input_type = "hidden"


class SelectDateWidget(Widget):
    """Lists of years, months and days."""

    none_value = ("", "---")
    month_field = "%s_month"
    day_field = "%s_day"
    year_field = "%s_year"
    template_name = "django/forms/widgets/select_date.html"
    input_type = "select"
    select_widget = Select
    use_fieldset = True

    def __init__(self, attrs=None, years=None, months=None, empty_label=None):
        from django.utils.dates import MONTHS

        super().__init__(attrs)
        this_year = datetime.date.today().year
        self.years = years or range(this_year, this_year + 10)
        self.months = months or MONTHS
        labels = empty_label if isinstance(empty_label, (list, tuple)) else [empty_label] * 3
        if len(labels) != 3:
            raise ValueError("empty_label has three parts: for the year, the month and the day")
        nothing = self.none_value
        self.year_none_value, self.month_none_value, self.day_none_value = [
            nothing if label is None else ("", label) for label in labels
        ]

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        parts = {
            "year": (self.year_field, [(year, str(year)) for year in self.years], self.year_none_value),
            "month": (self.month_field, list(self.months.items()), self.month_none_value),
            "day": (self.day_field, [(day, day) for day in range(1, 32)], self.day_none_value),
        }
        shown = {}
        for part, (field, choices, empty) in parts.items():
            if not self.is_required:
                choices = [empty, *choices]
            field = field % name
            own = {**context["widget"]["attrs"], "id": f"id_{field}"}
            if self.is_required:
                own["required"] = False if part != "year" else own.get("required", False)
            select = self.select_widget(attrs, choices=choices)
            shown[part] = select.get_context(field, context["widget"]["value"][part], own)["widget"]
        context["widget"]["subwidgets"] = [shown[part] for part in ("month", "day", "year")]
        return context

    def html(self, widget):
        return _without_spaces("".join(self.select_widget().html(part) for part in widget["subwidgets"]))

    def format_value(self, value):
        """Year, month and day of a date or of a text."""
        year = month = day = None
        if isinstance(value, (datetime.date, datetime.datetime)):
            year, month, day = value.year, value.month, value.day
        elif isinstance(value, str):
            parts = value.split("-")
            if len(parts) == 3 and all(part.isdecimal() for part in parts):
                year, month, day = (int(part) or "" for part in parts)
        return {"year": year, "month": month, "day": day}

    def id_for_label(self, id_):
        return f"{id_}_month"

    def value_from_datadict(self, data, files, name):
        """The day as text; None where no part of it was sent."""
        parts = [data.get(field % name) for field in (self.year_field, self.month_field, self.day_field)]
        if all(part == "" for part in parts):
            return None
        if any(part is None for part in parts):
            return data.get(name)
        from django.utils.formats import get_format

        try:
            date = datetime.date(*map(int, parts))
        except ValueError:
            return "-".join(str(part or 0) for part in parts)
        except OverflowError:
            return "0-0-0"
        return date.strftime(get_format("DATE_INPUT_FORMATS")[0])

    def value_omitted_from_data(self, data, files, name):
        return not any(field % name in data for field in (self.year_field, self.month_field, self.day_field))
