"""Which templates were rendered, and what they knew."""


class RenderedTemplate:
    """The name of a template that was rendered."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<RenderedTemplate {self.name}>"


class PageContext:
    """The names of a page: those that Python gave it as they were, and those that djr gave it."""

    def __init__(self, given, native):
        self._given = given
        self._native = native
        self._names = None
        self._of_response = {}

    def fill(self, **values):
        """Has names that djr knows be those objects of Python."""
        self._of_response = {name: value for name, value in values.items() if name in self._native_names()}

    def __contains__(self, key):
        return key in self._given or key in self._native_names()

    def __getitem__(self, key):
        if key in self._given:
            return self._given[key]
        if key in self._of_response:
            return self._of_response[key]
        if key in self._native_names():
            return native_value(self._native.noted(key))
        raise KeyError(key)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def _native_names(self):
        if self._names is None:
            self._names = set(self._native.names()) if self._native is not None else set()
        return self._names

    def keys(self):
        return set(self._given) | self._native_names()

    def __iter__(self):
        return iter(self.keys())

    def flatten(self):
        """All names and their values."""
        return {name: self[name] for name in self.keys()}

    def __repr__(self):
        return f"<PageContext {sorted(self.keys())}>"


def native_value(value):
    """A value of a page of djr's own: an object of its templates as one of Python."""
    return NativeValue(value) if type(value).__name__ == "NotedValue" else value


class NativeValue:
    """An object of djr's templates: a form, a row, a list of them. Its parts are attributes, and what it has are items."""

    def __init__(self, native):
        self.__dict__["_native"] = native

    def _part(self, name):
        found = self._native.part(str(name))
        return None if found is None else (native_value(found[0]),)

    def __getattr__(self, name):
        found = self._part(name)
        if found is None:
            raise AttributeError(f"{self!r} has no {name!r}")
        return found[0]

    def __call__(self):
        """What templates read is what its method would return."""
        return self

    def __getitem__(self, key):
        if isinstance(key, (int, slice)):
            return list(self)[key]
        found = self._part(key)
        if found is None:
            raise KeyError(key)
        return found[0]

    def get(self, key, default=None):
        found = self._part(key)
        return default if found is None else found[0]

    def keys(self):
        return list(self)

    def items(self):
        return [(key, self[key]) for key in self]

    def __iter__(self):
        return map(native_value, self._native.items())

    def __len__(self):
        return len(self._native.items())

    def __contains__(self, item):
        return item in list(self)

    def __bool__(self):
        return self._native.is_true()

    def __eq__(self, other):
        if isinstance(other, NativeValue):
            return self._native.plain() == other._native.plain()
        if hasattr(other, "_meta") and hasattr(other, "pk"):
            return self.get("pk") == other.pk
        if isinstance(other, (list, tuple)):
            return list(self) == list(other)
        return self._native.plain() == other

    __hash__ = None

    def __str__(self):
        return self._native.text()

    def __repr__(self):
        return f"<NativeValue {self}>"


class ContextList(list):
    """The contexts of a response: a name is looked up in the first that has it."""

    def __getitem__(self, key):
        if not isinstance(key, str):
            return super().__getitem__(key)
        for context in self:
            if key in context:
                return context[key]
        raise KeyError(key)

    def __contains__(self, key):
        return any(key in context for context in self)

    def get(self, key, default=None):
        return self[key] if key in self else default

    def keys(self):
        return set().union(*self)


#: Names and contexts of what Python has rendered since they were collected.
_given = []
#: The lists of those who want to know what is rendered in a block.
_watchers = []


def begin():
    """Notes what is rendered from now on."""
    import _djr
    import _djr_commands

    _djr.render = _noting(_djr.render)
    _djr_commands.note_pages(True)


def end(render):
    """Notes nothing any more, and has `_djr.render` be what it was."""
    import _djr
    import _djr_commands

    _djr.render = render
    _djr_commands.note_pages(False)


def _noting(render):
    """`render`, which notes what it is called with."""

    def noted_render(names, context, *request):
        rendered = render(names, context, *request)
        _given.append((names, dict(context or {})))
        return rendered

    return noted_render


def collect():
    """The templates, each with its context, that were rendered since this was last asked."""
    import _djr_commands

    seen = []
    for templates, native in _djr_commands.noted_pages():
        given = _given.pop(0)[1] if _given and templates[0] in _given[0][0] else {}
        context = PageContext(given, native)
        seen += [(RenderedTemplate(name), context) for name in templates]
    _given.clear()
    for watcher in _watchers:
        watcher.extend(seen)
    _tell(seen)
    return seen


def _tell(seen):
    from django.test.signals import template_rendered

    if seen and template_rendered.has_listeners():
        for template, context in seen:
            template_rendered.send(sender=template, template=template, context=context)


class Watch:
    """What is rendered in a block."""

    def __enter__(self):
        collect()
        self.seen = []
        _watchers.append(self.seen)
        return self

    def __exit__(self, exc_type, exc_value, traceback):
        collect()
        _watchers[:] = [watcher for watcher in _watchers if watcher is not self.seen]
