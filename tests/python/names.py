"""Which public names of Django 5.2's modules djr has: docs/python-names.md and the list of what is missing.

`names.py` asks real Django and djr's modules and writes docs/python-names.md and src/script/python/django/_missing.py;
`names.py --check` fails if they differ. A name is public if Django's module defines it or lists it in `__all__`.
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
OURS = ROOT / "src" / "script" / "python"
sys.path[:0] = [str(HERE), str(HERE.parent / "parity")]

import recording
import reasons

PROBE = """
import importlib, json, sys
sys.path[:0] = [{here!r}]
import steps
steps.prepare()

def of_function(value):
    code = getattr(getattr(value, "__wrapped__", value), "__code__", None)
    if code is None:
        return None
    count = code.co_argcount + code.co_kwonlyargcount
    return [name for name in code.co_varnames[:count] if not name.startswith("_")]

def described(module, name, value):
    if isinstance(value, type):
        members = {{key for base in value.__mro__ if base is not object for key in vars(base)}}
        return ["class", sorted(key for key in members if not key.startswith("_"))]
    if callable(value):
        return ["function", of_function(value)]
    return ["value", None]

def is_public(module, name, listed):
    value = getattr(module, name)
    home = getattr(value, "__module__", None)
    is_package = (module.__file__ or "").endswith("__init__.py") and isinstance(home, str) and home.startswith(module.__name__)
    is_constant = not callable(value) and type(value).__name__ != "module" and name.isupper()
    is_own = home == module.__name__ or name in listed
    return is_own or is_package or is_constant or type(value).__module__.startswith("django.dispatch")

def public(module):
    listed = getattr(module, "__all__", None)
    found = {{}}
    names = set(listed or ()) | {{name for name in vars(module) if not name.startswith("_")}}
    for name in sorted(names):
        try:
            if is_public(module, name, listed or ()):
                found[name] = described(module, name, getattr(module, name))
        except (AttributeError, ImportError):
            continue
        except Exception:
            # It is there, and needs a site.
            found[name] = ["value", None]
    return found

answers = {{}}
for name in json.load(sys.stdin):
    try:
        module = importlib.import_module(name)
    except Exception as error:
        answers[name] = None
        continue
    wanted = public(module)
    extra = json.loads({wanted!r}).get(name, [])
    for item in extra:
        if item not in wanted:
            try:
                wanted[item] = described(module, item, getattr(module, item))
            except (AttributeError, ImportError):
                pass
            except Exception:
                wanted[item] = ["value", None]
    answers[name] = wanted
print(json.dumps(answers))
"""


def asked(modules, wanted, environment, flags=()):
    """The public names of each module, as a fresh Python tells; None for a module that is not there."""
    import os

    code = PROBE.format(here=str(HERE), wanted=json.dumps(wanted))
    done = subprocess.run(
        [sys.executable, *flags, "-W", "ignore", "-c", code],
        input=json.dumps(modules),
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def compared(django, ours):
    """`yes`, `no` or `differs`, and what differs."""
    if ours is None:
        return "no", ""
    if django[0] == "class" and ours[0] == "class":
        missing = set(django[1]) - set(ours[1]) - reasons.INNER
        is_async = {name for name in missing if name[:1] == "a" and name[1:] in django[1]}
        missing = sorted(missing - is_async)
        if not missing and is_async:
            return "differs", "without the methods for an event loop"
        return ("differs", f"without {', '.join(f'`{name}`' for name in missing)}") if missing else ("yes", "")
    if django[0] == "function" and ours[0] == "function" and django[1] is not None and ours[1] is not None:
        missing = [name for name in django[1] if name not in ours[1]]
        return ("differs", f"does not take {', '.join(f'`{name}`' for name in missing)}") if missing else ("yes", "")
    return "yes", ""


def modules_below(root):
    """The names of all modules of the package `root`."""
    files = (file.relative_to(root.parent) for file in root.rglob("*.py"))
    return {".".join(file.parts)[:-3].removesuffix(".__init__") for file in files}


def shared_modules():
    """The modules that are both in Django and here; fails if one of Django's is neither here nor has advice."""
    import django

    known, ours = modules_below(Path(django.__file__).parent), modules_below(OURS / "django")
    advised = tuple(f"{name}." for name in reasons.ABSENT_MODULES)
    silent = sorted(name for name in known - ours if not f"{name}.".startswith(advised))
    assert not silent, f"not here, and without advice in reasons.py: {' '.join(silent)}"
    # The admin of Django needs its own models; here there is but its history.
    return sorted(name for name in known & ours if not name.startswith("django.contrib.admin"))


def rows():
    """For each module its names with the verdict and what is to be said about it."""
    modules = shared_modules()
    django = asked(modules, {}, {})
    wanted = {module: list(names or ()) for module, names in django.items()}
    ours = asked(modules, wanted, {"PYTHONPATH": f"{OURS}:{HERE / 'fake'}"}, ["-S"])
    for module in modules:
        assert django[module] is not None, f"Django has no module {module}"
        names = {}
        for name, what in django[module].items():
            here = what if (module, name) in reasons.OF_A_SITE else (ours[module] or {}).get(name)
            verdict, difference = compared(what, here)
            reason = reasons.of(module, name) if verdict == "no" else ""
            names[name] = verdict, difference or reason
        yield module, names


def page(table):
    total = {"yes": 0, "differs": 0, "no": 0}
    lines = []
    for module, names in table:
        if not names:
            continue
        lines += ["", f"## {module}", "", "| name | here | |", "|---|---|---|"]
        for name, (verdict, text) in names.items():
            total[verdict] += 1
            lines.append(f"| `{name}` | {verdict} | {text} |")
    head = [
        "# Django's names in Python",
        "",
        "Every public name of Django 5.2 in the modules that djr's Python has, and whether it is here. Made by",
        "`tests/python/names.py`, which asks both; *differs* tells which methods or arguments are missing.",
        "A name that is not here is an ImportError that says what to use.",
        "",
        f"{total['yes']} are here, {total['differs']} differ, {total['no']} are not here.",
    ]
    return "\n".join([*head, *lines]) + "\n"


def missing(table):
    lines = [
        '"""Names of Django that are not here, and what to use: made by tests/python/names.py."""',
        "",
        "NAMES = {",
    ]
    for module, names in table:
        absent = {name: text for name, (verdict, text) in names.items() if verdict == "no"}
        if absent:
            lines.append(f"    {json.dumps(module)}: {{")
            lines += [f"        {json.dumps(name)}: {json.dumps(text, ensure_ascii=False)}," for name, text in absent.items()]
            lines.append("    },")
    lines += ["}", "", "MODULES = {"]
    lines += [f"    {json.dumps(name)}: {json.dumps(text, ensure_ascii=False)}," for name, text in reasons.ABSENT_MODULES.items()]
    return "\n".join([*lines, "}"]) + "\n"


def main():
    table = list(rows())
    recording.keep(ROOT / "docs" / "python-names.md", page(table))
    recording.keep(OURS / "django" / "_missing.py", missing(table))


if __name__ == "__main__":
    main()
