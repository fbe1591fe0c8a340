"""Query sets: which rows are meant; nothing is read before somebody asks."""

from django._absent import absent
from django.db.models.own_lookups import order_term, resolved
from django.db.models.prefetch import Prefetch, class_of_rows, keep_prefetched, prefetch_related_objects
from django.db.models.queryset_parts import in_parts
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


class QuerySet(QuerySetValues, QuerySetWrites):
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
        if query is None and model is not None:
            import _djr_db

            query = _djr_db.query(model._meta.concrete_model._meta.label, self.db)
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
        import _djr_db

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
        if is_slice:
            bounds = [bound for bound in (k.start, k.stop) if bound is not None]
        else:
            bounds = [k]
        if any(int(bound) < 0 for bound in bounds):
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

    def __and__(self, other):
        return self._merged("&", other)

    def __or__(self, other):
        return self._merged("|", other)

    def __xor__(self, other):
        return self._merged("^", other)

    def _merged(self, sign, other):
        if self._query.is_combined or other._query.is_combined:
            raise TypeError(f"Cannot use {sign} operator with combined queryset.")
        if other._is_none:
            return other if sign == "&" else self
        if self._is_none:
            return self if sign == "&" else other
        if self._mode != other._mode:
            raise TypeError(f"Merging '{self.__class__.__name__}' classes must involve the same values in each case.")
        if self.model is not other.model:
            raise TypeError("Cannot combine queries on two different base models.")
        if sign == "&" and (self._query.is_sliced or other._query.is_sliced):
            raise TypeError("Cannot combine queries once a slice has been taken.")
        self, other = self._whole(), other._whole()
        if self._query.is_distinct != other._query.is_distinct:
            raise TypeError("Cannot combine a unique query with a non-unique query.")
        return self._chain(self._query.merge(sign, other._query))

    def _whole(self):
        """The same rows, of which conditions can be asked."""
        if not self._query.is_sliced:
            return self
        return self.model._base_manager.filter(pk__in=self.values("pk"))

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
            self._result_cache = self._read()
        return self._result_cache

    def _read(self):
        mode = self._mode
        if mode == "rows":
            model, is_plain = class_of_rows(self.model)
            rows = self._query.rows(model, is_plain)
            for field, known in self._known_related_objects.items():
                self._give_known(rows, field, known)
            return rows
        if mode == "dicts":
            return self._query.dicts()
        if mode == "flat":
            return self._query.flat()
        rows = self._query.tuples()
        if mode == "named":
            from collections import namedtuple

            row = namedtuple("Row", self._query.names())
            return [row._make(values) for values in rows]
        return rows

    def _give_known(self, rows, field, known):
        for row in rows:
            if not field.is_cached(row):
                instance = known.get(getattr(row, field.attname))
                if instance is not None:
                    setattr(row, field.name, instance)

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
        return self._query.aggregate(**self._named(args, kwargs, "aggregate"))

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

    def first(self):
        query = self._query if self._query.is_sliced else self._query.in_some_order()
        rows = self._chain(query.slice(0, 1))._fetch_all()
        return rows[0] if rows else None

    def last(self):
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
        query, args, kwargs = resolved(self.model, self._query, args, kwargs)
        return self._chain(query.filter(*args, **kwargs))

    def exclude(self, *args, **kwargs):
        if self._query.is_combined:
            self._not_support_combined_queries("exclude")
        query, args, kwargs = resolved(self.model, self._query, args, kwargs)
        return self._chain(query.exclude(*args, **kwargs))

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

    def union(self, *other_qs, all=False):
        return self._combined("union all" if all else "union", other_qs)

    def intersection(self, *other_qs):
        return self._combined("intersection", other_qs)

    def difference(self, *other_qs):
        return self._combined("difference", other_qs)

    def _combined(self, operation, others):
        return self._chain(self._query.combine(operation, [other._query for other in others])) if others else self._chain()

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
            return self._chain(self._query.without_prefetch_related())
        return self._chain(self._query.prefetch_related(list(lookups)))

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

    def _not_support_combined_queries(self, name):
        if self._query.is_combined:
            from django.db.utils import NotSupportedError

            raise NotSupportedError(f"Calling QuerySet.{name}() after a set operation is not supported.")


__getattr__ = absent(__name__)
