"""Rows that are read along with others, in queries of their own."""

from django.db.models.signals import post_init, pre_init


class Prefetch:
    """A relation that is read along: which of its rows, and under which name."""

    _djr_form = "Prefetch"

    def __init__(self, lookup, queryset=None, to_attr=None):
        self.prefetch_through = self._djr_path = lookup
        self.prefetch_to = "__".join([*lookup.split("__")[:-1], to_attr]) if to_attr else lookup
        if queryset is not None and (getattr(queryset, "_djr_form", None) != "QuerySet" or queryset._mode != "rows"):
            raise ValueError("Prefetch querysets cannot use raw(), values(), and values_list().")
        self.queryset = queryset
        self.to_attr = to_attr

    def __eq__(self, other):
        return isinstance(other, Prefetch) and self.prefetch_to == other.prefetch_to

    def __hash__(self):
        return hash((self.__class__, self.prefetch_to))


def prefetch_related_objects(model_instances, *related_lookups):
    """Gives instances of one model what belongs to them, in one query for each relation."""
    instances = list(model_instances)
    if not instances or not related_lookups:
        return
    import _djr_db

    model = type(instances[0])
    using = instances[0]._state.db or "default"
    plain, generic = parted(model, related_lookups)
    if plain:
        _djr_db.query(model._meta.concrete_model._meta.label, using).prefetch(instances, plain)
    read_along(instances, generic)


def parted(model, lookups):
    """The lookups that native code reads, and those that lead over a generic field."""
    from django.db.models.own_lookups import Registered

    if not Registered.generic_fields:
        return list(lookups), ()
    from django.contrib.contenttypes import prefetch

    return prefetch.parted(model, lookups)


def read_along(rows, generic):
    """Gives rows what lookups over generic fields read."""
    if rows and generic:
        from django.contrib.contenttypes import prefetch

        prefetch.read_along(rows, generic)


async def aprefetch_related_objects(model_instances, *related_lookups):
    prefetch_related_objects(model_instances, *related_lookups)


def class_of_rows(model):
    """The class that rows of a model are instances of, and whether they can be made without its help."""
    if isinstance(model, str):
        from django.apps import apps

        model = apps.get_model(model)
    is_plain = model.__dict__.get("_djr_is_plain")
    if is_plain is None:
        from django.db.models.base import Model

        is_plain = model.__init__ is Model.__init__ and model.from_db.__func__ is Model.from_db.__func__
        model._djr_is_plain = is_plain
    return model, is_plain and not (pre_init.receivers or post_init.receivers)


def keep_prefetched(instance, name, rows):
    """Keeps rows as what the manager called name finds."""
    cache = instance.__dict__.get("_prefetched_objects_cache")
    if cache is None:
        cache = instance._prefetched_objects_cache = {}
    manager = getattr(instance, name)
    queryset = manager.get_queryset()
    queryset._result_cache = rows
    queryset._prefetch_done = True
    cache[name] = queryset
