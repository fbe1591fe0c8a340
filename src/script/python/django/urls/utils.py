"""Views by their dotted names."""

from django.core.exceptions import ViewDoesNotExist


def get_callable(lookup_view):
    """The view itself, or the one that a dotted name stands for."""
    if callable(lookup_view):
        return lookup_view
    if not isinstance(lookup_view, str):
        raise ViewDoesNotExist(f"{lookup_view!r} is neither a function nor a dotted name")
    module, name = get_mod_func(lookup_view)
    if not name:
        raise ImportError(f"{lookup_view!r} is not a dotted name")
    from importlib import import_module

    found = getattr(import_module(module), name, None)
    if found is None:
        raise ViewDoesNotExist(f"the module {module} has no {name}")
    if not callable(found):
        raise ViewDoesNotExist(f"{lookup_view} cannot be called")
    return found


def get_mod_func(callback):
    """Module and name of a dotted name; the name is empty where there is no dot."""
    module, dot, name = callback.rpartition(".")
    return (module, name) if dot else (callback, "")
