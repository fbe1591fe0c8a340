"""docs/python-library.md: which modules of Python's library are in the binary, worked out by the interpreter inside djr."""

import os
import sys
from importlib import import_module

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
LIST = os.path.join(ROOT, "src", "script", "library", "modules.txt")
PAGE = os.path.join(ROOT, "docs", "python-library.md")

HEAD = """# Python's library

Which modules of Python's library are in the binary, and what to use where one is not. Made by `tests/python/library_page.py`, which
asks the interpreter: a test fails where this page is not true. An import of a module that is left out is an error that says the same.
Packages in plain Python, without code in C, can be copied into the project's directory.

"""


def _is_public(name):
    return not name.startswith("_") and "." not in name


def listed():
    """The public modules that are frozen into the binary, by the headings of the list."""
    groups, heading = {}, None
    with open(LIST, encoding="utf-8") as file:
        blocks = file.read().split("\n\n")[1:]
    for block in blocks:
        lines = block.strip().splitlines()
        heading = lines[0].removeprefix("# ")
        words = [word.removesuffix(".*") for line in lines[1:] for word in line.split()]
        groups[heading] = sorted({word for word in words if _is_public(word)})
    return groups


def native(known):
    """The public modules that are part of the interpreter itself."""
    found = []
    for name in sorted(set(sys.stdlib_module_names) - known):
        try:
            import_module(name)
        except ImportError:
            continue
        found.append(name)
    return [name for name in found if _is_public(name)]


def page():
    """The text of the page."""
    import _djr_absent

    groups = listed()
    known = {name for names in groups.values() for name in names} | set(_djr_absent.LIBRARY)
    groups["Written in Rust"] = native(known)
    lines = ["## In the binary", "", "| for | modules |", "|---|---|"]
    for heading, names in groups.items():
        if names:
            lines.append(f"| {heading} | {' '.join(f'`{name}`' for name in names)} |")
    for title, modules in (("Left out", _djr_absent.LIBRARY), ("Packages of others that sites look for", _djr_absent.OTHERS)):
        lines += ["", f"## {title}", "", "| module | why, or what to use |", "|---|---|"]
        lines += [f"| `{name}` | {reason} |" for name, reason in sorted(modules.items())]
    return HEAD + "\n".join(lines) + "\n"


def written():
    """The page as it stands in `docs/`, written anew where `DJR_BLESS` is set."""
    if os.environ.get("DJR_BLESS"):
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(page())
    with open(PAGE, encoding="utf-8") as file:
        return file.read()
