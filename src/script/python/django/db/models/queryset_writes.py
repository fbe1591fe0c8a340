"""Rows that query sets make, change and delete."""


class QuerySetWrites:
    """The part of a query set that writes."""

    def create(self, **kwargs):
        obj = self.model(**kwargs)
        self._for_write = True
        obj.save(force_insert=True, using=self.db)
        return obj

    def get_or_create(self, defaults=None, **kwargs):
        from django.db.transaction import atomic
        from django.db.utils import IntegrityError

        self._for_write = True
        try:
            return self.get(**kwargs), False
        except self.model.DoesNotExist:
            params = self._extract_model_params(defaults, **kwargs)
            try:
                with atomic(using=self.db):
                    return self.create(**{name: called(value) for name, value in params.items()}), True
            except IntegrityError:
                try:
                    return self.get(**kwargs), False
                except self.model.DoesNotExist:
                    pass
                raise

    def update_or_create(self, defaults=None, create_defaults=None, **kwargs):
        from django.db.transaction import atomic

        update = defaults or {}
        create_defaults = update if create_defaults is None else create_defaults
        self._for_write = True
        with atomic(using=self.db):
            obj, created = self.get_or_create(create_defaults, **kwargs)
            if created:
                return obj, created
            for name, value in update.items():
                setattr(obj, name, called(value))
            names = set(update)
            concrete = self.model._meta._non_pk_concrete_field_names
            if concrete.issuperset(names):
                for field in self.model._meta.local_concrete_fields:
                    if not (field.primary_key or field.__class__.pre_save is base_pre_save()):
                        names.add(field.name)
                        if field.name != field.attname:
                            names.add(field.attname)
                obj.save(using=self.db, update_fields=names)
            else:
                obj.save(using=self.db)
        return obj, False

    def _extract_model_params(self, defaults, **kwargs):
        params = {name: value for name, value in kwargs.items() if "__" not in name}
        params.update(defaults or {})
        properties = self.model._meta._property_names
        invalid = []
        for name in params:
            try:
                self.model._meta.get_field(name)
            except Exception:
                if name != "pk" and not (name in properties and getattr(self.model, name).fset):
                    invalid.append(name)
        if invalid:
            from django.core.exceptions import FieldError

            names = "', '".join(sorted(invalid))
            raise FieldError(f"Invalid field name(s) for model {self.model._meta.object_name}: '{names}'.")
        return params

    def bulk_create(
        self,
        objs,
        batch_size=None,
        ignore_conflicts=False,
        update_conflicts=False,
        update_fields=None,
        unique_fields=None,
    ):
        import _djr_db

        if batch_size is not None and batch_size <= 0:
            raise ValueError("Batch size must be a positive integer.")
        opts = self.model._meta
        objs = list(objs)
        names = self._conflict_names(ignore_conflicts, update_conflicts, update_fields, unique_fields)
        if not objs:
            return objs
        fields = [field for field in opts.local_concrete_fields if not getattr(field, "generated", False)]
        rows = []
        for obj in objs:
            if obj.pk is None:
                obj.pk = opts.pk.get_pk_value_on_save(obj)
            obj._prepare_related_fields_for_save(operation_name="bulk_create")
            row = {field.attname: field.pre_save(obj, add=True) for field in fields}
            if row.get(opts.pk.attname) is None:
                row.pop(opts.pk.attname, None)
            rows.append(row)
        made = _djr_db.insert_many(opts.label, rows, self.db, ignore_conflicts, update_conflicts, *names)
        for obj, values in zip(objs, made):
            if not ignore_conflicts:
                for name, value in values.items():
                    setattr(obj, name, value)
            obj._state.adding = False
            obj._state.db = self.db
        return objs

    def _conflict_names(self, ignore_conflicts, update_conflicts, update_fields, unique_fields):
        if ignore_conflicts and update_conflicts:
            raise ValueError("ignore_conflicts and update_conflicts are mutually exclusive.")
        if not update_conflicts:
            return [], []
        if not update_fields:
            raise ValueError("Fields that will be updated when a row insertion fails on conflicts must be provided.")
        if not unique_fields:
            raise ValueError("Unique fields that can trigger the upsert must be provided.")
        get = self.model._meta.get_field
        update = [get(name) for name in update_fields]
        if any(field.primary_key for field in update):
            raise ValueError("bulk_create() cannot be used with primary keys in update_fields.")
        unique = [self.model._meta.pk if name == "pk" else get(name) for name in unique_fields]
        return [field.name for field in unique], [field.name for field in update]

    bulk_create.alters_data = True

    def bulk_update(self, objs, fields, batch_size=None):
        import _djr_db
        from django.db.transaction import atomic

        if batch_size is not None and batch_size <= 0:
            raise ValueError("Batch size must be a positive integer.")
        if not fields:
            raise ValueError("Field names must be given to bulk_update().")
        opts = self.model._meta
        objs = tuple(objs)
        if any(obj.pk is None for obj in objs):
            raise ValueError("All bulk_update() objects must have a primary key set.")
        fields = [opts.get_field(name) for name in fields]
        if any(not field.concrete or field.many_to_many for field in fields):
            raise ValueError("bulk_update() can only be used with concrete fields.")
        if any(field.primary_key for field in fields):
            raise ValueError("bulk_update() cannot be used with primary key fields.")
        updated = 0
        with atomic(using=self.db, savepoint=False):
            for obj in objs:
                obj._prepare_related_fields_for_save(operation_name="bulk_update", fields=fields)
                values = {field.attname: getattr(obj, field.attname) for field in fields}
                updated += _djr_db.update_row(opts.label, obj.pk, values, self.db)
        return updated

    bulk_update.alters_data = True

    def update(self, **kwargs):
        self._not_support_combined_queries("update")
        if self._query.is_sliced:
            raise TypeError("Cannot update a query once a slice has been taken.")
        for name in kwargs:
            field = self.model._meta.get_field(name)
            if not field.concrete or field.many_to_many or field.one_to_many:
                from django.core.exceptions import FieldError

                raise FieldError(f"Cannot update model field {field!r} (only non-relations and foreign keys permitted).")
        self._for_write = True
        self._result_cache = None
        return self._query.update(**kwargs)

    update.alters_data = True

    def _update(self, values):
        return self._query.update(**{field.name: value for field, _, value in values})

    _update.alters_data = True
    _update.queryset_only = False

    def delete(self):
        from django.db.models.collector import Collector, is_native

        self._not_support_combined_queries("delete")
        if self._query.is_sliced:
            raise TypeError("Cannot use 'limit' or 'offset' with delete().")
        if self._mode != "rows":
            raise TypeError("Cannot call delete() after .values() or .values_list()")
        self._result_cache = None
        if is_native(self.model):
            return self._query.delete()

        rows = self._chain(self._query.order_by())
        rows._for_write = True
        collector = Collector(using=self.db, origin=self)
        collector.collect(rows)
        return collector.delete()

    delete.alters_data = True
    delete.queryset_only = True

    def _raw_delete(self, using):
        return self._query.using(using).delete()[0]

    _raw_delete.alters_data = True


def called(value):
    return value() if callable(value) else value


def base_pre_save():
    from django.db.models.fields import Field

    return Field.pre_save
