"""What most views need."""

from django._absent import absent
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.template import loader
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise


def render(request, template_name, context=None, content_type=None, status=None, using=None):
    """A response with the page that a template makes of `context`."""
    content = loader.render_to_string(template_name, context, request, using=using)
    return HttpResponse(content, content_type, status)


def redirect(to, *args, permanent=False, preserve_request=False, **kwargs):
    """A redirect to an object's `get_absolute_url()`, to the address of a name, or to an address."""
    kind = HttpResponsePermanentRedirect if permanent else HttpResponseRedirect
    return kind(resolve_url(to, *args, **kwargs), preserve_request=preserve_request)


def resolve_url(to, *args, **kwargs):
    """The address that `redirect` leads to."""
    if hasattr(to, "get_absolute_url"):
        return to.get_absolute_url()
    if isinstance(to, Promise):
        to = str(to)
    if isinstance(to, str) and to.startswith(("./", "../")):
        return to
    try:
        return reverse(to, args=args, kwargs=kwargs)
    except NoReverseMatch:
        if callable(to) or ("/" not in to and "." not in to):
            raise
    return to


def _get_queryset(klass):
    return klass._default_manager.all() if hasattr(klass, "_default_manager") else klass


def _query_set_of(klass, method):
    queryset = _get_queryset(klass)
    if not hasattr(queryset, method):
        shown = klass.__name__ if isinstance(klass, type) else type(klass).__name__
        raise ValueError(f"a model, a manager or a query set is needed here, not {shown!r}")
    return queryset


def get_object_or_404(klass, *args, **kwargs):
    """The one row that the conditions fit; the page of 404 where there is none."""
    queryset = _query_set_of(klass, "get")
    try:
        return queryset.get(*args, **kwargs)
    except queryset.model.DoesNotExist:
        raise Http404(f"no {queryset.model._meta.object_name} fits the conditions") from None


def get_list_or_404(klass, *args, **kwargs):
    """The rows that the conditions fit; the page of 404 where there is none."""
    queryset = _query_set_of(klass, "filter")
    found = list(queryset.filter(*args, **kwargs))
    if not found:
        raise Http404(f"no {queryset.model._meta.object_name} fits the conditions")
    return found


__getattr__ = absent(__name__)
