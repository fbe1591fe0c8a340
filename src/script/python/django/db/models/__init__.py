"""Models, which `models.toml` declares."""

from django._absent import absent
from django.db.models import signals

# Names, by the modules that they are imported from when they are asked for.
PLACES = {
    "aggregates": ("Aggregate", "Avg", "Count", "Max", "Min", "StdDev", "Sum", "Variance"),
    "expressions": (
        "Case",
        "CombinedExpression",
        "Exists",
        "Expression",
        "ExpressionList",
        "ExpressionWrapper",
        "F",
        "Func",
        "OrderBy",
        "OuterRef",
        "RowRange",
        "Subquery",
        "Value",
        "ValueRange",
        "When",
        "Window",
        "WindowFrame",
        "WindowFrameExclusion",
    ),
    "lookups": ("Lookup",),
    "prefetch": ("Prefetch", "aprefetch_related_objects", "prefetch_related_objects"),
    "query": ("QuerySet",),
    "query_utils": ("FilteredRelation", "Q"),
}

__all__ = ["signals", *(name for names in PLACES.values() for name in names)]

look_up = absent(__name__)


def __getattr__(name):
    for module, names in PLACES.items():
        if name in names:
            from importlib import import_module

            found = getattr(import_module(f"{__name__}.{module}"), name)
            globals()[name] = found
            return found
    return look_up(name)
