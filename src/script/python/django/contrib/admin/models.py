"""What was done in the admin."""

import json

from django.db import models

ADDITION = 1
CHANGE = 2
DELETION = 3

ACTION_FLAG_CHOICES = [(ADDITION, "Addition"), (CHANGE, "Change"), (DELETION, "Deletion")]


class LogEntryManager(models.Manager):
    use_in_migrations = True

    def log_actions(self, user_id, queryset, action_flag, change_message="", *, single_object=False):
        """Notes what was done to the rows of a query set."""
        from django.contrib.contenttypes.models import ContentType

        if isinstance(change_message, list):
            change_message = json.dumps(change_message)
        entries = [
            self.model(
                user_id=user_id,
                content_type_id=ContentType.objects.get_for_model(row, for_concrete_model=False).id,
                object_id=row.pk, object_repr=str(row)[:200], action_flag=action_flag, change_message=change_message,
            )
            for row in queryset
        ]
        if len(entries) == 1:
            entries[0].save()
            return entries[0] if single_object else entries
        return self.bulk_create(entries)


class LogEntry(models.Model):
    """Something that was done."""

    objects = LogEntryManager()

    def __repr__(self):
        return str(self.action_time)

    def __str__(self):
        if self.is_addition():
            return f"Added “{self.object_repr}”."
        if self.is_change():
            return f"Changed “{self.object_repr}” — {self.get_change_message()}"
        if self.is_deletion():
            return f"Deleted “{self.object_repr}.”"
        return "LogEntry Object"

    def is_addition(self):
        return self.action_flag == ADDITION

    def is_change(self):
        return self.action_flag == CHANGE

    def is_deletion(self):
        return self.action_flag == DELETION

    def get_change_message(self):
        """The message in words."""
        if not self.change_message or self.change_message[0] != "[":
            return self.change_message
        try:
            found = json.loads(self.change_message)
        except json.JSONDecodeError:
            return self.change_message
        parts = [_sentence(*next(iter(part.items()))) for part in found if isinstance(part, dict) and part]
        message = " ".join(part for part in parts if part)
        return message or "No fields changed."

    def get_edited_object(self):
        return self.content_type.get_object_for_this_type(pk=self.object_id)

    def get_admin_url(self):
        if self.content_type and self.object_id:
            from urllib.parse import quote

            from django.urls import NoReverseMatch, reverse

            name = f"admin:{self.content_type.app_label}_{self.content_type.model}_change"
            try:
                return reverse(name, args=(quote(self.object_id, safe=""),))
            except NoReverseMatch:
                pass
        return None


def _sentence(what, about):
    """`Added.`, or `Changed title and day for comment “x”.`"""
    from django.utils.text import get_text_list

    verb = {"added": "Added", "changed": "Changed", "deleted": "Deleted"}.get(what)
    if verb is None:
        return ""
    named = f"{about['name']} “{about['object']}”" if about and "name" in about else ""
    if what == "changed":
        fields = get_text_list(about["fields"], "and")
        return f"Changed {fields} for {named}." if named else f"Changed {fields}."
    return f"{verb} {named}." if named else f"{verb}."
