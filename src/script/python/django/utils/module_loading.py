"""Objects by their dotted names."""

from importlib import import_module

from django._absent import absent


def cached_import(module_path, class_name):
    return getattr(import_module(module_path), class_name)


def import_string(dotted_path):
    """The object that `package.module.name` names; an ImportError where there is none."""
    module, dot, name = dotted_path.rpartition(".")
    if not dot:
        raise ImportError(f"{dotted_path!r} does not name a module and something in it")
    try:
        return cached_import(module, name)
    except AttributeError as error:
        raise ImportError(f"the module {module!r} has nothing named {name!r}") from error


def module_has_submodule(package, module_name):
    """Whether a package has a module of that name."""
    from importlib.util import find_spec

    path = getattr(package, "__path__", None)
    if path is None:
        return False
    try:
        return find_spec(f"{package.__name__}.{module_name}", path) is not None
    except ModuleNotFoundError:
        return False


def module_dir(module):
    """The one folder of a package or a module; a ValueError where there is none or several."""
    import os

    folders = list(getattr(module, "__path__", ()))
    if len(folders) == 1:
        return folders[0]
    file = getattr(module, "__file__", None)
    if file is None:
        raise ValueError(f"it is not sure in which folder {module} lies")
    return os.path.dirname(file)


__getattr__ = absent(__name__)
