"""Which templates were rendered, for the client of tests."""


class RenderedTemplate:
    """The name of a template that was rendered."""

    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"<RenderedTemplate {self.name}>"


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


#: Names and contexts of what is rendered, while somebody wants them.
noted = []


def noting(render):
    """`render`, which notes what it is called with."""

    def noted_render(names, context, *request):
        rendered = render(names, context, *request)
        import _djr

        name = next((name for name in names if _djr.template_exists(name)), names[0])
        noted.append((name, dict(context or {})))
        return rendered

    return noted_render
