"""Primary keys: of one column and of several."""

from django.db import models
from django.db.models import CheckConstraint, Q


class ByItself(models.Model):
    title = models.CharField(max_length=20)


class Auto(models.Model):
    id = models.AutoField(primary_key=True)


class SmallAuto(models.Model):
    number = models.SmallAutoField(
        "number", primary_key=True, db_column="nr", help_text="Counts up."
    )


class BigAuto(models.Model):
    id = models.BigAutoField(primary_key=True, editable=False)


class RefersToKeys(models.Model):
    by_itself = models.ForeignKey(ByItself, models.CASCADE)
    auto = models.ForeignKey(Auto, models.CASCADE)
    small_auto = models.ForeignKey(SmallAuto, models.CASCADE)
    big_auto = models.OneToOneField(BigAuto, models.CASCADE)


class Invoice(models.Model):
    pk = models.CompositePrimaryKey("tenant", "number")
    tenant = models.ForeignKey(ByItself, models.CASCADE)
    number = models.IntegerField()
    title = models.CharField(max_length=20, unique=True)


class Line(models.Model):
    pk = models.CompositePrimaryKey("invoice", "number", verbose_name="key")
    invoice = models.IntegerField(db_column="invoice_number", db_index=True)
    number = models.IntegerField()

    class Meta:
        constraints = [CheckConstraint(name="line_positive", condition=Q(number__gt=0))]
