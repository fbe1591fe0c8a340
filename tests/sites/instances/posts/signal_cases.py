from django.db.models import signals
from people.models import Author, Profile

from posts.models import Club, OldPost, Post, Tag

NAMES = ("pre_init", "post_init", "pre_save", "post_save", "pre_delete", "post_delete", "m2m_changed")


class Heard:
    """Receivers of all signals of models, for as long as a case runs."""

    def __init__(self, show, names=NAMES, sender=None):
        self.show, self.names, self.sender = show, names, sender

    def __enter__(self):
        self.receivers = []
        for name in self.names:
            receiver = self.receiver(name)
            self.receivers.append((getattr(signals, name), receiver))
            getattr(signals, name).connect(receiver, sender=self.sender)

    def __exit__(self, *args):
        for signal, receiver in self.receivers:
            signal.disconnect(receiver, sender=self.sender)

    def receiver(self, name):
        def hear(sender, **kwargs):
            del kwargs["signal"]
            self.show(name, sender.__name__, [(key, told(value)) for key, value in kwargs.items()])

        return hear


def told(value):
    if hasattr(value, "_meta") and not isinstance(value, type):
        return f"{type(value).__name__} {getattr(value, 'name', None) or getattr(value, 'title', None)}"
    if isinstance(value, type):
        return value.__name__
    if isinstance(value, (set, frozenset)):
        return f"{len(value)} of them"
    if type(value).__name__.endswith("QuerySet"):
        return "rows"
    return value if value is None or isinstance(value, (bool, str)) else sorted(value) if isinstance(value, dict) else repr(value)


def signal_saves(show):
    with Heard(show, ("pre_save", "post_save", "pre_init", "post_init")):
        ann = Author(name="Ann")
        ann.save()
        ann.name = "Anna"
        ann.save(update_fields=["name"])
        Author.objects.create(name="Bea")
        Author.objects.get_or_create(name="Bea")
        Author.objects.update_or_create(name="Bea", defaults={"email": "b@example.com"})
        Author.objects.filter(name="Bea").update(name="Bee")
        Author.objects.bulk_create([Author(name="Cid")])
        ann.refresh_from_db()
        list(Author.objects.all())
        ann.save_base(raw=True)
        OldPost(title="old", slug="old", author=ann).save()
    Author.objects.all().delete()


def signal_deletes(show):
    ann, bea = Author.objects.create(name="Ann"), Author.objects.create(name="Bea")
    Profile.objects.create(author=ann)
    post = Post.objects.create(title="t", slug="t", author=ann, editor=bea)
    post.tags.add(Tag.objects.create(name="x"))
    with Heard(show, ("pre_delete", "post_delete", "pre_save", "m2m_changed")):
        show(bea.delete())
        counted, models = ann.delete()
        show(counted, sorted(models.items()))
        show(Tag.objects.all().delete())


def signal_relations(show):
    ann = Author.objects.create(name="Ann")
    a, b = Tag.objects.create(name="a"), Tag.objects.create(name="b")
    post = Post.objects.create(title="t", slug="t", author=ann)
    with Heard(show, ("m2m_changed",)):
        post.tags.add(a, b)
        post.tags.add(a)
        post.tags.remove(a)
        post.tags.set([a])
        a.posts.add(post)
        a.posts.remove(post)
        post.tags.clear()
        post.tags.create(name="c")
    one, two = Club.objects.create(name="one"), Club.objects.create(name="two")
    with Heard(show, ("m2m_changed", "post_save")):
        one.friends.add(two)
        one.members.add(ann)
        one.members.remove(ann)
    with Heard(show, ("post_save",), sender=Tag):
        Tag.objects.create(name="only")
        Author.objects.create(name="not heard")
    for model in (Post, Tag, Club, Author):
        model.objects.all().delete()


def signal_failures(show):
    def broken(sender, **kwargs):
        raise RuntimeError("no")

    signals.pre_save.connect(broken, sender=Tag)
    show.says(Tag.objects.create, name="x")
    show(Tag.objects.count(), signals.pre_save.disconnect(broken, sender=Tag))
    show(Tag.objects.create(name="x").name, signals.pre_save.has_listeners(Tag))
    signals.post_save.connect(broken, sender="posts.Tag")
    show.says(Tag.objects.create, name="y")
    show(Tag.objects.count(), signals.post_save.disconnect(broken, sender="posts.Tag"))
    Tag.objects.all().delete()
