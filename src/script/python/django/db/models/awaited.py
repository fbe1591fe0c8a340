"""Methods that are awaited: they do at once what those without the first letter do."""


def add_awaited(cls, names):
    """Adds `asave` for `save` and so on, for each of the names that the class has."""
    for name in names.split():
        if hasattr(cls, name):
            setattr(cls, f"a{name}", _awaited(name, getattr(getattr(cls, name), "alters_data", False)))


def _awaited(name, alters_data):
    async def method(self, *args, **kwargs):
        return getattr(self, name)(*args, **kwargs)

    method.__name__ = method.__qualname__ = f"a{name}"
    if alters_data:
        method.alters_data = True
    return method
