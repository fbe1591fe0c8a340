"""`_meta`: what is known of a model."""

from django._absent import absent
from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist
from django.utils.functional import cached_property

__all__ = ["ObjectDoesNotExist", "Options"]

DEFAULT_NAMES = (
    "verbose_name", "verbose_name_plural", "db_table", "db_table_comment", "ordering", "unique_together",
    "permissions", "get_latest_by", "order_with_respect_to", "app_label", "db_tablespace", "abstract", "managed",
    "proxy", "swappable", "auto_created", "apps", "default_permissions", "select_on_save", "default_related_name",
    "required_db_features", "required_db_vendor", "base_manager_name", "default_manager_name", "indexes",
    "constraints",
)


def normalize_together(option_together):
    """A set of names, or several, as a tuple of tuples."""
    if not option_together:
        return ()
    if not isinstance(option_together, (list, tuple)):
        raise TypeError("sets of names are lists of lists")
    if not isinstance(option_together[0], (list, tuple)):
        option_together = (option_together,)
    return tuple(tuple(names) for names in option_together)


class Options:
    """The facts of models.toml, and what the class `Meta` of the code adds."""

    order_with_respect_to = None
    select_on_save = False
    db_tablespace = ""
    required_db_features = ()
    required_db_vendor = None
    parents = {}
    related_fkey_lookups = ()

    def __init__(self, meta, app_label=None):
        self.meta = meta
        self.app_label = app_label
        self.abstract = False
        self.proxy = False
        self.proxy_for_model = self.concrete_model = None
        self.object_name = self.model_name = None
        self.model = None
        self.verbose_name = self.verbose_name_plural = None
        self.db_table, self.db_table_comment = "", ""
        self.ordering = []
        # The order that only the code says: queries ask for it by themselves.
        self.own_ordering = None
        self.unique_together = ()
        self.indexes, self.constraints = [], []
        self.permissions, self.default_permissions = [], ("add", "change", "delete", "view")
        self.managed, self.swappable, self.swapped = True, None, None
        self.auto_created = False
        self.get_latest_by = None
        self.default_related_name = None
        self.base_manager_name = self.default_manager_name = None
        self.pk = self.auto_field = None
        self.local_fields, self.local_many_to_many, self.private_fields = [], [], []
        self.local_managers = []
        self.sized_images = []
        self.related_facts = []
        self.has_str = self.has_url = False

    def contribute_to_class(self, cls, name):
        cls._meta = self
        self.model = cls
        self.object_name = cls.__name__
        self.model_name = self.object_name.lower()
        self.original_attrs = {}

    def take_facts(self, facts):
        """What models.toml says."""
        from django.db.models.declared import constraints_of, indexes_of

        for name in (
            "db_table", "verbose_name", "verbose_name_plural", "permissions", "managed", "default_related_name",
            "db_table_comment", "has_str", "has_url",
        ):
            setattr(self, name, facts[name])
        self.ordering = facts["ordering"]
        latest = facts["get_latest_by"]
        self.get_latest_by = latest[0] if len(latest) == 1 else latest or None
        self.default_permissions = tuple(facts["default_permissions"])
        self.unique_together = normalize_together(facts["unique_together"])
        self.constraints = constraints_of(facts["constraints"])
        self.indexes = indexes_of(facts["indexes"])
        self.related_facts = facts["related"]
        if facts["swappable"]:
            import _djr_models

            self.swappable = "AUTH_USER_MODEL"
            user = _djr_models.user_model()
            self.swapped = user if user is not None and user.lower() != self.label_lower else None

    def take_meta(self):
        """What the class `Meta` says; what makes the table stays as models.toml has it."""
        meta = self.meta
        if meta is None:
            return
        of_table = ("db_table", "db_table_comment", "unique_together", "managed", "indexes", "constraints", "swappable")
        for name in dir(meta):
            if name.startswith("_"):
                continue
            if name not in DEFAULT_NAMES:
                raise TypeError(f"'class Meta' got invalid attribute(s): {name}")
            value = getattr(meta, name)
            self.original_attrs[name] = value
            if name in of_table and not self.abstract:
                continue
            if name in ("abstract", "app_label", "apps"):
                continue
            if name == "ordering" and list(value) != self.ordering:
                self.own_ordering = tuple(value)
            setattr(self, name, value)
        if self.verbose_name_plural is None and self.verbose_name is not None:
            self.verbose_name_plural = f"{self.verbose_name}s"
        if "verbose_name" in self.original_attrs and "verbose_name_plural" not in self.original_attrs:
            self.verbose_name_plural = f"{self.verbose_name}s"

    @property
    def label(self):
        return f"{self.app_label}.{self.object_name}"

    @property
    def label_lower(self):
        return f"{self.app_label}.{self.model_name}"

    @property
    def verbose_name_raw(self):
        return str(self.verbose_name)

    @property
    def app_config(self):
        from django.apps import apps

        return apps.app_configs.get(self.app_label)

    @property
    def apps(self):
        from django.apps import apps

        return apps

    @property
    def installed(self):
        return self.app_config is not None

    def add_field(self, field, private=False):
        if private:
            self.private_fields.append(field)
        elif field.is_relation and field.many_to_many:
            self.local_many_to_many.append(field)
        else:
            self.local_fields.append(field)
            if field.primary_key and self.pk is None:
                self.pk = field
        self._expire_cache()

    def add_manager(self, manager):
        self.local_managers.append(manager)
        self._expire_cache()

    def _expire_cache(self, forward=True, reverse=True):
        for name in _CACHED:
            self.__dict__.pop(name, None)

    def __repr__(self):
        return f"<Options for {self.object_name}>"

    def __str__(self):
        return self.label_lower

    # Managers.

    @cached_property
    def managers(self):
        """Those of the class and of its bases, in the order in which they were made."""
        from copy import copy

        found, names = [], set()
        bases = (base for base in self.model.mro() if hasattr(base, "_meta"))
        for depth, base in enumerate(bases):
            for manager in base._meta.local_managers:
                if manager.name in names:
                    continue
                names.add(manager.name)
                own = copy(manager)
                own.model = self.model
                found.append((depth, own.creation_counter, own))
        found.sort(key=lambda entry: entry[:2])
        return tuple(entry[2] for entry in found)

    @cached_property
    def managers_map(self):
        return {manager.name: manager for manager in self.managers}

    @cached_property
    def base_manager(self):
        from django.db.models.manager import Manager

        named = self._inherited_name("base_manager_name")
        if named:
            return self._named_manager(named)
        manager = Manager()
        manager.name, manager.model, manager.auto_created = "_base_manager", self.model, True
        return manager

    @cached_property
    def default_manager(self):
        named = self._inherited_name("default_manager_name")
        if named:
            return self._named_manager(named)
        return self.managers[0] if self.managers else None

    def _inherited_name(self, name):
        found = getattr(self, name)
        if not found:
            for base in self.model.mro()[1:]:
                if hasattr(base, "_meta"):
                    return getattr(base._meta, name)
        return found

    def _named_manager(self, name):
        if name not in self.managers_map:
            raise ValueError(f"{self.object_name} has no manager named {name!r}")
        return self.managers_map[name]

    # Fields.

    @cached_property
    def fields(self):
        return tuple(self.local_fields)

    @cached_property
    def concrete_fields(self):
        return tuple(field for field in self.local_fields if field.concrete)

    @property
    def local_concrete_fields(self):
        return self.concrete_fields

    @cached_property
    def many_to_many(self):
        return tuple(self.local_many_to_many)

    @cached_property
    def related_objects(self):
        """The ways back of other models that have a name."""
        relations = self._all_relations()
        return tuple(rel for rel in relations if not rel.hidden or rel.field.many_to_many)

    def _all_relations(self):
        from django.db.models.fields.related_descriptors import LazyRelation

        return [LazyRelation(label, name).find() for label, name, *_ in self.related_facts]

    @cached_property
    def _forward_fields_map(self):
        found = {}
        for field in (*self.private_fields, *self.local_fields, *self.local_many_to_many):
            found[field.name] = field
            found.setdefault(field.attname, field) if hasattr(field, "attname") else None
        return found

    @cached_property
    def fields_map(self):
        return {rel.name: rel for rel in self._all_relations()}

    def get_field(self, field_name):
        """The field of a name, or the way back; FieldDoesNotExist where there is none."""
        found = self._forward_fields_map.get(field_name)
        if found is None:
            found = self.fields_map.get(field_name)
        if found is None:
            raise FieldDoesNotExist(f"{self.object_name} has no field named '{field_name}'")
        return found

    def get_fields(self, include_parents=True, include_hidden=False):
        """Ways back first, then all fields."""
        ways = [rel for rel in self._all_relations() if include_hidden or not rel.hidden]
        return (*ways, *self.local_fields, *self.local_many_to_many, *self.private_fields)

    def get_base_chain(self, model):
        return []

    @property
    def all_parents(self):
        return ()

    def get_parent_list(self):
        return []

    def get_ancestor_link(self, ancestor):
        return None

    @property
    def is_composite_pk(self):
        return hasattr(self.pk, "field_names")

    @cached_property
    def pk_fields(self):
        return list(self.pk.fields) if self.is_composite_pk else [self.pk]

    @cached_property
    def total_unique_constraints(self):
        """Those without a condition and of fields alone."""
        from django.db.models.constraints import UniqueConstraint

        return [
            one for one in self.constraints
            if isinstance(one, UniqueConstraint) and one.condition is None and not one.contains_expressions
        ]

    @cached_property
    def _property_names(self):
        names = set()
        for base in self.model.__mro__:
            names.update(name for name, value in base.__dict__.items() if isinstance(value, property))
        return frozenset(names)

    @cached_property
    def _non_pk_concrete_field_names(self):
        names = set()
        keys = set(self.pk_fields) | {self.pk}
        for field in self.concrete_fields:
            if field not in keys:
                names |= {field.name, field.attname}
        return frozenset(names)

    @cached_property
    def db_returning_fields(self):
        return [field for field in self.concrete_fields if field.db_returning]

    def can_migrate(self, connection):
        return self.managed and not self.swapped and not self.proxy


_CACHED = [name for name, value in Options.__dict__.items() if isinstance(value, cached_property)]


__getattr__ = absent(__name__)
