"""Classes of views for some visitors only."""

from urllib.parse import urlsplit

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ImproperlyConfigured, PermissionDenied


class AccessMixin:
    """Where visitors go who may not enter."""

    login_url = None
    permission_denied_message = ""
    raise_exception = False
    redirect_field_name = REDIRECT_FIELD_NAME

    def get_login_url(self):
        from django.conf import settings

        address = self.login_url or settings.LOGIN_URL
        if not address:
            raise ImproperlyConfigured(f"{type(self).__name__} needs a login_url, or the setting LOGIN_URL")
        return str(address)

    def get_permission_denied_message(self):
        return self.permission_denied_message

    def get_redirect_field_name(self):
        return self.redirect_field_name

    def handle_no_permission(self):
        """403 for those who are logged in, else the page of login."""
        if self.raise_exception or self.request.user.is_authenticated:
            raise PermissionDenied(self.get_permission_denied_message())
        from django.contrib.auth.views import redirect_to_login
        from django.shortcuts import resolve_url

        here = self.request.build_absolute_uri()
        there = resolve_url(self.get_login_url())
        login, current = urlsplit(there), urlsplit(here)
        if login.scheme in ("", current.scheme) and login.netloc in ("", current.netloc):
            here = self.request.get_full_path()
        return redirect_to_login(here, there, self.get_redirect_field_name())


class LoginRequiredMixin(AccessMixin):
    """Only for visitors who are logged in."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)


class PermissionRequiredMixin(AccessMixin):
    """Only with a permission, or all of several."""

    permission_required = None

    def get_permission_required(self):
        if self.permission_required is None:
            raise ImproperlyConfigured(f"{type(self).__name__} needs permission_required")
        return (self.permission_required,) if isinstance(self.permission_required, str) else self.permission_required

    def has_permission(self):
        return self.request.user.has_perms(self.get_permission_required())

    def dispatch(self, request, *args, **kwargs):
        if not self.has_permission():
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)


class UserPassesTestMixin(AccessMixin):
    """Only for visitors whom `test_func` lets in."""

    def test_func(self):
        raise NotImplementedError(f"{type(self).__name__} needs test_func()")

    def get_test_func(self):
        return self.test_func

    def dispatch(self, request, *args, **kwargs):
        if not self.get_test_func()():
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)
