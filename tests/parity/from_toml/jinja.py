"""Jinja with the names that templates of djr have, for Django's own Jinja2 backend."""

import functools
from importlib import import_module
from pkgutil import iter_modules

import jinja2
from django.apps import apps
from django.conf import settings
from django.core.cache import cache as default_cache
from django.core.cache.utils import make_template_fragment_key
from django.template.base import render_value_in_context
from django.template.context import Context
from django.template.defaultfilters import date
from django.template.defaultfilters import register as builtin_filters
from django.test.signals import template_rendered
from django.templatetags.static import get_media_prefix, get_static_prefix, static
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeData, mark_safe
from markupsafe import Markup

# Jinja's meaning goes before Django's where both have a filter.
FILTERS_OF_JINJA = ("default", "safe", "escape", "groupby")


class Template(jinja2.Template):
    """A template of which tests see the names, as of Django's own."""

    def render(self, *arguments, **names):
        template_rendered.send(sender=self, template=self, context=dict(*arguments, **names))
        return super().render(*arguments, **names)


def environment(**options):
    options["undefined"] = jinja2.ChainableUndefined
    options["finalize"] = shown
    options["trim_blocks"] = options.get("trim_blocks", False)
    made = jinja2.Environment(extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"], **options)
    made.template_class = Template
    made.globals.update(
        url=url,
        static=static,
        now=lambda form: date(timezone.localtime(), form),
        get_media_prefix=get_media_prefix,
        get_static_prefix=get_static_prefix,
        cache=fragment,
    )
    for library in [builtin_filters, *libraries()]:
        for name, function in library.filters.items():
            if name not in FILTERS_OF_JINJA:
                made.filters[name] = as_filter(function)
        for name, compiled in library.tags.items():
            if hasattr(compiled, "__wrapped__"):
                made.globals[name] = compiled.__wrapped__
    return made


def libraries():
    """The libraries of filters and tags of the project's own apps."""
    for config in apps.get_app_configs():
        if config.name.startswith("django."):
            continue
        try:
            package = import_module(f"{config.name}.templatetags")
        except ModuleNotFoundError:
            continue
        for module in iter_modules(package.__path__):
            yield import_module(f"{package.__name__}.{module.name}").register


def as_filter(function):
    """A filter of Django as one of Jinja: safe text stays safe where Django says so."""
    is_safe = getattr(function, "is_safe", False)
    needs_autoescape = getattr(function, "needs_autoescape", False)

    @functools.wraps(function)
    def filtered(value, *arguments):
        if getattr(function, "expects_localtime", False):
            value = timezone.template_localtime(value)
        if isinstance(value, Markup):
            value = mark_safe(str(value))
        found = function(value, *arguments, **({"autoescape": True} if needs_autoescape else {}))
        return mark_safe(found) if is_safe and isinstance(value, SafeData) else found

    return filtered


def shown(value):
    """A value as Django's templates show it."""
    if isinstance(value, (str, jinja2.Undefined)) or hasattr(value, "__html__"):
        return value
    return mark_safe(render_value_in_context(value, Context(autoescape=True)))


def url(name, *arguments, **named):
    return reverse(name, args=arguments or None, kwargs=named or None)


def fragment(seconds, name, *varying, caller):
    key = make_template_fragment_key(name, varying)
    found = default_cache.get(key)
    if found is None:
        found = str(caller())
        default_cache.set(key, found, seconds)
    return Markup(found)


def site(request):
    """The project's own settings."""
    return {"site": settings.SITE}
