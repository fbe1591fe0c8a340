"""Receivers of every signal of rows and of migrations, which print what they are told; `posts/signals.py` on Django and on djr."""

from django.contrib.auth.models import User
from django.db.models import signals
from django.dispatch import receiver
from posts.models import Post, Tag

ROWS = ["pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed"]
KEPT = []


def shown(value):
    if isinstance(value, (set, frozenset)):
        return "{" + ", ".join(str(one) for one in sorted(value)) + "}"
    return value.__name__ if isinstance(value, type) else repr(value)


def tells(name):
    def hear(sender, signal, **kwargs):
        for left_out in ("origin", "args"):
            kwargs.pop(left_out, None)
        instance = kwargs.pop("instance", None)
        if instance is not None and not name.endswith("_init"):
            kwargs["instance"] = type(instance)
            kwargs["pk"] = instance.pk
        kwargs.pop("kwargs", None)
        told = ", ".join(f"{key}={shown(value)}" for key, value in sorted(kwargs.items()))
        print(f"{name} {sender.__name__}: {told}", flush=True)

    return hear


for name in ROWS:
    heard = tells(name)
    KEPT.append(heard)
    for model in (Post, Tag, User, Post.tags.through):
        if name.endswith("_init") and model not in (Post, Tag):
            # djr makes no instance of a user that it looks for, nor of a row between many and many.
            continue
        getattr(signals, name).connect(heard, sender=model)


def tells_of_migrations(name):
    def hear(sender, app_config, verbosity, interactive, using, plan=None, **kwargs):
        if sender.label != "posts":
            return
        own = plan and [(str(one), backwards) for one, backwards in plan if one.app_label == "posts"]
        print(f"{name} {app_config.label}: {verbosity}, {interactive}, {using}, {own}, {'apps' in kwargs}", flush=True)

    return hear


for name in ("pre_migrate", "post_migrate"):
    heard = tells_of_migrations(name)
    KEPT.append(heard)
    getattr(signals, name).connect(heard)


@receiver(signals.post_save, sender=User)
def refuses(sender, instance, **kwargs):
    if instance.username == "refused":
        raise ValueError("nobody is called so")
