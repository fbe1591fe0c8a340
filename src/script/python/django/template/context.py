"""The names that a template sees, in layers."""

from contextlib import contextmanager

from django._absent import absent


class ContextPopException(Exception):
    """The last layer was taken away."""


class BaseContext:
    """Layers of names, of which the last is looked at first."""

    def __init__(self, dict_=None):
        builtins = {"True": True, "False": False, "None": None}
        self.dicts = [builtins]
        if isinstance(dict_, BaseContext):
            self.dicts += dict_.dicts[1:]
        elif dict_ is not None:
            self.dicts.append(dict_)

    def __copy__(self):
        duplicate = BaseContext()
        duplicate.__class__ = type(self)
        duplicate.__dict__ = dict(self.__dict__)
        duplicate.dicts = self.dicts[:]
        return duplicate

    def __repr__(self):
        return repr(self.dicts)

    def __iter__(self):
        return reversed(self.dicts)

    def push(self, *args, **kwargs):
        """A new layer; used as a context manager it goes away again."""
        layer = {}
        for part in args:
            for names in part.dicts[1:] if isinstance(part, BaseContext) else [part]:
                layer.update(names)
        layer.update(kwargs)
        layer = ContextDict(self, layer)
        self.dicts.append(layer)
        return layer

    def pop(self):
        if len(self.dicts) == 1:
            raise ContextPopException
        return self.dicts.pop()

    def __setitem__(self, key, value):
        self.dicts[-1][key] = value

    def set_upward(self, key, value):
        """Sets a name in the layer where it is, else in the last."""
        layer = next((names for names in reversed(self.dicts) if key in names), self.dicts[-1])
        layer[key] = value

    def __getitem__(self, key):
        for names in reversed(self.dicts):
            if key in names:
                return names[key]
        raise KeyError(key)

    def __delitem__(self, key):
        del self.dicts[-1][key]

    def __contains__(self, key):
        return any(key in names for names in self.dicts)

    def get(self, key, otherwise=None):
        return self[key] if key in self else otherwise

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def new(self, values=None):
        """A context of the same kind with only those names."""
        from copy import copy

        fresh = copy(self)
        fresh.dicts = [self.dicts[0], values or {}] if values is not None else [self.dicts[0]]
        return fresh

    def flatten(self):
        """All names in one dictionary."""
        return {name: value for names in self.dicts for name, value in names.items()}

    def __eq__(self, other):
        return isinstance(other, BaseContext) and self.flatten() == other.flatten()


class ContextDict(dict):
    """A layer, which goes away at the end of its block."""

    def __init__(self, context, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.context = context

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.context.pop()


class Context(BaseContext):
    """The names that a template sees."""

    def __init__(self, dict_=None, autoescape=True, use_l10n=None, use_tz=None):
        self.autoescape = autoescape
        self.use_l10n = use_l10n
        self.use_tz = use_tz
        self.template_name = "unknown"
        self.render_context = RenderContext()
        self.template = None
        super().__init__(dict_)

    @contextmanager
    def bind_template(self, template):
        self.template = template
        try:
            yield
        finally:
            self.template = None

    def update(self, other_dict):
        """A new layer of those names."""
        if not hasattr(other_dict, "__getitem__"):
            raise TypeError("a layer of names is a mapping")
        if isinstance(other_dict, BaseContext):
            other_dict = {name: value for names in other_dict.dicts[1:] for name, value in names.items()}
        return self.push(other_dict)


class RenderContext(BaseContext):
    """What a template keeps while it is rendered."""

    def __init__(self, dict_=None):
        super().__init__(dict_ if dict_ is not None else {})

    def get(self, key, otherwise=None):
        return self.dicts[-1].get(key, otherwise)

    def __getitem__(self, key):
        return self.dicts[-1][key]

    def __contains__(self, key):
        return key in self.dicts[-1]


class RequestContext(Context):
    """Names beside those that the context processors give for a request."""

    def __init__(self, request, dict_=None, processors=None, use_l10n=None, use_tz=None, autoescape=True):
        super().__init__(dict_, use_l10n=use_l10n, use_tz=use_tz, autoescape=autoescape)
        self.request = request
        self._processors = () if processors is None else tuple(processors)
        self.dicts.append({})
        for processor in self._processors:
            self.dicts[-1].update(processor(request))


def make_context(context, request=None, **kwargs):
    """A dictionary as a context."""
    if context is not None and not isinstance(context, dict):
        raise TypeError(f"the names for a template are a dictionary, not {type(context).__name__}")
    if request is None:
        return Context(context, **kwargs)
    made = RequestContext(request, **kwargs)
    if context:
        made.push(context)
    return made


class _PageLayer:
    """The names that a page knows; reads as a dictionary, and what is set in it is for the rest of the page."""

    def __init__(self, names):
        self._names = names
        self._own = {}

    def __getitem__(self, key):
        if key in self._own:
            return self._own[key]
        if self._names.is_lazy(key):
            from django.utils.functional import SimpleLazyObject

            return SimpleLazyObject(lambda: self._names.get(key))
        return self._names.get(key)

    def __setitem__(self, key, value):
        self._names.set(key, value)
        self._own[key] = value

    def __contains__(self, key):
        return key in self._own or key in self._names.names()

    def __iter__(self):
        return iter(self.keys())

    def __len__(self):
        return len(self.keys())

    def keys(self):
        return list(dict.fromkeys([*self._names.names(), *self._own]))

    def items(self):
        return [(name, self[name]) for name in self.keys()]

    def get(self, key, default=None):
        return self[key] if key in self else default


class PageContext(RequestContext):
    """The names that a page of djr's knows where a tag stands."""

    def __init__(self, names, autoescape):
        Context.__init__(self, None, autoescape=autoescape)
        self._page = names
        request = names.request()
        if request is not None:
            self.request = request
        self._processors = ()
        self.dicts.append(_PageLayer(names))

    def include(self, template, names):
        """The page of the template of a tag, which sees only `names`."""
        import _djr

        from django.utils.safestring import mark_safe

        if isinstance(names, BaseContext):
            names = names.flatten()
        if not isinstance(names, dict):
            raise TypeError(f"the function of an inclusion tag returns a dict, not {type(names).__name__}")
        several = template if isinstance(template, (list, tuple)) else [template]
        found = [getattr(one, "name", None) or str(one) for one in several]
        return mark_safe(_djr.include(found, names, self._page))


__getattr__ = absent(__name__)
