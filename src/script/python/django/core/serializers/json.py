"""JSON of what sites hold: moments, durations, decimals and UUIDs."""

import json

from _djr import isoformat
from django._lazy import lazily

# Most sites write JSON of their own alone.
__getattr__ = lazily(__name__, {"django.core.serializers._json_rows": "Serializer Deserializer"})


class DjangoJSONEncoder(json.JSONEncoder):
    """Writes moments as JavaScript does, durations as ISO 8601, decimals and UUIDs as text."""

    def default(self, o):
        text = isoformat(o)
        if text is not None:
            return _moment(text) if "T" in text else text
        import datetime

        if isinstance(o, datetime.datetime):
            return _moment(o.isoformat())
        if isinstance(o, datetime.date):
            return o.isoformat()
        if isinstance(o, datetime.time):
            if o.utcoffset() is not None:
                raise ValueError("JSON has no times with a zone")
            text = o.isoformat()
            return text[:12] if o.microsecond else text
        if isinstance(o, datetime.timedelta):
            from django.utils.duration import duration_iso_string

            return duration_iso_string(o)
        from django.utils.functional import Promise

        if isinstance(o, Promise) or _is_text(o):
            return str(o)
        return super().default(o)


def _moment(text):
    if text[19:20] == ".":
        # Three digits are what JavaScript knows.
        text = text[:23] + text[26:]
    return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text


def _is_text(value):
    """Whether it is a Decimal or a UUID, which are not imported for this."""
    return any(
        (kind.__name__, kind.__module__.lstrip("_")) in (("Decimal", "decimal"), ("UUID", "uuid"), ("Decimal", "pydecimal"))
        for kind in type(value).__mro__
    )
