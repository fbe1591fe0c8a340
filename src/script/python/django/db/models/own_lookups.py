"""Lookups and transforms of a project's own, and the conditions that name them."""

from django.core.exceptions import FieldDoesNotExist


class Registered:
    """Whether there are any, or generic fields: nothing is looked for before."""

    any = False
    generic_fields = False


class RegisterLookupMixin:
    """Knows lookups and transforms by their names."""

    @classmethod
    def register_lookup(cls, lookup, lookup_name=None):
        """Makes a lookup or a transform known under its lookup_name; also a decorator."""
        if "class_lookups" not in cls.__dict__:
            cls.class_lookups = {}
        cls.class_lookups[lookup_name or lookup.lookup_name] = lookup
        Registered.any = True
        return lookup

    @classmethod
    def _unregister_lookup(cls, lookup, lookup_name=None):
        del cls.class_lookups[lookup_name or lookup.lookup_name]

    @classmethod
    def get_lookups(cls):
        """All of them, those of subclasses before others."""
        found = {}
        for one in reversed(cls.__mro__):
            found.update(one.__dict__.get("class_lookups", {}))
        return found

    def _own(self, name, base):
        from django.db.models import lookups

        found = self.get_lookups().get(name)
        return found if found is not None and issubclass(found, getattr(lookups, base)) else None

    def get_lookup(self, lookup_name):
        from django.db.models import lookups

        return self._own(lookup_name, "Lookup") or lookups.built_in(lookup_name)

    def get_transform(self, lookup_name):
        return self._own(lookup_name, "Transform")


def resolved(model, query, args, kwargs):
    """The query and its conditions, in which expressions stand for what names lookups of the project's own."""
    if not Registered.any:
        return query, args, kwargs
    reader = Reader(model)
    args = [reader.condition(one) for one in args]
    plain = {}
    for key, value in kwargs.items():
        found = reader.comparison(key, value)
        if isinstance(found, tuple):
            plain[found[0]] = found[1]
        else:
            args.append(found)
    return query.alias(**reader.values) if reader.values else query, args, plain


def order_term(model, term):
    """The order that a term with a transform of the project's own says."""
    if not Registered.any or not isinstance(term, str):
        return term
    found = Reader(model).path(term.lstrip("-"))
    if found is None:
        return term
    expression, rest, _ = found
    if rest:
        return term
    return expression.desc() if term.startswith("-") else expression.asc()


class Reader:
    """Reads conditions on rows of one model."""

    def __init__(self, model):
        self.model = model
        # What transforms make of fields, by names that conditions can use.
        self.values = {}

    def condition(self, one):
        from django.db.models.query_utils import Q

        if isinstance(one, tuple):
            return self.comparison(*one)
        if not isinstance(one, Q):
            return one
        read = Q()
        read.connector, read.negated = one.connector, one.negated
        read.children = [self.condition(child) for child in one.children]
        return read

    def comparison(self, key, value):
        """A lookup of the project's own, or the key and the value that native code reads."""
        if Registered.generic_fields:
            from django.contrib.contenttypes.generic_relation import condition

            found = condition(self.model, key, value)
            if found is not None:
                return found
        found = self.path(key)
        if found is None:
            return key, value
        expression, rest, lookup = found
        if lookup is not None:
            return lookup(expression, value)
        name = "own_" + "_".join(key.split("__"))
        self.values[name] = expression
        if getattr(expression, "bilateral", False):
            value = expression.of(value)
        return "__".join([name, *rest]), value

    def path(self, key):
        """What the names of key say as far as transforms of the project's own go, the names behind, and the lookup of
        the project's own that those are; None where nothing in it is the project's own."""
        from django.db.models.expressions import Col

        names = key.split("__")
        meta, field, place = self.model._meta, None, 0
        for place, name in enumerate(names):
            try:
                found = meta.pk if name == "pk" else meta.get_field(name)
            except FieldDoesNotExist:
                break
            field = found
            if getattr(field, "related_model", None) is None:
                place += 1
                break
            meta = field.related_model._meta
        else:
            place = len(names)
        rest = names[place:]
        if field is None or not rest or not isinstance(field, RegisterLookupMixin):
            return None
        expression = Col("__".join(names[:place]), field)
        is_transformed = False
        while rest:
            transform = self.known(expression, "get_transform", rest[0])
            if transform is None:
                break
            expression, rest, is_transformed = transform(expression), rest[1:], True
        lookup = self.known(expression, "get_lookup", rest[0]) if len(rest) == 1 else None
        if not getattr(lookup, "_djr_is_own", False):
            lookup = None
        return (expression, rest, lookup) if is_transformed or lookup is not None else None

    @staticmethod
    def known(expression, method, name):
        """The transform or lookup that the field of an expression knows by a name; None where it knows none."""
        field = expression.output_field
        return getattr(field, method)(name) if isinstance(field, RegisterLookupMixin) else None
