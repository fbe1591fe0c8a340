"""Names that a module has from others, which are read when a site first asks for one of them."""

import sys

from django._absent import absent


def lazily(module, places):
    """The `__getattr__` of `module`; `places` has other modules, those below it with a dot before them, and their names."""
    modules = {name: place for place, names in places.items() for name in names.split()}
    look_up = absent(module)

    def read(name):
        if name not in modules:
            return look_up(name)
        from importlib import import_module

        found = getattr(import_module(modules[name], module), name)
        setattr(sys.modules[module], name, found)
        return found

    return read


def names_of(places):
    """All names of `places`."""
    return [name for names in places.values() for name in names.split()]
