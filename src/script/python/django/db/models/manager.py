"""Managers: how a model is asked for rows."""

from django.db.models.query import QuerySet


class BaseManager:
    """Makes query sets of a model."""

    creation_counter = 0
    auto_created = False
    use_in_migrations = False

    def __new__(cls, *args, **kwargs):
        made = super().__new__(cls)
        made._constructor_args = (args, kwargs)
        return made

    def __init__(self):
        super().__init__()
        self._set_creation_counter()
        self.model = None
        self.name = None
        self._db = None
        self._hints = {}

    def __str__(self):
        return f"{self.model._meta.label}.{self.name}"

    def __class_getitem__(cls, *args, **kwargs):
        return cls

    def deconstruct(self):
        path = f"{type(self).__module__}.{type(self).__name__}"
        return False, path, None, *self._constructor_args

    def check(self, **kwargs):
        return []

    @classmethod
    def _get_queryset_methods(cls, queryset_class):
        """The methods of a query set that its manager has, too."""
        methods = {}
        for base in reversed(queryset_class.__mro__):
            for name, method in base.__dict__.items():
                if not hasattr(method, "__code__") or hasattr(cls, name):
                    continue
                queryset_only = getattr(method, "queryset_only", None)
                if queryset_only or (queryset_only is None and name.startswith("_")):
                    methods.pop(name, None)
                    continue
                methods[name] = _forwarded(name, method)
        return methods

    @classmethod
    def from_queryset(cls, queryset_class, class_name=None):
        """A manager class with the methods of a query set class."""
        if class_name is None:
            class_name = f"{cls.__name__}From{queryset_class.__name__}"
        return type(class_name, (cls,), {"_queryset_class": queryset_class, **cls._get_queryset_methods(queryset_class)})

    def contribute_to_class(self, cls, name):
        self.name = self.name or name
        self.model = cls
        setattr(cls, name, ManagerDescriptor(self))
        cls._meta.add_manager(self)

    def _set_creation_counter(self):
        self.creation_counter = BaseManager.creation_counter
        BaseManager.creation_counter += 1

    def db_manager(self, using=None, hints=None):
        from copy import copy

        made = copy(self)
        made._db = using or self._db
        made._hints = hints or self._hints
        return made

    @property
    def db(self):
        return self._db or "default"

    def get_queryset(self):
        """All rows; what others override."""
        return self._queryset_class(model=self.model, using=self._db, hints=self._hints)

    def all(self):
        return self.get_queryset()

    def __eq__(self, other):
        return isinstance(other, type(self)) and self._constructor_args == other._constructor_args

    def __hash__(self):
        return id(self)


def _forwarded(name, method):
    def forwarded(self, *args, **kwargs):
        return getattr(self.get_queryset(), name)(*args, **kwargs)

    forwarded.__name__ = method.__name__
    forwarded.__doc__ = method.__doc__
    return forwarded


class Manager(BaseManager.from_queryset(QuerySet)):
    """The manager of a model that has no other."""


class ManagerDescriptor:
    """The manager of a class; instances have none."""

    def __init__(self, manager):
        self.manager = manager

    def __get__(self, instance, cls=None):
        if instance is not None:
            raise AttributeError(f"Manager isn't accessible via {cls.__name__} instances")
        meta = cls._meta
        if meta.abstract:
            raise AttributeError(f"Manager isn't available; {cls._meta.object_name} is abstract")
        if meta.swapped:
            raise AttributeError(f"Manager isn't available; '{meta.label}' has been swapped for '{meta.swapped}'")
        return meta.managers_map[self.manager.name]


class EmptyManager(Manager):
    """A manager of no rows."""

    def __init__(self, model):
        super().__init__()
        self.model = model

    def get_queryset(self):
        return super().get_queryset().none()
