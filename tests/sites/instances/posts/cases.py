import copy
import datetime
import pickle
from decimal import Decimal

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, MultipleObjectsReturned, ObjectDoesNotExist
from django.db import models
from people.models import Author, Profile

from posts.models import Club, Country, OldPost, Post, Tag


def constructor(show):
    ann = Author(name="Ann")
    show(ann.pk, ann.id, ann.email, ann._state.adding, ann._state.db, str(ann), ann)
    show(Author(None, "Bea", "b@example.com"), Author(7, "Cid").pk)
    show.says(Author, 1, "a", "b", None, "e")
    show.says(Author, 1, "a", name="b")
    show.says(Author, nam="x")
    show.says(Author, nam="x", other=2)
    show.fails(Post, author="text")
    post = Post(title="T", author=ann)
    show(post.status, post.level, post.price, post.data, post.flag, post.maybe, post.day, post.nick)
    show(post.author is ann, post.author_id, type(post.key).__name__, type(post.made).__name__)
    show(Post(shouted="ABC").title, Post(pk=5).id, Post(data={"a": 1}).data, Post().data is Post().data)
    show(repr(Tag(name="x")), str(Tag(pk=3)), repr(Club()), Country(code="at").pk)
    show.fails(lambda: Post().author)
    show(Post().editor, Post(editor=None).editor_id, Post(editor_id=3).editor_id)
    show.fails(lambda: Post.objects.create(title="x").pk)
    show.fails(lambda: Post().objects)


def choices(show):
    post = Post(status="PB", level=2)
    show(post.get_status_display(), post.get_level_display(), Post(level=3).get_level_display(), Post(level=9).get_level_display())
    show(Post(status=None).get_status_display(), Post(status="??").get_status_display())
    show(Post.Status.choices, Post.Status.labels, Post.Status.values, Post.Status.names)
    show(Post.Status.DELETED.label, str(Post.Status.DRAFT), Post.Status.DRAFT == "DF", Post.Status("PB"), repr(Post.Status.DRAFT))
    show(Post(status=Post.Status.PUBLISHED).get_status_display(), "DF" in Post.Status.values)
    show.fails(Post.Status, "zz")
    Numbers = models.IntegerChoices("Numbers", "ONE TWO_THREE")
    show(Numbers.choices, Numbers.ONE + 1, Numbers.TWO_THREE.label)

    class Empty(models.IntegerChoices):
        A = 1
        __empty__ = "nothing"

    show(Empty.choices, Empty.labels, Empty.values, Empty.names, Empty.A.name, Empty.A.value)


def meta(show):
    opts = Post._meta
    show(opts.label, opts.label_lower, opts.app_label, opts.model_name, opts.object_name, opts.db_table)
    show(str(opts.verbose_name), str(opts.verbose_name_plural), opts.ordering, opts.get_latest_by, opts.unique_together)
    show([field.name for field in opts.fields], [field.attname for field in opts.concrete_fields])
    show([field.name for field in opts.many_to_many], opts.pk.name, opts.pk.attname, opts.auto_field.name)
    show(sorted(field.name for field in Author._meta.get_fields()))
    show(sorted(rel.name for rel in Author._meta.related_objects), sorted(rel.get_accessor_name() for rel in Author._meta.related_objects))
    show.fails(opts.get_field, "nothing")
    show(isinstance(show.fails(opts.get_field, "nothing"), FieldDoesNotExist))
    show(opts.get_field("author").attname, opts.get_field("author").column, opts.get_field("author_id").name)
    show(Author._meta.get_field("posts").name, Author._meta.get_field("posts").related_model.__name__)
    title = opts.get_field("title")
    show(title.max_length, title.null, title.blank, title.help_text, title.verbose_name, title.unique, title.column)
    show(title.get_internal_type(), title.has_default(), title.get_default(), opts.get_field("price").get_default())
    show(opts.get_field("level").choices, opts.get_field("level").flatchoices)
    author = opts.get_field("author")
    show(author.is_relation, author.many_to_one, author.one_to_many, author.related_model.__name__, author.remote_field.related_name)
    show(author.target_field.name, author.remote_field.field_name, author.related_query_name(), author.remote_field.on_delete.__name__)
    tags = opts.get_field("tags")
    show(tags.many_to_many, tags.m2m_db_table(), tags.m2m_column_name(), tags.m2m_reverse_name(), tags.remote_field.through.__name__)
    show(Post.tags.through._meta.label, Post.tags.through._meta.auto_created and True, [f.name for f in Post.tags.through._meta.fields])
    show([manager.name for manager in opts.managers], opts.default_manager.name, type(opts.base_manager).__name__)
    show(str(Post.objects), Post.objects.model is Post, opts.proxy, opts.abstract, opts.managed, opts.swapped)
    show(OldPost._meta.proxy, OldPost._meta.concrete_model is Post, OldPost._meta.label, OldPost._meta.db_table, OldPost._meta.ordering)
    show([type(one).__name__ + ":" + one.name for one in opts.constraints], [one.name for one in opts.total_unique_constraints])
    show(Country._meta.pk.name, Club._meta.get_field("members").remote_field.through.__name__, opts.default_permissions)
    show(apps.get_model("posts.Post") is Post, apps.get_model("posts", "post") is Post, apps.get_app_config("posts").label)
    show.fails(apps.get_model, "posts.Nothing")
    show.fails(apps.get_model, "nothing.Post")
    show([model.__name__ for model in apps.get_app_config("people").get_models()], apps.is_installed("posts"))
    show(Post.DoesNotExist.__qualname__, issubclass(Post.DoesNotExist, ObjectDoesNotExist), issubclass(Post.MultipleObjectsReturned, MultipleObjectsReturned))
    show(issubclass(OldPost.DoesNotExist, Post.DoesNotExist), Post.__module__, Post.__name__)


