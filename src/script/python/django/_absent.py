"""What is said where a site imports a name or a module of Django's that is not here."""

import sys


def absent(module):
    """The `__getattr__` of a module: an ImportError with advice for names that Django has there."""

    def look_up(name):
        if name.startswith("__"):
            # What the interpreter itself looks for, at each import inside a function.
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        from django._missing import MODULES, NAMES

        reason = NAMES.get(module, {}).get(name) or MODULES.get(f"{module}.{name}")
        if reason is not None:
            raise ImportError(f"djr has no {name} in {module}: {reason}", name=module)
        raise AttributeError(f"module {module!r} has no attribute {name!r}")

    return look_up


class MissingModules:
    """Stands last where modules are looked for, and says what to use in place of one of Django's."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if not name.startswith("django."):
            return None
        from django._missing import MODULES

        known = name
        while known:
            if known in MODULES:
                raise ModuleNotFoundError(f"djr has no {name}: {MODULES[known]}", name=name)
            known = known.rpartition(".")[0]
        return None


def install():
    if MissingModules not in sys.meta_path:
        sys.meta_path.append(MissingModules)
