"""Topic guides: content types and generic relations, many to many with `through`, relations to oneself."""

from django.contrib.contenttypes.models import ContentType
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db import connection
from django.db.models import Count, Prefetch
from django.test.utils import CaptureQueriesContext

from shop.models import Acquaintance, Author, Book, Person, Stock, Store, Tag


def generic_relations(show, request):
    book, ann = Book.objects.get(title="Alpha"), Author.objects.get(name="Ann")
    red = book.tags.create(name="red")
    blue = Tag(name="blue", item=book)
    blue.save()
    Tag.objects.create(name="person", item=ann)
    show(red.item == book, red.content_type.model, red.object_id == book.pk, book.tags.count(), list(book.tags.order_by("name")))
    show(list(Tag.objects.filter(book__title="Alpha").order_by("name")), list(Book.objects.filter(tags__name="red")), Book.objects.filter(tags__name__in=["red", "blue"]).distinct().count())
    other = Book.objects.get(title="Gamma")
    other.tags.add(blue)
    show(list(book.tags.all()), list(other.tags.all()), blue.item.title, Tag.objects.get(name="blue").item.title)
    other.tags.set([Tag.objects.create(name="new", item=ann)])
    show(sorted(tag.name for tag in Tag.objects.all()), [tag.name for tag in other.tags.all()])
    book.tags.remove(red)
    show(Tag.objects.filter(name="red").exists(), book.tags.exists())
    book.tags.get_or_create(name="again")
    book.tags.update_or_create(name="again", defaults={"name": "more"})
    show([tag.name for tag in book.tags.all()], book.tags.all().delete()[0])
    other.tags.clear()
    show(other.tags.count(), Tag.objects.count())
    Tag.objects.create(name="last", item=book)
    show(sorted(book.delete()[1].items()), Tag.objects.filter(name="last").count())


def generic_prefetch(show, request):
    for number, item in enumerate([*Book.objects.all(), *Author.objects.all()]):
        Tag.objects.create(name=f"t{number}", item=item)
    with CaptureQueriesContext(connection) as queries:
        shown = [(tag.name, str(tag.item)) for tag in Tag.objects.prefetch_related("item").order_by("name")]
    show(shown, len(queries) <= 5)
    with CaptureQueriesContext(connection) as queries:
        tags = Tag.objects.prefetch_related(GenericPrefetch("item", [Book.objects.only("title"), Author.objects.all()])).order_by("name")
        shown = [str(tag.item) for tag in tags]
    show(shown, len(queries) <= 5)
    with CaptureQueriesContext(connection) as queries:
        shown = [(book.title, [tag.name for tag in book.tags.all()]) for book in Book.objects.prefetch_related("tags")]
    show(shown, len(queries) <= 3)
    kept = Prefetch("tags", queryset=Tag.objects.filter(name="t0"), to_attr="first_tags")
    show([[tag.name for tag in book.first_tags] for book in Book.objects.prefetch_related(kept)])
    kind = ContentType.objects.get_for_model(Book)
    show(kind.model_class() is Book, kind.get_object_for_this_type(title="Alpha").title, ContentType.objects.get_by_natural_key("shop", "tag").name)
    field = Book._meta.get_field("tags")
    show(field.name, field.related_model is Tag, field.many_to_many, field.one_to_many, type(field).__name__)


def through_models(show, request):
    city, sea = Store.objects.get(name="City"), Store.objects.get(name="Sea")
    alpha, beta = Book.objects.get(title="Alpha"), Book.objects.get(title__startswith="Beta")
    show(list(city.books.all()), list(alpha.stores.order_by("name").values_list("name", flat=True)), Stock.objects.get(store=sea).count)
    city.books.add(beta, through_defaults={"count": 7})
    show(Stock.objects.get(store=city, book=beta).count, list(Store.objects.filter(stock__count__gt=4).values_list("name", flat=True).order_by("name")))
    city.books.set([alpha], through_defaults={"count": 9})
    show(list(city.stock_set.values_list("book__title", "count")), city.books.create(title="Made", price=1, ).stores.count())
    sea.books.remove(alpha)
    show(sea.books.count(), Stock.objects.filter(store=sea).count(), list(Book.objects.filter(stock__store=city).order_by("title").values_list("stock__count", flat=True)))
    city.books.clear()
    show(Stock.objects.count(), Store.books.through is Stock, Store._meta.get_field("books").remote_field.through._meta.label)


def relations_to_oneself(show, request):
    ann, bea, cid = (Person.objects.create(name=name) for name in ("Ann", "Bea", "Cid"))
    ann.follows.add(bea, cid)
    cid.follows.add(ann)
    show([list(person.follows.order_by("name")) for person in (ann, bea, cid)], [list(person.followers.order_by("name")) for person in (ann, bea, cid)])
    bea.followers.set([cid])
    show(list(ann.follows.all()), list(cid.follows.order_by("name")), list(Person.objects.filter(followers__name="Cid").order_by("name")))
    Acquaintance.objects.create(one=ann, other=bea, since=1999)
    ann.knows.add(cid, through_defaults={"since": 2010})
    show(list(ann.knows.order_by("name")), list(bea.knows.all()), list(ann.known.order_by("since").values_list("since", "other__name")), list(Person.objects.filter(known_by__since__lt=2000)))
    show(list(bea.person_set.all()), list(Person.objects.filter(person__name="Ann").order_by("name")) if False else "", ann.follows.through._meta.label)
    ann.knows.set([bea])
    show(Acquaintance.objects.count(), list(ann.knows.all()), Person.follows.rel.symmetrical, Person._meta.get_field("follows").m2m_field_name(), Person._meta.get_field("follows").m2m_reverse_field_name())
