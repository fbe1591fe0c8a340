from django.contrib.auth import get_user_model, login
from django.contrib.auth import views as auth_views
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AuthenticationForm,
    PasswordChangeForm,
    PasswordResetForm,
    SetPasswordForm,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin, UserPassesTestMixin
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse_lazy
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.views.generic import CreateView, TemplateView, UpdateView


class JoinForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        help_texts = {"username": "How others call you."}
        error_messages = {"username": {"unique": "Somebody has it."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = "Not too short."


class Join(CreateView):
    form_class = JoinForm
    template_name = "library/form.html"
    success_url = reverse_lazy("profile")

    def form_valid(self, form):
        response = super().form_valid(form)
        login(self.request, self.object)
        return response


class Profile(LoginRequiredMixin, UpdateView):
    fields = ["first_name", "email"]
    template_name = "library/form.html"
    success_url = reverse_lazy("profile")

    def get_object(self, queryset=None):
        return self.request.user


class Staff(PermissionRequiredMixin, TemplateView):
    permission_required = ("library.add_book", "library.view_author")
    template_name = "library/plain.html"


class LongNames(UserPassesTestMixin, TemplateView):
    template_name = "library/plain.html"
    raise_exception = True

    def test_func(self):
        return len(self.request.user.get_username()) > 4


class Login(auth_views.LoginView):
    template_name = "library/login.html"
    redirect_authenticated_user = True


class Logout(auth_views.LogoutView):
    next_page = "book_list"


class Change(auth_views.PasswordChangeView):
    template_name = "library/form.html"


class Changed(auth_views.PasswordChangeDoneView):
    template_name = "library/plain.html"


class Reset(auth_views.PasswordResetView):
    template_name = "library/form.html"
    email_template_name = "library/mail.txt"
    subject_template_name = "library/subject.txt"
    html_email_template_name = "library/mail.html"
    extra_email_context = {"extra": "more"}


class ResetSent(auth_views.PasswordResetDoneView):
    template_name = "library/plain.html"


class ResetConfirm(auth_views.PasswordResetConfirmView):
    template_name = "library/confirm.html"
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"


class ResetComplete(auth_views.PasswordResetCompleteView):
    template_name = "library/plain.html"


def reset_link(request):
    """Leads to where the link of the mail leads."""
    user = get_user_model().objects.get(username=request.GET["name"])
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return HttpResponseRedirect(f"/reset/{uid}/{default_token_generator.make_token(user)}/")


def forms(request, name):
    """A form of accounts as it is shown and what is wrong with what was sent."""
    user = get_user_model().objects.order_by("pk").first()
    data = request.POST or None
    made = {
        "authentication": lambda: AuthenticationForm(request, data),
        "creation": lambda: UserCreationForm(data),
        "change": lambda: UserChangeForm(data, instance=user),
        "password": lambda: PasswordChangeForm(user, data),
        "set": lambda: SetPasswordForm(user, data),
        "reset": lambda: PasswordResetForm(data),
        "admin": lambda: AdminPasswordChangeForm(user, data),
    }[name]()
    for field in made.fields.values():
        # Its words are the site's.
        field.help_text = ""
    if name == "change":
        for left_out in ("groups", "user_permissions", "last_login", "date_joined", "password"):
            made.fields.pop(left_out)
    return HttpResponse(f"{made.is_valid()} {made.errors.as_json()}\n{made.as_p()}")
