"""Responses that are rendered after the view has returned."""

from django.http import HttpResponse
from django.template import loader


class ContentNotRenderedError(Exception):
    """The content was asked for before it was rendered."""


class SimpleTemplateResponse(HttpResponse):
    """A template and its names; middleware may change both until it is rendered."""

    rendering_attrs = ["template_name", "context_data", "_post_render_callbacks"]

    def __init__(
        self, template, context=None, content_type=None, status=None, charset=None, using=None, headers=None
    ):
        self.template_name = template
        self.context_data = context
        self.using = using
        self._post_render_callbacks = []
        self._request = None
        super().__init__("", content_type, status, charset=charset, headers=headers)
        self._is_rendered = False

    def __getstate__(self):
        if not self._is_rendered:
            raise ContentNotRenderedError("a response must be rendered before it can be pickled")
        hidden = {*self.rendering_attrs, "_request", "_resource_closers"}
        return {name: value for name, value in self.__dict__.items() if name not in hidden}

    def resolve_template(self, template):
        """The template of one name or of the first of several that is there."""
        if isinstance(template, (list, tuple)):
            return loader.select_template(template, using=self.using)
        return loader.get_template(template, using=self.using) if isinstance(template, str) else template

    def resolve_context(self, context):
        return context

    @property
    def rendered_content(self):
        """The page as it would be now."""
        template = self.resolve_template(self.template_name)
        return template.render(self.resolve_context(self.context_data), self._request)

    def add_post_render_callback(self, callback):
        """Calls `callback` with the response once it is rendered."""
        if self._is_rendered:
            callback(self)
        else:
            self._post_render_callbacks.append(callback)

    def render(self):
        """Renders it, unless that is done, and answers the response (or what a callback puts in its place)."""
        result = self
        if not self._is_rendered:
            self.content = self.rendered_content
            for callback in self._post_render_callbacks:
                replaced = callback(result)
                if replaced is not None:
                    result = replaced
        return result

    @property
    def is_rendered(self):
        return self._is_rendered

    def __iter__(self):
        self._check()
        return super().__iter__()

    def _check(self):
        if not self._is_rendered:
            raise ContentNotRenderedError("the content is not rendered yet: call render()")

    @property
    def content(self):
        self._check()
        return super().content

    @content.setter
    def content(self, value):
        HttpResponse.content.fset(self, value)
        self._is_rendered = True


class TemplateResponse(SimpleTemplateResponse):
    """As SimpleTemplateResponse, with the request for the template."""

    rendering_attrs = [*SimpleTemplateResponse.rendering_attrs, "_request"]

    def __init__(
        self,
        request,
        template,
        context=None,
        content_type=None,
        status=None,
        charset=None,
        using=None,
        headers=None,
    ):
        super().__init__(template, context, content_type, status, charset, using, headers=headers)
        self._request = request
