"""Topic guides: making queries, managers, search, signals."""

import asyncio

from django.core.signals import request_finished
from django.db import models
from django.db.models import F, Prefetch, Q
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from django.dispatch import Signal, receiver

from shop.models import Author, Book, Store


def lookups(show, request):
    titles = lambda **where: list(Book.objects.filter(**where).values_list("title", flat=True))
    show(titles(title__iexact="ALPHA"), titles(title__regex=r"^[AG]"), titles(price__range=(6, 13)), titles(rating__isnull=True))
    show(titles(title__in=["Alpha", "x"]), titles(authors__name__contains="'"), titles(sold__year=2024, sold__month__gte=3), titles(day__week_day=7))
    show(titles(authors=None), list(Book.objects.filter(~Q(kind="NO") | Q(pages__lt=200)).values_list("pk", flat=True).order_by("pk").values_list("title", flat=True)))
    show(list(Book.objects.exclude(authors__name="Ann").values_list("title", flat=True)), Book.objects.filter(authors__name="Ann", authors__pk__gt=0).count())
    show(Book.objects.filter(authors__name="Ann").filter(authors__name__startswith="Bea").count(), Book.objects.filter(authors__name="Ann", authors__name__startswith="Bea").count())
    show.fails(lambda: Book.objects.filter(nothing=1))
    show.fails(lambda: Book.objects.filter(title__nothing=1))
    show.fails(lambda: Book.objects.order_by("nothing"))
    show.fails(lambda: list(Book.objects.filter(pk="x")))


def slices(show, request):
    books = Book.objects.all()
    show(list(books[1:3]), books[0], list(books[::2]), len(books[:2]), books[3:].count(), books[1:3].exists())
    show.fails(lambda: books[-1])
    show.fails(lambda: books[1:2].filter(pk=1))
    show(repr(books[:2]), bool(books), books.query.__class__.__name__)
    show(list(books.values_list("title", "kind", named=True))[0], list(books.values("title", low=models.functions.Lower("title")))[0])
    books = books.order_by()
    show(books.union(books).count(), list(books.order_by().filter(pages=100).union(books.order_by().filter(pages=90)).order_by("title")), books.difference(books.filter(kind="NO")).count(), books.intersection(books.filter(kind="NO")).count())


def related(show, request):
    ann = Author.objects.get(name="Ann")
    show(list(ann.books.all()), ann.books.filter(kind="ES").count(), Author.objects.filter(books__price__gt=10).distinct().count())
    show([(book.title, [str(author) for author in book.authors.all()]) for book in Book.objects.prefetch_related(Prefetch("authors", queryset=Author.objects.order_by("-name")))])
    show(list(Store.objects.prefetch_related("books__authors").order_by("name")[0].books.all()[0].authors.all()))
    show(ann.books.create(title="Made", price=1).title, ann.books.count(), [book.authors.count() for book in ann.books.all()])
    book = Book.objects.get(title="Delta")
    book.authors.add(ann, "0" if False else ann.pk)
    show(list(book.authors.all()), book.authors.remove(ann), list(book.authors.all()), book.authors.through._meta.label)
    show(Book.objects.cheap().count(), ann.books.cheap().count(), Book.objects.filter(authors=ann).cheap().count())


def managers(show, request):
    class Titles(models.QuerySet):
        def short(self):
            return self.filter(pages__lt=200)

        def _private(self):
            return 1

        def only_here(self):
            return 1

        only_here.queryset_only = True

    class Manager(models.Manager):
        def get_queryset(self):
            return super().get_queryset().filter(kind="NO")

        def mine(self):
            return self.count()

    made = Manager.from_queryset(Titles)()
    made.model = Book
    show(made.short().count(), made.mine(), hasattr(made, "_private"), hasattr(made, "only_here"), type(made).__name__)
    manager = Titles.as_manager()
    manager.model = Book
    show(manager.short().count(), Book._default_manager.cheap().count(), type(Book.objects).__name__, Book.objects.db, type(Book._base_manager).__name__)
    show.fails(lambda: Book().objects)


def async_rows(show, request):
    async def work():
        names = [author.name async for author in Author.objects.all()]
        book = await Book.objects.aget(title="Alpha")
        made = await Author.objects.acreate(name="Async")
        first, count = await Book.objects.afirst(), await Book.objects.acount()
        found, is_new = await Author.objects.aget_or_create(name="Async")
        parts = [book.title async for book in Book.objects.aiterator(chunk_size=2)]
        await made.adelete()
        book.pages = 7
        await book.asave()
        await book.arefresh_from_db()
        return names, first.title, count, found == made, is_new, parts, await Author.objects.filter(name="Async").aexists(), book.pages, [a.name async for a in book.authors.all()], await book.authors.acount()

    show(asyncio.run(work()))


def signals(show, request):
    told = []
    done = Signal()

    @receiver(done, dispatch_uid="one")
    def hear(sender, **kwargs):
        told.append(sorted(kwargs))
        return 1

    done.connect(lambda **kwargs: 1 / 0, weak=False, sender="other")
    show(len(done.send("me", a=1)), done.has_listeners("me"), [type(found).__name__ for _, found in done.send_robust("other")], told)
    show(done.disconnect(hear), done.disconnect(dispatch_uid="one"), done.disconnect(dispatch_uid="one"))

    def saved(sender, instance, **kwargs):
        told.append((sender.__name__, str(instance), kwargs.get("created"), kwargs.get("action")))

    for signal in (pre_save, post_save, post_delete):
        signal.connect(saved, sender=Author)
    m2m_changed.connect(saved, sender=Book.authors.through)
    told.clear()
    author = Author.objects.create(name="Sig")
    Book.objects.first().authors.add(author)
    author.save(update_fields=["name"])
    author.delete()
    for signal in (pre_save, post_save, post_delete):
        signal.disconnect(saved, sender=Author)
    m2m_changed.disconnect(saved, sender=Book.authors.through)
    show(told)
