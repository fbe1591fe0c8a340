"""Values of rows in place of the rows, and what is computed along with them."""


class QuerySetValues:
    """The part of a query set that says what is selected."""

    def _as(self, mode, query):
        clone = self._chain(query)
        clone._mode = mode
        return clone

    def _values(self, mode, fields, expressions):
        query = self._query
        if expressions:
            query = query.annotate(**expressions)
        return self._as(mode, query.values([*fields, *expressions]))

    def values(self, *fields, **expressions):
        return self._values("dicts", fields, expressions)

    def values_list(self, *fields, flat=False, named=False):
        if flat and named:
            raise TypeError("'flat' and 'named' can't be used together.")
        if flat and len(fields) > 1:
            raise TypeError("'flat' is not valid when values_list is called with more than one field.")
        names, query, counter = [], self._query, 1
        taken = {field for field in fields if not hasattr(field, "resolve_expression")}
        for field in fields:
            if hasattr(field, "resolve_expression"):
                prefix = getattr(field, "default_alias", field.__class__.__name__.lower())
                while (name := f"{prefix}{counter}") in taken:
                    counter += 1
                taken.add(name)
                query = query.annotate(**{name: field})
                field = name
            names.append(field)
        return self._as("named" if named else "flat" if flat else "tuples", query.values(names))

    def dates(self, field_name, kind, order="ASC"):
        if kind not in ("year", "month", "week", "day"):
            raise ValueError("'kind' must be one of 'year', 'month', 'week', or 'day'.")
        return self._as("flat", self._query.dates(field_name, kind, self._is_descending(order), False))

    def datetimes(self, field_name, kind, order="ASC", tzinfo=None):
        if kind not in ("year", "month", "week", "day", "hour", "minute", "second"):
            raise ValueError("'kind' must be one of 'year', 'month', 'week', 'day', 'hour', 'minute', or 'second'.")
        is_descending = self._is_descending(order)
        if tzinfo is None:
            return self._as("flat", self._query.dates(field_name, kind, is_descending, True))
        from django.db.models import DateTimeField
        from django.db.models.expressions import F
        from django.db.models.functions import Trunc

        cut = Trunc(field_name, kind, output_field=DateTimeField(), tzinfo=tzinfo)
        query = self._query.annotate(datetimefield=cut, plain_field=F(field_name)).values(["datetimefield"]).distinct()
        query = query.filter(plain_field__isnull=False).order_by(("-" if is_descending else "") + "datetimefield")
        return self._as("flat", query)

    def _is_descending(self, order):
        if order not in ("ASC", "DESC"):
            raise ValueError("'order' must be either 'ASC' or 'DESC'.")
        return order == "DESC"

    def extra(self, select=None, where=None, params=None, tables=None, order_by=None, select_params=None):
        """SQL of one's own, each part as what it is short for: RawSQL in annotations and conditions."""
        from django.db.models.expressions import RawSQL
        from django.db.utils import NotSupportedError

        self._not_support_combined_queries("extra")
        if self._query.is_sliced:
            raise TypeError("Cannot change a query once a slice has been taken.")
        if tables:
            raise NotSupportedError("extra(tables=...) is not there: name the tables in a subquery of RawSQL")
        query, rest = self._query, list(select_params or ())
        for name, sql in (select or {}).items():
            count = sql.replace("%%", "").count("%s")
            query = query.annotate(**{name: RawSQL(sql, rest[:count])})
            rest = rest[count:]
        rest = list(params or ())
        for sql in where or ():
            count = sql.replace("%%", "").count("%s")
            query = query.filter(RawSQL(sql, rest[:count]))
            rest = rest[count:]
        return self._chain(query.order_by(*order_by) if order_by else query)

    def annotate(self, *args, **kwargs):
        self._not_support_combined_queries("annotate")
        return self._chain(self._query.annotate(**self._named(args, kwargs, "annotate")))

    def alias(self, *args, **kwargs):
        self._not_support_combined_queries("alias")
        return self._chain(self._query.alias(**self._named(args, kwargs, "alias")))

    def _named(self, args, kwargs, method):
        wrong = [str(value) for value in (*args, *kwargs.values()) if not hasattr(value, "resolve_expression") and getattr(value, "_djr_form", None) is None]
        if wrong:
            raise TypeError(f"QuerySet.{method}() received non-expression(s): {', '.join(wrong)}.")
        named = {}
        for value in args:
            try:
                name = value.default_alias
            except (AttributeError, TypeError):
                raise TypeError("Complex annotations require an alias") from None
            if name in kwargs:
                raise ValueError(f"The named annotation '{name}' conflicts with the default name for another annotation.")
            named[name] = value
        named.update(kwargs)
        return named
