"""Runs the steps of one request of a case, on Django as on djr, and answers what they answered."""

import json
import os.path

from django.http import JsonResponse

from . import steps

CASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases.json")


def replay(request, case, part):
    with open(CASES, encoding="utf-8") as file:
        requests = json.load(file)[case]
    names = {**steps.namespace(), "request": request}
    answers = [steps.answer(step["source"], step["kind"], names) for step in requests[part]]
    return JsonResponse({"answers": answers})
