"""The models of `models.toml` as Django declares them."""

from django.conf import settings
from django.db import models


class Keeper(models.Model):
    badge = models.CharField(max_length=20, primary_key=True)
    boss = models.ForeignKey("fixture_app.Keeper", on_delete=models.SET_NULL, null=True, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True)
    friends = models.ManyToManyField("self")

    class Meta:
        app_label = "fixture_app"
        ordering = ["-badge"]


class Animal(models.Model):
    auto = models.SmallAutoField(primary_key=True)
    big = models.BigIntegerField()
    binary = models.BinaryField()
    boolean = models.BooleanField(null=True)
    char = models.CharField(max_length=40, default="?")
    date = models.DateField(null=True)
    moment = models.DateTimeField(null=True)
    decimal = models.DecimalField(max_digits=12, decimal_places=8, null=True)
    duration = models.DurationField(null=True)
    email = models.EmailField()
    file = models.FileField(upload_to="files/")
    path = models.FilePathField(path="/")
    float = models.FloatField(null=True)
    address = models.GenericIPAddressField(null=True)
    image = models.ImageField(upload_to="images/", db_column="picture")
    integer = models.IntegerField()
    json = models.JSONField(null=True)
    positive_big = models.PositiveBigIntegerField()
    positive = models.PositiveIntegerField()
    positive_small = models.PositiveSmallIntegerField()
    slug = models.SlugField()
    small = models.SmallIntegerField()
    text = models.TextField()
    time = models.TimeField(null=True)
    url = models.URLField()
    uuid = models.UUIDField()
    keeper = models.ForeignKey("fixture_app.Keeper", on_delete=models.CASCADE)
    kind = models.ForeignKey("contenttypes.ContentType", on_delete=models.CASCADE, null=True)
    groups = models.ManyToManyField("auth.Group")
    permissions = models.ManyToManyField("auth.Permission")
    parents = models.ManyToManyField("self", symmetrical=False)

    class Meta:
        app_label = "fixture_app"


class Chip(models.Model):
    animal = models.OneToOneField("fixture_app.Animal", on_delete=models.CASCADE, primary_key=True)
    number = models.BigIntegerField(unique=True)

    class Meta:
        app_label = "fixture_app"


class Visit(models.Model):
    chip = models.ForeignKey("fixture_app.Chip", to_field="number", on_delete=models.CASCADE)

    class Meta:
        app_label = "fixture_app"


class Ledger(models.Model):
    pk = models.CompositePrimaryKey("keeper", "number")
    keeper = models.ForeignKey("fixture_app.Keeper", on_delete=models.CASCADE)
    number = models.IntegerField()
    note = models.CharField(max_length=9, db_default="as usual")
    double = models.GeneratedField(
        expression=models.F("number") * 2, output_field=models.IntegerField(), db_persist=True
    )

    class Meta:
        app_label = "fixture_app"
