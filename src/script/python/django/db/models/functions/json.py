"""Functions that make JSON documents, and text of what is in one."""

from django.db.models.expressions import F, Func


class JSONArray(Func):
    function = "JSON_ARRAY"
    _djr_function = "JSONArray"


class JSONObject(Func):
    function = "JSON_OBJECT"
    _djr_form = "JSONObject"

    def __init__(self, **fields):
        super().__init__(*fields.values())
        self._djr_entries = list(zip(fields, self.source_expressions))


class KeyTextTransform(Func):
    """What is at a key of a JSON document, as text."""

    _djr_form = "KT"

    def __init__(self, key_name, expression, **extra):
        super().__init__(**extra)
        name = expression.path if isinstance(expression, KeyTextTransform) else getattr(expression, "name", expression)
        self.path = f"{name}__{key_name}"


class KeyTransform(F):
    """What is at a key of a JSON document."""

    def __init__(self, key_name, expression):
        super().__init__(f"{getattr(expression, 'name', expression)}__{key_name}")


def KT(path):
    name, _, key = path.rpartition("__")
    return KeyTextTransform(key, name)
