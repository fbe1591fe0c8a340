"""Between the actions of `admin.toml` and the functions of a project that do them."""

from django.http import HttpResponseRedirect


class ModelAdmin:
    """What an action is told of the model whose list it was chosen in."""

    def __init__(self, model):
        self.model = model
        self.opts = model._meta

    def __str__(self):
        return f"{self.opts.app_label}.ModelAdmin"

    def get_queryset(self, request):
        return self.model._default_manager.get_queryset()

    def message_user(self, request, message, level=None, extra_tags="", fail_silently=False):
        """Has the next page say `message`; `level` may be a name, too."""
        from django.contrib import messages

        if level is None:
            level = messages.INFO
        if not isinstance(level, int):
            try:
                level = getattr(messages.constants, level.upper())
            except AttributeError:
                known = ", ".join(sorted(messages.constants.DEFAULT_TAGS.values()))
                raise ValueError(f"{level!r} is not a level of messages: they are {known}") from None
        messages.add_message(request, level, message, extra_tags=extra_tags, fail_silently=fail_silently)

    def log_addition(self, request, obj, message):
        from django.contrib.admin.models import ADDITION

        return self._log(request, [obj], ADDITION, message, True)

    def log_change(self, request, obj, message):
        from django.contrib.admin.models import CHANGE

        return self._log(request, [obj], CHANGE, message, True)

    def log_deletions(self, request, queryset):
        from django.contrib.admin.models import DELETION

        return self._log(request, queryset, DELETION, "", False)

    def _log(self, request, rows, flag, message, single):
        from django.contrib.admin.models import LogEntry

        return LogEntry.objects.log_actions(
            user_id=request.user.pk, queryset=rows, action_flag=flag, change_message=message, single_object=single,
        )


def facts(function):
    """What the decorator says of a function: its description, or None, and its permissions."""
    description = getattr(function, "short_description", None)
    permissions = getattr(function, "allowed_permissions", ())
    return [None if description is None else str(description), [str(name) for name in permissions]]


def run(function, request, label, query):
    """Calls an action for the rows of `query`; where it answers nothing, the list is shown again."""
    from django.apps import apps

    model = apps.get_model(label)
    rows = model._default_manager.get_queryset()._chain(query)
    answer = function(ModelAdmin(model), request, rows)
    return HttpResponseRedirect(request.get_full_path()) if answer is None else answer
