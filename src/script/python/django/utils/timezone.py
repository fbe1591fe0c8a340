"""Moments and the zone in which a site shows them."""

from contextlib import ContextDecorator
from datetime import datetime, timedelta, timezone, tzinfo

_active = None


def get_fixed_timezone(offset):
    """A zone that is always `offset` (minutes, or a timedelta) ahead of UTC."""
    minutes = int(offset.total_seconds() // 60) if isinstance(offset, timedelta) else offset
    hours, rest = divmod(abs(minutes), 60)
    return timezone(timedelta(minutes=minutes), f"{'-' if minutes < 0 else '+'}{hours:02d}{rest:02d}")


def get_default_timezone():
    """The zone of the settings."""
    from django.conf import settings

    return _named(settings.TIME_ZONE)


_zones = {}


def _named(name):
    zone = _zones.get(name)
    if zone is None:
        from zoneinfo import ZoneInfo

        zone = _zones[name] = ZoneInfo(name)
    return zone


def get_default_timezone_name():
    return _get_timezone_name(get_default_timezone())


def get_current_timezone():
    """The zone that `activate` set, else the default one."""
    return _active or get_default_timezone()


def get_current_timezone_name():
    return _get_timezone_name(get_current_timezone())


def _get_timezone_name(zone):
    return zone.tzname(None) or str(zone)


def activate(timezone):
    """Makes a zone, or that of a name, the current one."""
    global _active
    if isinstance(timezone, tzinfo):
        _active = timezone
    elif isinstance(timezone, str):
        _active = _named(timezone)
    else:
        raise ValueError(f"{timezone!r} is neither a zone nor the name of one")


def deactivate():
    """Makes the default zone the current one again."""
    global _active
    _active = None


class override(ContextDecorator):
    """For a block or a function, another current zone; None is the default one."""

    def __init__(self, timezone):
        self.timezone = timezone

    def __enter__(self):
        self.old_timezone = _active
        if self.timezone is None:
            deactivate()
        else:
            activate(self.timezone)

    def __exit__(self, exc_type, exc_value, traceback):
        if self.old_timezone is None:
            deactivate()
        else:
            activate(self.old_timezone)


def template_localtime(value, use_tz=None):
    """What a template shows of `value`: a moment on the clocks of the current zone."""
    if not isinstance(value, datetime) or is_naive(value) or not getattr(value, "convert_to_local_time", True):
        return value
    from django.conf import settings

    return localtime(value) if (settings.USE_TZ if use_tz is None else use_tz) else value


def localtime(value=None, timezone=None):
    """A moment (now) on the clocks of a zone (the current one)."""
    moment = now() if value is None else value
    if is_naive(moment):
        raise ValueError("localtime() needs a datetime with a zone")
    return moment.astimezone(timezone or get_current_timezone())


def localdate(value=None, timezone=None):
    """The day of a moment (now) in a zone (the current one)."""
    return localtime(value, timezone).date()


def now():
    """This moment in UTC; without a zone where `USE_TZ` is off."""
    from django.conf import settings

    return datetime.now(tz=timezone.utc if settings.USE_TZ else None)


def is_aware(value):
    return value.utcoffset() is not None


def is_naive(value):
    return value.utcoffset() is None


def make_aware(value, timezone=None):
    """A datetime without a zone as a moment of one (the current one)."""
    if is_aware(value):
        raise ValueError(f"make_aware() needs a datetime without a zone, not {value}")
    return value.replace(tzinfo=timezone or get_current_timezone())


def make_naive(value, timezone=None):
    """A moment as the clocks of a zone (the current one) show it."""
    if is_naive(value):
        raise ValueError("make_naive() needs a datetime with a zone")
    return value.astimezone(timezone or get_current_timezone()).replace(tzinfo=None)


def _datetime_ambiguous_or_imaginary(dt, tz):
    return dt.replace(tzinfo=tz, fold=not dt.fold).utcoffset() != dt.replace(tzinfo=tz, fold=dt.fold).utcoffset()
