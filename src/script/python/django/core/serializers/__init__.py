"""Rows as text, and text as rows. Each format is read when a site uses it."""

from importlib import import_module

from django._lazy import lazily

BUILTIN_SERIALIZERS = {
    "json": "django.core.serializers.json",
    "jsonl": "django.core.serializers.jsonl",
    "python": "django.core.serializers.python",
}

_formats = {}

__getattr__ = lazily(
    __name__, {".base": "DeserializationError M2MDeserializationError SerializationError SerializerDoesNotExist"}
)


def _known():
    """The modules by format, those of the settings with them."""
    if not _formats:
        from django.conf import settings

        _formats.update({**BUILTIN_SERIALIZERS, **getattr(settings, "SERIALIZATION_MODULES", {})})
    return _formats


def _module(format):
    from django.core.serializers.base import SerializerDoesNotExist

    try:
        return import_module(_known()[format])
    except KeyError:
        raise SerializerDoesNotExist(format) from None


def register_serializer(format, serializer_module, serializers=None):
    """Adds a format, by the name of its module."""
    known = _known() if serializers is None else serializers
    known[format] = serializer_module


def unregister_serializer(format):
    _module(format)
    del _known()[format]


def get_serializer(format):
    return _module(format).Serializer


def get_deserializer(format):
    return _module(format).Deserializer


def get_serializer_formats():
    return list(_known())


def get_public_serializer_formats():
    """The formats that are text."""
    return [format for format in _known() if not get_serializer(format).internal_use_only]


def serialize(format, queryset, **options):
    """Rows in a format."""
    serializer = get_serializer(format)()
    serializer.serialize(queryset, **options)
    return serializer.getvalue()


def deserialize(format, stream_or_string, **options):
    """An iterator of rows that are not saved yet."""
    return get_deserializer(format)(stream_or_string, **options)


def sort_dependencies(app_list, allow_cycles=False):
    """The models of apps, those whose natural keys others need before these."""
    waiting = []
    for app_config, models in app_list:
        for model in app_config.get_models() if models is None else models:
            waiting.append((model, _needed_by(model)))
    listed, found = {model for model, _ in waiting}, []
    while waiting:
        skipped = []
        for model, needed in waiting:
            if all(other not in listed or other in found for other in needed):
                found.append(model)
            else:
                skipped.append((model, needed))
        if len(skipped) == len(waiting):
            if not allow_cycles:
                names = ", ".join(sorted((model._meta.label for model, _ in skipped), key=lambda label: label.split(".")[1]))
                raise RuntimeError(f"Can't resolve dependencies for {names} in serialized app list.")
            found.append(skipped.pop(0)[0])
        waiting = skipped
    return found


def _needed_by(model):
    from django.apps import apps

    needed = [apps.get_model(name) for name in getattr(getattr(model, "natural_key", None), "dependencies", ())]
    related = [field.remote_field.model for field in model._meta.fields if field.remote_field]
    related += [
        field.remote_field.model
        for field in model._meta.many_to_many
        if field.remote_field.through._meta.auto_created
    ]
    return needed + [other for other in related if hasattr(other, "natural_key") and other != model]
