"""Records the names of all signals of Django, in golden/signal_names.json; docs/python-signals.md has a row for each.

`record_signal_names.py` writes the file; `record_signal_names.py --check` fails if a fresh recording differs from it.
"""

import json
import re
from pathlib import Path

import django
import recording

GOLDEN = Path(__file__).parent / "golden" / "signal_names.json"
DJANGO = Path(django.__file__).parent
MADE = re.compile(r"^(\w+) = (?:Model)?Signal\(", re.MULTILINE)


def names():
    for file in sorted(DJANGO.rglob("*.py")):
        module = ".".join(file.relative_to(DJANGO.parent).with_suffix("").parts)
        for name in MADE.findall(file.read_text(encoding="utf-8")):
            yield f"{module}.{name}"


recording.keep(GOLDEN, json.dumps(sorted(names()), indent=1) + "\n")
