"""Pages of forms."""

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponseRedirect
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View
from django.views.generic.detail import BaseDetailView, SingleObjectMixin, SingleObjectTemplateResponseMixin


class FormMixin(ContextMixin):
    """A form, and what follows when it is right or wrong."""

    initial = {}
    form_class = None
    success_url = None
    prefix = None

    def get_initial(self):
        return self.initial.copy()

    def get_prefix(self):
        return self.prefix

    def get_form_class(self):
        return self.form_class

    def get_form(self, form_class=None):
        return (self.get_form_class() if form_class is None else form_class)(**self.get_form_kwargs())

    def get_form_kwargs(self):
        """The arguments of the form."""
        arguments = {"initial": self.get_initial(), "prefix": self.get_prefix()}
        if self.request.method in ("POST", "PUT"):
            arguments.update(data=self.request.POST, files=self.request.FILES)
        return arguments

    def get_success_url(self):
        """Where to go when the form is right."""
        if not self.success_url:
            raise ImproperlyConfigured(f"{type(self).__name__} needs a success_url")
        return str(self.success_url)

    def form_valid(self, form):
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form))

    def get_context_data(self, **kwargs):
        if "form" not in kwargs:
            kwargs["form"] = self.get_form()
        return super().get_context_data(**kwargs)


class ModelFormMixin(FormMixin, SingleObjectMixin):
    """A form of a model."""

    fields = None

    def get_form_class(self):
        if self.fields is not None and self.form_class:
            raise ImproperlyConfigured(f"{type(self).__name__} has both fields and a form_class")
        if self.form_class:
            return self.form_class
        if self.fields is None:
            raise ImproperlyConfigured(f"{type(self).__name__} needs fields or a form_class")
        from django.forms.models import modelform_factory

        return modelform_factory(self._model(), fields=self.fields)

    def _model(self):
        if self.model is not None:
            return self.model
        row = getattr(self, "object", None)
        # `request.user` only looks like a row.
        return row.__class__ if row is not None else self.get_queryset().model

    def get_form_kwargs(self):
        arguments = super().get_form_kwargs()
        if hasattr(self, "object"):
            arguments["instance"] = self.object
        return arguments

    def get_success_url(self):
        """`success_url` with the attributes of the row, or the address of the row."""
        if self.success_url:
            return self.success_url.format(**self.object.__dict__)
        try:
            return self.object.get_absolute_url()
        except AttributeError:
            raise ImproperlyConfigured(
                f"{type(self).__name__} needs a success_url, or a get_absolute_url() of its model"
            ) from None

    def form_valid(self, form):
        """Saves the row first."""
        self.object = form.save()
        return super().form_valid(form)


class ProcessFormView(View):
    """Shows a form, and takes it."""

    def get(self, request, *args, **kwargs):
        return self.render_to_response(self.get_context_data())

    def post(self, request, *args, **kwargs):
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def put(self, *args, **kwargs):
        return self.post(*args, **kwargs)


class BaseFormView(FormMixin, ProcessFormView):
    """A form, without saying how it is shown."""


class FormView(TemplateResponseMixin, BaseFormView):
    """The page of a form."""


class BaseCreateView(ModelFormMixin, ProcessFormView):
    """A form of a new row, without saying how it is shown."""

    def get(self, request, *args, **kwargs):
        self.object = None
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.object = None
        return super().post(request, *args, **kwargs)


class CreateView(SingleObjectTemplateResponseMixin, BaseCreateView):
    """The page of a form of a new row."""

    template_name_suffix = "_form"


class BaseUpdateView(ModelFormMixin, ProcessFormView):
    """A form of a row, without saying how it is shown."""

    def get(self, request, *args, **kwargs):
        self.object = self.get_object()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        return super().post(request, *args, **kwargs)


class UpdateView(SingleObjectTemplateResponseMixin, BaseUpdateView):
    """The page of a form of a row."""

    template_name_suffix = "_form"


class DeletionMixin:
    """Deletes a row and leads on."""

    success_url = None

    def delete(self, request, *args, **kwargs):
        self.object = self.get_object()
        # The address may need what is about to go.
        address = self.get_success_url()
        self.object.delete()
        return HttpResponseRedirect(address)

    def post(self, request, *args, **kwargs):
        return self.delete(request, *args, **kwargs)

    def get_success_url(self):
        if not self.success_url:
            raise ImproperlyConfigured(f"{type(self).__name__} needs a success_url")
        return self.success_url.format(**self.object.__dict__)


class BaseDeleteView(DeletionMixin, FormMixin, BaseDetailView):
    """A question whether a row shall go, without saying how it is shown."""

    def get_form_class(self):
        if self.form_class:
            return self.form_class
        from django.forms import Form

        return Form

    def post(self, request, *args, **kwargs):
        self.object = self.get_object()
        form = self.get_form()
        return self.form_valid(form) if form.is_valid() else self.form_invalid(form)

    def form_valid(self, form):
        address = self.get_success_url()
        self.object.delete()
        return HttpResponseRedirect(address)


class DeleteView(SingleObjectTemplateResponseMixin, BaseDeleteView):
    """The page that asks whether a row shall go."""

    template_name_suffix = "_confirm_delete"
