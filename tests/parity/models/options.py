"""Options of models, and what models take over from abstract ones."""

from django.db import models
from django.db.models import CheckConstraint, Index, Q


class Stamped(models.Model):
    made = models.DateTimeField(auto_now_add=True)
    rank = models.IntegerField()
    owner = models.ForeignKey(
        "auth.User", models.CASCADE, related_name="%(app_label)s_%(class)s_owned"
    )

    class Meta:
        abstract = True
        ordering = ["-made"]
        indexes = [Index(name="%(class)s_made", fields=["made"])]
        constraints = [
            CheckConstraint(name="%(app_label)s_%(class)s_rank", condition=Q(rank__gte=1))
        ]


class Named(models.Model):
    name = models.CharField(max_length=20)

    class Meta:
        abstract = True


class Note(Stamped, Named):
    text = models.TextField()
    above = models.ForeignKey("self", models.CASCADE, null=True)


class Letter(Stamped):
    rank = models.SmallIntegerField(default=1)

    class Meta(Stamped.Meta):
        ordering = ["rank"]
        indexes = []


class Everything(models.Model):
    title = models.CharField(max_length=20, unique_for_date="day")
    label = models.CharField(max_length=20, unique_for_month="day", unique_for_year="day")
    day = models.DateField()
    near = models.ManyToManyField("self")

    class Meta:
        db_table = "all of it"
        db_table_comment = "for others"
        ordering = ["-day", "title"]
        get_latest_by = "day"
        verbose_name = "thing"
        verbose_name_plural = "things"
        default_related_name = "things"
        default_permissions = ["add", "view"]
        permissions = [("burn_everything", "Can burn it")]

    def __str__(self):
        return self.title


class Elsewhere(models.Model):
    title = models.CharField(max_length=20)
    day = models.DateField()

    class Meta:
        managed = False
        get_latest_by = ["day", "-title"]


class RefersElsewhere(models.Model):
    elsewhere = models.ForeignKey(Elsewhere, models.DO_NOTHING, db_constraint=False)
