"""Redirects to the page of login. The pages of accounts themselves are declared in `urls.toml`."""

from urllib.parse import urlsplit, urlunsplit

from django._absent import absent
from django.contrib.auth import REDIRECT_FIELD_NAME


def redirect_to_login(next, login_url=None, redirect_field_name=REDIRECT_FIELD_NAME):
    """A redirect to the page of login, which leads back to `next`."""
    from django.conf import settings
    from django.http import HttpResponseRedirect
    from django.http.querydict import QueryDict
    from django.shortcuts import resolve_url

    parts = list(urlsplit(resolve_url(login_url or settings.LOGIN_URL)))
    if redirect_field_name:
        query = QueryDict(parts[3], mutable=True)
        query[redirect_field_name] = next
        parts[3] = query.urlencode(safe="/")
    return HttpResponseRedirect(urlunsplit(parts))


def logout_then_login(request, login_url=None):
    """Logs out and leads to the page of login."""
    from django.conf import settings
    from django.contrib.auth import logout
    from django.http import HttpResponseRedirect
    from django.shortcuts import resolve_url

    logout(request)
    return HttpResponseRedirect(resolve_url(login_url or settings.LOGIN_URL))


__getattr__ = absent(__name__)
