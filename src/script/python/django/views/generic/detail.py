"""Pages of one row."""

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View


class SingleObjectMixin(ContextMixin):
    """Finds one row by its primary key or its slug."""

    model = None
    queryset = None
    slug_field = "slug"
    context_object_name = None
    slug_url_kwarg = "slug"
    pk_url_kwarg = "pk"
    query_pk_and_slug = False

    def get_object(self, queryset=None):
        """The row; the page of 404 where there is none."""
        rows = self.get_queryset() if queryset is None else queryset
        pk = self.kwargs.get(self.pk_url_kwarg)
        slug = self.kwargs.get(self.slug_url_kwarg)
        if pk is None and slug is None:
            raise AttributeError(f"the address of {type(self).__name__} holds neither a pk nor a slug")
        if pk is not None:
            rows = rows.filter(pk=pk)
        if slug is not None and (pk is None or self.query_pk_and_slug):
            rows = rows.filter(**{self.get_slug_field(): slug})
        try:
            return rows.get()
        except rows.model.DoesNotExist:
            raise Http404(f"no {rows.model._meta.verbose_name} is there for this address") from None

    def get_queryset(self):
        """The rows among which one is looked for."""
        if self.queryset is not None:
            return self.queryset.all()
        if self.model:
            return self.model._default_manager.all()
        raise ImproperlyConfigured(f"{type(self).__name__} needs a model, a queryset or get_queryset()")

    def get_slug_field(self):
        return self.slug_field

    def get_context_object_name(self, obj):
        """The name of the row for a template, or None."""
        if self.context_object_name:
            return self.context_object_name
        return obj._meta.model_name if hasattr(obj, "_meta") else None

    def get_context_data(self, **kwargs):
        context = {}
        if self.object:
            context["object"] = self.object
            name = self.get_context_object_name(self.object)
            if name:
                context[name] = self.object
        return super().get_context_data(**{**context, **kwargs})


class BaseDetailView(SingleObjectMixin, View):
    """One row, without saying how it is shown."""

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return self.render_to_response(self.get_context_data(object=self.object))


class SingleObjectTemplateResponseMixin(TemplateResponseMixin):
    """Finds the template of a row: `posts/post_detail.html`."""

    template_name_field = None
    template_name_suffix = "_detail"

    def get_template_names(self):
        if self.template_name is not None:
            return [self.template_name]
        names = []
        if self.object and self.template_name_field:
            names += filter(None, [getattr(self.object, self.template_name_field, None)])
        model = self.object if hasattr(self.object, "_meta") else getattr(self, "model", None)
        meta = getattr(model, "_meta", None)
        if meta is not None:
            names.append(f"{meta.app_label}/{meta.model_name}{self.template_name_suffix}.html")
        if not names:
            raise ImproperlyConfigured(f"{type(self).__name__} needs a template_name, or a row of a model")
        return names


class DetailView(SingleObjectTemplateResponseMixin, BaseDetailView):
    """The page of one row."""
