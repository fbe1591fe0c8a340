"""One operation after the other, on one app: fields."""

from decimal import Decimal

from django.db import migrations, models
from django.db.models.functions import Lower, Now, Upper

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def add(name, field, **options):
    return migrations.AddField("Item", name, field, **options)


def alter(name, field):
    return migrations.AlterField("Item", name, field)


def remove(name):
    return migrations.RemoveField("Item", name)


def upper(max_length, **options):
    return models.GeneratedField(
        expression=Upper("title"),
        output_field=models.CharField(max_length=max_length),
        db_persist=False,
        **options,
    )


operations = [
    migrations.CreateModel("Maker", [("id", ID), ("name", models.CharField(max_length=20))]),
    migrations.CreateModel(
        "Item",
        [
            ("id", ID),
            ("title", models.CharField(max_length=20)),
            ("price", models.DecimalField(max_digits=8, decimal_places=2)),
            ("note", models.TextField(null=True)),
        ],
    ),
    add("count", models.IntegerField(default=0)),
    add("once", models.CharField(max_length=9, default="it's"), preserve_default=False),
    add("weight", models.FloatField(null=True)),
    add("blank", models.CharField(max_length=9, blank=True)),
    add("cost", models.DecimalField(max_digits=8, decimal_places=2, default=Decimal("1.50"))),
    add("stock", models.IntegerField(db_default=3)),
    add("maybe", models.IntegerField(null=True, db_default=4)),
    add("made", models.DateTimeField(null=True, db_default=Now())),
    add("value", models.DecimalField(max_digits=8, decimal_places=2, db_default=Decimal("2.50"))),
    add(
        "lower",
        models.GeneratedField(
            expression=Lower("title"),
            output_field=models.CharField(max_length=20),
            db_persist=True,
        ),
    ),
    add("upper", upper(20, null=True)),
    add("slug", models.SlugField(null=True)),
    add("maker", models.ForeignKey("Maker", models.CASCADE, null=True)),
    add("owner", models.OneToOneField("Maker", models.CASCADE, null=True, related_name="+")),
    add("makers", models.ManyToManyField("Maker", related_name="+")),
    add("above", models.ForeignKey("Item", models.CASCADE, null=True)),
    alter("title", models.CharField(max_length=99)),
    alter("title", models.CharField(max_length=99, unique=True)),
    alter("title", models.CharField(max_length=99, db_index=True, verbose_name="headline")),
    alter("title", models.CharField(max_length=99, db_collation="nocase")),
    alter(
        "title",
        models.CharField(
            max_length=99, db_collation="nocase", help_text="Shown.", choices=[("a", "A")]
        ),
    ),
    alter("weight", models.FloatField(default=1.5)),
    alter("note", models.TextField(db_default="none")),
    alter("stock", models.IntegerField(db_default=5)),
    alter("stock", models.PositiveIntegerField(default=5)),
    alter("count", models.BigIntegerField(default=0, db_column="amount")),
    alter("upper", upper(99)),
    alter("maker", models.ForeignKey("Maker", models.PROTECT, null=True)),
    alter("maker", models.ForeignKey("Maker", models.SET(1), default=1, db_constraint=False)),
    migrations.RenameField("Item", "weight", "mass"),
    migrations.RenameField("Item", "maker", "producer"),
    remove("blank"),
    remove("upper"),
    remove("slug"),
    remove("above"),
    remove("makers"),
    migrations.RenameModel("Maker", "Producer"),
    migrations.AlterModelTable("Item", "things"),
    migrations.DeleteModel("Item"),
]
