"""A checkout of three steps, whose answers are kept in the session until the last one."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView

from .forms import AddressForm, ConfirmForm, DeliveryForm

STEPS = {"address": AddressForm, "delivery": DeliveryForm, "confirm": ConfirmForm}
SESSION_KEY = "checkout"


def start(request):
    request.session.pop(SESSION_KEY, None)
    return redirect("checkout:step", step="address")


class CheckoutWizard(FormView):
    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.step = kwargs["step"]
        self.answers = request.session.get(SESSION_KEY, {})

    def dispatch(self, request, *args, **kwargs):
        if self.step not in STEPS:
            raise Http404("No such step")
        missing = next((name for name in self.steps_before() if name not in self.answers), None)
        if missing:
            messages.info(request, f"Please fill in your {missing} first.")
            return redirect("checkout:step", step=missing)
        return super().dispatch(request, *args, **kwargs)

    def steps_before(self):
        names = list(STEPS)
        return names[: names.index(self.step)]

    def get_form_class(self):
        return STEPS[self.step]

    def get_template_names(self):
        return [f"checkout/{self.step}.html", "checkout/step.html"]

    def get_initial(self):
        return self.answers.get(self.step, {})

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        if self.step == "delivery":
            kwargs["country"] = self.answers["address"]["country"]
        return kwargs

    def form_valid(self, form):
        data = {name: str(value) if name == "day" else value for name, value in form.cleaned_data.items()}
        self.answers[self.step] = data
        self.request.session[SESSION_KEY] = self.answers
        return super().form_valid(form)

    def get_success_url(self):
        names = list(STEPS)
        position = names.index(self.step) + 1
        if position == len(names):
            return reverse("checkout:done")
        return reverse("checkout:step", kwargs={"step": names[position]})

    def get_context_data(self, **kwargs):
        return super().get_context_data(step=self.step, steps=list(STEPS), answers=self.answers, **kwargs)


class Done(TemplateView):
    template_name = "checkout/done.html"

    def get(self, request, *args, **kwargs):
        answers = request.session.pop(SESSION_KEY, None)
        if not answers or set(answers) != set(STEPS):
            return redirect("checkout:start")
        return self.render_to_response(self.get_context_data(answers=answers))
