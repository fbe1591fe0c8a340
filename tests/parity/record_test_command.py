#!/usr/bin/env python3
"""Records what `manage.py test` tells of the tests in `test_command/suite.py`: golden/test_command.json."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
#: The words of each run behind `test`.
RUNS = [["-v", "2"], ["-v", "2", "--reverse"], ["-v", "2", "--failfast"], ["-v", "2", "--exclude-tag", "slow"], ["-v", "2", "-k", "Rows"], ["-v", "2", "notes.tests.Plain"]]


def outcomes(stderr):
    """The outcome of each test in order, and the last line."""
    found = re.findall(r"^(?:.* \.\.\. )?(ok|FAIL|ERROR|skipped .*|expected failure|unexpected success)$", stderr, re.M)
    failures = re.findall(r"^((?:ERROR|FAIL): .*)$", stderr, re.M)
    return {"outcomes": found, "failures": failures, "summary": re.findall(r"^((?:FAILED|OK).*)$", stderr, re.M)[-1]}


def record():
    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        django = [sys.executable, "-m", "django"]
        subprocess.run([*django, "startproject", "site_of_tests", "."], cwd=place, check=True)
        (place / "notes").mkdir()
        (place / "notes" / "__init__.py").touch()
        shutil.copy(HERE / "test_command" / "suite.py", place / "notes" / "tests.py")
        (place / "notes" / "test_broken.py").write_text("import nothing_there\n")
        settings = place / "site_of_tests" / "settings.py"
        settings.write_text(settings.read_text().replace("INSTALLED_APPS = [", 'INSTALLED_APPS = [\n    "notes",'))
        recorded = []
        for words in RUNS:
            run = subprocess.run([sys.executable, "manage.py", "test", *words], cwd=place, capture_output=True, text=True)
            recorded.append({"words": words, "code": run.returncode, **outcomes(run.stderr)})
        return recorded


if __name__ == "__main__":
    text = json.dumps(record(), indent=1) + "\n"
    golden = HERE / "golden" / "test_command.json"
    if "--check" in sys.argv and golden.read_text() != text:
        sys.exit(f"{golden} is not what Django tells now")
    golden.write_text(text)