def saving(show):
    ann = Author(name="Ann")
    ann.save()
    show(ann.pk is not None, ann._state.adding, ann._state.db)
    post = Post.objects.create(title="one", slug="one", author=ann)
    before = post.changed
    post.title = "two"
    post.save()
    show(post.changed > before, Post.objects.get(pk=post.pk).title)
    post.title, post.slug = "three", "three"
    post.save(update_fields=["title"])
    again = Post.objects.get(pk=post.pk)
    show(again.title, again.slug)
    show.says(post.save, update_fields=["nothing"])
    show.says(post.save, update_fields=["pk"])
    show.says(post.save, update_fields=["id"])
    show(post.save(update_fields=[]))
    show.says(post.save, force_insert=True, force_update=True)
    show.fails(post.save, force_insert=True)
    show.says(Post(title="x", author=ann, slug="x").save, force_update=True)
    show.says(Post(pk=999, title="x", author=ann, slug="x").save, force_update=True)
    show.says(Post(pk=999, title="x", author=ann, slug="x").save, update_fields=["title"])
    given = Post(pk=500, title="given", slug="given", author=ann)
    given.save()
    show(given.pk, Post.objects.filter(pk=500).count())
    show.says(Post(title="u", author=Author(name="new")).save)
    land = Country(code="at", name="austria")
    land.save()
    land.save()
    show(Country.objects.count(), Country.objects.get().name, Country.objects.get(pk="at") == land)
    show.fails(Country.objects.create, code="at", name="again")
    post.price = Decimal("2.345")
    post.save()
    show(post.price, Post.objects.get(pk=post.pk).price)
    post.price = "7.5"
    post.day = "2024-02-03"
    post.save()
    again = Post.objects.get(pk=post.pk)
    show(post.price, post.day, again.price, again.day)
    post.code = models.F("code") + 1
    Post.objects.filter(pk=post.pk).update(code=4)
    post.save()
    post.refresh_from_db()
    show(post.code)
    copied = Post.objects.get(pk=post.pk)
    copied.pk, copied._state.adding = None, True
    copied.slug, copied.title, copied.code = "copy", "copy", None
    copied.save()
    show(copied.pk != post.pk, Post.objects.filter(author=ann).count())
    show(ann.delete())
    show(ann.pk, Post.objects.count())


def values(show):
    ann = Author.objects.create(name="Ann")
    noon = datetime.datetime(2024, 5, 6, 12, 30, 1, 5, tzinfo=datetime.timezone.utc)
    post = Post.objects.create(
        title="v", slug="v", author=ann, price="3.10", day=datetime.date(2024, 2, 29), made=noon, data={"a": [1, None, "ä"]},
        ip="::1", length=datetime.timedelta(days=1, seconds=5, microseconds=7), ratio=0.5, small=3, flag=1, maybe=None,
        at=datetime.time(1, 2, 3), site="http://example.com/",
    )
    found = Post.objects.get(pk=post.pk)
    show(found.price, found.day, found.made == noon, found.data, found.ip, found.length, found.ratio, found.small)
    show(found.flag, found.maybe, found.at, found.site, found.key == post.key, type(found.made.tzinfo).__name__ != "NoneType")
    for name, value in (("price", "many"), ("day", "2024-13-01"), ("small", "x"), ("ratio", "x"), ("made", "then"), ("maybe", "perhaps"), ("key", "no")):
        setattr(found, name, value)
        show.fails(found.save)
        found = Post.objects.get(pk=post.pk)
    ann.delete()


