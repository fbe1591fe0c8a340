"""Rows of a model that a statement of one's own selects."""


class RawQuerySet:
    """The rows, read when they are asked for."""

    def __init__(self, raw_query, model=None, query=None, params=(), translations=None, using=None, hints=None):
        self.raw_query = raw_query
        self.model = model
        self._db = using
        self._hints = hints or {}
        self.params = params or ()
        self.translations = translations or {}
        self._result_cache = None
        self._prefetches = ()

    @property
    def db(self):
        return self._db or "default"

    def using(self, alias):
        return self._clone(using=alias)

    def _clone(self, using=None):
        clone = RawQuerySet(self.raw_query, self.model, None, self.params, self.translations, using or self._db, self._hints)
        clone._prefetches = self._prefetches
        return clone

    def prefetch_related(self, *lookups):
        clone = self._clone()
        clone._prefetches = () if lookups == (None,) else clone._prefetches + lookups
        return clone

    def _fetch_all(self):
        if self._result_cache is None:
            import _djr_db
            from django.db.models.prefetch import class_of_rows, prefetch_related_objects

            model, is_plain = class_of_rows(self.model)
            query = _djr_db.query(self.model._meta.concrete_model._meta.label, self.db)
            rows = query.raw(str(self.raw_query), self.params, model, is_plain, self.translations)
            prefetch_related_objects(rows, *self._prefetches)
            self._result_cache = rows
        return self._result_cache

    def __len__(self):
        return len(self._fetch_all())

    def __bool__(self):
        return bool(self._fetch_all())

    def __iter__(self):
        return iter(self._fetch_all())

    def __getitem__(self, k):
        return list(self)[k]

    def iterator(self):
        return iter(self._clone()._fetch_all())

    def __repr__(self):
        return f"<{self.__class__.__name__}: {self.raw_query}>"

    @property
    def columns(self):
        from django.db import connections

        with connections[self.db].cursor() as cursor:
            return [column[0] for column in cursor.execute(self.raw_query, self.params).description or ()]
