"""Errors of forms, and what forms and widgets share."""

from collections import UserList

from django._absent import absent
from django.core.exceptions import ValidationError
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import mark_safe


def pretty_name(name):
    """`first_name` as `First name`."""
    return name.replace("_", " ").capitalize() if name else ""


def flatatt(attrs):
    """Attributes as they stand in a tag; True is a name alone, False and None are left out."""
    named = [(name, value) for name, value in attrs.items() if not isinstance(value, bool) and value is not None]
    alone = [(name,) for name, value in attrs.items() if value is True]
    return format_html_join("", ' {}="{}"', sorted(named)) + format_html_join("", " {}", sorted(alone))


class RenderableMixin:
    """Shows itself as HTML."""

    def render(self, template_name=None, context=None, renderer=None):
        raise NotImplementedError(f"{type(self).__name__} needs render()")

    def __str__(self):
        return self.render()

    def __html__(self):
        return self.render()


def rendered(template_name, context):
    """The page of a template of the project."""
    from django.template.loader import render_to_string

    return mark_safe(render_to_string(template_name, context))


class ErrorDict(dict, RenderableMixin):
    """The errors of a form, by the names of its fields."""

    def __init__(self, *args, renderer=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.renderer = renderer

    def as_data(self):
        """The exceptions."""
        return {field: errors.as_data() for field, errors in self.items()}

    def get_json_data(self, escape_html=False):
        return {field: errors.get_json_data(escape_html) for field, errors in self.items()}

    def as_json(self, escape_html=False):
        import json

        return json.dumps(self.get_json_data(escape_html))

    def as_ul(self):
        if not self:
            return ""
        items = format_html_join("", "<li>{}{}</li>", self.items())
        return format_html('<ul class="errorlist">{}</ul>', items)

    def as_text(self):
        lines = []
        for field, errors in self.items():
            lines.append(f"* {field}")
            lines += [f"  * {conditional_escape(error)}" for error in errors]
        return mark_safe("\n".join(lines))

    def render(self, template_name=None, context=None, renderer=None):
        return mark_safe(self.as_ul())

    __str__ = RenderableMixin.__str__


class ErrorList(UserList, list, RenderableMixin):
    """The errors of a field."""

    def __init__(self, initlist=None, error_class=None, renderer=None, field_id=None):
        super().__init__(initlist)
        self.error_class = "errorlist" if error_class is None else f"errorlist {error_class}"
        self.renderer = renderer
        self.field_id = field_id

    def as_data(self):
        """The exceptions."""
        return ValidationError(self.data).error_list

    def copy(self):
        from copy import copy

        made = type(self)(list(self.data), renderer=self.renderer, field_id=self.field_id)
        made.error_class = self.error_class
        return copy(made)

    def get_json_data(self, escape_html=False):
        """Messages and codes."""
        found = []
        for error in self.as_data():
            message = next(iter(error))
            found.append({"message": escape(message) if escape_html else message, "code": error.code or ""})
        return found

    def as_json(self, escape_html=False):
        import json

        return json.dumps(self.get_json_data(escape_html))

    def as_ul(self):
        if not self:
            return ""
        identity = format_html(' id="{}_error"', self.field_id) if self.field_id else ""
        items = format_html_join("", "<li>{}</li>", ((error,) for error in self))
        return format_html('<ul class="{}"{}>{}</ul>', self.error_class, identity, items)

    def as_text(self):
        return mark_safe("\n".join(f"* {conditional_escape(error)}" for error in self))

    def render(self, template_name=None, context=None, renderer=None):
        return mark_safe(self.as_ul())

    __str__ = RenderableMixin.__str__

    def __repr__(self):
        return repr(list(self))

    def __contains__(self, item):
        return item in list(self)

    def __eq__(self, other):
        return list(self) == other

    def __getitem__(self, index):
        error = self.data[index]
        return next(iter(error)) if isinstance(error, ValidationError) else error

    def __iter__(self):
        for index in range(len(self.data)):
            yield self[index]

    def __len__(self):
        return len(self.data)

    def __bool__(self):
        return bool(self.data)

    def __reduce_ex__(self, *args, **kwargs):
        return type(self), (list(self),)


def from_current_timezone(value):
    """A datetime that a visitor wrote, in the current zone; a ValidationError where the clocks skip it or show it twice."""
    from django.conf import settings
    from django.utils import timezone

    if not settings.USE_TZ or value is None or timezone.is_aware(value):
        return value
    zone = timezone.get_current_timezone()
    try:
        if timezone._datetime_ambiguous_or_imaginary(value, zone):
            raise ValueError("the clocks change")
        return timezone.make_aware(value, zone)
    except Exception as error:
        raise ValidationError(
            "%(datetime)s couldn’t be interpreted in time zone %(current_timezone)s; it may be ambiguous or it may "
            "not exist.",
            code="ambiguous_timezone",
            params={"datetime": value, "current_timezone": zone},
        ) from error


def to_current_timezone(value):
    """A moment as the clocks of the current zone show it."""
    from django.conf import settings
    from django.utils import timezone

    if settings.USE_TZ and value is not None and timezone.is_aware(value):
        return timezone.make_naive(value)
    return value


__getattr__ = absent(__name__)
