"""Topic guide: aggregation."""

import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Avg, Count, F, FloatField, Max, Min, Q, StdDev, Sum, Variance
from django.db.models.functions import Coalesce, ExtractMonth, Length, TruncMonth
from django.utils import timezone

from shop.models import Author, Book, Store


def names_of_aggregates(show, request):
    show(Book.objects.aggregate(Count("id"), Max("price")), Book.objects.aggregate(Avg("price"), least=Min("price")))
    show(list(Book.objects.aggregate(Sum("pages"), z=Max("pages"), a=Min("pages"))))
    show(Book.objects.values("title").annotate(Count("authors"), most=Max("pages")).order_by("title").first())
    show.fails(lambda: Book.objects.order_by().values("kind").annotate(Count("pk")).first())
    show.fails(Book.objects.aggregate, Count("id") + 1)
    show.fails(Book.objects.annotate, Count("authors"), authors__count=Count("stores"))
    show.fails(Book.objects.aggregate, pages=F("pages"))


def sums(show, request):
    show(Book.objects.aggregate(average=Avg("price"), by=Avg("price", default=1), total=Sum(F("price") * F("pages"))))
    show(Book.objects.aggregate(difference=Max("price", output_field=FloatField()) - Avg("price", output_field=FloatField())))
    show(Book.objects.filter(pages=0).aggregate(Sum("pages"), n=Sum("pages", default=0), c=Count("*")))
    show(Book.objects.aggregate(Avg("rating"), Count("rating"), distinct=Count("kind", distinct=True), some=Count("pk", filter=Q(price__gt=8))))
    found = Book.objects.aggregate(StdDev("pages"), Variance("pages", sample=True))
    show({name: round(value, 6) for name, value in found.items()})


def annotations(show, request):
    show([(book.title, book.n) for book in Book.objects.annotate(n=Count("authors")).order_by("-n", "title")])
    both = Book.objects.annotate(authors_=Count("authors", distinct=True), stores_=Count("stores", distinct=True))
    show([(book.authors_, book.stores_) for book in both])
    show(list(Store.objects.annotate(low=Min("books__price"), high=Max("books__price")).values_list("name", "low", "high").order_by("name")))
    show(list(Author.objects.annotate(n=Count("books")).filter(n__gt=1).values_list("name", flat=True)))
    show(Author.objects.annotate(n=Count("books")).aggregate(Avg("n"), Sum("n")))
    above = Count("books", filter=Q(books__price__gt=10))
    show(list(Author.objects.annotate(above=above, below=Count("books", filter=Q(books__price__lte=10))).values("name", "above", "below")))


def values_and_order(show, request):
    show(list(Book.objects.values("kind").annotate(n=Count("id"), average=Avg("pages")).order_by("kind")))
    show(list(Book.objects.order_by().values("kind").annotate(Sum("pages")).order_by("-pages__sum")))
    show(list(Book.objects.annotate(letters=Length("title")).values_list("letters").annotate(Count("pk")).order_by("letters")))
    show(list(Book.objects.annotate(month=TruncMonth("sold")).values("month").annotate(n=Count("id")).order_by("month"))[0])
    show(list(Book.objects.annotate(m=ExtractMonth("sold")).values_list("m", flat=True).order_by("pk")))
    show(list(Book.objects.filter(authors__name="Ann").annotate(n=Count("authors")).values_list("title", "n")))
    show(list(Book.objects.annotate(n=Count("authors")).filter(authors__name="Ann").values_list("title", "n")))
    show(Book.objects.alias(n=Count("authors")).filter(n=0).count(), Book.objects.annotate(total=Coalesce("rating", 0.0) + F("pages")).order_by("total").last().total)


def moments(show, request):
    show(list(Book.objects.datetimes("sold", "month")), list(Book.objects.datetimes("sold", "day", order="DESC"))[:1])
    with timezone.override("America/New_York"):
        show(list(Book.objects.datetimes("sold", "day"))[0], Book.objects.datetimes("sold", "hour").last())
    show(list(Book.objects.datetimes("sold", "year", tzinfo=ZoneInfo("Asia/Tokyo"))), list(Book.objects.dates("day", "month"))[:2])
    show(Book.objects.filter(sold__date=datetime.date(2024, 1, 2)).count(), Book.objects.filter(sold__month=1).count())
    show.fails(lambda: list(Book.objects.datetimes("title", "day")))
    show.fails(lambda: list(Book.objects.dates("day", "hour")))
