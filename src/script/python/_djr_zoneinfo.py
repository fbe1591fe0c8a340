"""Zones of `zoneinfo` from the database in the binary: those of the machine may be others, or none at all."""

from zoneinfo import _common, _tzpath


def _load(key):
    from io import BytesIO

    import _djr_zones

    content = _djr_zones.file(key)
    if content is None:
        raise _common.ZoneInfoNotFoundError(f"No time zone found with key {key}")
    return BytesIO(content)


def _names():
    import _djr_zones

    return set(_djr_zones.names())


_common.load_tzdata = _load
_tzpath.find_tzfile = lambda key: _tzpath._validate_tzfile_path(key)
_tzpath.available_timezones = _names

from zoneinfo._zoneinfo import ZoneInfo

_repr = ZoneInfo.__repr__
ZoneInfo.__module__ = "zoneinfo"
ZoneInfo.__repr__ = lambda self: f"{type(self).__module__}.{_repr(self)}"
