"""Rows as one list of JSON."""

import json

from django.core.serializers.base import DeserializationError
from django.core.serializers.base import Serializer as BaseSerializer
from django.core.serializers.json import DjangoJSONEncoder
from django.core.serializers.python import Deserializer as PythonDeserializer
from django.core.serializers.python import Serializer as PythonSerializer


class Serializer(PythonSerializer):
    """Rows as one list of JSON."""

    internal_use_only = False

    def _init_options(self):
        self._current = None
        given = {name: value for name, value in self.options.items() if name not in ("stream", "fields")}
        if given.get("indent"):
            # Else a blank stands at the end of each line.
            given["separators"] = (",", ": ")
        self.json_kwargs = {"cls": DjangoJSONEncoder, "ensure_ascii": False, **given}

    def start_serialization(self):
        self._init_options()
        self.stream.write("[")

    def end_serialization(self):
        self.stream.write("\n]\n" if self.options.get("indent") else "]")

    def end_object(self, obj):
        indent = self.options.get("indent")
        if not self.first:
            self.stream.write("," if indent else ", ")
        if indent:
            self.stream.write("\n")
        self.stream.write(json.dumps(self.get_dump_object(obj), **self.json_kwargs))
        self._current = None

    def getvalue(self):
        return BaseSerializer.getvalue(self)


class Deserializer(PythonDeserializer):
    """A list of JSON as rows."""

    def __init__(self, stream_or_string, **options):
        text = stream_or_string if isinstance(stream_or_string, (bytes, str)) else stream_or_string.read()
        try:
            rows = json.loads(text.decode() if isinstance(text, bytes) else text)
        except Exception as error:
            raise DeserializationError() from error
        super().__init__(rows, **options)

    def _handle_object(self, obj):
        try:
            yield from super()._handle_object(obj)
        except (GeneratorExit, DeserializationError):
            raise
        except Exception as error:
            raise DeserializationError(f"Error deserializing object: {error}") from error
