"""How instances are written and read again."""

from django.db.models.signals import post_save, pre_save


class SavedInstances:
    """`save`, `refresh_from_db` and what belongs to them."""

    def get_deferred_fields(self):
        """The attributes of fields that were not read."""
        data = self.__dict__
        return {field.attname for field in self._meta.concrete_fields if field.attname not in data and not field.generated}

    def refresh_from_db(self, using=None, fields=None, from_queryset=None):
        """Reads the values, or those of `fields`, again."""
        meta = self._meta
        if fields is None:
            self._prefetched_objects_cache = {}
        else:
            fields = set(fields)
            known = getattr(self, "_prefetched_objects_cache", {})
            for name in [name for name in fields if name in known]:
                del known[name]
                fields.discard(name)
            if not fields:
                return
            if any("__" in name for name in fields):
                raise ValueError('Found "__" in fields argument. Relations and transforms are not allowed in fields.')
            for name in fields:
                meta.get_field(name)
        rows = from_queryset
        if rows is None:
            rows = type(self)._base_manager.db_manager(using, hints={"instance": self})
        elif using is not None:
            rows = rows.using(using)
        rows = rows.filter(pk=self.pk)
        deferred = self.get_deferred_fields()
        if fields is not None:
            rows = rows.only(*fields)
        elif deferred:
            fields = {field.attname for field in meta.concrete_fields if field.attname not in deferred}
            rows = rows.only(*fields)
        self._take_again(rows.get(), fields)

    def _take_again(self, found, fields):
        meta = self._meta
        missing = found.get_deferred_fields()
        for field in meta.concrete_fields:
            if field.attname in missing or (fields is not None and not {field.attname, field.name} & fields):
                continue
            setattr(self, field.attname, getattr(found, field.attname))
            if field.is_relation and field.is_cached(self):
                field.delete_cached_value(self)
        cache = self._state.fields_cache
        columns = {field.name for field in meta.concrete_fields}
        for name in list(cache):
            if name not in columns and (fields is None or name in fields):
                del cache[name]
        self._state.db = found._state.db

    def _parse_save_params(self, *args, method_name, **kwargs):
        """Arguments that were given by their places, which is how they came before Django 5.1."""
        names = ("force_insert", "force_update", "using", "update_fields")
        if len(args) > len(names):
            raise TypeError(f"Model.{method_name}() takes from 1 to 5 positional arguments but {len(args) + 1} were given")
        import warnings

        warnings.warn(f"Passing positional arguments to {method_name}() is deprecated", DeprecationWarning, stacklevel=3)
        given = dict(zip(names, args))
        for name in given:
            if kwargs.get(name):
                raise TypeError(f"Model.{method_name}() got multiple values for argument '{name}'")
        return [given.get(name, kwargs[name]) for name in names]

    def save(self, *args, force_insert=False, force_update=False, using=None, update_fields=None):
        """Writes the row; what others override."""
        if args:
            force_insert, force_update, using, update_fields = self._parse_save_params(
                *args, method_name="save", force_insert=force_insert, force_update=force_update, using=using,
                update_fields=update_fields,
            )
        self._prepare_related_fields_for_save("save")
        using = using or self._state.db or "default"
        if force_insert and (force_update or update_fields):
            raise ValueError("Cannot force both insert and updating in model saving.")
        meta = self._meta
        if update_fields is not None:
            if not update_fields:
                return
            update_fields = frozenset(update_fields)
            unknown = update_fields.difference(meta._non_pk_concrete_field_names)
            if unknown:
                names = ", ".join(sorted(unknown))
                raise ValueError(
                    "The following fields do not exist in this model, are m2m fields, primary keys, or are "
                    f"non-concrete fields: {names}"
                )
        elif not force_insert and not self._state.adding and using == self._state.db:
            deferred = self.get_deferred_fields()
            if deferred:
                names = {field.attname for field in meta.concrete_fields if not field.primary_key and not field.generated}
                loaded = names.difference(deferred)
                if loaded:
                    update_fields = frozenset(loaded)
        self.save_base(using=using, force_insert=force_insert, force_update=force_update, update_fields=update_fields)

    save.alters_data = True

    def save_base(self, raw=False, force_insert=False, force_update=False, using=None, update_fields=None):
        """Writes the row between its signals."""
        using = using or "default"
        cls = origin = type(self)
        if cls._meta.proxy:
            cls = cls._meta.concrete_model
        has_signals = not cls._meta.auto_created
        if has_signals and pre_save.receivers:
            pre_save.send(sender=origin, instance=self, raw=raw, using=using, update_fields=update_fields)
        updated = self._save_table(raw, cls, bool(force_insert), force_update, using, update_fields)
        self._state.db = using
        self._state.adding = False
        if has_signals and post_save.receivers:
            post_save.send(
                sender=origin, instance=self, created=not updated, update_fields=update_fields, raw=raw, using=using
            )

    save_base.alters_data = True

    def _save_table(self, raw=False, cls=None, force_insert=False, force_update=False, using=None, update_fields=None):
        """Writes the row; whether it was there."""
        meta = cls._meta
        key = meta.pk
        if not self._is_pk_set(meta):
            value = key.get_pk_value_on_save(self)
            if value is not None:
                setattr(self, key.attname, value)
        is_set = self._is_pk_set(meta)
        if not is_set and (force_update or update_fields):
            raise ValueError("Cannot force an update in save() with no primary key.")
        if not raw and not force_insert and not force_update and self._state.adding and _has_fresh_key(key):
            force_insert = True
        if is_set and not force_insert and self._do_update(meta, using, raw, force_update, update_fields):
            return True
        self._do_insert(meta, using, raw, is_set)
        return False

    def _do_update(self, meta, using, raw, force_update, update_fields):
        """Writes over the row of the same key; whether there is one."""
        values = {}
        keys = meta.pk_fields
        for field in meta.concrete_fields:
            if field.generated or field.primary_key or field in keys:
                continue
            if update_fields and field.name not in update_fields and field.attname not in update_fields:
                continue
            value = getattr(self, field.attname) if raw else field.pre_save(self, False)
            values[field.attname] = field.get_db_prep_save(value)
        import _djr_db

        if values:
            updated = _djr_db.update_row(meta.label, self.pk, values, using)
        else:
            updated = update_fields is not None or type(self)._base_manager.using(using).filter(pk=self.pk).exists()
        if updated:
            return True
        if force_update:
            raise _not_updated("Forced update did not affect any rows.")
        if update_fields:
            raise _not_updated("Save with update_fields did not affect any rows.")
        return False

    def _do_insert(self, meta, using, raw, is_key_set):
        values = {}
        for field in meta.concrete_fields:
            if field.generated:
                continue
            if field.primary_key and not is_key_set and not field.has_db_default() and field is meta.auto_field:
                continue
            value = getattr(self, field.attname) if raw else field.pre_save(self, True)
            if hasattr(value, "resolve_expression") and type(value).__name__ == "DatabaseDefault":
                continue
            values[field.attname] = field.get_db_prep_save(value)
        import _djr_db

        made = _djr_db.insert(meta.label, values, using)
        data = self.__dict__
        for name, value in made.items():
            if name not in values or data.get(name) is None:
                data[name] = value

    def _prepare_related_fields_for_save(self, operation_name, fields=None):
        """References have to lead to rows that are saved."""
        for field in self._meta.concrete_fields:
            if not field.is_relation or (fields and field not in fields) or not field.is_cached(self):
                continue
            found = field.get_cached_value(self)
            if not found:
                continue
            if not found._is_pk_set():
                if not field.remote_field.multiple:
                    field.remote_field.delete_cached_value(found)
                raise ValueError(
                    f"{operation_name}() prohibited to prevent data loss due to unsaved related object '{field.name}'."
                )
            value = getattr(found, field.target_field.attname)
            if getattr(self, field.attname) in field.empty_values:
                setattr(self, field.name, found)
            if value != getattr(self, field.attname):
                field.delete_cached_value(self)

    def prepare_database_save(self, field):
        if not self._is_pk_set():
            raise ValueError(f"Unsaved model instance {self!r} cannot be used in an ORM query.")
        return getattr(self, field.remote_field.get_related_field().attname)


def _has_fresh_key(key):
    """Whether a new row gets its key from the model, so that no other can have it."""
    return key.has_default() or key.has_db_default()


def _not_updated(message):
    from django.db import DatabaseError

    return DatabaseError(message)
