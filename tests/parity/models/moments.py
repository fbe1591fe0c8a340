"""Dates, times and durations, with every option."""

import datetime

from django.db import models
from django.db.models import functions
from django.utils import timezone


class OfDate(models.Model):
    plain = models.DateField()
    nullable = models.DateField(null=True, blank=True)
    with_default = models.DateField(default=datetime.date.today)
    with_db_default = models.DateField(db_default=datetime.date(2026, 1, 31))
    nullable_with_db_default = models.DateField(null=True, db_default=datetime.date(2026, 1, 31))
    distinct_values = models.DateField(unique=True)
    indexed = models.DateField(db_index=True)
    not_indexed = models.DateField(db_index=False)
    other_column = models.DateField(db_column="Other Column")
    described = models.DateField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.DateField(editable=False, error_messages={"null": "Say it."})
    with_auto_now = models.DateField(auto_now=True)
    with_auto_now_add = models.DateField(auto_now_add=True)


class KeyOfDate(models.Model):
    code = models.DateField(primary_key=True)


class RefersToDate(models.Model):
    to = models.ForeignKey(KeyOfDate, on_delete=models.CASCADE)


class OfDateTime(models.Model):
    plain = models.DateTimeField()
    nullable = models.DateTimeField(null=True, blank=True)
    with_default = models.DateTimeField(default=timezone.now)
    with_db_default = models.DateTimeField(db_default=functions.Now())
    nullable_with_db_default = models.DateTimeField(null=True, db_default=functions.Now())
    distinct_values = models.DateTimeField(unique=True)
    indexed = models.DateTimeField(db_index=True)
    not_indexed = models.DateTimeField(db_index=False)
    other_column = models.DateTimeField(db_column="Other Column")
    described = models.DateTimeField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.DateTimeField(editable=False, error_messages={"null": "Say it."})
    with_auto_now = models.DateTimeField(auto_now=True)
    with_auto_now_add = models.DateTimeField(auto_now_add=True)


class KeyOfDateTime(models.Model):
    code = models.DateTimeField(primary_key=True)


class RefersToDateTime(models.Model):
    to = models.ForeignKey(KeyOfDateTime, on_delete=models.CASCADE)


class OfTime(models.Model):
    plain = models.TimeField()
    nullable = models.TimeField(null=True, blank=True)
    with_default = models.TimeField(default=datetime.time(12, 30))
    with_db_default = models.TimeField(db_default=datetime.time(12, 30))
    nullable_with_db_default = models.TimeField(null=True, db_default=datetime.time(12, 30))
    distinct_values = models.TimeField(unique=True)
    indexed = models.TimeField(db_index=True)
    not_indexed = models.TimeField(db_index=False)
    other_column = models.TimeField(db_column="Other Column")
    described = models.TimeField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.TimeField(editable=False, error_messages={"null": "Say it."})
    with_auto_now = models.TimeField(auto_now=True)
    with_auto_now_add = models.TimeField(auto_now_add=True)


class KeyOfTime(models.Model):
    code = models.TimeField(primary_key=True)


class RefersToTime(models.Model):
    to = models.ForeignKey(KeyOfTime, on_delete=models.CASCADE)


class OfDuration(models.Model):
    plain = models.DurationField()
    nullable = models.DurationField(null=True, blank=True)
    with_default = models.DurationField(default=datetime.timedelta(seconds=60))
    with_db_default = models.DurationField(db_default=datetime.timedelta(seconds=90))
    nullable_with_db_default = models.DurationField(null=True, db_default=datetime.timedelta(seconds=90))
    distinct_values = models.DurationField(unique=True)
    indexed = models.DurationField(db_index=True)
    not_indexed = models.DurationField(db_index=False)
    other_column = models.DurationField(db_column="Other Column")
    described = models.DurationField(verbose_name="a name", help_text="What it is.", db_comment="for others")
    hidden = models.DurationField(editable=False, error_messages={"null": "Say it."})


class KeyOfDuration(models.Model):
    code = models.DurationField(primary_key=True)


class RefersToDuration(models.Model):
    to = models.ForeignKey(KeyOfDuration, on_delete=models.CASCADE)
