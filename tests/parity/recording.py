"""How a recording of Django is kept: written, or with `--check` compared with the one that is there."""

import sys


def keep(golden, fresh):
    """Writes the text `fresh` to the file `golden`; with `--check` fails if that holds another text."""
    if "--check" in sys.argv[1:]:
        if golden.read_text(encoding="utf-8") != fresh:
            sys.exit(f"{golden} is not what is recorded now: run `python {sys.argv[0]}` and look at the difference")
        return
    golden.write_text(fresh, encoding="utf-8")
