"""Pages of several rows."""

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View


class MultipleObjectMixin(ContextMixin):
    """Finds rows, and cuts them into pages."""

    allow_empty = True
    queryset = None
    model = None
    paginate_by = None
    paginate_orphans = 0
    context_object_name = None
    paginator_class = None
    page_kwarg = "page"
    ordering = None

    def get_queryset(self):
        """The rows, ordered where `ordering` says so."""
        if self.queryset is not None:
            rows = self.queryset.all() if hasattr(self.queryset, "all") else self.queryset
        elif self.model is not None:
            rows = self.model._default_manager.all()
        else:
            raise ImproperlyConfigured(f"{type(self).__name__} needs a model, a queryset or get_queryset()")
        ordering = self.get_ordering()
        if ordering:
            rows = rows.order_by(*([ordering] if isinstance(ordering, str) else ordering))
        return rows

    def get_ordering(self):
        return self.ordering

    def paginate_queryset(self, queryset, page_size):
        """Paginator, page, the rows of the page, and whether there are others."""
        paginator = self.get_paginator(
            queryset, page_size, orphans=self.get_paginate_orphans(), allow_empty_first_page=self.get_allow_empty()
        )
        asked = self.kwargs.get(self.page_kwarg) or self.request.GET.get(self.page_kwarg) or 1
        from django.core.paginator import InvalidPage

        try:
            number = paginator.num_pages if asked == "last" else int(asked)
        except ValueError:
            raise Http404(f"the page {asked!r} is neither 'last' nor a number") from None
        try:
            page = paginator.page(number)
        except InvalidPage as error:
            raise Http404(f"there is no page {number}: {error}") from error
        return paginator, page, page.object_list, page.has_other_pages()

    def get_paginate_by(self, queryset):
        """How many rows a page has; None for all."""
        return self.paginate_by

    def get_paginator(self, queryset, per_page, orphans=0, allow_empty_first_page=True, **kwargs):
        from django.core.paginator import Paginator

        return (self.paginator_class or Paginator)(
            queryset, per_page, orphans=orphans, allow_empty_first_page=allow_empty_first_page, **kwargs
        )

    def get_paginate_orphans(self):
        return self.paginate_orphans

    def get_allow_empty(self):
        """Whether a page without rows is shown rather than that of 404."""
        return self.allow_empty

    def get_context_object_name(self, object_list):
        """The name of the rows for a template, or None."""
        if self.context_object_name:
            return self.context_object_name
        return f"{object_list.model._meta.model_name}_list" if hasattr(object_list, "model") else None

    def get_context_data(self, *, object_list=None, **kwargs):
        rows = self.object_list if object_list is None else object_list
        name = self.get_context_object_name(rows)
        page_size = self.get_paginate_by(rows)
        paginator = page = None
        is_paginated = False
        if page_size:
            paginator, page, rows, is_paginated = self.paginate_queryset(rows, page_size)
        context = {"paginator": paginator, "page_obj": page, "is_paginated": is_paginated, "object_list": rows}
        if name is not None:
            context[name] = rows
        return super().get_context_data(**{**context, **kwargs})


class BaseListView(MultipleObjectMixin, View):
    """Rows, without saying how they are shown."""

    def get(self, request, *args, **kwargs):
        self.object_list = self.get_queryset()
        if not self.get_allow_empty():
            rows = self.object_list
            is_cheap = self.get_paginate_by(rows) is not None and hasattr(rows, "exists")
            if not (rows.exists() if is_cheap else rows):
                raise Http404(f"{type(self).__name__} has no rows to show")
        return self.render_to_response(self.get_context_data())


class MultipleObjectTemplateResponseMixin(TemplateResponseMixin):
    """Finds the template of rows: `posts/post_list.html`."""

    template_name_suffix = "_list"

    def get_template_names(self):
        names = [] if self.template_name is None else [self.template_name]
        if hasattr(self.object_list, "model"):
            meta = self.object_list.model._meta
            names.append(f"{meta.app_label}/{meta.model_name}{self.template_name_suffix}.html")
        if not names:
            raise ImproperlyConfigured(f"{type(self).__name__} needs a template_name, or rows of a model")
        return names


class ListView(MultipleObjectTemplateResponseMixin, BaseListView):
    """The page of several rows."""
