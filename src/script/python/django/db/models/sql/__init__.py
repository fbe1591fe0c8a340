"""The statement behind a query set."""

from django._absent import absent


class Query:
    """What is known of the statement of a query set."""

    def __init__(self, queryset):
        self._query = queryset._query
        self.model = queryset.model

    def __str__(self):
        return self._query.sql()

    def clone(self):
        return self

    chain = clone

    @property
    def is_sliced(self):
        return self._query.is_sliced

    @property
    def distinct(self):
        return self._query.is_distinct

    def exists(self, limit=True):
        return self


__getattr__ = absent(__name__)
