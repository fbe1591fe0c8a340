"""One operation after the other, on one app: indexes, constraints and keys."""

from django.db import migrations, models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint
from django.db.models.functions import Lower

ID = models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def index(*expressions, **options):
    return migrations.AddIndex("Room", Index(*expressions, **options))


def unique(*expressions, **options):
    return migrations.AddConstraint("Room", UniqueConstraint(*expressions, **options))


operations = [
    migrations.CreateModel(
        "Room",
        [
            ("id", ID),
            ("code", models.CharField(max_length=20)),
            ("day", models.DateField(null=True)),
            ("seats", models.IntegerField()),
            ("is_open", models.BooleanField()),
        ],
    ),
    index(name="room_day", fields=["-day", "code"]),
    index(name="room_open", fields=["code"], condition=Q(is_open=True)),
    index(Lower("code").desc(), name="room_lower"),
    migrations.RenameIndex("Room", new_name="room_small", old_name="room_lower"),
    migrations.AddConstraint(
        "Room", CheckConstraint(name="has_seats", condition=Q(seats__gt=0))
    ),
    unique(name="code_of_day", fields=["code", "day"]),
    unique(name="open_once", fields=["code"], condition=Q(is_open=True, day__isnull=False)),
    unique(Lower("code"), "seats", name="lower_once"),
    migrations.AddField("Room", "floor", models.IntegerField(default=1)),
    migrations.AlterField("Room", "seats", models.SmallIntegerField()),
    migrations.RemoveConstraint("Room", "lower_once"),
    migrations.RemoveConstraint("Room", "has_seats"),
    migrations.RemoveIndex("Room", "room_small"),
    migrations.RemoveIndex("Room", "room_open"),
    migrations.RemoveConstraint("Room", "open_once"),
    migrations.RemoveConstraint("Room", "code_of_day"),
    migrations.AlterUniqueTogether("Room", [("code", "floor")]),
    migrations.AlterModelOptions("Room", {"ordering": ["code"]}),
    migrations.AlterUniqueTogether("Room", []),
    migrations.CreateModel(
        "Line",
        [
            ("pk", models.CompositePrimaryKey("room", "number")),
            ("room", models.ForeignKey("Room", models.CASCADE)),
            ("number", models.IntegerField()),
        ],
        {
            "constraints": [
                UniqueConstraint(name="one_line", fields=["number"], condition=Q(number__gt=5)),
                CheckConstraint(name="line_number", condition=Q(number__gte=0)),
            ],
            "indexes": [Index(name="line_by_number", fields=["number"])],
        },
    ),
    migrations.AddField("Line", "text", models.TextField(default="")),
    migrations.AlterField("Line", "text", models.CharField(max_length=50)),
    migrations.RemoveField("Line", "text"),
    migrations.DeleteModel("Line"),
    migrations.AlterModelTableComment("Room", "Where people meet"),
    migrations.AddConstraint("Room", CheckConstraint(name="has_seats", condition=Q(seats__gt=0))),
    migrations.AlterConstraint(
        "Room",
        "has_seats",
        CheckConstraint(
            name="has_seats", condition=Q(seats__gt=0), violation_error_message="nowhere to sit"
        ),
    ),
    migrations.RunSQL(
        "CREATE INDEX by_hand ON constrained_room (day)", "DROP INDEX by_hand"
    ),
    migrations.SeparateDatabaseAndState(
        database_operations=[
            migrations.RunSQL(
                "CREATE INDEX by_hand_too ON constrained_room (seats)",
                "DROP INDEX by_hand_too",
            )
        ],
        state_operations=[
            migrations.AddIndex("Room", Index(name="by_hand_too", fields=["seats"]))
        ],
    ),
    migrations.RemoveIndex("Room", "by_hand_too"),
]
