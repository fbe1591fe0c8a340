"""Records what real Django answers to the cases of queries/django/*.toml, in golden/shapes.json.

`record_shapes.py` writes the file; `record_shapes.py --check` fails if a fresh recording differs from it.
The models are those of queries/library.toml, with the rows of record_queries.py, and of queries/shapes.toml, with those
below. A `[[query]]` is written as in computed.toml, a `[[read]]` as in instances.toml; `test` names the case of Django's
own tests that it looks at. `cargo test` asks the same of the same rows and compares (src/query/shape_tests.rs).
"""

import datetime
import json
import sqlite3
import tomllib
import uuid
from decimal import Decimal
from pathlib import Path

import declared_app
import record_computed
import record_queries
import record_rows
import recording

HERE = Path(__file__).parent
CASES = HERE / "queries" / "django"
SHAPES = HERE / "queries" / "shapes.toml"
GOLDEN = HERE / "golden" / "shapes.json"


def declared_models():
    """Those of both files: models of the one may refer to models of the other."""
    texts = [file.read_text(encoding="utf-8") for file in (record_queries.MODELS, SHAPES)]
    return record_queries.declared_models(text="\n".join(texts))


def made(model, names, rows):
    """A row for each of `rows`, whose values are those of the fields `names`."""
    return [model.objects.create(**dict(zip(names.split(), row, strict=True))) for row in rows]


