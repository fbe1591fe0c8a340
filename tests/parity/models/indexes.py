"""Indexes over fields and expressions; sets of fields that are unique together."""

from django.db import models
from django.db.models import F, Index, Q
from django.db.models.functions import Abs, Collate, Lower, Upper


class Article(models.Model):
    title = models.CharField(max_length=100, db_column="headline")
    day = models.DateField()
    author = models.ForeignKey("auth.User", models.CASCADE)
    is_public = models.BooleanField(default=False)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    words = models.IntegerField()
    pages = models.PositiveIntegerField()

    class Meta:
        unique_together = [["title", "day"]]
        indexes = [
            Index(fields=["title"]),
            Index(fields=["-day", "title"]),
            Index(name="by_author", fields=["author", "-day"]),
            Index(name="published", fields=["day"], condition=Q(is_public=True)),
            Index(
                name="dear",
                fields=["-price"],
                condition=Q(price__gt=100) | Q(title__in=["a", "b"]),
            ),
            Index(Lower("title"), name="lower_title"),
            Index(Lower("title").desc(), "day", name="lower_title_down"),
            Index(F("title").asc(), Upper("title"), name="title_up"),
            Index(Collate("title", "nocase"), name="title_collated"),
            Index(Collate(Lower("title"), "nocase").desc(), name="title_collated_down"),
            Index(F("price") * 2, Abs("price"), name="price_twice"),
            Index(F("words") + F("pages"), name="sum_where", condition=Q(words__gt=0)),
        ]


class AnExceptionallyLongNameOfAModel(models.Model):
    an_exceptionally_long_name_of_a_field = models.IntegerField(db_index=True)
    another_exceptionally_long_name_of_a_field = models.IntegerField()

    class Meta:
        unique_together = [
            "an_exceptionally_long_name_of_a_field",
            "another_exceptionally_long_name_of_a_field",
        ]
        indexes = [Index(fields=["an_exceptionally_long_name_of_a_field"])]
        db_table = (
            "9_a_table_with_a_name_so_long_that_every_name_made_from_it_has_to_be_cut"
            "_in_the_middle_so_that_it_is_no_longer_than_two_hundred"
        )
