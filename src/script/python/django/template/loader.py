"""Templates by name."""

import _djr
from django.template.exceptions import TemplateDoesNotExist
from django.utils.safestring import SafeString


class NamedTemplate:
    """A template of the project."""

    def __init__(self, names):
        self.names = names
        self.name = names[0]

    @property
    def template(self):
        return self

    def render(self, context=None, request=None):
        """The page that djr makes of it with those names."""
        if context is not None and not isinstance(context, dict):
            from django.template.context import BaseContext

            if not isinstance(context, BaseContext):
                raise TypeError(f"the names for a template are a dictionary, not {type(context).__name__}")
            request = getattr(context, "request", request)
            context = context.flatten()
        if request is not None:
            context = {"request": request, **(context or {})}
        return SafeString(_djr.render(self.names, context, request))


def get_template(template_name, using=None):
    """The template of that name; a TemplateDoesNotExist where there is none."""
    return _existing([template_name])


def select_template(template_name_list, using=None):
    """The first of the templates that is there."""
    if isinstance(template_name_list, str):
        raise TypeError("select_template() takes a list of names; get_template() takes one")
    if not template_name_list:
        raise TemplateDoesNotExist("no names of templates were given")
    return _existing(list(template_name_list))


def _existing(names):
    exists = getattr(_djr, "template_exists", None)
    if exists is None:
        return NamedTemplate(names)
    for name in names:
        if exists(name):
            return NamedTemplate([name])
    raise TemplateDoesNotExist(", ".join(names))


def render_to_string(template_name, context=None, request=None, using=None):
    """The page of a template, or of the first of several that is there."""
    names = list(template_name) if isinstance(template_name, (list, tuple)) else [template_name]
    return NamedTemplate(names).render(context, request)
