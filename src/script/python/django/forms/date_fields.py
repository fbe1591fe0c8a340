"""Fields of days, times, moments and durations."""

import datetime

from django.core.exceptions import ValidationError
from django.forms.field_base import Field


def _formats(name):
    from django.utils.formats import get_format

    return get_format(name)


class BaseTemporalField(Field):
    """Tries the formats one after the other."""

    formats_name = ""

    def __init__(self, *, input_formats=None, **kwargs):
        super().__init__(**kwargs)
        if input_formats is not None:
            self.input_formats = input_formats

    @property
    def input_formats(self):
        return self.__dict__.get("_input_formats") or _formats(self.formats_name)

    @input_formats.setter
    def input_formats(self, value):
        self.__dict__["_input_formats"] = value

    def to_python(self, value):
        text = value.strip()
        for form in self.input_formats:
            try:
                return self.strptime(text, form)
            except (ValueError, TypeError):
                continue
        raise self.error("invalid")

    def strptime(self, value, format):
        raise NotImplementedError(f"{type(self).__name__} needs strptime()")


class DateField(BaseTemporalField):
    widget = "DateInput"
    formats_name = "DATE_INPUT_FORMATS"
    default_error_messages = {"invalid": "Enter a valid date."}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.datetime):
            return value.date()
        return value if isinstance(value, datetime.date) else super().to_python(value)

    def strptime(self, value, format):
        return datetime.datetime.strptime(value, format).date()


class TimeField(BaseTemporalField):
    widget = "TimeInput"
    formats_name = "TIME_INPUT_FORMATS"
    default_error_messages = {"invalid": "Enter a valid time."}

    def to_python(self, value):
        if value in self.empty_values:
            return None
        return value if isinstance(value, datetime.time) else super().to_python(value)

    def strptime(self, value, format):
        return datetime.datetime.strptime(value, format).time()


class DateTimeField(BaseTemporalField):
    """A moment: what a visitor writes is read on the clocks of the current zone."""

    widget = "DateTimeInput"
    formats_name = "DATETIME_INPUT_FORMATS"
    default_error_messages = {"invalid": "Enter a valid date/time."}

    @property
    def input_formats(self):
        own = self.__dict__.get("_input_formats")
        return own or [*_formats("DATETIME_INPUT_FORMATS"), *_formats("DATE_INPUT_FORMATS")]

    @input_formats.setter
    def input_formats(self, value):
        self.__dict__["_input_formats"] = value

    def prepare_value(self, value):
        from django.forms.utils import to_current_timezone

        return to_current_timezone(value) if isinstance(value, datetime.datetime) else value

    def to_python(self, value):
        from django.forms.utils import from_current_timezone
        from django.utils.dateparse import parse_datetime

        if value in self.empty_values:
            return None
        if isinstance(value, datetime.datetime):
            return from_current_timezone(value)
        if isinstance(value, datetime.date):
            return from_current_timezone(datetime.datetime(value.year, value.month, value.day))
        try:
            found = parse_datetime(value.strip())
        except ValueError:
            raise self.error("invalid") from None
        return from_current_timezone(found or super().to_python(value))

    def strptime(self, value, format):
        return datetime.datetime.strptime(value, format)


class DurationField(Field):
    default_error_messages = {
        "invalid": "Enter a valid duration.",
        "overflow": "The number of days must be between {min_days} and {max_days}.",
    }

    def prepare_value(self, value):
        from django.utils.duration import duration_string

        return duration_string(value) if isinstance(value, datetime.timedelta) else value

    def to_python(self, value):
        from django.utils.dateparse import parse_duration

        if value in self.empty_values:
            return None
        if isinstance(value, datetime.timedelta):
            return value
        try:
            found = parse_duration(str(value))
        except OverflowError:
            message = self.error_messages["overflow"].format(
                min_days=datetime.timedelta.min.days, max_days=datetime.timedelta.max.days
            )
            raise ValidationError(message, code="overflow") from None
        if found is None:
            raise self.error("invalid")
        return found
