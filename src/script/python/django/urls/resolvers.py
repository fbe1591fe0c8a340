"""What an address was resolved to."""

from django._absent import absent


class ResolverMatch:
    """The view of an address, its arguments and names; also a triple of view, args and kwargs."""

    def __init__(
        self,
        func,
        args,
        kwargs,
        url_name=None,
        app_names=None,
        namespaces=None,
        route=None,
        tried=None,
        captured_kwargs=None,
        extra_kwargs=None,
    ):
        self._func = func
        self.args = args
        self.kwargs = kwargs
        self.url_name = url_name
        self.app_names = [name for name in app_names or () if name]
        self.app_name = ":".join(self.app_names)
        self.namespaces = [name for name in namespaces or () if name]
        self.namespace = ":".join(self.namespaces)
        self.route = route
        self.tried = tried
        self.captured_kwargs = captured_kwargs
        self.extra_kwargs = extra_kwargs
        self._func_path = _path(func)
        self.view_name = ":".join([*self.namespaces, url_name or self._func_path])

    @classmethod
    def of_dict(cls, found):
        """From what djr's resolver tells."""
        names = ("func", "args", "kwargs", "url_name", "app_names", "namespaces", "route")
        known = {name: found.get(name) for name in (*names, "captured_kwargs", "extra_kwargs")}
        known["args"] = tuple(known["args"] or ())
        known["kwargs"] = known["kwargs"] or {}
        return cls(**known)

    @property
    def func(self):
        """The view; the empty text for one of djr's own."""
        if isinstance(self._func, str) and self._func:
            import _djr

            self._func = _djr.view(self._func)
        return self._func

    def __getitem__(self, index):
        return (self.func, self.args, self.kwargs)[index]

    def __repr__(self):
        shown = [f"func={self._func_path}", f"args={self.args!r}", f"kwargs={self.kwargs!r}"]
        shown += [f"url_name={self.url_name!r}", f"app_names={self.app_names!r}", f"namespaces={self.namespaces!r}"]
        shown.append(f"route={self.route!r}")
        for name in ("captured_kwargs", "extra_kwargs"):
            value = getattr(self, name)
            if value:
                shown.append(f"{name}={value!r}")
        return f"ResolverMatch({', '.join(shown)})"

    def __reduce_ex__(self, protocol):
        from pickle import PicklingError

        raise PicklingError("a ResolverMatch cannot be pickled")


def _path(func):
    """The dotted name of a view."""
    if isinstance(func, str):
        return func
    func = getattr(func, "func", func) if not hasattr(func, "__name__") else func
    view = getattr(func, "view_class", func)
    name = getattr(view, "__qualname__", None) or type(view).__name__
    return f"{getattr(view, '__module__', type(view).__module__)}.{name}"


__getattr__ = absent(__name__)