def loading(show):
    ann = Author.objects.create(name="Ann", email="a@example.com")
    post = Post.objects.create(title="t", slug="t", author=ann)
    only = Post.objects.only("title").get(pk=post.pk)
    show(len(only.get_deferred_fields()), only.slug, "slug" in only.get_deferred_fields())
    only.title = "changed"
    only.save()
    show(Post.objects.get(pk=post.pk).title, Post.objects.defer("slug").get(pk=post.pk).get_deferred_fields())
    post.refresh_from_db()
    show(post.title)
    post.title = post.slug = "local"
    post.refresh_from_db(fields=["title"])
    show(post.title, post.slug)
    show.fails(post.refresh_from_db, fields=["nothing"])
    show.fails(post.refresh_from_db, fields=["author__name"])
    show(post.author.name)
    Author.objects.update(name="Anna")
    show(post.author.name)
    post.refresh_from_db()
    show(post.author.name)
    Post.objects.all().delete()
    show.says(post.refresh_from_db)
    made = Author.from_db("default", ["id", "name"], [4, "loaded"])
    show(made.pk, made.name, made._state.adding, made._state.db, sorted(made.get_deferred_fields()))
    show.says(Author.objects.get, pk=99)
    Author.objects.create(name="Anna")
    show.fails(Author.objects.get, name="Anna")
    show.says(lambda: Author.objects.get(name="Anna"))
    Author.objects.all().delete()


def equality(show):
    ann, bea = Author.objects.create(name="Ann"), Author.objects.create(name="Bea")
    again = Author.objects.get(pk=ann.pk)
    show(ann == again, ann is again, ann != bea, hash(ann) == hash(again), len({ann, again, bea}), ann == 1, ann != None)
    show(Author() == Author(), Author(pk=1) == Tag(pk=1), Post(pk=1) == OldPost(pk=1))
    show.says(lambda: hash(Author()))
    copied = copy.copy(ann)
    copied.name = "copied"
    show(ann.name, copied == ann, copied._state is not ann._state, copy.deepcopy(ann) == ann)
    back = pickle.loads(pickle.dumps(ann))
    show(back == ann, back.name, back._state.adding, back._state.db)
    show(ann.serializable_value("name"), ann.serializable_value("mentor"), ann.serializable_value("pk") == ann.pk)
    show(Post(slug="a-b").get_absolute_url(), sorted([bea, ann], key=lambda one: one.name))
    Author.objects.all().delete()


def neighbours(show):
    ann = Author.objects.create(name="Ann")
    days = [datetime.datetime(2024, 1, day, tzinfo=datetime.timezone.utc) for day in (1, 2, 2, 4)]
    posts = [Post.objects.create(title=f"p{at}", slug=f"p{at}", author=ann, made=day) for at, day in enumerate(days)]
    show(posts[0].get_next_by_made().title, posts[1].get_next_by_made().title, posts[2].get_previous_by_made().title)
    show(posts[1].get_next_by_made(title="p3").title)
    show.says(posts[3].get_next_by_made)
    show.fails(Post().get_next_by_made)
    show(Post.objects.latest().title, Post.objects.earliest().title, hasattr(Post, "get_next_by_day"))
    ann.delete()


def managers(show):
    ann = Author.objects.create(name="Ann")
    Post.objects.create(title="a", slug="a", author=ann, status="PB")
    Post.objects.create(title="b", slug="b", author=ann)
    show(Post.objects.published(), Post.objects.all().published().count(), Post.published.all(), Post.objects.filter(title="b").published())
    show(hasattr(Post.objects, "_hidden"), hasattr(Post.objects, "delete_all"), hasattr(Post.objects.all(), "delete_all"))
    show(type(Post.objects.all()).__name__, ann.posts.published(), type(ann.posts.all()).__name__, ann.posts(manager="published").all())
    show(OldPost.objects.all(), OldPost.objects.first().age(), type(OldPost.objects.get(title="a")).__name__)
    show(Post._default_manager.name, Post._base_manager.count(), OldPost._default_manager.model.__name__)
    show.says(lambda: Post(pk=1).objects)
    made = models.Manager.from_queryset(models.QuerySet, "Made")
    show(made.__name__, issubclass(made, models.Manager), Post.objects.none(), Post.objects == Post.objects)
    show(Post.objects.db, Post.objects.using("default").count(), Post.objects.in_bulk().keys() == {1} or len(Post.objects.in_bulk()))
    show(Profile.objects.create(author=ann).author is ann)
    ann.delete()
