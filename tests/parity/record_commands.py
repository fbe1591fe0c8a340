"""Records the commands of real Django with their options, in golden/commands.json.

`record_commands.py` writes the file; `record_commands.py --check` fails if a fresh recording differs from it.
`cargo test` looks for each of them in djr (src/cli/pointers.rs).
"""

import json
import tempfile
from pathlib import Path

import django_site
import recording

GOLDEN = Path(__file__).parent / "golden" / "commands.json"


def options(name, app):
    from django.core.management import load_command_class

    parser = load_command_class(app, name).create_parser("manage.py", name)
    return sorted(option for action in parser._actions for option in action.option_strings)


def main():
    from django.core.management import get_commands

    with tempfile.TemporaryDirectory() as directory:
        django_site.configure(Path(directory) / "db.sqlite3", "golden")
        rows = {name: options(name, app) for name, app in sorted(get_commands().items())}
    fresh = json.dumps(rows, indent=1) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
