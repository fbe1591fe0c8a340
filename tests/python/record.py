"""Records what real Django answers to tests/python/cases/*.py, in tests/python/golden/*.json.

`record.py` writes the files; `record.py --check` fails if a fresh recording differs. Each statement of a case is
one step; the answer of an expression is compared when `replay.py` runs the steps against djr's own modules.
"""

import ast
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "parity")]

import recording
import steps


def statements(source):
    """Each statement of a case: its first line, its text and whether it is an expression."""
    lines = source.splitlines()
    for node in ast.parse(source).body:
        first = min([node.lineno, *(decorator.lineno for decorator in getattr(node, "decorator_list", []))])
        text = "\n".join(lines[first - 1 : node.end_lineno])
        yield first, text, "eval" if isinstance(node, ast.Expr) else "exec"


def recorded(case):
    names = steps.namespace()
    for line, source, kind in statements(case.read_text(encoding="utf-8")):
        yield {"line": line, "kind": kind, "source": source, "answer": steps.answer(source, kind, names)}


def main():
    steps.prepare()
    wanted = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    for case in sorted((HERE / "cases").glob("*.py")):
        if wanted and case.stem not in wanted:
            continue
        rows = ",\n".join(json.dumps(step, ensure_ascii=False) for step in recorded(case))
        recording.keep(HERE / "golden" / f"{case.stem}.json", f"[\n{rows}\n]\n")


if __name__ == "__main__":
    main()
