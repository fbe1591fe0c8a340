"""How the class of a model is made: of models.toml, and of what the code of its app says."""

from django.core.exceptions import ImproperlyConfigured, MultipleObjectsReturned, ObjectDoesNotExist
from django.db.models.options import Options


def made(metaclass, new, name, bases, attrs, kwargs):
    """The class that a statement asks for; `new` is that of `type`."""
    from django.apps import apps

    meta = attrs.pop("Meta", None)
    module = attrs.get("__module__", "")
    contributed = {}
    plain = {}
    for key, value in attrs.items():
        if not isinstance(value, type) and hasattr(value, "contribute_to_class"):
            contributed[key] = value
        else:
            plain[key] = value
    cls = new(metaclass, name, bases, plain, **kwargs)
    parents = [base for base in cls.__mro__[1:] if hasattr(base, "_meta")]
    abstract = getattr(meta, "abstract", False)
    if meta is None and parents and parents[0]._meta.abstract:
        meta = getattr(parents[0], "Meta", None)
    app_label = getattr(meta, "app_label", None) or apps.label_of_module(module)
    opts = Options(meta, app_label)
    opts.abstract = abstract
    opts.contribute_to_class(cls, "_meta")
    if abstract:
        return _abstract(cls, meta, contributed)
    if app_label is None:
        raise RuntimeError(
            f"Model class {module}.{name} doesn't declare an explicit app_label and isn't in an application of djr.toml."
        )
    known = apps.registered(app_label, name)
    if known is not None and known.__module__ == module and known.__qualname__ == cls.__qualname__:
        _forget(known)
    _exceptions(cls, parents)
    if getattr(meta, "proxy", False):
        _proxy(cls, opts, parents, contributed)
    else:
        _concrete(cls, opts, parents, contributed)
    _managers(cls)
    _row_page(cls, opts)
    apps.register(cls)
    cls._prepare()
    return cls


def _forget(known):
    from django.apps import apps

    apps.forget_model(known._meta.app_label, known._meta.model_name)


def _abstract(cls, meta, contributed):
    """A class without a table: its fields are those of the models below it."""
    if meta is not None:
        # Models below it that have a Meta of their own derive it from this one, as in Django.
        meta.abstract = False
        cls.Meta = meta
    cls._meta.take_meta()
    for key, value in contributed.items():
        cls.add_to_class(key, value)
    return cls


def _exceptions(cls, parents):
    from django.db.models.base import subclass_exception

    above = [base for base in parents if not base._meta.abstract]
    for name, kind in (("DoesNotExist", ObjectDoesNotExist), ("MultipleObjectsReturned", MultipleObjectsReturned)):
        bases = tuple(getattr(base, name) for base in above if hasattr(base, name)) or (kind,)
        setattr(cls, name, subclass_exception(name, bases, cls.__module__, cls))


def _proxy(cls, opts, parents, contributed):
    """Another class for the rows of a model."""
    base = next((one for one in parents if not one._meta.abstract), None)
    if base is None:
        raise TypeError(f"Proxy model '{cls.__name__}' has no non-abstract model base class.")
    if any(hasattr(value, "get_internal_type") for value in contributed.values()):
        raise ImproperlyConfigured(f"Proxy model '{cls.__name__}' contains model fields.")
    concrete = base._meta.concrete_model
    source = concrete._meta
    opts.proxy, opts.proxy_for_model, opts.concrete_model = True, base, concrete
    for name in (
        "db_table", "db_table_comment", "ordering", "get_latest_by", "unique_together", "constraints", "indexes",
        "managed", "local_fields", "local_many_to_many", "private_fields", "pk", "auto_field", "sized_images",
        "related_facts", "has_str", "has_url", "default_related_name", "swapped",
    ):
        setattr(opts, name, getattr(source, name))
    _names(opts)
    opts.take_meta()
    for key, value in contributed.items():
        cls.add_to_class(key, value)


def _names(opts):
    if opts.verbose_name is None:
        from django.utils.text import camel_case_to_spaces

        opts.verbose_name = camel_case_to_spaces(opts.object_name)
        opts.verbose_name_plural = f"{opts.verbose_name}s"


