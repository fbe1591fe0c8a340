"""Pages of accounts as classes, for sites that declare `auth.urls` not enough."""

from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth import REDIRECT_FIELD_NAME, get_user_model, login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, PasswordResetForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.http import HttpResponseRedirect
from django.shortcuts import resolve_url
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic.base import TemplateView
from django.views.generic.edit import FormView

INTERNAL_RESET_SESSION_TOKEN = "_password_reset_token"
_PAGES = ("login", "signup", "password_change", "password_reset")


def _page_context(view, **named):
    """What the templates of all pages of accounts know."""
    from django.contrib.sites.shortcuts import get_current_site
    from django.urls import NoReverseMatch, reverse

    site = get_current_site(view.request)
    context = {"site": site, "site_name": site.name, "subtitle": None}
    for page in _PAGES:
        try:
            context[f"{page}_url"] = reverse(page)
        except NoReverseMatch:
            context[f"{page}_url"] = None
    return {**context, **named, **(view.extra_context or {})}


class RedirectURLMixin:
    """Leads on to where the visitor wanted to go, if that is on this site."""

    next_page = None
    redirect_field_name = REDIRECT_FIELD_NAME
    success_url_allowed_hosts = set()

    def get_success_url(self):
        return self.get_redirect_url() or self.get_default_redirect_url()

    def get_redirect_url(self):
        """The address that was sent; nothing where it leads to another site."""
        from django.utils.http import url_has_allowed_host_and_scheme

        request, name = self.request, self.redirect_field_name
        address = request.POST.get(name, request.GET.get(name))
        is_safe = url_has_allowed_host_and_scheme(
            url=address, allowed_hosts=self.get_success_url_allowed_hosts(), require_https=request.is_secure()
        )
        return address if is_safe else ""

    def get_success_url_allowed_hosts(self):
        return {self.request.get_host(), *self.success_url_allowed_hosts}

    def get_default_redirect_url(self):
        if self.next_page:
            return resolve_url(self.next_page)
        raise ImproperlyConfigured(f"{type(self).__name__} needs a next_page")


def _setting(name):
    from django.conf import settings

    return getattr(settings, name)


@method_decorator(login_not_required, name="dispatch")
@method_decorator([sensitive_post_parameters(), csrf_protect, never_cache], name="dispatch")
class LoginView(RedirectURLMixin, FormView):
    """The form of login."""

    form_class = AuthenticationForm
    authentication_form = None
    template_name = "registration/login.html"
    redirect_authenticated_user = False
    extra_context = None

    def dispatch(self, request, *args, **kwargs):
        if not self.redirect_authenticated_user or not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        address = self.get_success_url()
        if address == request.path:
            raise ValueError("the page of login leads whoever is logged in to itself: look at LOGIN_REDIRECT_URL")
        return HttpResponseRedirect(address)

    def get_default_redirect_url(self):
        return resolve_url(self.next_page or _setting("LOGIN_REDIRECT_URL"))

    def get_form_class(self):
        return self.authentication_form or self.form_class

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "request": self.request}

    def form_valid(self, form):
        login(self.request, form.get_user())
        return HttpResponseRedirect(self.get_success_url())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(_page_context(self, title="Log in", **{self.redirect_field_name: self.get_redirect_url()}))
        return context


@method_decorator([csrf_protect, never_cache], name="dispatch")
class LogoutView(RedirectURLMixin, TemplateView):
    """Logs out, by POST alone."""

    http_method_names = ["post", "options"]
    template_name = "registration/logged_out.html"
    extra_context = None

    def post(self, request, *args, **kwargs):
        logout(request)
        address = self.get_success_url()
        if address != request.get_full_path():
            return HttpResponseRedirect(address)
        return self.get(request, *args, **kwargs)

    def get_default_redirect_url(self):
        address = self.next_page or _setting("LOGOUT_REDIRECT_URL")
        return resolve_url(address) if address else self.request.path

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(_page_context(self, title="Logged out"))
        return context


def logout_then_login(request, login_url=None):
    """Logs out and leads to the page of login."""
    return LogoutView.as_view(next_page=resolve_url(login_url or _setting("LOGIN_URL")))(request)


def redirect_to_login(next, login_url=None, redirect_field_name=REDIRECT_FIELD_NAME):
    """A redirect to the page of login, which leads back to `next`."""
    from django.http.querydict import QueryDict

    parts = list(urlsplit(resolve_url(login_url or _setting("LOGIN_URL"))))
    if redirect_field_name:
        query = QueryDict(parts[3], mutable=True)
        query[redirect_field_name] = next
        parts[3] = query.urlencode(safe="/")
    return HttpResponseRedirect(urlunsplit(parts))


class PasswordContextMixin:
    """The title of a page about passwords."""

    extra_context = None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context.update(_page_context(self, title=self.title))
        return context


