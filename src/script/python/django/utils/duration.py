"""Durations as text."""

import datetime


def _get_duration_components(duration):
    minutes, seconds = divmod(duration.seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return duration.days, hours, minutes, seconds, duration.microseconds


def duration_string(duration):
    """`3 04:05:06.000007`, which `parse_duration` reads."""
    days, hours, minutes, seconds, microseconds = _get_duration_components(duration)
    fraction = f".{microseconds:06d}" if microseconds else ""
    return f"{f'{days} ' if days else ''}{hours:02d}:{minutes:02d}:{seconds:02d}{fraction}"


def duration_iso_string(duration):
    """The duration as ISO 8601 writes it."""
    sign = "-" if duration < datetime.timedelta(0) else ""
    days, hours, minutes, seconds, microseconds = _get_duration_components(abs(duration))
    fraction = f".{microseconds:06d}" if microseconds else ""
    return f"{sign}P{days}DT{hours:02d}H{minutes:02d}M{seconds:02d}{fraction}S"


def duration_microseconds(delta):
    return (delta.days * 86400 + delta.seconds) * 1_000_000 + delta.microseconds
