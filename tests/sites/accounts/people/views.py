from django.contrib import messages
from django.contrib.auth import authenticate, get_user_model, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required, user_passes_test
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, ListView, TemplateView, UpdateView

from .forms import JoinForm, ProfileForm, SignUpForm
from .models import LoginEvent, Profile

User = get_user_model()


def home(request):
    return render(request, "people/home.html", {"people": User.objects.filter(is_active=True).order_by("username")})


def signup(request):
    if request.user.is_authenticated:
        return redirect("profile")
    form = SignUpForm(request.POST or None)
    if form.is_valid():
        user = form.save()
        user.email_user("Welcome", f"Hello {user.username},\nnice to see you.")
        login(request, user)
        messages.success(request, "Welcome!")
        return redirect("profile")
    return render(request, "people/form.html", {"form": form, "title": "Sign up"})


class JoinView(CreateView):
    form_class = JoinForm
    template_name = "people/form.html"
    success_url = reverse_lazy("login")
    extra_context = {"title": "Join"}


class PeopleLoginView(LoginView):
    redirect_authenticated_user = True

    def form_invalid(self, form):
        messages.error(self.request, "Try again.")
        return super().form_invalid(form)


def enter(request):
    """A login written by hand."""
    error = ""
    if request.method == "POST":
        user = authenticate(request, username=request.POST["username"], password=request.POST["password"])
        if user is not None and user.is_active:
            login(request, user)
            if not request.POST.get("remember"):
                request.session.set_expiry(0)
            target = request.POST.get("next", "")
            if url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
                return redirect(target)
            return redirect("profile")
        error = "Unknown name or wrong password"
    return render(request, "people/enter.html", {"error": error, "next": request.GET.get("next", "")})


@require_POST
def leave(request):
    logout(request)
    messages.info(request, "Bye.")
    return redirect("home")


class ChangePassword(PasswordChangeView):
    template_name = "people/form.html"
    success_url = reverse_lazy("profile")
    extra_context = {"title": "New password"}


@login_required
def profile(request):
    return render(request, "people/profile.html", {"profile": request.user.profile})


class ProfileUpdate(LoginRequiredMixin, UpdateView):
    form_class = ProfileForm
    template_name = "people/form.html"
    success_url = reverse_lazy("profile")
    extra_context = {"title": "Your profile"}

    def get_object(self, queryset=None):
        return self.request.user.profile


@login_required
def settings(request):
    profile = request.user.profile
    if request.method == "POST":
        for name, value in request.POST.items():
            if name == "csrfmiddlewaretoken":
                continue
            try:
                profile.set_preference(name, int(value) if value.isdigit() else value)
            except ValueError as error:
                return JsonResponse({"error": str(error)}, status=400)
        if request.POST.get("theme") == "reset":
            request.user.set_password("kohlrabi-99")
            request.user.save()
            update_session_auth_hash(request, request.user)
    return JsonResponse({"preferences": profile.preferences, "theme": profile.get_preference("theme")})


def person(request, username):
    user = get_object_or_404(User.objects.select_related("profile"), username=username, is_active=True)
    return render(request, "people/profile.html", {"profile": user.profile})


@user_passes_test(lambda user: user.is_staff, login_url="enter", redirect_field_name="to")
def staff(request):
    return HttpResponse("staff", content_type="text/plain")


class Team(LoginRequiredMixin, ListView):
    login_url = "/enter/"
    template_name = "people/home.html"
    context_object_name = "people"

    def get_queryset(self):
        dark = Profile.objects.filter(preferences__theme="dark").values("user")
        return User.objects.filter(pk__in=dark)


class Report(PermissionRequiredMixin, TemplateView):
    permission_required = "people.see_report"
    template_name = "people/report.html"

    def handle_no_permission(self):
        if self.request.user.is_authenticated:
            messages.warning(self.request, "That is not for you.")
            return redirect("home")
        return super().handle_no_permission()


def whoami(request):
    user = request.user
    return JsonResponse(
        {
            "str": str(user),
            "username": user.get_username(),
            "is_authenticated": user.is_authenticated,
            "is_anonymous": user.is_anonymous,
            "pk": user.pk,
            "class": type(user.__class__).__name__,
            "perms": sorted(user.get_all_permissions()),
            "groups": [group.name for group in user.groups.all()],
            "has": user.has_perm("people.see_report"),
            "module": user.has_module_perms("people"),
            "is_user": isinstance(user, User),
            "last_login": bool(getattr(user, "last_login", None)),
            "backend": request.session.get("_auth_user_backend"),
        }
    )


def log(request):
    return JsonResponse([str(event) for event in LoginEvent.objects.all()], safe=False)
