"""Rows as JSON, one a line."""

import json

from django.core.serializers.base import DeserializationError
from django.core.serializers._json_rows import Deserializer as JsonDeserializer
from django.core.serializers._json_rows import Serializer as JsonSerializer
from django.core.serializers.python import Deserializer as PythonDeserializer


class Serializer(JsonSerializer):
    """Rows as JSON, one a line."""

    def start_serialization(self):
        self._init_options()
        self.json_kwargs.pop("indent", None)
        self.json_kwargs["separators"] = (",", ": ")

    def end_serialization(self):
        """Nothing stands behind the last line."""

    def end_object(self, obj):
        self.stream.write(json.dumps(self.get_dump_object(obj), **self.json_kwargs) + "\n")
        self._current = None


class Deserializer(JsonDeserializer):
    """Lines of JSON as rows."""

    def __init__(self, stream_or_string, **options):
        if isinstance(stream_or_string, bytes):
            stream_or_string = stream_or_string.decode()
        if isinstance(stream_or_string, str):
            stream_or_string = stream_or_string.splitlines()
        PythonDeserializer.__init__(self, self._get_lines(stream_or_string), **options)

    @staticmethod
    def _get_lines(stream):
        for line in stream:
            if not line.strip():
                continue
            try:
                yield json.loads(line)
            except Exception as error:
                raise DeserializationError() from error
