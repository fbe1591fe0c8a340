"""A row of every model of some apps: saved, read and deleted by Django; its rules are broken by `django_violations`."""

import datetime
import decimal
import itertools
import random
import uuid

from django.db import IntegrityError, connection, models, transaction
from django_violations import Violations, unchecked

NUMBERS = itertools.count(3)
DRAW = random.Random(7)


def value(field):
    """A value that the column takes, unlike all others."""
    number = next(NUMBERS)
    day = datetime.date(2026, 1, 1) + datetime.timedelta(days=number)
    moment = datetime.datetime(2026, 1, 1, 12, tzinfo=datetime.timezone.utc)
    if getattr(field, "width_field", None) or getattr(field, "height_field", None):
        return ""  # Django would open the image to measure it
    makers = [
        (models.BooleanField, lambda: DRAW.random() < 0.5),
        (models.UUIDField, uuid.uuid4),
        (models.JSONField, lambda: {"number": number, "list": [None, "å"]}),
        (models.BinaryField, lambda: bytes([0, number % 256, 255])),
        (models.DecimalField, lambda: decimal.Decimal(number).scaleb(-field.decimal_places)),
        (models.FloatField, lambda: number + 0.5),
        (models.IntegerField, lambda: number),
        (models.DateTimeField, lambda: moment + datetime.timedelta(days=number)),
        (models.DateField, lambda: day),
        (models.TimeField, lambda: datetime.time(12, number // 60 % 60, number % 60)),
        (models.DurationField, lambda: datetime.timedelta(seconds=number)),
        (models.GenericIPAddressField, lambda: f"10.0.{number // 256}.{number % 256}"),
        (models.FileField, lambda: f"f{number}"),
    ]
    for kind, make in makers:
        if isinstance(field, kind):
            return make()
    return f"å{number}"[: field.max_length]


class Rows:
    """One row of each model, made with those it refers to."""

    def __init__(self):
        self.rows = {}
        self.unsatisfiable = []

    def of(self, model):
        if model in self.rows:
            return self.rows[model]
        row = self.fresh(model)
        try:
            save(row)
        except IntegrityError as error:
            # Conditions that no row meets together, which are there for their SQL.
            assert "CHECK constraint failed" in str(error), (model, error)
            self.unsatisfiable.append(model._meta.label)
            with unchecked():
                save(row)
        self.rows[model] = row
        return row

    def fresh(self, model):
        """A row unlike all others, not saved; what it refers to is."""
        row = model()
        # An image that is set clears the fields of its size.
        images_first = lambda field: not isinstance(field, models.ImageField)
        for field in sorted(model._meta.concrete_fields, key=images_first):
            if field.generated or isinstance(field, models.AutoField):
                continue
            if not field.is_relation:
                setattr(row, field.attname, value(field))
            elif not field.related_model._meta.managed:
                setattr(row, field.attname, 1)
            elif field.related_model is model:
                setattr(row, field.attname, None)
            elif field.unique and model in self.rows:
                target = self.fresh(field.related_model)
                target.save(force_insert=True)
                setattr(row, field.name, target)
            else:
                setattr(row, field.name, self.of(field.related_model))
        return row

    def lost(self, field):
        """A value that refers to no row."""
        target = field.target_field
        while target.is_relation:
            target = target.target_field
        if isinstance(target, models.BooleanField):
            return not getattr(self.of(target.model), target.attname)
        return 10**6 if isinstance(target, models.IntegerField) else value(target)


def save(row):
    with transaction.atomic():
        row.save(force_insert=True)
        connection.check_constraints()


def read(row):
    found = type(row).objects.get(pk=row.pk)
    for field in row._meta.concrete_fields:
        if field.generated:
            continue
        is_, was = getattr(found, field.attname), getattr(row, field.attname)
        if is_ != was and not isinstance(field, models.FileField):
            assert field.to_python(is_) == field.to_python(was), (field, is_, was)


def relate(rows, row):
    """Fills and reads the relations to many that the row can have."""
    for field in row._meta.many_to_many:
        if field.remote_field.through._meta.auto_created:
            other = rows.of(field.related_model)
            getattr(row, field.name).add(other)
            assert list(getattr(row, field.name).all()) == [other], field
            getattr(row, field.name).clear()


def of_every_model(*labels):
    """Does all of it with every model of the apps.

    Returns how many models there are and how many rules were broken, what takes no row, and the
    checks that no row breaks or that none keeps.
    """
    from django.apps import apps

    rows = Rows()
    configs = [apps.get_app_config(label) for label in labels]
    found = [model for config in configs for model in config.get_models(include_auto_created=True)]
    found = [model for model in found if model._meta.managed]
    for model in found:
        rows.of(model)
    broken, always_true, never_true = 0, [], []
    for model in found:
        read(rows.of(model))
        relate(rows, rows.of(model))
        violations = Violations(rows, rows.of(model))
        violations.all()
        broken += violations.count
        always_true += violations.always_true
        never_true += violations.never_true
    for model, row in reversed(rows.rows.items()):
        key = row.pk
        with transaction.atomic():
            model.objects.filter(pk=key)._raw_delete(model.objects.db)
        assert not model.objects.filter(pk=key).exists(), model
    assert not connection.check_constraints()
    return [len(found), broken, sorted(rows.unsatisfiable), always_true, never_true]
