"""Objects in caches: as Python's pickles, which Django reads and writes, too.

Whoever can write to a cache may put any pickle there. Only classes of data, of Django and of the project come back.
"""

from django.utils.safestring import SafeString

__all__ = ["SafeString", "dumps", "loads"]

DATA = {
    "builtins": {
        "complex", "frozenset", "bytearray", "range", "set", "slice", "object", "dict", "list", "tuple", "str", "int",
        "float", "bool", "bytes",
    },
    "collections": {"OrderedDict", "defaultdict", "Counter", "deque", "ChainMap", "UserDict", "UserList", "UserString"},
    "copyreg": {"_reconstructor", "__newobj__", "__newobj_ex__"},
    "datetime": None,
    "_datetime": None,
    "_pydatetime": None,
    "decimal": {"Decimal"},
    "_decimal": {"Decimal"},
    "_pydecimal": {"Decimal"},
    "fractions": {"Fraction"},
    "http.cookies": {"SimpleCookie", "Morsel"},
    "ipaddress": None,
    "uuid": {"UUID", "SafeUUID"},
    "zoneinfo": {"ZoneInfo"},
}


def dumps(value):
    import pickle

    try:
        return pickle.dumps(value, 4)
    except (pickle.PicklingError, AttributeError, TypeError, RecursionError) as error:
        raise pickle.PicklingError(f"a cache cannot keep {type(value).__name__}: {error}") from error


def loads(stored):
    """A tuple of the object; an empty one where it is not to come back, or cannot."""
    import io

    try:
        return (_unpickler()(io.BytesIO(stored)).load(),)
    except Exception:
        return ()


_made = []


def _unpickler():
    if _made:
        return _made[0]
    import pickle

    class DataUnpickler(pickle.Unpickler):
        def find_class(self, module, name):
            if not _may_come_back(module, name):
                raise pickle.UnpicklingError(f"{module}.{name} does not come back from a cache")
            return super().find_class(module, name)

    _made.append(DataUnpickler)
    return DataUnpickler


def _may_come_back(module, name):
    if module in DATA:
        return DATA[module] is None or name in DATA[module]
    if module == "django" or module.startswith("django."):
        return "." not in name
    return _is_of_project(module)


def _is_of_project(module):
    """Whether it is a module of the project, which is imported from the project's directory."""
    import _djr

    try:
        return _djr.find_module(module) is not None
    except AttributeError:
        return False
