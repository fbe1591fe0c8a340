"""Records what real Django's `migrate` makes of a file, step by step, in golden/migrate.json.

`record.py` writes the file; `record.py --check` fails if a fresh recording differs from it.
`cargo test` replays the same steps with djr and compares (tests/cli/parity.rs).
"""

import json
import sqlite3
import tempfile
from pathlib import Path

import django_site
from recording import keep

GOLDEN = Path(__file__).parent / "golden" / "migrate.json"

FRESH = {"migrate": []}

NAMED = {
    "django_content_type": "SELECT app_label, model FROM django_content_type ORDER BY 1, 2",
    "auth_permission": "SELECT app_label, model, codename, auth_permission.name FROM auth_permission"
    " JOIN django_content_type ON content_type_id = django_content_type.id ORDER BY 1, 2, 3",
}

# Rows in tables that are remade later, one of them referenced by others.
ROWS = [
    "INSERT INTO auth_group (id, name) VALUES (3, 'editors')",
    "INSERT INTO auth_user (id, password, last_login, is_superuser, username, first_name, last_name,"
    " email, is_staff, is_active, date_joined) VALUES (7, '!', '2026-01-02 03:04:05', 0, 'alice',"
    " 'Alice', 'Ek', 'a@example.com', 1, 1, '2026-01-02 03:04:05.000006')",
    "INSERT INTO auth_user_groups (id, user_id, group_id) VALUES (5, 7, 3)",
    "INSERT INTO auth_group_permissions (id, group_id, permission_id) VALUES (4, 3, 2)",
    "INSERT INTO django_admin_log (id, object_id, object_repr, action_flag, change_message,"
    " content_type_id, user_id, action_time) VALUES (9, '1', 'one', 1, '', 1, 7, '2026-01-02 03:04:05')",
]


def plan():
    """The built-in migrations in the order Django applies them, as (app, name)."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    targets = executor.loader.graph.leaf_nodes()
    return [(step.app_label, step.name) for step, _ in executor.migration_plan(targets)]


def backwards(steps):
    """The targets that undo `steps` one by one."""
    for index in range(len(steps) - 1, -1, -1):
        app, _ = steps[index]
        before = [name for label, name in steps[:index] if label == app]
        yield (app, before[-1] if before else "zero")


class Recording:
    """States of one file, each object and each table's rows written once and referred to by number."""

    def __init__(self, file):
        self.file = file
        self.objects = []
        self.rows = []
        self.steps = []

    def add(self, **step):
        objects = [self.number(self.objects, list(row)) for row in django_site.schema(self.file)]
        found = django_site.rows(self.file)
        if step != FRESH:
            found.update(self.named_rows(found))
        rows = {
            table: self.number(self.rows, [list(row) for row in found])
            for table, found in found.items()
        }
        self.steps.append({**step, "objects": objects, "rows": rows})

    def named_rows(self, found):
        """Content types and permissions without their ids, which Django hands out in the order of
        a set whenever it has applied only a part of the plan."""
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)
        named = {
            table: connection.execute(query).fetchall()
            for table, query in NAMED.items()
            if table in found
        }
        connection.close()
        return named

    @staticmethod
    def number(seen, item):
        if item not in seen:
            seen.append(item)
        return seen.index(item)

    def text(self):
        def lines(items):
            return ",\n".join("  " + json.dumps(item, ensure_ascii=False) for item in items)

        parts = [("objects", self.objects), ("rows", self.rows), ("steps", self.steps)]
        body = ",\n".join(f' "{name}": [\n{lines(items)}\n ]' for name, items in parts)
        return "{\n" + body + "\n}\n"


def record(file):
    from django.db import connection

    django_site.configure(file, "golden")
    steps = plan()
    recording = Recording(file)
    django_site.command("migrate")
    recording.add(**FRESH)
    for app, target in backwards(steps):
        django_site.command("migrate", app, target)
        recording.add(migrate=[app, target])
    for app, target in steps:
        django_site.command("migrate", app, target)
        recording.add(migrate=[app, target])
    with connection.cursor() as cursor:
        for statement in ROWS:
            cursor.execute(statement)
    recording.add(execute=ROWS)
    for app, target in [("admin", "0001_initial"), ("auth", "0001_initial"), ("admin", "zero")]:
        django_site.command("migrate", app, target)
        recording.add(migrate=[app, target])
    for app in ["auth", "admin"]:
        django_site.command("migrate", app)
        recording.add(migrate=[app])
    return recording.text()


def main():
    with tempfile.TemporaryDirectory() as directory:
        fresh = record(Path(directory) / "db.sqlite3")
    GOLDEN.parent.mkdir(exist_ok=True)
    keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
