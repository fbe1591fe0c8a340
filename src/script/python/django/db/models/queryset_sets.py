"""Query sets that are put together."""


class QuerySetSets:
    """The part of a query set that makes one of several."""

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

    def union(self, *other_qs, all=False):
        return self._combined("union all" if all else "union", other_qs)

    def intersection(self, *other_qs):
        return self._combined("intersection", other_qs)

    def difference(self, *other_qs):
        return self._combined("difference", other_qs)

    def _combined(self, operation, others):
        return self._chain(self._query.combine(operation, [other._query for other in others])) if others else self._chain()

    def _not_support_combined_queries(self, name):
        if self._query.is_combined:
            from django.db.utils import NotSupportedError

            raise NotSupportedError(f"Calling QuerySet.{name}() after a set operation is not supported.")
