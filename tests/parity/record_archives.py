"""Records what Django's views of archives tell their templates, in golden/archives.json.

`record_archives.py` writes the file; `record_archives.py --check` fails if a fresh recording differs from it.
The rows are those of record_queries.py. `cargo test` asks the same of `generic.archive` over a running server
(tests/http/archives_recorded.rs): `entry` are the keys of the entry in `urls.toml`, `path` is what is asked for.
"""

import datetime
import json
from pathlib import Path

import declared_app
import record_queries
import recording

GOLDEN = Path(__file__).parent / "golden" / "archives.json"

NAMES = ["year", "month", "week", "day"]
MONTHS = ["2024/3", "2024/03", "2024/mar", "2024/Dec", "2025/1", "2022/6", "2024/13", "2024/0", "2019/1", "2026/2", "2024/x", "10000/1"]
DAYS = ["2024/3/27", "2024/06/23", "2024/jan/29", "2024/12/14", "2024/2/30", "2023/12/30", "2024/1/1", "2023/2/29", "2024/5/0"]
WEEKS = ["2024/0", "2024/1", "2024/13", "2024/52", "2024/53", "2025/0", "2025/1", "2024/54", "2020/1", "2024/x"]
YEARS = ["2024", "2025", "2020", "2023", "2022", "2019", "0", "9999", "10000"]


def cases():
    for field in ("published", "added"):
        base = {"date_field": field}
        yield {**base}, [""]
        yield {**base, "paginate_by": 5}, ["", "?page=2", "?page=last", "?page=99"]
        yield {**base, "period": "year"}, YEARS
        yield {**base, "period": "year", "make_object_list": True, "paginate_by": 4}, [*YEARS, "2024?page=2", "2024?page=9"]
        yield {**base, "period": "year", "allow_empty": True, "make_object_list": True}, YEARS
        yield {**base, "period": "month"}, MONTHS
        yield {**base, "period": "month", "allow_empty": True}, MONTHS
        for week_format in ("%U", "%W", "%V"):
            yield {**base, "period": "week", "week_format": week_format}, WEEKS
            yield {**base, "period": "week", "week_format": week_format, "allow_empty": True}, WEEKS
        yield {**base, "period": "day"}, DAYS
        yield {**base, "period": "day", "allow_empty": True}, DAYS


def view_of(entry, model, argument):
    from django.views.generic import dates

    options = {key: value for key, value in entry.items() if key != "period"}
    period = entry.get("period")
    if period == "week" and entry["week_format"] == "%V":
        options["year_format"] = "%G"
    if period in ("month", "day"):
        options["month_format"] = "%b" if argument.split("/")[1].isalpha() and len(argument.split("/")[1]) == 3 else "%m"
    kinds = {
        None: dates.ArchiveIndexView, "year": dates.YearArchiveView, "month": dates.MonthArchiveView,
        "week": dates.WeekArchiveView, "day": dates.DayArchiveView,
    }
    return kinds[period].as_view(model=model, allow_future=True, template_name="x.html", **options)


def told(value):
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    return value


def asked(entry, model, path):
    from django.http import Http404
    from django.test import RequestFactory

    argument, _, query = path.partition("?")
    names = {None: [], "year": ["year"], "month": ["year", "month"], "week": ["year", "week"], "day": ["year", "month", "day"]}
    parts = argument.split("/") if argument else []
    kwargs = dict(zip(names[entry.get("period")], parts, strict=True))
    request = RequestFactory().get("/", dict(part.split("=") for part in query.split("&")) if query else {})
    try:
        context = view_of(entry, model, argument)(request, **kwargs).context_data
    except Http404:
        return 404
    found = {
        "rows": [row.pk for row in context["object_list"]],
        "dates": None if context.get("date_list") is None else [told(value) for value in context["date_list"]],
        "page": None if context["page_obj"] is None else [context["page_obj"].number, context["paginator"].num_pages],
    }
    for name in NAMES:
        for prefix in ("", "next_", "previous_"):
            found[prefix + name] = told(context.get(prefix + name))
    return found


def main():
    with declared_app.tables_of("library", declared_app.declared_by("record_queries"), zone=record_queries.ZONE) as (_, declared):
        models = declared.FOUND
        record_queries.fill(models)
        recorded = [
            {"entry": entry, "path": path, "told": asked(entry, models["Book"], path)} for entry, paths in cases() for path in paths
        ]
    lines = ",\n".join(json.dumps(case) for case in recorded)
    recording.keep(GOLDEN, f'{{"zone": "{record_queries.ZONE}", "cases": [\n{lines}\n]}}\n')


main()
