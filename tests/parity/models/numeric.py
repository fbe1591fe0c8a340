"""Numbers of every size, with every option."""

from decimal import Decimal

from django.core import validators
from django.db import models


class OfInteger(models.Model):
    plain = models.IntegerField()
    nullable = models.IntegerField(null=True, blank=True)
    with_default = models.IntegerField(default=1)
    with_db_default = models.IntegerField(db_default=7)
    nullable_with_db_default = models.IntegerField(null=True, db_default=7)
    with_choices = models.IntegerField(choices=[(1, "One"), (2, "Two")])
    distinct_values = models.IntegerField(unique=True)
    indexed = models.IntegerField(db_index=True)
    not_indexed = models.IntegerField(db_index=False)
    other_column = models.IntegerField(db_column="Other Column")
    described = models.IntegerField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.IntegerField(editable=False, error_messages={"null": "Say it."})
    validated = models.IntegerField(validators=[validators.MinValueValidator(1), validators.MaxValueValidator(9)])


class KeyOfInteger(models.Model):
    code = models.IntegerField(primary_key=True)


class RefersToInteger(models.Model):
    to = models.ForeignKey(KeyOfInteger, on_delete=models.CASCADE)


class OfSmallInteger(models.Model):
    plain = models.SmallIntegerField()
    nullable = models.SmallIntegerField(null=True, blank=True)
    with_default = models.SmallIntegerField(default=1)
    with_db_default = models.SmallIntegerField(db_default=7)
    nullable_with_db_default = models.SmallIntegerField(null=True, db_default=7)
    with_choices = models.SmallIntegerField(choices=[(1, "One"), (2, "Two")])
    distinct_values = models.SmallIntegerField(unique=True)
    indexed = models.SmallIntegerField(db_index=True)
    not_indexed = models.SmallIntegerField(db_index=False)
    other_column = models.SmallIntegerField(db_column="Other Column")
    described = models.SmallIntegerField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.SmallIntegerField(editable=False, error_messages={"null": "Say it."})
    validated = models.SmallIntegerField(validators=[validators.MinValueValidator(1), validators.MaxValueValidator(9)])


class KeyOfSmallInteger(models.Model):
    code = models.SmallIntegerField(primary_key=True)


class RefersToSmallInteger(models.Model):
    to = models.ForeignKey(KeyOfSmallInteger, on_delete=models.CASCADE)


class OfBigInteger(models.Model):
    plain = models.BigIntegerField()
    nullable = models.BigIntegerField(null=True, blank=True)
    with_default = models.BigIntegerField(default=1)
    with_db_default = models.BigIntegerField(db_default=7)
    nullable_with_db_default = models.BigIntegerField(null=True, db_default=7)
    with_choices = models.BigIntegerField(choices=[(1, "One"), (2, "Two")])
    distinct_values = models.BigIntegerField(unique=True)
    indexed = models.BigIntegerField(db_index=True)
    not_indexed = models.BigIntegerField(db_index=False)
    other_column = models.BigIntegerField(db_column="Other Column")
    described = models.BigIntegerField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.BigIntegerField(editable=False, error_messages={"null": "Say it."})
    validated = models.BigIntegerField(validators=[validators.MinValueValidator(1), validators.MaxValueValidator(9)])


class KeyOfBigInteger(models.Model):
    code = models.BigIntegerField(primary_key=True)


class RefersToBigInteger(models.Model):
    to = models.ForeignKey(KeyOfBigInteger, on_delete=models.CASCADE)


class OfPositiveInteger(models.Model):
    plain = models.PositiveIntegerField()
    nullable = models.PositiveIntegerField(null=True, blank=True)
    with_default = models.PositiveIntegerField(default=1)
    with_db_default = models.PositiveIntegerField(db_default=7)
    nullable_with_db_default = models.PositiveIntegerField(null=True, db_default=7)
    with_choices = models.PositiveIntegerField(choices=[(1, "One"), (2, "Two")])
    distinct_values = models.PositiveIntegerField(unique=True)
    indexed = models.PositiveIntegerField(db_index=True)
    not_indexed = models.PositiveIntegerField(db_index=False)
    other_column = models.PositiveIntegerField(db_column="Other Column")
    described = models.PositiveIntegerField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.PositiveIntegerField(editable=False, error_messages={"null": "Say it."})
    validated = models.PositiveIntegerField(validators=[validators.MinValueValidator(1), validators.MaxValueValidator(9)])


class KeyOfPositiveInteger(models.Model):
    code = models.PositiveIntegerField(primary_key=True)


class RefersToPositiveInteger(models.Model):
    to = models.ForeignKey(KeyOfPositiveInteger, on_delete=models.CASCADE)


class OfPositiveSmallInteger(models.Model):
    plain = models.PositiveSmallIntegerField()
    nullable = models.PositiveSmallIntegerField(null=True, blank=True)
    with_default = models.PositiveSmallIntegerField(default=1)
    with_db_default = models.PositiveSmallIntegerField(db_default=7)
    nullable_with_db_default = models.PositiveSmallIntegerField(null=True, db_default=7)
    with_choices = models.PositiveSmallIntegerField(choices=[(1, "One"), (2, "Two")])
    distinct_values = models.PositiveSmallIntegerField(unique=True)
    indexed = models.PositiveSmallIntegerField(db_index=True)
    not_indexed = models.PositiveSmallIntegerField(db_index=False)
    other_column = models.PositiveSmallIntegerField(db_column="Other Column")
    described = models.PositiveSmallIntegerField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.PositiveSmallIntegerField(editable=False, error_messages={"null": "Say it."})
    validated = models.PositiveSmallIntegerField(validators=[validators.MinValueValidator(1), validators.MaxValueValidator(9)])


