"""Templates from text."""

from django._absent import absent
from django.template.context import BaseContext


class Origin:
    """Where a template comes from."""

    def __init__(self, name, template_name=None, loader=None):
        self.name, self.template_name, self.loader = name, template_name, loader

    def __str__(self):
        return self.name

    def __repr__(self):
        return f"<{type(self).__qualname__} name={self.name!r}>"

    def __eq__(self, other):
        return isinstance(other, Origin) and (self.name, self.loader) == (other.name, other.loader)


class Template:
    """A Jinja template of that text, which djr renders."""

    def __init__(self, template_string, origin=None, name=None, engine=None):
        self.source = str(template_string)
        self.name = name
        self.origin = origin or Origin("<unknown source>")
        self.engine = engine

    def render(self, context=None, request=None):
        import _djr_services

        from django.utils.safestring import mark_safe

        request = getattr(context, "request", request)
        names = context.flatten() if isinstance(context, BaseContext) else dict(context or {})
        if request is not None:
            names.setdefault("request", request)
        return mark_safe(_djr_services.render_text(self.source, names, request))


__getattr__ = absent(__name__)
