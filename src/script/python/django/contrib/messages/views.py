"""A message when a form was right."""

from django.contrib import messages


class SuccessMessageMixin:
    """Adds `success_message`, with the cleaned values, after a form was right."""

    success_message = ""

    def form_valid(self, form):
        response = super().form_valid(form)
        message = self.get_success_message(form.cleaned_data)
        if message:
            messages.success(self.request, message)
        return response

    def get_success_message(self, cleaned_data):
        return self.success_message % cleaned_data
