"""Managers of the rows that belong to a row."""

from django.db.models.awaited import add_awaited
from django.db.models.manager import BaseManager

WRITING = "add clear create get_or_create remove set update_or_create"


class PrefetchedManager:
    """What managers of a row have that are known by a name among what was prefetched with it."""

    do_not_call_in_templates = True

    @property
    def _using(self):
        return self._db or self.instance._state.db or "default"

    def _remove_prefetched_objects(self):
        getattr(self.instance, "_prefetched_objects_cache", {}).pop(self.prefetch_cache_name, None)


def create_reverse_many_to_one_manager(superclass, rel):
    """A manager of the rows that refer to one row."""

    class RelatedManager(superclass):
        def __init__(self, instance):
            super().__init__()
            self.instance = instance
            self.model = rel.related_model
            self.field = rel.field
            self.name = rel.field.name
            self.core_filters = {rel.field.name: instance}

        def __call__(self, *, manager):
            kind = create_reverse_many_to_one_manager(self.model._meta.managers_map[manager].__class__, rel)
            return kind(self.instance)

        do_not_call_in_templates = True

        def _check_fk_val(self):
            if getattr(self.instance, self.field.target_field.attname) is None:
                raise ValueError(
                    f'"{self.instance!r}" needs to have a value for field "{self.field.target_field.attname}" before '
                    "this relationship can be used."
                )

        def _apply_rel_filters(self, queryset):
            """Those of other rows that belong to the instance."""
            using = self._db or self.instance._state.db
            queryset._add_hints(instance=self.instance)
            if using:
                queryset = queryset.using(using)
            queryset = queryset.filter(**self.core_filters)
            queryset._known_related_objects = {self.field: {self.instance.pk: self.instance}}
            return queryset

        def _remove_prefetched_objects(self):
            getattr(self.instance, "_prefetched_objects_cache", {}).pop(rel.get_accessor_name(), None)

        def get_queryset(self):
            if not self.instance._is_pk_set():
                raise ValueError(
                    f"{type(self.instance).__name__!r} instance needs to have a primary key value before this "
                    "relationship can be used."
                )
            known = getattr(self.instance, "_prefetched_objects_cache", None)
            if known:
                found = known.get(rel.get_accessor_name())
                if found is not None:
                    return found
            return self._apply_rel_filters(super().get_queryset())

        def _written(self):
            return self.model._base_manager.using(self._db or self.instance._state.db or "default")

        def add(self, *objs, bulk=True):
            self._check_fk_val()
            self._remove_prefetched_objects()
            for one in objs:
                _check_kind(self, one)
                if bulk and (one._state.adding or not one._is_pk_set()):
                    raise ValueError(f"{one!r} instance isn't saved. Use bulk=False or save the object first.")
                setattr(one, self.field.name, self.instance)
            if bulk:
                keys = [one.pk for one in objs]
                self._written().filter(pk__in=keys).update(**{self.field.name: self.instance})
                return
            from django.db import transaction

            with transaction.atomic(using=self._db or self.instance._state.db or "default", savepoint=False):
                for one in objs:
                    one.save()

        add.alters_data = True

        def _owned(self, kwargs):
            self._check_fk_val()
            kwargs[self.field.name] = self.instance
            self._remove_prefetched_objects()
            return self.db_manager(self._db or self.instance._state.db)

        def create(self, **kwargs):
            manager = self._owned(kwargs)
            return super(RelatedManager, manager).create(**kwargs)

        create.alters_data = True

        def get_or_create(self, **kwargs):
            manager = self._owned(kwargs)
            return super(RelatedManager, manager).get_or_create(**kwargs)

        get_or_create.alters_data = True

        def update_or_create(self, **kwargs):
            manager = self._owned(kwargs)
            return super(RelatedManager, manager).update_or_create(**kwargs)

        update_or_create.alters_data = True

        if rel.field.null:

            def remove(self, *objs, bulk=True):
                if not objs:
                    return
                self._check_fk_val()
                value = getattr(self.instance, self.field.target_field.attname)
                keys = set()
                for one in objs:
                    _check_kind(self, one)
                    if getattr(one, self.field.attname) != value:
                        raise self.field.remote_field.model.DoesNotExist(f"{one!r} is not related to {self.instance!r}.")
                    keys.add(one.pk)
                self._clear(self.filter(pk__in=keys), bulk)

            remove.alters_data = True

            def clear(self, *, bulk=True):
                self._check_fk_val()
                self._clear(self, bulk)

            clear.alters_data = True

            def _clear(self, rows, bulk):
                self._remove_prefetched_objects()
                rows = rows.using(self._db or self.instance._state.db or "default")
                if bulk:
                    rows.update(**{self.field.name: None})
                    return
                for one in rows:
                    setattr(one, self.field.name, None)
                    one.save(update_fields=[self.field.name])

        def set(self, objs, *, bulk=True, clear=False):
            self._check_fk_val()
            objs = tuple(objs)
            if not self.field.null:
                self.add(*objs, bulk=bulk)
                return
            from django.db import transaction

            with transaction.atomic(using=self._db or self.instance._state.db or "default", savepoint=False):
                if clear:
                    self.clear(bulk=bulk)
                    self.add(*objs, bulk=bulk)
                    return
                old = set(self.using(self._db or self.instance._state.db or "default").all())
                new = []
                for one in objs:
                    if one in old:
                        old.remove(one)
                    else:
                        new.append(one)
                self.remove(*old, bulk=bulk)
                self.add(*new, bulk=bulk)

        set.alters_data = True

    add_awaited(RelatedManager, WRITING)
    RelatedManager.__qualname__ = RelatedManager.__name__ = "RelatedManager"
    return RelatedManager


