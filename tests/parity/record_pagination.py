"""Records how Django's paginator divides lists, in golden/pagination.json.

`record_pagination.py` writes the file; `record_pagination.py --check` fails if a fresh recording differs from it.
`cargo test` asks djr's paginator the same and compares (src/pagination/tests.rs).
"""

import json
from pathlib import Path

from django.conf import settings
from django.core.paginator import InvalidPage, Paginator

import recording

GOLDEN = Path(__file__).parent / "golden" / "pagination.json"

# Number of objects, objects on a page, orphans, and whether an empty first page is there.
LISTS = [
    (0, 10, 0, True), (0, 10, 0, False), (0, 10, 5, False), (1, 10, 0, True), (9, 10, 0, True), (10, 10, 0, True),
    (11, 10, 0, True), (11, 10, 1, True), (11, 10, 5, True), (13, 5, 2, True), (12, 5, 2, True), (3, 5, 7, True),
    (20, 3, 2, False), (100, 1, 0, True), (97, 4, 3, True), (5, 2, 2, True), (7, 10, 10, True), (1000, 7, 6, True),
]
NUMBERS = [
    1, 2, 3, 0, -1, 10, 11, 10**30, -(10**30), 1.0, 2.5, 2.0, 1e300, "1", "2", " 2 ", "\t2\n", "+2", "-2", "0", "00002",
    "1_0", "1__0", "_1", "1_", "", " ", "+", "-", "2.0", "1e1", "abc", "２", "٢", "1٢", "²", "½", "0x1", "1 2", "last",
    "1;DROP TABLE x", "\0", "2\0", "9" * 4300, "9" * 4301, "-" + "9" * 30, "+ 2", "\u2003" "2", "\x1f2", None, True,
    [1], "−2", "2\u200b", "१", "𝟏",
]
SIDES = [(3, 2), (0, 0), (1, 1), (0, 1), (1, 0), (5, 0), (100, 100), (2, 3)]
# Where a range of pages is asked for.
AROUND = [1, 2, 4, 5, 6, 7, 8, 43, 44, 45, 46, 49, 50, 51, 0, "x"]


def told(work):
    try:
        return work()
    except InvalidPage as error:
        return {type(error).__name__: str(error)}


def page(found):
    return {
        "objects": [found.object_list[0], found.object_list[-1] + 1] if found.object_list else [],
        "repr": repr(found),
        "has_next": found.has_next(),
        "has_previous": found.has_previous(),
        "has_other_pages": found.has_other_pages(),
        "next": told(found.next_page_number),
        "previous": told(found.previous_page_number),
        "start_index": found.start_index(),
        "end_index": found.end_index(),
    }


def row(count, per_page, orphans, allow_empty):
    paginator = Paginator(list(range(count)), per_page, orphans, allow_empty)
    asked = [
        [number, told(lambda: paginator.page(number).number), told(lambda: paginator.get_page(number).number)]
        for number in NUMBERS
    ]
    pages = {found.number: page(found) for found in map(paginator.page, list(paginator.page_range)[:20])}
    return {
        "count": count, "per_page": per_page, "orphans": orphans, "allow_empty_first_page": allow_empty,
        "num_pages": paginator.num_pages, "asked": asked, "pages": pages,
    }


def ranges():
    for pages in [0, 1, 9, 10, 11, 12, 50]:
        paginator = Paginator(list(range(pages)), 1)
        for sides, ends in SIDES:
            for number in AROUND:
                found = told(
                    lambda: list(paginator.get_elided_page_range(number, on_each_side=sides, on_ends=ends))
                )
                yield {"pages": pages, "number": number, "on_each_side": sides, "on_ends": ends, "range": found}


def messages():
    own = {"invalid_page": "no number", "min_page": "too small", "no_results": "too big"}
    paginator = Paginator([], 3, allow_empty_first_page=False, error_messages=own)
    return [{"asked": number, "page": told(lambda: paginator.page(number).number)} for number in ["x", 0, 7]]


def lines(rows):
    """A list with a line for each of its rows."""
    return "[\n" + ",\n".join(json.dumps(row, default=str) for row in rows) + "\n]"


def main():
    settings.configure(USE_I18N=False)
    recorded = {"lists": [row(*each) for each in LISTS], "ranges": list(ranges()), "messages": messages()}
    fresh = "\n".join(f'"{key}": {lines(value)},' for key, value in recorded.items())
    fresh = "{\n" + fresh.removesuffix(",") + "\n}\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
