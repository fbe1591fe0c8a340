"""Which rows go with rows that are deleted, and in which order."""

from django.db.models.deletion import CASCADE, DO_NOTHING, SET_DEFAULT, SET_NULL, ProtectedError, RestrictedError
from django.db.models.signals import post_delete, pre_delete


def deleted(instances, using, origin):
    """Deletes instances of one model and all that goes with them."""
    model = type(instances[0])
    if is_native(model):
        import _djr_db

        label = model._meta.concrete_model._meta.label
        found = _djr_db.delete_cascade(label, [one.pk for one in instances], using)
        for one in instances:
            setattr(one, model._meta.pk.attname, None)
        return found
    collector = Collector(using=using, origin=origin)
    collector.collect(instances)
    return collector.delete()


def is_native(model):
    """Whether rows of a model are deleted without Python: nobody hears of it, and nothing may refuse it."""
    if pre_delete.receivers or post_delete.receivers:
        return False
    meta = model._meta.concrete_model._meta
    found = meta.__dict__.get("_deletes_natively")
    if found is None:
        found = meta.__dict__["_deletes_natively"] = not _may_be_refused(model._meta.concrete_model, set())
    return found


def _may_be_refused(model, seen):
    """Whether a reference that protects leads to a model, or to one whose rows go with its rows."""
    if model in seen:
        return False
    seen.add(model)
    if _generic_relations(model):
        return True
    for field in _references_to(model):
        on_delete = field.remote_field.on_delete
        if on_delete not in _PLAIN:
            return True
        if on_delete is CASCADE and _may_be_refused(field.model._meta.concrete_model, seen):
            return True
    return False


def _generic_relations(model):
    return [field for field in model._meta.private_fields if hasattr(field, "bulk_related_objects")]


_PLAIN = (CASCADE, SET_NULL, SET_DEFAULT, DO_NOTHING)


class Collector:
    """Rows to delete by model, and references to change; used where receivers hear of each row."""

    # How many are deleting right now: what they delete is not anybody else's to delete.
    running = 0

    def __init__(self, using, origin=None, force_collection=False):
        self.using, self.origin = using, origin
        self.data = {}
        self.field_updates = []
        self.restricted = []
        self.fast_deletes = []
        self.dependencies = {}

    def add(self, objs, source=None, nullable=False, reverse_dependency=False):
        """Notes rows; those that were not known yet."""
        if not objs:
            return []
        model = type(objs[0])
        known = self.data.setdefault(model, {})
        new = [one for one in objs if one.pk not in known]
        known.update((one.pk, one) for one in new)
        if source is not None and not nullable:
            self.dependencies.setdefault(source._meta.concrete_model, set()).add(model._meta.concrete_model)
        return new

    def add_field_update(self, field, value, objs):
        self.field_updates.append((field, value, list(objs)))

    def add_restricted_objects(self, field, objs):
        self.restricted.append((field, list(objs)))

    def collect(self, objs, source=None, nullable=False, collect_related=True, fail_on_restricted=True, **kwargs):
        """Notes rows, and what refers to them."""
        new = self.add(list(objs), source, nullable)
        if not new:
            return
        protected = []
        for field in _references_to(type(new[0])):
            target = field.target_field.attname
            keys = [getattr(one, target) for one in new]
            rows = list(field.model._base_manager.using(self.using).filter(**{f"{field.name}__in": keys}))
            if not rows:
                continue
            try:
                field.remote_field.on_delete(self, field, rows, self.using)
            except ProtectedError as error:
                protected.append((f"'{field.model.__name__}.{field.name}'", error.protected_objects))
        for field in _generic_relations(type(new[0])):
            self.collect(list(field.bulk_related_objects(new, self.using)), source=type(new[0]), nullable=True)
        if protected:
            names = ", ".join(name for name, _ in protected)
            raise ProtectedError(
                f"Cannot delete some instances of model {type(new[0]).__name__!r} because they are referenced through "
                f"protected foreign keys: {names}.",
                {row for _, rows in protected for row in rows},
            )
        if fail_on_restricted:
            self._refuse_restricted(type(new[0]))

    def _refuse_restricted(self, model):
        names, rows = [], set()
        for field, objs in self.restricted:
            staying = [one for one in objs if one.pk not in self.data.get(type(one), {})]
            if staying:
                names.append(f"'{field.model.__name__}.{field.name}'")
                rows.update(staying)
        if rows:
            raise RestrictedError(
                f"Cannot delete some instances of model {model.__name__!r} because they are referenced through "
                f"restricted foreign keys: {', '.join(names)}.",
                rows,
            )

    def _order(self):
        """Models whose rows are referred to come last."""
        models, found = list(self.data), []
        concrete = {model._meta.concrete_model for model in found}
        while len(found) < len(models):
            is_found = False
            for model in models:
                if model in found:
                    continue
                needed = self.dependencies.get(model._meta.concrete_model, set()) - {model._meta.concrete_model}
                if needed <= concrete:
                    found.append(model)
                    concrete.add(model._meta.concrete_model)
                    is_found = True
            if not is_found:
                return models
        return found

    def delete(self):
        """Deletes what was noted: how many rows, and of which models."""
        from django.db import transaction

        models = self._order()
        for model, rows in self.data.items():
            self.data[model] = dict(sorted(rows.items()))
        counts = {}
        Collector.running += 1
        try:
            with transaction.atomic(using=self.using, savepoint=False):
                self._tell(pre_delete, models)
                self._update_fields()
                for model in models:
                    self._delete_rows(model, counts)
        finally:
            Collector.running -= 1
        for model, rows in self.data.items():
            for one in rows.values():
                setattr(one, model._meta.pk.attname, None)
        return sum(counts.values()), counts

    def _tell(self, signal, models):
        if not signal.receivers:
            return
        for model in models:
            if not model._meta.auto_created:
                for one in self.data[model].values():
                    signal.send(sender=model, instance=one, using=self.using, origin=self.origin)

    def _update_fields(self):
        for field, value, objs in self.field_updates:
            staying = [one.pk for one in objs]
            rows = field.model._base_manager.using(self.using).filter(pk__in=staying)
            rows.update(**{field.name: value})

    def _delete_rows(self, model, counts):
        import _djr_db

        rows = self.data[model]
        keys = sorted(rows, reverse=True) if all(isinstance(key, int) for key in rows) else list(rows)
        label = model._meta.concrete_model._meta.label
        for field in model._meta.local_many_to_many:
            self._delete_between(field.remote_field.through, field._source(), keys, counts)
        for rel in model._meta.related_objects:
            if rel.field.many_to_many:
                self._delete_between(rel.through, rel.field._target(), keys, counts)
        count, _ = _djr_db.delete_rows(label, keys, self.using)
        if count:
            counts[model._meta.label] = counts.get(model._meta.label, 0) + count
        if post_delete.receivers and not model._meta.auto_created:
            for one in reversed(rows.values()):
                post_delete.send(sender=model, instance=one, using=self.using, origin=self.origin)

    def _delete_between(self, through, field, keys, counts):
        """Rows of a table between that nobody declared."""
        if not through._meta.auto_created:
            return
        count = through._base_manager.using(self.using).filter(**{f"{field.name}__in": keys})._raw_delete(self.using)
        if count:
            counts[through._meta.label] = counts.get(through._meta.label, 0) + count


def _references_to(model):
    """The fields of other models that refer to a model."""
    relations = model._meta.concrete_model._meta._all_relations()
    return [rel.field for rel in relations if not rel.field.many_to_many]
