"""Views for some visitors only."""

from functools import wraps

from django.contrib.auth import REDIRECT_FIELD_NAME


def user_passes_test(test_func, login_url=None, redirect_field_name=REDIRECT_FIELD_NAME):
    """A decorator: visitors whom `test_func` does not let in are led to the page of login."""

    def decorator(view_func):
        @wraps(view_func)
        def inner(request, *args, **kwargs):
            if test_func(request.user):
                return view_func(request, *args, **kwargs)
            return _to_login(request, login_url, redirect_field_name)

        inner.login_url = login_url
        inner.redirect_field_name = redirect_field_name
        return inner

    return decorator


def _to_login(request, login_url, redirect_field_name):
    """A redirect to the page of login, which leads back; only the path where that is on the same site."""
    from urllib.parse import urlsplit

    from django.conf import settings
    from django.contrib.auth.views import redirect_to_login
    from django.shortcuts import resolve_url

    here = request.build_absolute_uri()
    there = resolve_url(login_url or settings.LOGIN_URL)
    login, current = urlsplit(there), urlsplit(here)
    if login.scheme in ("", current.scheme) and login.netloc in ("", current.netloc):
        here = request.get_full_path()
    return redirect_to_login(here, there, redirect_field_name)


def login_required(function=None, redirect_field_name=REDIRECT_FIELD_NAME, login_url=None):
    """A decorator: only for visitors who are logged in."""
    decorator = user_passes_test(
        lambda user: user.is_authenticated, login_url=login_url, redirect_field_name=redirect_field_name
    )
    return decorator(function) if function else decorator


def login_not_required(view_func):
    """A decorator: the view is open even where a middleware asks for login everywhere."""
    view_func.login_required = False
    return view_func


def permission_required(perm, login_url=None, raise_exception=False):
    """A decorator: only with a permission, or all of several; else login, or 403 with `raise_exception`."""
    wanted = (perm,) if isinstance(perm, str) else perm

    def decorator(view_func):
        def may(user):
            if user.has_perms(wanted):
                return True
            if raise_exception:
                from django.core.exceptions import PermissionDenied

                raise PermissionDenied
            return False

        return user_passes_test(may, login_url=login_url)(view_func)

    return decorator
