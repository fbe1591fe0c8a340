"""The rows that the cases begin with."""

import datetime
from decimal import Decimal

from shop.models import Acquaintance, Author, Book, Person, Stock, Store, Tag


def fill():
    for model in (Acquaintance, Tag, Stock, Store, Book, Author, Person):
        model.objects.all().delete()
    ann, bea, cid = (Author.objects.create(name=name) for name in ("Ann", "Bea O'Neil", "Cid"))
    rows = [
        ("Alpha", "5.00", 4.5, 100, "NO", [ann]),
        ("Beta & <b>", "12.50", 3.0, 250, "ES", [ann, bea]),
        ("Gamma", "30.00", None, 400, "NO", [bea]),
        ("Delta", "8.25", 4.0, 90, "ES", []),
    ]
    for number, (title, price, rating, pages, kind, authors) in enumerate(rows):
        sold = datetime.datetime(2024, 1 + number, 1, 23, 30, tzinfo=datetime.timezone.utc)
        book = Book.objects.create(
            title=title, price=Decimal(price), rating=rating, pages=pages, kind=kind, sold=sold, day=sold.date()
        )
        book.authors.set(authors)
    city, sea = Store.objects.create(name="City"), Store.objects.create(name="Sea")
    for store, title, count in ((city, "Alpha", 3), (city, "Gamma", 1), (sea, "Alpha", 5)):
        Stock.objects.create(store=store, book=Book.objects.get(title=title), count=count)