def _check_kind(manager, one):
    if not isinstance(one, manager.model):
        raise TypeError(f"'{manager.model._meta.object_name}' instance expected, got {one!r}")


def create_forward_many_to_many_manager(superclass, rel, reverse):
    """A manager of the rows on the other side of a table between."""

    class ManyRelatedManager(PrefetchedManager, superclass):
        def __init__(self, instance=None):
            super().__init__()
            self.instance = instance
            field = rel.field
            self.reverse = reverse
            self.through = rel.through
            self.symmetrical = rel.symmetrical
            self.model = rel.related_model if reverse else rel.model
            self.query_field_name = field.name if reverse else field.related_query_name()
            self.prefetch_cache_name = rel.get_accessor_name() if reverse else field.name
            source, target = field._source(), field._target()
            self.source_field, self.target_field = (target, source) if reverse else (source, target)
            self.source_field_name, self.target_field_name = self.source_field.name, self.target_field.name
            if not instance._is_pk_set():
                raise ValueError(
                    f'"{instance!r}" needs to have a value for field "{instance._meta.pk.attname}" before this '
                    "many-to-many relationship can be used."
                )
            self.related_val = (getattr(instance, self.source_field.target_field.attname),)

        def __call__(self, *, manager):
            kind = create_forward_many_to_many_manager(self.model._meta.managers_map[manager].__class__, rel, reverse)
            return kind(instance=self.instance)

        def get_queryset(self):
            known = getattr(self.instance, "_prefetched_objects_cache", None)
            if known:
                found = known.get(self.prefetch_cache_name)
                if found is not None:
                    return found
            rows = super().get_queryset()
            rows._add_hints(instance=self.instance)
            using = self._db or self.instance._state.db
            if using:
                rows = rows.using(using)
            return self._narrowed(rows)

        def _narrowed(self, rows):
            """Those of the rows that belong to the instance."""
            label = self.instance._meta.concrete_model._meta.label
            return rows._chain(rows._query.belonging(label, self.prefetch_cache_name, self.related_val[0]))

        def _signal(self, action, keys):
            from django.db.models.signals import m2m_changed

            if m2m_changed.receivers:
                m2m_changed.send(
                    sender=self.through, action=action, instance=self.instance, reverse=self.reverse, model=self.model,
                    pk_set=keys, using=self._using,
                )

        def _rows_between(self):
            return self.through._base_manager.using(self._using).filter(**{self.source_field.attname: self.related_val[0]})

        def _keys(self, objs):
            """The values by which the table between knows other rows."""
            found = []
            target = self.target_field.target_field
            for one in objs:
                if isinstance(one, self.model):
                    value = getattr(one, target.attname)
                    if value is None:
                        raise ValueError(
                            f'Cannot add "{one!r}": the value for field "{self.target_field_name}" is None'
                        )
                    found.append(value)
                elif hasattr(one, "_meta"):
                    raise TypeError(f"'{self.model._meta.object_name}' instance expected, got {one!r}")
                else:
                    found.append(target.to_python(one) if hasattr(target, "to_python") else one)
            return list(dict.fromkeys(found))

        def _add(self, keys, through_defaults, mirrored=False):
            if not keys:
                return
            source, target = self.source_field.attname, self.target_field.attname
            if mirrored:
                source, target = target, source
            known = self.through._base_manager.using(self._using).filter(**{source: self.related_val[0], f"{target}__in": keys})
            known = set(known.values_list(target, flat=True))
            missing = [key for key in keys if key not in known]
            if not mirrored:
                self._signal("pre_add", set(missing))
            defaults = {name: value() if callable(value) else value for name, value in (through_defaults or {}).items()}
            rows = [self.through(**{source: self.related_val[0], target: key, **defaults}) for key in missing]
            if rows:
                can_ignore = self.through._meta.auto_created
                self.through._base_manager.using(self._using).bulk_create(rows, ignore_conflicts=bool(can_ignore))
            if not mirrored:
                self._signal("post_add", set(missing))

        def add(self, *objs, through_defaults=None):
            from django.db import transaction

            self._remove_prefetched_objects()
            keys = self._keys(objs)
            with transaction.atomic(using=self._using, savepoint=False):
                self._add(keys, through_defaults)
                if self.symmetrical:
                    self._add(keys, through_defaults, mirrored=True)

        add.alters_data = True

        def _remove(self, keys):
            from django.db.models import Q

            if not keys:
                return
            self._signal("pre_remove", keys)
            found = Q(**{self.source_field.attname: self.related_val[0], f"{self.target_field.attname}__in": keys})
            if self.symmetrical:
                found |= Q(**{self.target_field.attname: self.related_val[0], f"{self.source_field.attname}__in": keys})
            self.through._base_manager.using(self._using).filter(found).delete()
            self._signal("post_remove", keys)

        def remove(self, *objs):
            from django.db import transaction

            self._remove_prefetched_objects()
            with transaction.atomic(using=self._using, savepoint=False):
                self._remove(set(self._keys(objs)))

        remove.alters_data = True

        def clear(self):
            from django.db import transaction
            from django.db.models import Q

            with transaction.atomic(using=self._using, savepoint=False):
                self._signal("pre_clear", None)
                self._remove_prefetched_objects()
                found = Q(**{self.source_field.attname: self.related_val[0]})
                if self.symmetrical:
                    found |= Q(**{self.target_field.attname: self.related_val[0]})
                self.through._base_manager.using(self._using).filter(found).delete()
                self._signal("post_clear", None)

        clear.alters_data = True

        def set(self, objs, *, clear=False, through_defaults=None):
            from django.db import transaction

            objs = tuple(objs)
            with transaction.atomic(using=self._using, savepoint=False):
                if clear:
                    self.clear()
                    self.add(*objs, through_defaults=through_defaults)
                    return
                old = set(self._rows_between().values_list(self.target_field.attname, flat=True))
                new = []
                for one in objs:
                    key = self._keys([one])[0]
                    if key in old:
                        old.remove(key)
                    else:
                        new.append(one)
                self.remove(*old)
                self.add(*new, through_defaults=through_defaults)

        set.alters_data = True

        def _made(self, method, kwargs):
            manager = self.db_manager(self.instance._state.db)
            return getattr(super(ManyRelatedManager, manager), method)(**kwargs)

        def create(self, *, through_defaults=None, **kwargs):
            found = self._made("create", kwargs)
            self.add(found, through_defaults=through_defaults)
            return found

        create.alters_data = True

        def get_or_create(self, *, through_defaults=None, **kwargs):
            found, is_new = self._made("get_or_create", kwargs)
            if is_new:
                self.add(found, through_defaults=through_defaults)
            return found, is_new

        get_or_create.alters_data = True

        def update_or_create(self, *, through_defaults=None, **kwargs):
            found, is_new = self._made("update_or_create", kwargs)
            if is_new:
                self.add(found, through_defaults=through_defaults)
            return found, is_new

        update_or_create.alters_data = True

        def count(self):
            return self.get_queryset().count()

        def exists(self):
            return self.get_queryset().exists()

    add_awaited(ManyRelatedManager, WRITING)
    ManyRelatedManager.__qualname__ = ManyRelatedManager.__name__ = "ManyRelatedManager"
    return ManyRelatedManager
