"""Hashes of values that hold lists and dictionaries."""


def make_hashable(value):
    """`value` with tuples in place of its lists and dictionaries; a TypeError where a part cannot be hashed."""
    if isinstance(value, dict):
        return tuple(sorted((key, make_hashable(item)) for key, item in value.items()))
    try:
        hash(value)
    except TypeError:
        if not hasattr(type(value), "__iter__"):
            raise
        return tuple(map(make_hashable, value))
    return value
