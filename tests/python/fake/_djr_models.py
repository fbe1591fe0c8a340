"""Stands in for the native module where only names are asked for: models without fields."""


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
    return {
        "app_label": app_label, "object_name": name, **{key: [] for key in lists}, **{key: "" for key in texts},
        **{key: False for key in flags},
    }


def user_model():
    return "auth.User"
