"""The parameters of an address or of a form."""

from django.utils.datastructures import MultiValueDict


class QueryDict(MultiValueDict):
    """Several values for each name; it cannot be changed unless it is a copy or made `mutable`."""

    _mutable = True
    _encoding = None

    def __init__(self, query_string=None, mutable=False, encoding=None):
        super().__init__()
        self._encoding = encoding
        if query_string:
            for name, value in _pairs(query_string, self.encoding):
                self.appendlist(name, value)
        self._mutable = mutable

    @classmethod
    def fromkeys(cls, iterable, value="", mutable=False, encoding=None):
        """One value for each key, which may come several times."""
        made = cls("", mutable=True, encoding=encoding)
        for key in iterable:
            made.appendlist(key, value)
        made._mutable = mutable
        return made

    @classmethod
    def of_pairs(cls, pairs, encoding=None):
        """From names and values that are decoded already."""
        made = cls("", mutable=True, encoding=encoding)
        put = dict.setdefault
        for name, value in pairs:
            put(made, name, []).append(value)
        made._mutable = False
        return made

    @property
    def encoding(self):
        return self._encoding or _default_charset()

    @encoding.setter
    def encoding(self, value):
        self._encoding = value

    def _assert_mutable(self):
        if not self._mutable:
            raise AttributeError("this QueryDict cannot be changed: change a copy() of it")

    def _text(self, value):
        return str(value, self.encoding, "replace") if isinstance(value, bytes) else value

    def __setitem__(self, key, value):
        self._assert_mutable()
        super().__setitem__(self._text(key), self._text(value))

    def __delitem__(self, key):
        self._assert_mutable()
        super().__delitem__(key)

    def __copy__(self):
        return self._copied(lambda value: value)

    def __deepcopy__(self, memo):
        from copy import deepcopy

        return self._copied(lambda value: deepcopy(value, memo), memo)

    def _copied(self, of_value, memo=None):
        result = type(self)("", mutable=True, encoding=self.encoding)
        if memo is not None:
            memo[id(self)] = result
        for key, values in self.lists():
            result.setlist(of_value(key), of_value(values))
        return result

    def setlist(self, key, list_):
        self._assert_mutable()
        super().setlist(self._text(key), [self._text(value) for value in list_])

    def setlistdefault(self, key, default_list=None):
        self._assert_mutable()
        return super().setlistdefault(key, default_list)

    def appendlist(self, key, value):
        self._assert_mutable()
        super().appendlist(self._text(key), self._text(value))

    def pop(self, key, *args):
        self._assert_mutable()
        return super().pop(key, *args)

    def popitem(self):
        self._assert_mutable()
        return super().popitem()

    def clear(self):
        self._assert_mutable()
        super().clear()

    def setdefault(self, key, default=None):
        self._assert_mutable()
        return super().setdefault(self._text(key), self._text(default))

    def copy(self):
        """A copy that can be changed."""
        return self.__deepcopy__({})

    def urlencode(self, safe=None):
        """The parameters as the query of an address; `safe` are characters that stay as they are."""
        from urllib.parse import quote, urlencode

        def written(text):
            return str(text).encode(self.encoding)

        pairs = ((written(key), written(value)) for key, values in self.lists() for value in values)
        if safe:
            safe = written(safe)
            return "&".join(f"{quote(key, safe)}={quote(value, safe)}" for key, value in pairs)
        return "&".join(urlencode({key: value}) for key, value in pairs)


def _default_charset():
    from django.conf import settings

    return settings.DEFAULT_CHARSET


def _pairs(query, encoding):
    from urllib.parse import unquote_plus

    from django.conf import settings

    if isinstance(query, bytes):
        try:
            query = query.decode(encoding)
        except UnicodeDecodeError:
            query = query.decode("iso-8859-1")
    limit = settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    if limit is not None and query.count("&") >= limit:
        from django.core.exceptions import TooManyFieldsSent

        raise TooManyFieldsSent(f"more than {limit} fields, which is DATA_UPLOAD_MAX_NUMBER_FIELDS")
    for part in query.split("&"):
        if part:
            name, _, value = part.partition("=")
            yield unquote_plus(name, encoding), unquote_plus(value, encoding)
