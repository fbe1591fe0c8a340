"""Records the public methods that query sets, managers and rows have in Django, in golden/row_methods.json.

`record_row_methods.py` writes the file; `--check` fails if a fresh recording differs. `cargo test` asks djr for each
(tests/http/row_methods.rs), in the same site.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import record_sites
import recording

GOLDEN = Path(__file__).parent / "golden" / "row_methods.json"
SITE = "topics"
# By which Django's parts talk to each other.
INTERNAL = {
    "get_content_type", "get_prefetch_cache", "get_prefetch_queryset", "get_prefetch_querysets", "resolve_model_init_order",
}


def found(site):
    """The names of the methods by kind."""
    record_sites.set_up(site)
    from shop.row_methods import objects

    return {kind: [name for name in dir(value) if is_method(value, name)] for kind, value in objects().items()}


def is_method(value, name):
    """Whether it is one that code of a site calls."""
    try:
        return not name.startswith("_") and name not in INTERNAL and callable(getattr(value, name))
    except AttributeError:
        # A manager, which rows do not have.
        return False


def main():
    if sys.argv[1:2] == ["--names"]:
        print(json.dumps(found(Path(sys.argv[2]))))
        return
    with tempfile.TemporaryDirectory() as directory:
        site = record_sites.converted(SITE, directory)
        done = subprocess.run([sys.executable, __file__, "--names", site], capture_output=True, text=True, check=True)
    recording.keep(GOLDEN, json.dumps(json.loads(done.stdout), indent=1) + "\n")


if __name__ == "__main__":
    main()