def _concrete(cls, opts, parents, contributed):
    """The class of a table."""
    import _djr_models

    opts.concrete_model = cls
    facts = _djr_models.facts(f"{opts.app_label}.{cls.__name__}")
    base = next((one for one in parents if not one._meta.abstract), None)
    if base is not None:
        raise ImproperlyConfigured(
            f"{opts.label} derives from the table of {base._meta.label}: models.toml has no tables that share rows; "
            "use a OneToOneField, an abstract model or a proxy (class Meta: proxy = True)"
        )
    if facts is None or facts["object_name"] != cls.__name__:
        raise ImproperlyConfigured(_unknown_model(opts, cls.__name__))
    opts.take_facts(facts)
    opts.take_meta()
    declared = _declared_fields(parents, contributed)
    _check_declared(opts, facts, declared)
    from django.db.models.declared import fields_of

    for key, field in fields_of(facts, declared):
        cls.add_to_class(key, field)
    for key, value in contributed.items():
        if not hasattr(value, "get_internal_type"):
            cls.add_to_class(key, value)
    for parent in reversed(parents):
        for field in parent._meta.private_fields:
            if field.name not in cls.__dict__:
                from copy import copy

                cls.add_to_class(field.name, copy(field))
    _ways_back(cls, facts)


def _unknown_model(opts, name):
    import _djr_models

    names = _djr_models.names(opts.app_label)
    from difflib import get_close_matches

    near = get_close_matches(name, names, 1)
    hint = f"; did you mean {near[0]}?" if near else ""
    return f"models.toml of {opts.app_label} has no model {name}{hint}"


def _declared_fields(parents, contributed):
    """The fields of the class statement and of the abstract classes above it, by name."""
    found = {}
    for parent in reversed(parents):
        if parent._meta.abstract:
            for field in (*parent._meta.local_fields, *parent._meta.local_many_to_many):
                found[field.name] = field
    for key, value in contributed.items():
        if hasattr(value, "get_internal_type"):
            found[key] = value
    return found


def _check_declared(opts, facts, declared):
    """Fields of the code have to be in models.toml."""
    types = {fact["name"]: fact["type"] for fact in facts["fields"]}
    for name, field in declared.items():
        if name not in types:
            from difflib import get_close_matches

            near = get_close_matches(name, types, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ImproperlyConfigured(f"models.toml has no field {name} in {opts.label}{hint}")
        if type(field).__module__.startswith("django.") and type(field).__name__ != types[name]:
            raise ImproperlyConfigured(
                f"{opts.label}.{name} is a {types[name]} in models.toml and a {type(field).__name__} here"
            )


def _ways_back(cls, facts):
    """What the references of other models add to it."""
    from django.db.models.fields.related_descriptors import (
        LazyRelation,
        ManyToManyDescriptor,
        ReverseManyToOneDescriptor,
        ReverseOneToOneDescriptor,
    )

    for label, field, kind, accessor in facts["related"]:
        if accessor is None:
            continue
        found = LazyRelation(label, field)
        if kind == "ManyToManyField":
            descriptor = ManyToManyDescriptor(found, reverse=True)
        elif kind == "OneToOneField":
            descriptor = ReverseOneToOneDescriptor(found)
        else:
            descriptor = ReverseManyToOneDescriptor(found)
        if accessor not in cls.__dict__:
            setattr(cls, accessor, descriptor)


def _managers(cls):
    opts = cls._meta
    if opts.managers:
        return
    if any(field.name == "objects" for field in opts.fields):
        raise ValueError(f"Model {cls.__name__} must specify a custom Manager, because it has a field named 'objects'.")
    from django.db.models.manager import Manager

    manager = Manager()
    manager.auto_created = True
    cls.add_to_class("objects", manager)


def _row_page(cls, opts):
    """`url` of models.toml is the address of a row, unless the code says it."""
    if opts.has_url and not hasattr(cls, "get_absolute_url"):
        cls.get_absolute_url = _get_absolute_url


def _get_absolute_url(self):
    from django.db.models.row_templates import rendered

    return rendered(self, "url")


_get_absolute_url.__name__ = "get_absolute_url"