@method_decorator([login_not_required, csrf_protect], name="dispatch")
class PasswordResetView(PasswordContextMixin, FormView):
    """Asks for an address, and mails a link to it."""

    email_template_name = "registration/password_reset_email.html"
    extra_email_context = None
    form_class = PasswordResetForm
    from_email = None
    html_email_template_name = None
    subject_template_name = "registration/password_reset_subject.txt"
    success_url = reverse_lazy("password_reset_done")
    template_name = "registration/password_reset_form.html"
    title = "Password reset"
    token_generator = default_token_generator

    def form_valid(self, form):
        form.save(
            use_https=self.request.is_secure(),
            token_generator=self.token_generator,
            from_email=self.from_email,
            email_template_name=self.email_template_name,
            subject_template_name=self.subject_template_name,
            request=self.request,
            html_email_template_name=self.html_email_template_name,
            extra_email_context=self.extra_email_context,
        )
        return super().form_valid(form)


@method_decorator(login_not_required, name="dispatch")
class PasswordResetDoneView(PasswordContextMixin, TemplateView):
    """Says that the mail is on its way."""

    template_name = "registration/password_reset_done.html"
    title = "Password reset sent"


@method_decorator(login_not_required, name="dispatch")
@method_decorator([sensitive_post_parameters(), never_cache], name="dispatch")
class PasswordResetConfirmView(PasswordContextMixin, FormView):
    """The page that the link of the mail leads to."""

    form_class = SetPasswordForm
    post_reset_login = False
    post_reset_login_backend = None
    reset_url_token = "set-password"
    success_url = reverse_lazy("password_reset_complete")
    template_name = "registration/password_reset_confirm.html"
    title = "Enter new password"
    token_generator = default_token_generator

    def dispatch(self, *args, **kwargs):
        if "uidb64" not in kwargs or "token" not in kwargs:
            raise ImproperlyConfigured("The URL path must contain 'uidb64' and 'token' parameters.")
        self.validlink = False
        self.user = self.get_user(kwargs["uidb64"])
        token, session = kwargs["token"], self.request.session
        if self.user is None:
            return self._refusal()
        if token == self.reset_url_token:
            kept = session.get(INTERNAL_RESET_SESSION_TOKEN)
            self.validlink = self.token_generator.check_token(self.user, kept)
            return super().dispatch(*args, **kwargs) if self.validlink else self._refusal()
        if not self.token_generator.check_token(self.user, token):
            return self._refusal()
        # The address is told to other sites that the page has parts of; the session is not.
        session[INTERNAL_RESET_SESSION_TOKEN] = token
        return HttpResponseRedirect(self.request.path.replace(token, self.reset_url_token))

    def _refusal(self):
        return self.render_to_response(self.get_context_data())

    def get_user(self, uidb64):
        """The user of a link; None where it names nobody."""
        from django.utils.http import urlsafe_base64_decode

        model = get_user_model()
        try:
            key = model._meta.pk.to_python(urlsafe_base64_decode(uidb64).decode())
            return model._default_manager.get(pk=key)
        except (TypeError, ValueError, OverflowError, ValidationError, model.DoesNotExist):
            return None

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.user}

    def form_valid(self, form):
        user = form.save()
        del self.request.session[INTERNAL_RESET_SESSION_TOKEN]
        if self.post_reset_login:
            login(self.request, user, self.post_reset_login_backend)
        return super().form_valid(form)

    def get_form(self, form_class=None):
        # Whoever has no link sees no form.
        return super().get_form(form_class) if self.validlink else None

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["validlink"] = self.validlink
        if self.validlink:
            context["username"] = self.user.get_username()
        else:
            context.update(form=None, title="Password reset unsuccessful")
        return context


@method_decorator(login_not_required, name="dispatch")
class PasswordResetCompleteView(PasswordContextMixin, TemplateView):
    """Says that the new password holds."""

    template_name = "registration/password_reset_complete.html"
    title = "Password reset complete"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["login_url"] = resolve_url(_setting("LOGIN_URL"))
        return context


@method_decorator([sensitive_post_parameters(), csrf_protect, login_required], name="dispatch")
class PasswordChangeView(PasswordContextMixin, FormView):
    """Asks for the old password and a new one."""

    form_class = PasswordChangeForm
    success_url = reverse_lazy("password_change_done")
    template_name = "registration/password_change_form.html"
    title = "Password change"

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "user": self.request.user}

    def form_valid(self, form):
        form.save()
        # Else this browser would be logged out with all the others.
        update_session_auth_hash(self.request, form.user)
        return super().form_valid(form)


@method_decorator(login_required, name="dispatch")
class PasswordChangeDoneView(PasswordContextMixin, TemplateView):
    """Says that the password is another one now."""

    template_name = "registration/password_change_done.html"
    title = "Password change successful"
