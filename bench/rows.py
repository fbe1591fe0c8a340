#!/usr/bin/env python3
"""Compares pages that filter, group and order 100,000 rows with the shell of SQLite.

Each page is declared in urls.toml and shows what its query finds; the shell runs the statement that a person would write,
and writes its rows to a pipe. The time of a page is that of its whole request, that of the shell is what its `.timer`
tells. DJR names the executable. Without sqlite3 there are no rows.
"""

import argparse
import contextlib
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from server import DJR, HOST, Side, run, start_project

ROWS = 100_000

# How many times the shell's time a page may take.
AIM = 1.2

MODELS_TOML = """
[Customer]
fields.name = { type = "CharField", max_length = 100 }

[Sale]
fields.customer = { type = "ForeignKey", to = "Customer", on_delete = "CASCADE" }
fields.amount = { type = "IntegerField" }
fields.weight = { type = "FloatField" }
fields.sold_on = { type = "DateField" }
fields.note = { type = "CharField", max_length = 100 }
"""

# The query of each page and how its template shows it, and the statement for the shell.
PAGES = {
    "filtered and grouped": (
        """{ model = "shop.Sale", filter = { sold_on__gte = "2026-03-01" }, values = ["customer"], annotate = { sales = { Count = "id" }, total = { Sum = "amount" }, mean = { Avg = "weight" }, last = { Max = "sold_on" } }, order_by = ["-total", "customer"] }""",
        "{% for row in rows %}{{ row.customer }} {{ row.sales }} {{ row.total }} {{ row.mean }} {{ row.last }}\n{% endfor %}",
        "SELECT customer_id, count(id), sum(amount) total, avg(weight), max(sold_on) FROM shop_sale "
        "WHERE sold_on >= '2026-03-01' GROUP BY customer_id ORDER BY total DESC, customer_id",
    ),
    "joined and grouped": (
        """{ model = "shop.Customer", annotate = { sales = { Count = "sale" }, total = { Sum = "sale__amount" } }, order_by = ["-total", "id"], limit = 20 }""",
        "{% for row in rows %}{{ row.name }} {{ row.sales }} {{ row.total }}\n{% endfor %}",
        "SELECT c.id, c.name, count(s.id), sum(s.amount) total FROM shop_customer c "
        "LEFT JOIN shop_sale s ON s.customer_id = c.id GROUP BY c.id, c.name ORDER BY total DESC, c.id LIMIT 20",
    ),
    "filtered and ordered": (
        """{ model = "shop.Sale", filter = { note__contains = "7", amount__gt = 100 }, order_by = ["-weight", "id"], limit = 20 }""",
        "{% for row in rows %}{{ row.id }} {{ row.amount }} {{ row.weight }} {{ row.note }}\n{% endfor %}",
        r"SELECT * FROM shop_sale WHERE note LIKE '%7%' ESCAPE '\' AND amount > 100 ORDER BY weight DESC, id LIMIT 20",
    ),
    "all rows read": (
        """{ model = "shop.Sale", order_by = ["id"] }""",
        "{{ rows|length }}",
        "SELECT * FROM shop_sale ORDER BY id",
    ),
}


class Djr(Side):
    """A project with a page for each query."""

    name = "djr"
    probe = "/ready/"

    def prepare(self, place):
        start_project(place)
        run([DJR, "startapp", "shop"], self.place)
        (self.place / "shop" / "models.toml").write_text(MODELS_TOML)
        entries = [('path = "ready/"', "{}", "ready")]
        for number, (query, template, _) in enumerate(PAGES.values()):
            entries.append((f'path = "{number}/"', f"{{ rows = {query} }}", template))
        with open(self.place / "urls.toml", "a", encoding="utf-8") as urls:
            for number, (path, context, template) in enumerate(entries):
                name = f"rows{number}.html"
                urls.write(f'\n[[urls]]\n{path}\nview = "template"\ntemplate = "{name}"\ncontext = {context}\n')
                (self.place / "templates" / name).write_text(template)
        run([DJR, "makemigrations"], self.place)
        run([DJR, "migrate"], self.place)
        run([DJR, "collectstatic"], self.place)
        fill(self.place / "db.sqlite3")

    def command(self):
        return [DJR, "runserver", f"{HOST}:{self.port}"]


def fill(database):
    with contextlib.closing(sqlite3.connect(database)) as connection, connection:
        connection.executemany("INSERT INTO shop_customer (name) VALUES (?)", [(f"Customer {i}",) for i in range(500)])
        rows = (
            (i * 7 % 500 + 1, i * 31 % 1000, i % 977 / 8, f"2026-{i % 12 + 1:02}-{i % 28 + 1:02}", f"Note {i}")
            for i in range(ROWS)
        )
        columns = "customer_id, amount, weight, sold_on, note"
        connection.executemany(f"INSERT INTO shop_sale ({columns}) VALUES (?, ?, ?, ?, ?)", rows)


def page_time(side, number):
    started = time.perf_counter()
    answer = side.get(f"/{number}/")
    taken = time.perf_counter() - started
    if answer.status != 200 or not answer.page.strip():
        sys.exit(f"page {number} failed:\n{answer.page}")
    return taken


def shell_time(side, statement):
    """What the shell says that `statement` took, its rows written to a pipe."""
    script = f".timer on\n{statement};\n"
    done = subprocess.run(
        ["sqlite3", side.place / "db.sqlite3"], input=script, capture_output=True, text=True, check=True
    )
    return float(re.search(r"Run Time: real ([\d.]+)", done.stdout)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=15, help="runs of each side")
    options = parser.parse_args()
    if shutil.which("sqlite3") is None:
        print("\nno sqlite3 here: the rows of 100,000 rows are left out")
        return
    with tempfile.TemporaryDirectory(prefix="rows-") as directory:
        side = Djr(Path(directory))
        print(f"\nPages over {ROWS} rows, beside the sqlite3 shell (aim: at most {AIM} times its time)")
        with side.served():
            for number, (name, (_, _, statement)) in enumerate(PAGES.items()):
                times = [(page_time(side, number), shell_time(side, statement)) for _ in range(options.rounds)]
                ours, theirs = (statistics.median(column) * 1000 for column in zip(*times))
                print(f"| {name:<22} | {ours:>7.1f} ms | {theirs:>7.1f} ms | {ours / theirs:>5.2f} | {AIM} |", flush=True)


if __name__ == "__main__":
    main()
