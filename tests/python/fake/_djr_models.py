"""Stands in for the native module where only names are asked for: the fields of djr's own models, without options."""

import tomllib
from pathlib import Path

SOURCES = Path(__file__).parent.parent.parent.parent / "src"


def apps():
    labels = ("auth", "contenttypes", "sessions", "admin")
    return [{"label": label, "name": f"django.contrib.{label}", "path": ""} for label in labels]


def names(label):
    return []


def facts(label):
    app_label, _, name = label.partition(".")
    lists = ("ordering", "get_latest_by", "unique_together", "permissions", "default_permissions", "constraints", "indexes", "fields", "related")
    texts = ("db_table", "verbose_name", "verbose_name_plural", "default_related_name", "db_table_comment")
    flags = ("managed", "swappable", "has_str", "has_url")
    declared = tomllib.loads((SOURCES / app_label / "app" / "models.toml").read_text(encoding="utf-8"))
    fields = [field_facts(field, options) for field, options in declared[name]["fields"].items()]
    return {
        "app_label": app_label, "object_name": name, **{key: [] for key in lists}, **{key: "" for key in texts},
        **{key: False for key in flags}, "fields": fields,
    }


def field_facts(name, options):
    kept = {key: options[key] for key in ("to", "on_delete", "primary_key") if key in options}
    return {"name": name, "type": options["type"], "options": kept}


def user_model():
    return "auth.User"


def primary_key(instance):
    return getattr(instance, instance._meta.pk.attname)


class KnownRow:
    """A reference: the row that an instance knows, or the one that is read."""

    def __get__(self, instance, cls=None):
        if instance is None:
            return self
        known = instance._state.fields_cache.get(self.field.name)
        return self.read(instance) if known is None else known
