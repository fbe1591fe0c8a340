"""What code does with rows, act by act; run by `djr shell` and by Django."""

from django.core.signals import setting_changed
from django.db import transaction
from django.dispatch import Signal, receiver
from posts.models import Post, Tag


def act(name):
    print(f"-- {name}", flush=True)


act("create")
first = Tag.objects.create(name="first")
second = Tag(name="second")
second.save()
act("update")
second.name = "other"
second.save(update_fields=["name"])
second.save(force_update=True)
act("get")
Tag.objects.get(pk=first.pk)
act("get or create")
Tag.objects.get_or_create(name="first")
Tag.objects.update_or_create(name="first", defaults={"name": "again"})
act("bulk")
Tag.objects.bulk_create([Tag(name="a"), Tag(name="b")])
Tag.objects.filter(name="a").update(name="c")
act("many")
post = Post.objects.create(title="one")
post.tags.add(first, second)
post.tags.add(first)
post.tags.set([second])
first.post_set.add(post)
first.post_set.remove(post)
post.tags.clear()
post.tags.create(name="made")
second.post_set.set([post])
act("delete")
post.delete()
Tag.objects.all().delete()
act("rolled back")
try:
    with transaction.atomic():
        Tag.objects.create(name="gone")
        raise KeyError("no")
except KeyError:
    print(Tag.objects.count(), flush=True)

act("signals of one's own")
done = Signal()


class Owner:
    def method(self, **kwargs):
        return "method"


@receiver(done)
def plain(sender, **kwargs):
    return f"plain {sender}"


@receiver([done, setting_changed], sender="a")
def of_a(sender, **kwargs):
    return "of a"


def fails(sender, **kwargs):
    raise RuntimeError("failed")


owner = Owner()
done.connect(owner.method)
done.connect(lambda **kwargs: "forgotten")
done.connect(lambda **kwargs: "strong", weak=False, dispatch_uid="one")
done.connect(lambda **kwargs: "twice", weak=False, dispatch_uid="one")
print([answer for _, answer in done.send("a")], [answer for _, answer in done.send("b")], flush=True)
print(done.has_listeners("a"), setting_changed.has_listeners("a"), flush=True)
del owner
print(len(done.send("b")), flush=True)
print(done.disconnect(dispatch_uid="one"), done.disconnect(dispatch_uid="one"), done.disconnect(plain), flush=True)
done.connect(fails)
print([repr(answer) for _, answer in done.send_robust("a")], flush=True)
try:
    done.send("a")
except RuntimeError as error:
    print(repr(error), flush=True)
print(of_a in [found for found, _ in done.send_robust("a")], Signal().send("x"), flush=True)
