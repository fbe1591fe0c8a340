"""Runs the steps of golden files against the modules that are importable here, and says what differs.

    replay.py CASE ...       (a file, or the name of one in golden/)

Only `exec` and `eval` of text are used, so that the same file runs under the interpreter inside djr.
"""

import json
import os.path
import sys

import steps

GOLDEN = os.path.join(os.path.dirname(os.path.abspath(__file__)), "golden")


def differences(path, is_known=lambda step, answer: False):
    with open(path, encoding="utf-8") as file:
        recorded = json.load(file)
    namespace = steps.namespace()
    for step in recorded:
        answer = steps.answer(step["source"], step["kind"], namespace)
        if answer != step["answer"] and not is_known(step, answer):
            yield f"{path}:{step['line']}: {step['source']}" + "".join(unequal(step["answer"], answer))


def unequal(django, here):
    """What differs, item by item where both are lists of the same length."""
    pairs = zip(django, here) if is_list(django) and is_list(here) and len(django) == len(here) else [(django, here)]
    for expected, found in pairs:
        if expected != found:
            yield f"\n    Django: {expected}\n    here:   {found}"


def is_list(answer):
    return isinstance(answer, list)


def main(cases):
    steps.prepare()
    count = 0
    for case in cases:
        path = case if case.endswith(".json") else os.path.join(GOLDEN, f"{case}.json")
        for difference in differences(path):
            count += 1
            print(difference)
    if count:
        sys.exit(f"{count} answers differ")


if __name__ == "__main__":
    main(sys.argv[1:])
