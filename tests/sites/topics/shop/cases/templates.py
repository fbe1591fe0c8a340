"""Topic guide: templates; methods of Python's values in them."""

import datetime
from decimal import Decimal

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from shop.models import Book


class _Contact(forms.Form):
    subject = forms.CharField(label="A <b>")


def methods_of_values(show, request):
    context = {
        "name": "ann O'Neil",
        "d": {"b": 1, "a": [1, 2]},
        "items": [3, 1, 2],
        "day": datetime.date(2024, 2, 3),
        "moment": datetime.datetime(2024, 2, 3, 4, 5, tzinfo=datetime.timezone.utc),
        "length": datetime.timedelta(hours=30),
        "price": Decimal("12.50"),
        "number": 255,
        "ratio": 0.25,
        "safe": mark_safe("<i>x</i>"),
        "form": _Contact({}),
        "book": Book.objects.get(title__startswith="Beta"),
        "pair": (1, 2),
        "letters": {"x"},
    }
    for line in render_to_string("shop/methods.html", context, request=request).splitlines():
        show(line)
