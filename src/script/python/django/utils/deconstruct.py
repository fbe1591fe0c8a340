"""Objects that say how they were made."""


def deconstructible(*args, path=None):
    """A decorator of a class: its instances have `deconstruct()`, which answers path, arguments and named ones."""

    def decorator(klass):
        made = klass.__new__

        def __new__(cls, *args, **kwargs):
            instance = object.__new__(cls) if made is object.__new__ else made(cls, *args, **kwargs)
            instance._constructor_args = (args, kwargs)
            return instance

        def deconstruct(obj):
            place = path if path and type(obj) is klass else f"{obj.__class__.__module__}.{obj.__class__.__name__}"
            module, _, name = place.rpartition(".")
            from importlib import import_module

            if not hasattr(import_module(module), name):
                raise ValueError(f"the module {module} has no {name}: it must stand there by itself")
            return place, obj._constructor_args[0], obj._constructor_args[1]

        klass.__new__ = staticmethod(__new__)
        klass.deconstruct = deconstruct
        return klass

    return decorator(*args) if args else decorator
