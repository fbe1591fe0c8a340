"""Values of rows in place of the rows, and what is computed along with them."""


class QuerySetValues:
    """The part of a query set that says what is selected."""

    def _as(self, mode, query):
        clone = self._chain(query)
        clone._mode = mode
        return clone

    def _values(self, mode, fields, expressions):
        if not expressions:
            return self._as(mode, self._query.values(list(fields)))
        computed = self._computed(expressions, self._query.annotate(**expressions))
        return computed._as(mode, computed._query.values([*fields, *expressions]))

    def values(self, *fields, **expressions):
        return self._values("dicts", fields, expressions)

    def values_list(self, *fields, flat=False, named=False):
        if flat and named:
            raise TypeError("'flat' and 'named' can't be used together.")
        if flat and len(fields) > 1:
            raise TypeError("'flat' is not valid when values_list is called with more than one field.")
        names, computed, counter = [], self, 1
        taken = {field for field in fields if not hasattr(field, "resolve_expression")}
        for field in fields:
            if hasattr(field, "resolve_expression"):
                prefix = getattr(field, "default_alias", field.__class__.__name__.lower())
                while (name := f"{prefix}{counter}") in taken:
                    counter += 1
                taken.add(name)
                computed = computed._computed({name: field}, computed._query.annotate(**{name: field}))
                field = name
            names.append(field)
        return computed._as("named" if named else "flat" if flat else "tuples", computed._query.values(names))

    def dates(self, field_name, kind, order="ASC"):
        if kind not in ("year", "month", "week", "day"):
            raise ValueError("'kind' must be one of 'year', 'month', 'week', or 'day'.")
        return self._as("flat", self._query.dates(field_name, kind, self._is_descending(order)))

    def datetimes(self, field_name, kind, order="ASC", tzinfo=None):
        if kind not in ("year", "month", "week", "day", "hour", "minute", "second"):
            raise ValueError("'kind' must be one of 'year', 'month', 'week', 'day', 'hour', 'minute', or 'second'.")
        is_descending = self._is_descending(order)
        from django.db.models import DateField, DateTimeField, TimeField
        from django.db.models.expressions import F
        from django.db.models.functions import Trunc
        from django.utils import timezone

        if "__" not in field_name and not isinstance(self.model._meta.get_field(field_name), (DateField, TimeField)):
            raise TypeError(f"{field_name!r} isn't a DateField, TimeField, or DateTimeField.")
        cut = Trunc(field_name, kind, output_field=DateTimeField(), tzinfo=tzinfo or timezone.get_current_timezone())
        computed = self._computed({"datetimefield": cut}, self._query.annotate(datetimefield=cut, plain_field=F(field_name)))
        query = computed._query.values(["datetimefield"]).distinct()
        query = query.filter(plain_field__isnull=False).order_by(("-" if is_descending else "") + "datetimefield")
        return computed._as("flat", query)

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
        named = self._named(args, kwargs, "annotate")
        clone = self._computed(named, self._query.annotate(**named))
        if self._mode != "rows" and any(getattr(value, "contains_aggregate", False) for value in named.values()):
            clone._is_grouped = True
        return clone

    def _computed(self, named, query):
        """The same with values that are computed; a moment that is cut off is told in its zone."""
        clone = self._chain(query)
        zones = {name: value.tzinfo for name, value in named.items() if getattr(value, "_djr_form", None) == "Trunc"}
        if zones:
            clone._zones = {**self._zones, **zones}
        return clone

    def _zoned(self, rows):
        """Rows with the moments that were cut off in their zones."""
        mode = self._mode
        if mode == "rows":
            for row in rows:
                for name, zone in self._zones.items():
                    if name in row.__dict__:
                        row.__dict__[name] = _in_zone(row.__dict__[name], zone)
            return rows
        if mode == "dicts":
            for row in rows:
                row.update({name: _in_zone(row[name], zone) for name, zone in self._zones.items() if name in row})
            return rows
        zones = [(name in self._zones, self._zones.get(name)) for name in self._query.names()]
        if mode == "flat":
            is_cut, zone = zones[0]
            return [_in_zone(value, zone) for value in rows] if is_cut else rows
        return [tuple(_in_zone(value, zone) if is_cut else value for value, (is_cut, zone) in zip(row, zones)) for row in rows]

    def alias(self, *args, **kwargs):
        self._not_support_combined_queries("alias")
        return self._chain(self._query.alias(**self._named(args, kwargs, "alias")))

    def _named(self, args, kwargs, method):
        """The expressions by their names, those without one first."""
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


def _in_zone(value, zone):
    """A moment on the clocks of a zone, or of the current one; days stay as they are."""
    if not hasattr(value, "astimezone"):
        return value
    from django.utils import timezone

    return value.astimezone(zone or timezone.get_current_timezone())
