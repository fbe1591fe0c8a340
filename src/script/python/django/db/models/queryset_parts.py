"""Rows that are read in parts: no more of them are in memory than one part has."""

SIZE = 2000
MOST = 10000


def in_parts(queryset, chunk_size):
    """The rows of a query set, one after the other, of which the keys are read first."""
    if chunk_size is None:
        if queryset._query.reads_along:
            raise ValueError("chunk_size must be provided when using QuerySet.iterator() after prefetch_related().")
    elif chunk_size <= 0:
        raise ValueError("Chunk size must be strictly positive.")
    if queryset._mode != "rows" or not queryset._query.is_plain:
        return iter(queryset._clone()._fetch_all())
    return _rows(queryset, min(chunk_size or SIZE, MOST))


def _rows(queryset, size):
    keys = queryset.values_list("pk", flat=True)._fetch_all()
    for start in range(0, len(keys), size):
        part = keys[start : start + size]
        # Their order is that of the keys; a row that is gone meanwhile is left out.
        found = {row.pk: row for row in queryset.filter(pk__in=part).order_by()}
        yield from (found[key] for key in part if key in found)
