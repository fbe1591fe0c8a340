"""Dictionaries with several values for a key, and their like."""

from collections.abc import Mapping


class OrderedSet:
    """A set that keeps the order in which its members came."""

    def __init__(self, iterable=None):
        self.dict = dict.fromkeys(iterable or ())

    def add(self, item):
        self.dict[item] = None

    def remove(self, item):
        del self.dict[item]

    def discard(self, item):
        self.dict.pop(item, None)

    def __iter__(self):
        return iter(self.dict)

    def __reversed__(self):
        return reversed(self.dict)

    def __contains__(self, item):
        return item in self.dict

    def __len__(self):
        return len(self.dict)

    def __bool__(self):
        return bool(self.dict)

    def __repr__(self):
        members = repr(list(self.dict)) if self.dict else ""
        return f"{type(self).__qualname__}({members})"


class MultiValueDictKeyError(KeyError):
    """A key that is not there."""


class MultiValueDict(dict):
    """A dictionary with a list of values for each key; a plain look-up answers the last of them."""

    def __init__(self, key_to_list_mapping=()):
        super().__init__(key_to_list_mapping)

    def __repr__(self):
        return f"<{type(self).__name__}: {dict.__repr__(self)}>"

    def __getitem__(self, key):
        try:
            values = dict.__getitem__(self, key)
        except KeyError:
            raise MultiValueDictKeyError(key) from None
        return values[-1] if values else []

    def __setitem__(self, key, value):
        dict.__setitem__(self, key, [value])

    def __eq__(self, other):
        # The interpreter would ask __getitem__ for the values.
        if not isinstance(other, dict):
            return NotImplemented
        return dict(self.lists()) == dict(dict.items(other))

    def __copy__(self):
        return type(self)([(key, values[:]) for key, values in self.lists()])

    def __deepcopy__(self, memo):
        from copy import deepcopy

        result = type(self)()
        memo[id(self)] = result
        for key, values in dict.items(self):
            dict.__setitem__(result, deepcopy(key, memo), deepcopy(values, memo))
        return result

    def __getstate__(self):
        return {**self.__dict__, "_data": {key: self.getlist(key) for key in self}}

    def __setstate__(self, state):
        state = dict(state)
        for key, values in state.pop("_data", {}).items():
            self.setlist(key, values)
        self.__dict__.update(state)

    def get(self, key, default=None):
        """The last value of `key`; `default` where there is none or the list is empty."""
        try:
            value = self[key]
        except KeyError:
            return default
        return default if value == [] else value

    def getlist(self, key, default=None):
        """A copy of all values of `key`; `default`, or an empty list, where it is not there."""
        values = self._values(key, default)
        return values if values is None else list(values)

    def _values(self, key, default=None):
        if key in self:
            return dict.__getitem__(self, key)
        return [] if default is None else default

    def setlist(self, key, list_):
        dict.__setitem__(self, key, list_)

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def setlistdefault(self, key, default_list=None):
        if key not in self:
            self.setlist(key, [] if default_list is None else default_list)
        return self._values(key)

    def appendlist(self, key, value):
        self.setlistdefault(key).append(value)

    def items(self):
        """Pairs of a key and its last value."""
        for key in self:
            yield key, self[key]

    def lists(self):
        """Pairs of a key and all its values."""
        return iter(dict.items(self))

    def values(self):
        for key in self:
            yield self[key]

    def copy(self):
        from copy import copy

        return copy(self)

    def update(self, *args, **kwargs):
        """Adds to the lists that are there, rather than replacing them."""
        if len(args) > 1:
            raise TypeError(f"update takes one mapping or iterable, not {len(args)}")
        source = args[0] if args else ()
        if isinstance(source, MultiValueDict):
            for key, values in source.lists():
                self.setlistdefault(key).extend(values)
        else:
            for key, value in source.items() if isinstance(source, Mapping) else source:
                self.appendlist(key, value)
        for key, value in kwargs.items():
            self.appendlist(key, value)

    def dict(self):
        """A plain dictionary of the last values."""
        return {key: self[key] for key in self}


class ImmutableList(tuple):
    """A tuple that answers the calls that would change a list with an AttributeError of one's choice."""

    def __new__(cls, *args, warning="this list cannot be changed", **kwargs):
        made = tuple.__new__(cls, *args, **kwargs)
        made.warning = warning
        return made

    def complain(self, *args, **kwargs):
        raise AttributeError(self.warning)

    __delitem__ = __delslice__ = __iadd__ = __imul__ = __setitem__ = __setslice__ = complain
    append = extend = insert = pop = remove = sort = reverse = complain


class DictWrapper(dict):
    """A dictionary that passes the values of keys with a prefix through a function."""

    def __init__(self, data, func, prefix):
        super().__init__(data)
        self.func = func
        self.prefix = prefix

    def __getitem__(self, key):
        if key.startswith(self.prefix):
            return self.func(super().__getitem__(key[len(self.prefix) :]))
        return super().__getitem__(key)


class CaseInsensitiveMapping(Mapping):
    """A mapping that cannot be changed, whose keys are looked up without regard to case."""

    def __init__(self, data):
        self._store = {}
        for key, value in self._unpack_items(data):
            self._store[key.lower()] = (key, value)

    @staticmethod
    def _unpack_items(data):
        if isinstance(data, (dict, Mapping)):
            yield from data.items()
            return
        for position, pair in enumerate(data):
            if len(pair) != 2:
                raise ValueError(f"item {position} has {len(pair)} parts where a key and a value are needed")
            if not isinstance(pair[0], str):
                raise ValueError(f"item {position} has the key {pair[0]!r}, which is not a string")
            yield pair

    def __getitem__(self, key):
        return self._store[key.lower()][1]

    def __len__(self):
        return len(self._store)

    def __iter__(self):
        return (key for key, _ in self._store.values())

    def __eq__(self, other):
        if not isinstance(other, Mapping):
            return False
        return {key.lower(): value for key, value in self.items()} == {
            key.lower(): value for key, value in other.items()
        }

    def __repr__(self):
        return repr(dict(self._store.values()))

    def copy(self):
        return self
