from django.core.cache import cache
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import Signal, receiver

from activity.models import Event

from .models import Comment, Post

post_published = Signal()


@receiver(pre_save, sender=Post)
def remember_status(sender, instance, **kwargs):
    old = sender.objects.filter(pk=instance.pk).values_list("status", flat=True).first()
    instance.was_published = old == "PB"


@receiver(post_save, sender=Post, dispatch_uid="log-post")
def log_post(sender, instance, created, update_fields, **kwargs):
    fields = ",".join(sorted(update_fields)) if update_fields else "all"
    Event.objects.create(kind="created" if created else "changed", text=f"{instance.title} ({fields})")
    if instance.status == "PB" and not instance.was_published:
        post_published.send(sender=sender, post=instance)


@receiver(post_delete, sender=Post)
@receiver(post_delete, sender=Comment)
def log_deletion(sender, instance, origin, **kwargs):
    Event.objects.create(kind="deleted", text=f"{sender._meta.verbose_name}: {instance}")


@receiver(m2m_changed, sender=Post.tags.through)
def log_tags(sender, instance, action, model, pk_set, **kwargs):
    if action.startswith("post_"):
        names = sorted(model.objects.filter(pk__in=pk_set or ()).values_list("name", flat=True))
        Event.objects.create(kind="tags", text=f"{action} {instance}: {', '.join(names)}")


@receiver(post_save, sender=Comment)
def count_comments(sender, instance, created, raw, **kwargs):
    if created:
        cache.delete("dashboard")


@receiver(post_published)
def announce(sender, post, **kwargs):
    Event.objects.create(kind="published", text=post.get_absolute_url())
