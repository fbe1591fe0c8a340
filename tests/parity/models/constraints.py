"""What the rows of a table keep to: every lookup, and what combines them."""

import datetime
import uuid
from decimal import Decimal

from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint
from django.db.models.functions import Lower


def check(name, condition):
    return CheckConstraint(name=name, condition=condition)


class Booking(models.Model):
    start = models.DateTimeField()
    end = models.DateTimeField()
    day = models.DateField(null=True, db_column="the_day")
    at = models.TimeField()
    takes = models.DurationField()
    seats = models.IntegerField()
    limit = models.IntegerField()
    price = models.DecimalField(max_digits=8, decimal_places=2)
    code = models.CharField(max_length=20)
    note = models.TextField(null=True)
    is_paid = models.BooleanField()
    is_void = models.BooleanField()
    token = models.UUIDField()
    parent = models.ForeignKey("self", models.CASCADE, null=True)

    class Meta:
        constraints = [
            check("end_after_start", Q(end__gt=F("start"))),
            check("price_not_negative", Q(price__gte=0)),
            check("sorted_keys", Q(seats__lte=9, price__lt=Decimal("99.50"), code="a")),
            check("any_of", Q(seats=1) | Q(seats__gt=2, price__gt=5)),
            check("any_of_any", Q(seats=1) | Q(seats=2) | Q(seats=3)),
            check("none_of", ~(Q(seats=1) | Q(note="x"))),
            check("not_both", ~Q(seats=1, note="x")),
            check("not_alone", ~Q(note="x")),
            check("not_not", ~(~Q(note="x") | Q(seats=1))),
            check("not_null_alone", ~Q(note__isnull=True)),
            check("not_other_column", ~Q(code=F("note"))),
            check("combined_first", Q(~Q(seats=2), Q(seats=3) | Q(seats=4), seats=1)),
            check("all_of", Q(seats=1) & Q(seats__gt=0)),
            check("flags", Q(is_paid=True, is_void=False)),
            check("flag_alone", Q(is_paid__exact=True)),
            check("flag_in", Q(is_paid__in=[True, False])),
            check("nulls", Q(note__isnull=True) | Q(code__isnull=False)),
            check("between", Q(seats__range=(1, 10))),
            check("between_fields", Q(seats__range=(1, F("limit")))),
            check("listed", Q(seats__in=[1, 2, 2, 3])),
            check("listed_text", Q(code__in=["a", "it's"])),
            check("listed_fields", Q(seats__in=[1, F("limit")])),
            check("same_letters", Q(code__iexact="a_b")),
            check("within", Q(code__contains="50%_\\")),
            check("within_any_case", Q(code__icontains="x")),
            check("begins", Q(code__startswith="x")),
            check("begins_any_case", Q(code__istartswith="x")),
            check("finishes", Q(code__endswith="x")),
            check("finishes_any_case", Q(code__iendswith="x")),
            check("within_field", Q(code__contains=F("note"))),
            check("within_field_any_case", Q(code__icontains=F("note"))),
            check("begins_field", Q(code__startswith=F("note"))),
            check("begins_field_any_case", Q(code__istartswith=F("note"))),
            check("finishes_field", Q(code__endswith=F("note"))),
            check("finishes_field_any_case", Q(code__iendswith=F("note"))),
            check("same_letters_field", Q(code__iexact=F("note"))),
            check("matches", Q(code__regex="^[a'-z%]")),
            check("matches_any_case", Q(code__iregex="x$")),
            check("matches_field", Q(code__regex=F("note"))),
            check("matches_field_any_case", ~Q(code__iregex=F("note"))),
            check(
                "since",
                Q(start__gte=datetime.datetime(2026, 1, 31, 12, tzinfo=datetime.timezone.utc)),
            ),
            check("on_day", Q(day=datetime.date(2026, 1, 31), at__lt=datetime.time(12, 30))),
            check("token", Q(token=uuid.UUID("12345678-1234-5678-1234-567812345678"))),
            check("takes_long", Q(takes__gt=datetime.timedelta(seconds=60))),
            check("of_parent", Q(parent=3, parent__isnull=False)),
            check("by_key", Q(pk__gt=0)),
            check("sum", Q(seats__lt=F("limit") + 2)),
            check("product", Q(price__lt=F("price") * 2)),
            check("computed", Q(code=Lower("code"))),
            UniqueConstraint(name="both_unique", fields=["code", "day"]),
            UniqueConstraint(
                name="unique_in_parent",
                fields=["parent", "code"],
                violation_error_message="Taken.",
                violation_error_code="taken",
            ),
            UniqueConstraint(name="unique_where", fields=["code"], condition=Q(is_void=False)),
            UniqueConstraint(
                name="unique_where_two",
                fields=["code", "seats"],
                condition=Q(~Q(note="x"), price__gt=0),
            ),
            UniqueConstraint(Lower("code"), name="unique_lower"),
            UniqueConstraint(
                Lower("code"),
                F("day").desc(),
                "seats",
                name="unique_lower_where",
                condition=Q(day__isnull=False),
            ),
        ]
