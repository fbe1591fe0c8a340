"""Templates, and the filters and tags of a project."""

from django._absent import absent
from django.template.base import Template
from django.template.context import Context, RequestContext
from django.template.exceptions import TemplateDoesNotExist, TemplateSyntaxError
from django.template.library import Library

__all__ = ["Template", "Context", "RequestContext", "TemplateDoesNotExist", "TemplateSyntaxError", "Library"]


__getattr__ = absent(__name__)