class KeyOfPositiveSmallInteger(models.Model):
    code = models.PositiveSmallIntegerField(primary_key=True)


class RefersToPositiveSmallInteger(models.Model):
    to = models.ForeignKey(KeyOfPositiveSmallInteger, on_delete=models.CASCADE)


class OfPositiveBigInteger(models.Model):
    plain = models.PositiveBigIntegerField()
    nullable = models.PositiveBigIntegerField(null=True, blank=True)
    with_default = models.PositiveBigIntegerField(default=1)
    with_db_default = models.PositiveBigIntegerField(db_default=7)
    nullable_with_db_default = models.PositiveBigIntegerField(null=True, db_default=7)
    with_choices = models.PositiveBigIntegerField(choices=[(1, "One"), (2, "Two")])
    distinct_values = models.PositiveBigIntegerField(unique=True)
    indexed = models.PositiveBigIntegerField(db_index=True)
    not_indexed = models.PositiveBigIntegerField(db_index=False)
    other_column = models.PositiveBigIntegerField(db_column="Other Column")
    described = models.PositiveBigIntegerField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.PositiveBigIntegerField(editable=False, error_messages={"null": "Say it."})
    validated = models.PositiveBigIntegerField(validators=[validators.MinValueValidator(1), validators.MaxValueValidator(9)])


class KeyOfPositiveBigInteger(models.Model):
    code = models.PositiveBigIntegerField(primary_key=True)


class RefersToPositiveBigInteger(models.Model):
    to = models.ForeignKey(KeyOfPositiveBigInteger, on_delete=models.CASCADE)


class OfFloat(models.Model):
    plain = models.FloatField()
    nullable = models.FloatField(null=True, blank=True)
    with_default = models.FloatField(default=1.5)
    with_db_default = models.FloatField(db_default=-0.25)
    nullable_with_db_default = models.FloatField(null=True, db_default=-0.25)
    distinct_values = models.FloatField(unique=True)
    indexed = models.FloatField(db_index=True)
    not_indexed = models.FloatField(db_index=False)
    other_column = models.FloatField(db_column="Other Column")
    described = models.FloatField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.FloatField(editable=False, error_messages={"null": "Say it."})
    validated = models.FloatField(validators=[validators.MinValueValidator(1), validators.MaxValueValidator(9)])


class KeyOfFloat(models.Model):
    code = models.FloatField(primary_key=True)


class RefersToFloat(models.Model):
    to = models.ForeignKey(KeyOfFloat, on_delete=models.CASCADE)


class OfDecimal(models.Model):
    plain = models.DecimalField(max_digits=8, decimal_places=2)
    nullable = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    with_default = models.DecimalField(max_digits=8, decimal_places=2, default=Decimal("1.5"))
    with_db_default = models.DecimalField(max_digits=8, decimal_places=2, db_default=Decimal("2.50"))
    nullable_with_db_default = models.DecimalField(max_digits=8, decimal_places=2, null=True, db_default=Decimal("2.50"))
    distinct_values = models.DecimalField(max_digits=8, decimal_places=2, unique=True)
    indexed = models.DecimalField(max_digits=8, decimal_places=2, db_index=True)
    not_indexed = models.DecimalField(max_digits=8, decimal_places=2, db_index=False)
    other_column = models.DecimalField(max_digits=8, decimal_places=2, db_column="Other Column")
    described = models.DecimalField(max_digits=8, decimal_places=2, verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.DecimalField(max_digits=8, decimal_places=2, editable=False, error_messages={"null": "Say it."})
    validated = models.DecimalField(max_digits=8, decimal_places=2, validators=[validators.DecimalValidator(5, 1), validators.StepValueValidator(2)])
    with_decimal_places = models.DecimalField(max_digits=8, decimal_places=0)


class KeyOfDecimal(models.Model):
    code = models.DecimalField(max_digits=8, decimal_places=2, primary_key=True)


class RefersToDecimal(models.Model):
    to = models.ForeignKey(KeyOfDecimal, on_delete=models.CASCADE)


class OfBoolean(models.Model):
    plain = models.BooleanField()
    nullable = models.BooleanField(null=True, blank=True)
    with_default = models.BooleanField(default=True)
    with_db_default = models.BooleanField(db_default=False)
    nullable_with_db_default = models.BooleanField(null=True, db_default=False)
    distinct_values = models.BooleanField(unique=True)
    indexed = models.BooleanField(db_index=True)
    not_indexed = models.BooleanField(db_index=False)
    other_column = models.BooleanField(db_column="Other Column")
    described = models.BooleanField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.BooleanField(editable=False, error_messages={"null": "Say it."})


class KeyOfBoolean(models.Model):
    code = models.BooleanField(primary_key=True)


class RefersToBoolean(models.Model):
    to = models.ForeignKey(KeyOfBoolean, on_delete=models.CASCADE)
