"""Query sets: which rows are meant; nothing is read before somebody asks."""

import _djr_db
from django._absent import absent
from django.db.models.awaited import add_awaited
from django.db.models.own_lookups import order_term, resolved
from django.db.models.prefetch import Prefetch, class_of_rows, keep_prefetched, parted, prefetch_related_objects, read_along
from django.db.models.queryset_parts import in_parts
from django.db.models.queryset_sets import QuerySetSets
from django.db.models.queryset_values import QuerySetValues
from django.db.models.queryset_writes import QuerySetWrites
from django.db.models.raw import RawQuerySet

__all__ = ["EmptyQuerySet", "Prefetch", "QuerySet", "RawQuerySet", "class_of_rows", "keep_prefetched", "prefetch_related_objects"]

MAX_GET_RESULTS = 21
REPR_OUTPUT_SIZE = 20


class InstanceCheckMeta(type):
    def __instancecheck__(cls, instance):
        return isinstance(instance, QuerySet) and instance._is_none


class EmptyQuerySet(metaclass=InstanceCheckMeta):
    """What none() is an instance of."""

    def __init__(self, *args, **kwargs):
        raise TypeError("EmptyQuerySet can't be instantiated")


class QuerySet(QuerySetSets, QuerySetValues, QuerySetWrites):
    """Rows of a model."""

    _djr_form = "QuerySet"

    def __init__(self, model=None, query=None, using=None, hints=None):
        self.model = model
        self._db = using
        self._hints = hints or {}
        self._mode = "rows"
        self._result_cache = None
        self._is_none = False
        self._for_write = False
        self._known_related_objects = {}
        self._generic_prefetches = ()
        self._zones = {}
        self._is_grouped = False
        if query is None and model is not None:
            query = _djr_db.query(model._meta.concrete_model._meta.label, using or self.db)
            if model._meta.own_ordering:
                query = query.order_by(*model._meta.own_ordering)
        self._query = getattr(query, "_query", query)

    @classmethod
    def as_manager(cls):
        from django.db.models.manager import Manager

        manager = Manager.from_queryset(cls)()
        manager._built_with_as_manager = True
        return manager

    as_manager.__func__.queryset_only = True

    @property
    def query(self):
        from django.db.models.sql import Query

        return Query(self)

    @query.setter
    def query(self, value):
        self._query = value._query

    @property
    def db(self):
        if self._db:
            return self._db
        instance = self._hints.get("instance")
        return getattr(getattr(instance, "_state", None), "db", None) or "default"

    # What a query set is as a Python object.

    def __repr__(self):
        data = list(self[: REPR_OUTPUT_SIZE + 1])
        if len(data) > REPR_OUTPUT_SIZE:
            data[-1] = "...(remaining elements truncated)..."
        return f"<{self.__class__.__name__} {data!r}>"

    def __deepcopy__(self, memo):
        return self._clone()

    def __getstate__(self):
        # What a cache keeps are the rows; of the query only which rows they were.
        self._fetch_all()
        return {**self.__dict__, "_query": None, "_hints": {}, "_known_related_objects": {}}

    def __setstate__(self, state):
        self.__dict__.update(state)
        query = _djr_db.query(self.model._meta.label, self.db)
        keys = [row.pk for row in self._result_cache] if self._mode == "rows" else []
        self._query = query.filter(pk__in=keys)

    def __class_getitem__(cls, *args, **kwargs):
        return cls

    def __len__(self):
        return len(self._fetch_all())

    def __iter__(self):
        return iter(self._fetch_all())

    def __bool__(self):
        return bool(self._fetch_all())

    def __getitem__(self, k):
        is_slice = isinstance(k, slice)
        if not is_slice and not isinstance(k, int):
            raise TypeError(f"QuerySet indices must be integers or slices, not {type(k).__name__}.")
        for bound in (k.start, k.stop) if is_slice else (k,):
            if bound is not None and int(bound) < 0:
                raise ValueError("Negative indexing is not supported.")
        if self._result_cache is not None:
            return self._result_cache[k]
        if is_slice:
            sliced = self._chain(self._query.slice(int(k.start or 0), None if k.stop is None else int(k.stop)))
            return list(sliced)[:: k.step] if k.step else sliced
        rows = self._chain(self._query.slice(k, k + 1))._fetch_all()
        if not rows:
            raise IndexError("list index out of range")
        return rows[0]

    def _clone(self):
        clone = object.__new__(self.__class__)
        clone.__dict__.update(self.__dict__)
        clone._result_cache = None
        return clone

    def _chain(self, query=None):
        clone = object.__new__(self.__class__)
        clone.__dict__.update(self.__dict__)
        clone._result_cache = None
        if query is not None:
            clone._query = query
        return clone

    def _fetch_all(self):
        if self._result_cache is None:
            self._result_cache = self._read_values()
        return self._result_cache

    def _read_values(self):
        found = self._read()
        if self._mode != "named":
            return self._zoned(found) if self._zones else found
        from collections import namedtuple

        row = namedtuple("Row", self._query.names())
        return [row._make(values) for values in (self._zoned(found) if self._zones else found)]

    def _read(self):
        mode = self._mode
        if mode == "rows":
            model, is_plain = class_of_rows(self.model)
            rows = self._query.rows(model, is_plain)
            for field, known in self._known_related_objects.items():
                self._give_known(rows, field, known)
            read_along(rows, self._generic_prefetches)
            return rows
        if mode == "dicts":
            return self._query.dicts()
        if mode == "flat":
            return self._query.flat()
        return self._query.tuples()

    def _give_known(self, rows, field, known):
        for row in rows:
            if not field.is_cached(row):
                instance = known.get(getattr(row, field.attname))
                if instance is not None:
                    setattr(row, field.name, instance)

    async def __aiter__(self):
        for row in self:
            yield row

    async def aiterator(self, chunk_size=2000):
        for row in self.iterator(chunk_size):
            yield row

    def iterator(self, chunk_size=None):
        return in_parts(self, chunk_size)

    # What asks the database.

    def count(self):
        if self._result_cache is not None:
            return len(self._result_cache)
        return self._query.count()

    def exists(self):
        if self._result_cache is not None:
            return bool(self._result_cache)
        return self._query.exists()

    def contains(self, obj):
        self._not_support_combined_queries("contains")
        if self._mode != "rows":
            raise TypeError("Cannot call QuerySet.contains() after .values() or .values_list().")
        try:
            if obj._meta.concrete_model != self.model._meta.concrete_model:
                return False
        except AttributeError:
            raise TypeError("'obj' must be a model instance.") from None
        if obj.pk is None:
            raise ValueError("QuerySet.contains() cannot be used on unsaved objects.")
        if self._result_cache is not None:
            return obj in self._result_cache
        return self.filter(pk=obj.pk).exists()

    def aggregate(self, *args, **kwargs):
        self._not_support_combined_queries("aggregate")
        named = self._named(args, kwargs, "aggregate")
        # Those without a name come last here, and first in annotate().
        return self._query.aggregate(**kwargs, **{name: value for name, value in named.items() if name not in kwargs})

    def get(self, *args, **kwargs):
        query = self._query
        if args or kwargs:
            self._not_support_combined_queries("get")
            query, args, kwargs = resolved(self.model, query, args, kwargs)
            query = query.filter(*args, **kwargs)
        if not query.is_sliced:
            if not query.is_combined:
                query = query.order_by()
            query = query.slice(0, MAX_GET_RESULTS)
        rows = self._chain(query)._fetch_all()
        if len(rows) == 1:
            return rows[0]
        name = self.model._meta.object_name
        if not rows:
            raise self.model.DoesNotExist(f"{name} matching query does not exist.")
        count = len(rows) if len(rows) < MAX_GET_RESULTS else f"more than {MAX_GET_RESULTS - 1}"
        raise self.model.MultipleObjectsReturned(f"get() returned more than one {name} -- it returned {count}!")

    def _need_order(self, method):
        if self._is_grouped and not self.ordered and self.model._meta.pk.name not in self._query.names():
            raise TypeError(
                f"Cannot use QuerySet.{method}() on an unordered queryset performing aggregation. Add an ordering with "
                "order_by()."
            )

    def first(self):
        self._need_order("first")
        query = self._query if self._query.is_sliced else self._query.in_some_order()
        rows = self._chain(query.slice(0, 1))._fetch_all()
        return rows[0] if rows else None

    def last(self):
        self._need_order("last")
        query = self._query.in_some_order().reverse()
        rows = self._chain(query.slice(0, 1))._fetch_all()
        return rows[0] if rows else None

    def _earliest(self, fields, reverse):
        fields = fields or self.model._meta.get_latest_by or ()
        fields = (fields,) if isinstance(fields, str) else fields
        if not fields:
            raise ValueError("earliest() and latest() require either fields as positional arguments or 'get_latest_by' in the model's Meta.")
        if self._query.is_sliced:
            raise TypeError("Cannot change a query once a slice has been taken.")
        query = self._query.order_by(*fields)
        return self._chain(query.reverse() if reverse else query)._only_first()

    def _only_first(self):
        rows = self._chain(self._query.slice(0, 1))._fetch_all()
        if not rows:
            raise self.model.DoesNotExist(f"{self.model._meta.object_name} matching query does not exist.")
        return rows[0]

    def earliest(self, *fields):
        return self._earliest(fields, False)

    def latest(self, *fields):
        return self._earliest(fields, True)

    def in_bulk(self, id_list=None, *, field_name="pk"):
        if self._query.is_sliced:
            raise TypeError("Cannot use 'limit' or 'offset' with in_bulk().")
        if self._mode != "rows":
            raise TypeError("in_bulk() cannot be used with values() or values_list().")
        opts = self.model._meta
        unique = [constraint.fields[0] for constraint in opts.total_unique_constraints if len(constraint.fields) == 1]
        if field_name != "pk" and not opts.get_field(field_name).unique and field_name not in unique:
            raise ValueError(f"in_bulk()'s field_name must be a unique field but {field_name!r} isn't.")
        if id_list is None:
            rows = self._chain()
        elif not (id_list := tuple(id_list)):
            return {}
        else:
            rows = self.filter(**{f"{field_name}__in": id_list}).order_by()
        return {getattr(row, field_name): row for row in rows}

    def explain(self, *, format=None, **options):
        if format is not None or options:
            raise ValueError("SQLite does not support formats or options of explain().")
        return self._query.explain()

    def raw(self, raw_query, params=(), translations=None, using=None):
        raw = RawQuerySet(raw_query, model=self.model, params=params, translations=translations, using=using or self.db)
        return raw

    # What makes another query set.

    def all(self):
        return self._chain(self._query.restarted())

    def none(self):
        clone = self._chain(self._query.none())
        clone._is_none = True
        return clone

    def filter(self, *args, **kwargs):
        if self._query.is_combined:
            self._not_support_combined_queries("filter")
        return self._chain(self._conditions(args, kwargs, "filter"))

    def _conditions(self, args, kwargs, method):
        if (args or kwargs) and self._query.is_sliced:
            raise TypeError("Cannot filter a query once a slice has been taken.")
        query, args, kwargs = resolved(self.model, self._query, args, kwargs)
        return getattr(query, method)(*args, **kwargs)

    def exclude(self, *args, **kwargs):
        if self._query.is_combined:
            self._not_support_combined_queries("exclude")
        return self._chain(self._conditions(args, kwargs, "exclude"))

    def complex_filter(self, filter_obj):
        from django.db.models.query_utils import Q

        return self.filter(filter_obj) if isinstance(filter_obj, Q) else self.filter(**filter_obj)

    def order_by(self, *field_names):
        if self._query.is_sliced:
            raise TypeError("Cannot reorder a query once a slice has been taken.")
        return self._chain(self._query.order_by(*[order_term(self.model, name) for name in field_names]))

    def reverse(self):
        if self._query.is_sliced:
            raise TypeError("Cannot reverse a query once a slice has been taken.")
        return self._chain(self._query.reverse())

    def distinct(self, *field_names):
        self._not_support_combined_queries("distinct")
        if self._query.is_sliced:
            raise TypeError("Cannot create distinct fields once a slice has been taken.")
        if field_names:
            from django.db.utils import NotSupportedError

            raise NotSupportedError("DISTINCT ON fields is not supported by this database backend")
        return self._chain(self._query.distinct())

    def using(self, alias):
        clone = self._chain(self._query.using(alias or "default"))
        clone._db = alias
        return clone

    def select_for_update(self, nowait=False, skip_locked=False, of=(), no_key=False):
        if nowait and skip_locked:
            raise ValueError("The nowait option cannot be used with skip_locked.")
        return self._chain()

    def select_related(self, *fields):
        self._not_support_combined_queries("select_related")
        if self._mode != "rows":
            raise TypeError("Cannot call select_related() after .values() or .values_list()")
        if fields == (None,):
            return self._chain(self._query.without_select_related())
        return self._chain(self._query.select_related(list(fields)))

    def prefetch_related(self, *lookups):
        self._not_support_combined_queries("prefetch_related")
        if lookups == (None,):
            clone = self._chain(self._query.without_prefetch_related())
            clone._generic_prefetches = ()
            return clone
        plain, generic = parted(self.model, lookups)
        clone = self._chain(self._query.prefetch_related(plain))
        clone._generic_prefetches = (*self._generic_prefetches, *generic)
        return clone

    def defer(self, *fields):
        self._not_support_combined_queries("defer")
        if self._mode != "rows":
            raise TypeError("Cannot call defer() after .values() or .values_list()")
        if fields == (None,):
            return self._chain(self._query.without_defer())
        return self._chain(self._query.defer(list(fields)))

    def only(self, *fields):
        self._not_support_combined_queries("only")
        if self._mode != "rows":
            raise TypeError("Cannot call only() after .values() or .values_list()")
        if fields == (None,):
            raise TypeError("Cannot pass None as an argument to only().")
        return self._chain(self._query.only([self.model._meta.pk.name if field == "pk" else field for field in fields]))

    @property
    def ordered(self):
        return self._is_none or self._query.ordered

    def resolve_expression(self, *args, **kwargs):
        return self

    resolve_expression.queryset_only = True

    def _next_is_sticky(self):
        return self

    def _add_hints(self, **hints):
        self._hints = {**self._hints, **hints}


add_awaited(
    QuerySet,
    "aggregate bulk_create bulk_update contains count create delete earliest exists explain first get get_or_create in_bulk last "
    "latest update update_or_create",
)
QuerySet.adelete.queryset_only = True


__getattr__ = absent(__name__)
