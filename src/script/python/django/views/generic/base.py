"""What every class of views has, and those that show a template or lead on."""

from django.core.exceptions import ImproperlyConfigured
from django.http import (
    HttpResponse,
    HttpResponseGone,
    HttpResponseNotAllowed,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.template.response import TemplateResponse
from django.utils.decorators import classonlymethod
from django.utils.functional import classproperty


class ContextMixin:
    """Names for a template."""

    extra_context = None

    def get_context_data(self, **kwargs):
        kwargs.setdefault("view", self)
        if self.extra_context is not None:
            kwargs.update(self.extra_context)
        return kwargs


class View:
    """Answers each method of HTTP by the method of that name."""

    http_method_names = ["get", "post", "put", "patch", "delete", "head", "options", "trace"]

    def __init__(self, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    @classproperty
    def view_is_async(cls):
        """Whether the methods are coroutines, which djr cannot run."""
        return False

    @classonlymethod
    def as_view(cls, **initkwargs):
        """A function that makes a view with these attributes for each request and lets it answer."""
        for name in initkwargs:
            if name in cls.http_method_names:
                raise TypeError(f"{name!r} is a method of HTTP and cannot be given to {cls.__name__}.as_view()")
            if not hasattr(cls, name):
                raise TypeError(f"{cls.__name__} has no attribute {name!r}, which as_view() could set")

        def view(request, *args, **kwargs):
            self = cls(**initkwargs)
            self.setup(request, *args, **kwargs)
            if not hasattr(self, "request"):
                raise AttributeError(f"setup() of {cls.__name__} does not set request: does it call super().setup()?")
            return self.dispatch(request, *args, **kwargs)

        view.view_class = cls
        view.view_initkwargs = initkwargs
        view.__doc__ = cls.__doc__
        view.__module__ = cls.__module__
        view.__name__ = view.__qualname__ = "view"
        view.__annotations__ = cls.dispatch.__annotations__
        # Decorators write on dispatch() what others read on the view.
        view.__dict__.update(cls.dispatch.__dict__)
        return view

    def setup(self, request, *args, **kwargs):
        """Takes what the request brings."""
        if hasattr(self, "get") and not hasattr(self, "head"):
            self.head = self.get
        self.request = request
        self.args = args
        self.kwargs = kwargs

    def dispatch(self, request, *args, **kwargs):
        method = request.method.lower()
        handler = getattr(self, method, None) if method in self.http_method_names else None
        return (handler or self.http_method_not_allowed)(request, *args, **kwargs)

    def http_method_not_allowed(self, request, *args, **kwargs):
        return HttpResponseNotAllowed(self._allowed_methods())

    def options(self, request, *args, **kwargs):
        """The methods that there are."""
        response = HttpResponse()
        response.headers["Allow"] = ", ".join(self._allowed_methods())
        response.headers["Content-Length"] = "0"
        return response

    def _allowed_methods(self):
        return [name.upper() for name in self.http_method_names if hasattr(self, name)]


class TemplateResponseMixin:
    """A response made of a template."""

    template_name = None
    template_engine = None
    response_class = TemplateResponse
    content_type = None

    def render_to_response(self, context, **response_kwargs):
        response_kwargs.setdefault("content_type", self.content_type)
        return self.response_class(
            request=self.request,
            template=self.get_template_names(),
            context=context,
            using=self.template_engine,
            **response_kwargs,
        )

    def get_template_names(self):
        """The names of templates, of which the first that is there is taken."""
        if self.template_name is None:
            raise ImproperlyConfigured(f"{type(self).__name__} needs a template_name or get_template_names()")
        return [self.template_name]


class TemplateView(TemplateResponseMixin, ContextMixin, View):
    """Shows a template, with the arguments of the address."""

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data(**kwargs))


class RedirectView(View):
    """Leads on to another address."""

    permanent = False
    url = None
    pattern_name = None
    query_string = False

    def get_redirect_url(self, *args, **kwargs):
        """The address, or None where there is none: the answer is 410 then."""
        if self.url:
            address = self.url % kwargs
        elif self.pattern_name:
            from django.urls import reverse

            address = reverse(self.pattern_name, args=args, kwargs=kwargs)
        else:
            return None
        query = self.request.META.get("QUERY_STRING", "")
        return f"{address}?{query}" if query and self.query_string else address

    def get(self, request, *args, **kwargs):
        address = self.get_redirect_url(*args, **kwargs)
        if not address:
            return HttpResponseGone()
        return (HttpResponsePermanentRedirect if self.permanent else HttpResponseRedirect)(address)

    def head(self, request, *args, **kwargs):
        return self.get(request, *args, **kwargs)

    post = options = delete = put = patch = head
