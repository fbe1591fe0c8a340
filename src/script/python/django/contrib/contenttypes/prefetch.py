"""Rows of any model that are read along, in one query for each model."""

from django.db.models.prefetch import Prefetch, keep_prefetched, prefetch_related_objects


class GenericPrefetch(Prefetch):
    """A GenericForeignKey that is read along: with which query sets, one for each model."""

    def __init__(self, lookup, querysets, to_attr=None):
        for queryset in querysets:
            if getattr(queryset, "_djr_form", None) != "QuerySet" or queryset._mode != "rows":
                raise ValueError("Prefetch querysets cannot use raw(), values(), and values_list().")
        self.querysets = querysets
        super().__init__(lookup, to_attr=to_attr)


def parted(model, lookups):
    """The lookups that native code reads, and those that lead over a generic field, each with the names before it."""
    plain, generic = [], []
    for lookup in lookups:
        path = getattr(lookup, "prefetch_through", lookup)
        place = _place(model, path.split("__"))
        if place is None:
            plain.append(lookup)
            continue
        names = path.split("__")
        if place:
            plain.append("__".join(names[:place]))
        generic.append((names[:place], names[place], names[place + 1 :], lookup))
    return plain, generic


def _place(model, names):
    """Which of the names is a generic field."""
    from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation

    meta = model._meta
    for place, name in enumerate(names):
        field = meta._forward_fields_map.get(name)
        if isinstance(field, (GenericForeignKey, GenericRelation)):
            return place
        if field is None:
            found = [rel for rel in meta._all_relations() if rel.get_accessor_name() == name]
            field = found[0] if found else None
        if getattr(field, "related_model", None) is None:
            return None
        meta = field.related_model._meta
    return None


def read_along(rows, generic):
    """Gives rows what `parted` found."""
    for before, name, after, lookup in generic:
        owners = list(rows)
        for step in before:
            owners = [found for owner in owners for found in _found(owner, step)]
        if not owners:
            continue
        field = type(owners[0])._meta._forward_fields_map[name]
        reads = _read_targets if hasattr(field, "fk_field") else _read_owned
        found = reads(owners, field, lookup if not after else None)
        by_class = {}
        for one in found if after else ():
            by_class.setdefault(type(one), []).append(one)
        rest = _rest(lookup, after)
        for same in by_class.values():
            prefetch_related_objects(same, rest)


def _rest(lookup, after):
    """The part of a lookup behind the generic field."""
    path = "__".join(after)
    if isinstance(lookup, str):
        return path
    return Prefetch(path, lookup.queryset, lookup.to_attr)


def _found(owner, name):
    value = getattr(owner, name, None)
    if value is None:
        return []
    return list(value.all()) if hasattr(value, "all") else [value]


def _read_targets(owners, field, lookup):
    """The rows that a GenericForeignKey leads to."""
    attname = owners[0]._meta.get_field(field.ct_field).attname
    by_kind = {}
    for owner in owners:
        by_kind.setdefault(getattr(owner, attname), []).append(owner)
    querysets = {queryset.model: queryset for queryset in getattr(lookup, "querysets", ())}
    found = []
    for kind, same in by_kind.items():
        model = field.get_content_type(id=kind, using=same[0]._state.db).model_class() if kind else None
        known = {}
        if model is not None:
            rows = querysets.get(model, model._base_manager.using(same[0]._state.db or "default"))
            known = {row.pk: row for row in rows.filter(pk__in=[getattr(owner, field.fk_field) for owner in same])}
        for owner in same:
            key = getattr(owner, field.fk_field)
            target = known.get(model._meta.pk.to_python(key)) if model is not None and key is not None else None
            field.set_cached_value(owner, target)
        found.extend(known.values())
    return found


def _read_owned(owners, field, lookup):
    """The rows of a GenericRelation."""
    queryset = getattr(lookup, "queryset", None)
    using = owners[0]._state.db
    if queryset is None:
        queryset = field.related_model._default_manager.using(using or "default")
    key = type(owners[0])._meta.pk.to_python
    by_owner = {}
    rows = list(field.rows([owner.pk for owner in owners], using, queryset))
    for row in rows:
        by_owner.setdefault(key(getattr(row, field.object_id_field_name)), []).append(row)
    to_attr = getattr(lookup, "to_attr", None)
    for owner in owners:
        own = by_owner.get(owner.pk, [])
        if to_attr:
            setattr(owner, to_attr, own)
        else:
            keep_prefetched(owner, field.name, own)
    return rows
