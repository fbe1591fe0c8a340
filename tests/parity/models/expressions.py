"""Columns the database computes, and defaults it gives: every function and operator."""

from django.db import models
from django.db.models import Case, F, GeneratedField, Q, Value, When
from django.db.models.functions import (
    Abs,
    Cast,
    Coalesce,
    Collate,
    Concat,
    Greatest,
    Least,
    Left,
    Length,
    Lower,
    LTrim,
    Now,
    NullIf,
    Replace,
    Round,
    RTrim,
    Substr,
    Trim,
    Upper,
)


def generated(expression, output_field, db_persist=True, **options):
    return GeneratedField(
        expression=expression, output_field=output_field, db_persist=db_persist, **options
    )


def text(max_length=50, **options):
    return models.CharField(max_length=max_length, **options)


def decimal(max_digits=8, decimal_places=2):
    return models.DecimalField(max_digits=max_digits, decimal_places=decimal_places)


class Product(models.Model):
    name = text()
    note = models.TextField(null=True)
    price = decimal()
    weight = models.FloatField()
    count = models.IntegerField(db_column="amount")
    left_over = models.PositiveIntegerField()
    day = models.DateField()
    moment = models.DateTimeField()
    is_new = models.BooleanField()
    lower = generated(Lower("name"), text())
    upper = generated(Upper("name"), models.TextField(), db_persist=False)
    distinct_values = generated(Trim("name"), text(db_collation="nocase"), unique=True)
    indexed = generated(LTrim(RTrim("name")), text(), db_index=True, db_column="trimmed")
    length = generated(
        Length("name"),
        models.PositiveIntegerField(),
        verbose_name="the length",
        help_text="In letters.",
    )
    initial = generated(Left("name", 1), text(1), null=True)
    part = generated(Substr("name", 2, 3), text(3))
    rest = generated(Substr("name", 2), text())
    replaced = generated(Replace("name", Value("a"), Value("it's")), text())
    removed = generated(Replace("name", Value("a")), text())
    joined = generated(Concat("name", Value(": "), "note"), models.TextField())
    first = generated(Coalesce("note", "name"), models.TextField())
    no_zero = generated(NullIf("count", 0), models.IntegerField())
    most = generated(Greatest("count", "left_over"), models.IntegerField())
    least = generated(Least("count", 3), models.IntegerField())
    size = generated(Abs("count"), models.IntegerField())
    size_of_price = generated(Abs("price"), decimal())
    round = generated(Round("weight"), models.FloatField())
    round_to = generated(Round("price", 1), decimal(8, 1))
    sum = generated(F("count") + F("left_over") + 1, models.IntegerField())
    difference = generated(F("count") - (F("left_over") + 1), models.IntegerField())
    total = generated(F("price") * F("count"), decimal(12, 2))
    each = generated(F("weight") / 2.5, models.FloatField())
    remainder = generated(F("count") % 7, models.IntegerField())
    as_number = generated(Cast("name", models.IntegerField()), models.IntegerField())
    as_text = generated(Cast("count", text(9)), text(9))
    as_day = generated(Cast("moment", models.DateField()), models.DateField())
    as_moment = generated(Cast("day", models.DateTimeField()), models.DateTimeField())
    as_time = generated(Cast("moment", models.TimeField()), models.TimeField())
    collated = generated(Collate("name", "nocase"), text())
    band = generated(
        Case(
            When(price__gte=100, then=Value("dear")),
            When(count=0, is_new=True, then="name"),
            default=Value("cheap"),
        ),
        text(),
    )
    bonus = generated(Case(When(~Q(note="x"), then="price")), decimal())
    is_dear = generated(
        Q(Q(is_new=True) | Q(count__gt=5), price__gt=100), models.BooleanField()
    )
    fixed = generated(Value(3), models.IntegerField())


class Defaults(models.Model):
    now = models.DateTimeField(db_default=Now())
    text = models.CharField(max_length=20, db_default=Lower(Value("ABC")))
    number = models.IntegerField(db_default=Value(1) + Value(2))
    price = models.DecimalField(max_digits=8, decimal_places=2, db_default=Round(1.25, 1))
    case = models.IntegerField(db_default=Coalesce(1, 2), default=4)
