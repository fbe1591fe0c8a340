"""The filters and tags that a module of `templatetags/` gives to templates."""

from functools import wraps

from django._absent import absent


class InvalidTemplateLibrary(Exception):
    """A module of `templatetags/` that cannot be used."""


class Library:
    """Takes filters and tags: `filters` and `tags` hold them by name."""

    def __init__(self):
        self.filters = {}
        self.tags = {}

    def tag(self, name=None, compile_function=None):
        """A tag of Django's own language, which Jinja cannot have."""
        raise NotImplementedError(
            "templates are Jinja, which has no tags compiled by Python: use simple_tag or inclusion_tag"
        )

    def tag_function(self, func):
        return self.tag(func)

    def filter(self, name=None, filter_func=None, **flags):
        """Registers a filter: as decorator with or without arguments, or called with a name and a function."""
        if name is None and filter_func is None:
            return lambda func: self.filter_function(func, **flags)
        if name is not None and filter_func is None:
            if callable(name):
                return self.filter_function(name, **flags)
            return lambda func: self.filter(name, func, **flags)
        if name is None:
            raise ValueError(f"the filter {filter_func!r} has no name")
        for flag in ("expects_localtime", "is_safe", "needs_autoescape"):
            if flag in flags:
                setattr(filter_func, flag, flags[flag])
                # A decorated function passes what it is asked for to the one within.
                setattr(_innermost(filter_func), flag, flags[flag])
        filter_func._filter_name = name
        self.filters[name] = filter_func
        return filter_func

    def filter_function(self, func, **flags):
        return self.filter(_innermost(func).__name__, func, **flags)

    def simple_tag(self, func=None, takes_context=None, name=None):
        """Registers a function whose answer a template shows: `{{ name(argument) }}`."""

        def decorator(function):
            self._add(function, name, takes_context, Tag("simple"))
            return function

        return self._decorated(func, decorator, "simple_tag")

    def simple_block_tag(self, func=None, takes_context=None, name=None, end_name=None):
        """Registers a function of the text of a block: `{% call name(argument) %}...{% endcall %}`."""

        def decorator(function):
            called = name or _innermost(function).__name__
            tag = Tag("block")
            tag.end_name = end_name or f"end{called}"
            self._add(function, name, takes_context, tag)
            return function

        return self._decorated(func, decorator, "simple_block_tag")

    def inclusion_tag(self, filename, func=None, takes_context=None, name=None):
        """Registers a function that answers the names for the template `filename`, which is shown."""

        def decorator(function):
            self._add(function, name, takes_context, Tag("inclusion", filename))
            return function

        return decorator if func is None else decorator(func)

    def _decorated(self, func, decorator, kind):
        if func is None:
            return decorator
        if callable(func):
            return decorator(func)
        raise ValueError(f"{kind}() takes a function")

    def _add(self, function, name, takes_context, tag):
        inner = _innermost(function)
        if takes_context and _parameters(inner)[:1] != ("context",):
            from django.template.exceptions import TemplateSyntaxError

            raise TemplateSyntaxError(
                f"{inner.__name__!r} is registered with takes_context: its first parameter must be named 'context'"
            )
        tag.function, tag.takes_context = function, bool(takes_context)
        self.tags[name or inner.__name__] = tag


class Tag:
    """A function that templates call; `kind` is simple, block or inclusion (of the template `template`)."""

    function = None
    takes_context = False
    end_name = None

    def __init__(self, kind, template=None):
        self.kind = kind
        self.template = template

    @property
    def needs_context(self):
        return self.takes_context or self.kind == "inclusion"

    def __call__(self, context, *args, **kwargs):
        """What a template shows; the text of a block is the first argument behind the context."""
        before = (context,) if self.takes_context else ()
        answer = self.function(*before, *args, **kwargs)
        if self.kind == "inclusion":
            return context.include(self.template, answer)
        return answer


def _innermost(function):
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function


def _parameters(function):
    code = getattr(function, "__code__", None)
    return code.co_varnames[: code.co_argcount] if code else ()


def stringfilter(func):
    """A decorator of filters: the value comes as text."""

    @wraps(func)
    def wrapped(*args, **kwargs):
        from django.utils.safestring import SafeData, mark_safe

        value, *rest = args
        answer = func(str(value), *rest, **kwargs)
        if isinstance(value, SafeData) and getattr(_innermost(func), "is_safe", False):
            return mark_safe(answer)
        return answer

    return wrapped


__getattr__ = absent(__name__)
