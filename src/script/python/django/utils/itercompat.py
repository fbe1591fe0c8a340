"""Whether a value can be iterated over."""


def is_iterable(x):
    try:
        iter(x)
    except TypeError:
        return False
    return True
