"""Fields of days, moments and durations."""

from django.db.models.fields.base import Field


class DateTimeCheckMixin:
    pass


class DateField(DateTimeCheckMixin, Field):
    empty_strings_allowed = False
    default_error_messages = {
        "invalid": "“%(value)s” value has an invalid date format. It must be in YYYY-MM-DD format.",
        "invalid_date": "“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date.",
    }
    description = "Date (without time)"

    def __init__(self, verbose_name=None, name=None, auto_now=False, auto_now_add=False, **kwargs):
        self.auto_now, self.auto_now_add = auto_now, auto_now_add
        if auto_now or auto_now_add:
            kwargs["editable"] = False
            kwargs["blank"] = True
        super().__init__(verbose_name, name, **kwargs)

    def contribute_to_class(self, cls, name, **kwargs):
        super().contribute_to_class(cls, name, **kwargs)
        if not self.null and not isinstance(self, TimeField):
            setattr(cls, f"get_next_by_{self.name}", _neighbour(self, True))
            setattr(cls, f"get_previous_by_{self.name}", _neighbour(self, False))

    def _parsed(self, value, parse, wrong):
        try:
            found = parse(value)
        except ValueError:
            raise self._error(wrong, value=value) from None
        return found

    def to_python(self, value):
        if value is None:
            return value
        import datetime

        if isinstance(value, datetime.datetime):
            from django.utils import timezone

            if timezone.is_aware(value):
                value = timezone.make_naive(value, timezone.get_default_timezone())
            return value.date()
        if isinstance(value, datetime.date):
            return value
        from django.utils.dateparse import parse_date

        found = self._parsed(value, parse_date, "invalid_date")
        if found is None:
            raise self._error("invalid", value=value)
        return found

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if hasattr(value, "resolve_expression") else self.to_python(value)

    def _now(self):
        import datetime

        return datetime.date.today()

    def pre_save(self, model_instance, add):
        if self.auto_now or (self.auto_now_add and add):
            value = self._now()
            setattr(model_instance, self.attname, value)
            return value
        return super().pre_save(model_instance, add)

    def value_to_string(self, obj):
        value = self.value_from_object(obj)
        return "" if value is None else value.isoformat()


def _neighbour(field, is_next):
    def neighbour(self, **kwargs):
        return self._get_next_or_previous_by_FIELD(field, is_next, **kwargs)

    neighbour.__name__ = f"get_{'next' if is_next else 'previous'}_by_{field.name}"
    return neighbour


class DateTimeField(DateField):
    default_error_messages = {
        "invalid": "“%(value)s” value has an invalid format. It must be in YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ] format.",
        "invalid_date": "“%(value)s” value has the correct format (YYYY-MM-DD) but it is an invalid date.",
        "invalid_datetime": "“%(value)s” value has the correct format (YYYY-MM-DD HH:MM[:ss[.uuuuuu]][TZ]) "
        "but it is an invalid date/time.",
    }
    description = "Date (with time)"

    def to_python(self, value):
        if value is None:
            return value
        import datetime

        if isinstance(value, datetime.datetime):
            return value
        if isinstance(value, datetime.date):
            from django.utils import timezone

            value = datetime.datetime(value.year, value.month, value.day)
            return timezone.make_aware(value, timezone.get_default_timezone())
        from django.utils.dateparse import parse_date, parse_datetime

        found = self._parsed(value, parse_datetime, "invalid_datetime")
        if found is not None:
            return found
        found = self._parsed(value, parse_date, "invalid_date")
        if found is None:
            raise self._error("invalid", value=value)
        return datetime.datetime(found.year, found.month, found.day)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        if value is None or hasattr(value, "resolve_expression"):
            return value
        from django.utils import timezone

        if timezone.is_naive(value):
            import warnings

            warnings.warn(f"the moment {self} = {value} has no zone: that of the project is taken", RuntimeWarning)
            value = timezone.make_aware(value, timezone.get_default_timezone())
        return value

    def _now(self):
        from django.utils import timezone

        return timezone.now()


class TimeField(DateField):
    default_error_messages = {
        "invalid": "“%(value)s” value has an invalid format. It must be in HH:MM[:ss[.uuuuuu]] format.",
        "invalid_time": "“%(value)s” value has the correct format (HH:MM[:ss[.uuuuuu]]) but it is an invalid time.",
    }
    description = "Time"

    def to_python(self, value):
        if value is None:
            return None
        import datetime

        if isinstance(value, datetime.time):
            return value
        if isinstance(value, datetime.datetime):
            return value.time()
        from django.utils.dateparse import parse_time

        found = self._parsed(value, parse_time, "invalid_time")
        if found is None:
            raise self._error("invalid", value=value)
        return found

    def _now(self):
        import datetime

        return datetime.datetime.now().time()


class DurationField(Field):
    empty_strings_allowed = False
    default_error_messages = {
        "invalid": "“%(value)s” value has an invalid format. It must be in [DD] [[HH:]MM:]ss[.uuuuuu] format."
    }
    description = "Duration"

    def to_python(self, value):
        if value is None:
            return value
        import datetime

        if isinstance(value, datetime.timedelta):
            return value
        from django.utils.dateparse import parse_duration

        try:
            found = parse_duration(value)
        except (TypeError, ValueError):
            found = None
        if found is None:
            raise self._error("invalid", value=value)
        return found

    def value_to_string(self, obj):
        from django.utils.duration import duration_string

        value = self.value_from_object(obj)
        return "" if value is None else duration_string(value)
