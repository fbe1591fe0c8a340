"""What goes wrong with templates."""


class TemplateDoesNotExist(Exception):
    """No template of that name; `tried` are the places where it was looked for."""

    def __init__(self, msg, tried=None, backend=None, chain=None):
        self.backend = backend
        self.tried = tried if tried is not None else []
        self.chain = chain if chain is not None else []
        super().__init__(msg)


class TemplateSyntaxError(Exception):
    """A template that cannot be read, with its place."""