def fill(models):
    moment = lambda hours: datetime.datetime(2024, 2, 28, 22, 30, tzinfo=datetime.UTC) + datetime.timedelta(hours=hours)
    day = lambda days: datetime.date(2023, 12, 30) + datetime.timedelta(days=days)
    Member = models["Member"]
    members = []
    for index, (name, mentor) in enumerate([
        ("Ann", None), ("Bob", 0), ("Cid", 0), ("Dee", 1), ("Eve", 3), ("ann", None), ("Élan", 2), ("Flo", None),
    ]):
        members.append(Member.objects.create(
            name=name, number=1000 - index * 10, mentor=None if mentor is None else members[mentor]))
    for index, idols in enumerate([[1, 2], [2], [], [0, 1, 2], [4], [0], [], [0]]):
        members[index].idols.add(*(members[idol] for idol in idols))
    boxes = []
    for name, keeper, size, within, made_at in [
        ("crate", 0, 9, None, 0), ("chest", 1, 5, 0, 1), ("tin", None, None, 1, None), ("tube", 0, 2, 1, 30), ("case", 2, 5, None, 4000),
        ("bag", None, 0, 4, 9000), ("sack", 2, None, None, None), ("Tin", 5, 3, 5, 26),
    ]:
        boxes.append(models["Box"].objects.create(
            name=name, keeper=None if keeper is None else members[keeper], size=size,
            within=None if within is None else boxes[within], made=None if made_at is None else moment(made_at)))
    for name, keeper, on, main in [("top", 0, [0, 1, 2], 1), ("low", None, [], None), ("mid", 2, [2, 4], 4), ("old", 0, [6], None), ("wet", 5, [1, 2], 2)]:
        shelf = models["Shelf"].objects.create(
            name=name, keeper=None if keeper is None else members[keeper], main=None if main is None else boxes[main])
        shelf.boxes.add(*(boxes[box] for box in on))
    clubs = made(models["Club"], "key motto", [("chess", "mate"), ("rows", None), ("100%", ""), ("Älter", "e\\"), ("empty", None)])
    for club, rival in [(0, 1), (1, 0), (2, 4)]:
        clubs[club].rival = clubs[rival]
        clubs[club].save()
    for index, (club, member, by) in enumerate([
        (0, 0, None), (0, 1, 0), (0, 3, 0), (1, 0, 2), (1, 2, None), (2, 4, 4), (2, 1, 5), (3, 0, 1), (0, 6, 3), (1, 1, 1), (0, 1, 6),
    ]):
        models["Membership"].objects.create(
            club=clubs[club], member=members[member], invited_by=None if by is None else members[by], joined=day(index * 17),
            rank=index % 4, fee=None if index % 5 == 4 else Decimal(index * 3) + Decimal("0.25"))
    deltas = made(models["Delta"], "name level", [("d1", 1), ("d2", None), ("d3", 3)])
    gammas = made(models["Gamma"], "name delta", [("g1", deltas[0]), ("g2", None), ("g3", deltas[2])])
    betas = made(models["Beta"], "name gamma", [("b1", gammas[0]), ("b2", gammas[1]), ("b3", gammas[2])])
    made(models["Alpha"], "name beta delta", [
        ("a1", betas[0], deltas[0]), ("a2", None, deltas[1]), ("a3", betas[1], deltas[2]), ("a4", betas[2], deltas[0]), ("a5", None, deltas[2])])
    spokes = {
        kind: made(models[f"Spoke{kind}"], "f1 f2", [("x", "p"), ("y", "q"), ("", "p")]) for kind in "ABC"
    }
    for a, b, c in [(0, 0, 0), (0, None, 1), (None, 1, 2), (None, None, None), (1, 0, None), (2, 2, 2), (1, None, 0)]:
        models["Wheel"].objects.create(**{
            kind.lower(): None if place is None else spokes[kind][place] for kind, place in (("A", a), ("B", b), ("C", c))})
    reports = made(models["Report"], "title writer", [("r1", members[0]), ("r2", None), ("r3", members[3]), ("r4", members[0])])
    for report, text in [(0, "good"), (0, "bad"), (1, "orphan"), (3, "100%"), (3, "good")]:
        models["Remark"].objects.create(report=reports[report], text=text)
    odds = made(models["Odd"], "order group date year exact range isnull count", [
        (3, clubs[0], day(0), 2023, "a%b", 5, True, 1), (1, None, day(1), 2024, "a_b", None, False, 2),
        (2, clubs[2], day(3), 2024, "A%B", 7, True, 2), (5, clubs[3], day(400), 2025, "\"q'", 0, False, 4)])
    odds[0].links.add(odds[1], odds[2])
    passports = made(models["Passport"], "member code", [(members[0], "P0"), (members[2], "P2"), (members[3], "P3"), (members[7], "P7")])
    visas = made(models["Visa"], "passport country", [(passports[0], "at"), (None, "de"), (passports[2], "it")])
    made(models["Stamp"], "visa colour", [(visas[0], "red"), (visas[1], "blue")])
    labels = []
    for name, parent in [("art", None), ("bio", None), ("oil", 0), ("ink", 0), ("dna", 1), ("pen", 3)]:
        labels.append(models["Label"].objects.create(name=name, parent=None if parent is None else labels[parent]))
    essays = []
    for title, writer, on, keyed, edited, made_at, changed, words in [
        ("one", 0, [0, 2], [0], [1], 0, None, 100), ("two", 0, [], [1, 4], [], 25, 30, None), ("three", 1, [3], [3, 0], [0, 2], 1000, 1000, 300),
        ("four", 3, [4, 1, 0], [], [3], 5000, None, 0), ("One", 3, [2], [2], [0, 1, 3], 8800, 9000, 250), ("five", 6, [5, 3], [5, 3], [], 700, 701, 100),
    ]:
        essay = models["Essay"].objects.create(
            title=title, writer=members[writer], made=moment(made_at), changed=None if changed is None else moment(changed), words=words)
        for name, places, others in [("labels", on, labels), ("keywords", keyed, labels), ("editors", edited, members)]:
            for place in places:
                getattr(essay, name).add(others[place])
        essays.append(essay)
    made(models["Cover"], "essay title", [(essays[2], "c1"), (essays[0], "c2"), (essays[4], "c3"), (essays[2], "c4")])
    purchases = made(models["Purchase"], "id note", [(1, "first"), (2, ""), (3, None), (7, "7"), (0, "zero"), (-4, "minus")])
    for purchase, status, amount in [(0, 1, 10), (0, 1, None), (1, 1, 2), (1, 2, 3), (2, 2, None), (3, 1, 4), (4, 3, 0), (4, 1, -5)]:
        models["Line"].objects.create(purchase=purchases[purchase], status=status, amount=amount)
    parcels = made(models["Parcel"], "code weight", [(uuid.UUID(int=7), 1.5), (uuid.UUID(int=2**100), None), (uuid.UUID(int=0), 0.25)])
    for number, parcel, seen in [(1, 0, [1]), (2, 0, [0, 2]), (2**90, None, []), (4, 2, [0])]:
        thing = models["Thing"].objects.create(code=uuid.UUID(int=number), parcel=None if parcel is None else parcels[parcel])
        for place in seen:
            thing.seen_in.add(parcels[place])
    made(models["Digit"], "num other third", [(4, None, 1), (8, 4, None), (12, 4, 2), (16, None, None), (-5, 5, 5), (0, 0, 0)])
    cats = made(models["Cat"], "cat", [("c1",), ("c2",), ("c3",), ("parents",)])
    cats[0].parents.add(cats[1], cats[2])
    cats[3].parents.add(cats[3])
    employees = [
        ("Jones", 45000, "Accounting", 5, "400"), ("Williams", 37000, "Accounting", 600, "400.5"), ("Jenson", 45000, "Accounting", 1200, "400"),
        ("Adams", 50000, "Accounting", 20, "300"), ("Smith", 55000, "Marketing", 20, "500"), ("Johnson", 40000, "Marketing", 900, None),
        ("Wilkinson", 60000, "IT", 350, "100.25"), ("Moore", 34000, "IT", 1500, "50"), ("Brown", 53000, "Sales", 600, "2.5"), ("O'Hara", 53000, "", 600, "0"),
    ]
    for index, (name, salary, department, hired, bonus) in enumerate(employees):
        models["Employee"].objects.create(
            name=name, salary=salary, department=department, hired=day(hired), bonus=None if bonus is None else Decimal(bonus),
            classified=passports[index // 3] if index % 3 == 0 else None)
    made(models["Seat"], "row place taken_by", [(1, 1, members[0]), (1, 2, None), (2, 1, members[1]), (2, 2, members[0])])


def answer(kind, case, models):
    if kind == "read":
        return record_rows.tried(record_rows.read, models, case)
    return record_computed.answer(case)


def main():
    with declared_app.tables_of("library", declared_app.declared_by("record_shapes"), zone=record_queries.ZONE) as (file, declared):
        models = declared.FOUND
        record_computed.MODELS.update(models)
        record_queries.fill(models)
        fill(models)
        answers = {}
        for cases in sorted(CASES.glob("*.toml")):
            found = tomllib.loads(cases.read_text(encoding="utf-8"))
            answers[cases.stem] = {
                kind: [answer(kind, case, models) for case in found.get(kind, [])] for kind in ("query", "read")
            }
        script = list(sqlite3.connect(file).iterdump())
    recorded = {"zone": record_queries.ZONE, "script": script, "answers": answers}
    recording.keep(GOLDEN, json.dumps(recorded, indent=0, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
