"""Topic guides: conditional expressions, search, expressions, transactions."""

from decimal import Decimal

from django.db import IntegrityError, connection, transaction
from django.db.models import Avg, BooleanField, Case, CharField, Count, Exists, ExpressionWrapper, F, Max, OuterRef, Q, Subquery, Sum, Value, When, Window
from django.db.models.functions import Cast, Concat, Greatest, Lower, Now, NullIf, Rank, RowNumber, Substr, Upper

from shop.models import Author, Book, Stock


def cases(show, request):
    kind = Case(When(price__lt=8, then=Value("cheap")), When(Q(price__lt=20) & Q(pages__gt=100), then=Value("fair")), default=Value("dear"))
    show(list(Book.objects.annotate(level=kind).values_list("title", "level")))
    show(Book.objects.annotate(level=kind).filter(level="dear").count(), list(Book.objects.order_by(Case(When(title="Gamma", then=0), default=1), "-price").values_list("title", flat=True)))
    show(Book.objects.update(kind=Case(When(pages__gt=200, then=Value("LO")), default=F("kind"))), list(Book.objects.values_list("kind", flat=True)))
    show(Book.objects.aggregate(long=Count("pk", filter=Q(kind="LO")), short=Sum(Case(When(pages__lt=200, then=1), default=0))))
    show(list(Book.objects.annotate(is_long=ExpressionWrapper(Q(pages__gt=200), output_field=BooleanField())).values_list("is_long", flat=True)))
    show.fails(When, then=1)
    show.fails(When, Q())
    show.fails(Case, 1)


def subqueries(show, request):
    newest = Stock.objects.filter(book=OuterRef("pk")).order_by("-count")
    show(list(Book.objects.annotate(most=Subquery(newest.values("count")[:1])).values_list("title", "most")))
    show(list(Book.objects.filter(Exists(newest)).values_list("title", flat=True)), Book.objects.filter(~Exists(newest)).count())
    total = Stock.objects.filter(book=OuterRef("pk")).order_by().values("book").annotate(t=Sum("count")).values("t")
    show(list(Book.objects.annotate(t=Subquery(total)).filter(t__gt=0).order_by("-t").values_list("title", "t")))
    show(Book.objects.filter(pk__in=Stock.objects.filter(count__gt=2).values("book")).count(), Book.objects.filter(price__gt=Book.objects.aggregate(a=Avg("price"))["a"]).count())


def expressions(show, request):
    show(Book.objects.update(pages=F("pages") * 2 + 1), list(Book.objects.values_list("pages", flat=True)))
    book = Book.objects.get(title="Alpha")
    book.pages = F("pages") - 1
    book.save()
    book.refresh_from_db()
    show(book.pages, list(Book.objects.annotate(x=Concat("title", Value(": "), Cast("pages", CharField()))).values_list("x", flat=True))[0])
    show(list(Book.objects.annotate(low=Lower("title")).filter(low__contains="a").values_list("low", flat=True)), Book.objects.annotate(up=Upper(Substr("title", 1, 2))).first().up)
    show(list(Book.objects.order_by(F("rating").desc(nulls_last=True)).values_list("title", flat=True)), list(Book.objects.order_by(F("rating").asc(nulls_first=True)).values_list("rating", flat=True)))
    show(list(Book.objects.annotate(g=Greatest("pages", Value(300)), n=NullIf("kind", Value("ES"))).values_list("g", "n")))
    show(Book.objects.filter(sold__lt=Now()).count(), Book.objects.filter(pages__gt=F("price") * 20).count(), Book.objects.filter(Q(title__istartswith="a") ^ Q(pages__gt=1000)).count())
    rows = Book.objects.annotate(rank=Window(Rank(), partition_by="kind", order_by="-price"), n=Window(RowNumber(), order_by="title"), top=Window(Max("price"), partition_by=F("kind")))
    show(list(rows.values_list("title", "rank", "n", "top").order_by("title")))


def transactions(show, request):
    seen = []
    try:
        with transaction.atomic():
            Author.objects.create(name="Gone")
            transaction.on_commit(lambda: seen.append("never"))
            with transaction.atomic():
                Author.objects.create(name="Inner")
            raise ValueError
    except ValueError:
        seen.append(Author.objects.filter(name__in=["Gone", "Inner"]).count())
    with transaction.atomic():
        point = transaction.savepoint()
        Author.objects.create(name="Point")
        transaction.savepoint_rollback(point)
        transaction.on_commit(lambda: seen.append("done"), robust=True)
        seen.append(connection.in_atomic_block)
    show(seen, Author.objects.filter(name="Point").exists(), transaction.get_autocommit())
    show.fails(lambda: Book.objects.select_for_update().get(title="nothing"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT title, pages FROM shop_book WHERE pages > %s ORDER BY title", [90])
        show(cursor.fetchone(), [column[0] for column in cursor.description], cursor.fetchmany(1), len(cursor.fetchall()))
    show([book.title for book in Book.objects.raw("SELECT * FROM shop_book WHERE kind = %s ORDER BY id", ["NO"])])


def changes(show, request):
    show(Book.objects.bulk_create([Book(title="B1", price=1), Book(title="B2", price=2)])[1].title, Book.objects.filter(title__startswith="B").count())
    book, made = Book.objects.get_or_create(title="B1", defaults={"price": 5})
    show(made, book.price, Book.objects.update_or_create(title="B3", defaults={"price": 4}, create_defaults={"price": 3})[0].price)
    books = list(Book.objects.filter(title__in=["B1", "B2"]))
    for book in books:
        book.pages += 5
    show(Book.objects.bulk_update(books, ["pages"]), sorted(Book.objects.in_bulk(["B1"], field_name="title")) if False else "", Book.objects.filter(pages=105).count())
    show(Book.objects.filter(title__startswith="B").delete()[0], Book.objects.earliest("sold").title, Book.objects.latest("sold", "pk").title)
    show(Book.objects.filter(title="x").first(), Book.objects.exclude(rating=None).last().title, Book.objects.only("title").get(title="Alpha").get_deferred_fields() > {"price"})
    show(str(show.fails(Book.objects.get, pages__gt=1)), str(show.fails(Book.objects.get, title="none")), Book.objects.none().count(), Book.objects.contains(Book.objects.first()))
