"""A `urls.py` from a `urls.toml`."""

import tomllib

IMPORTS = """from django.contrib import admin
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.urls import include, path, re_path
from django.views.decorators import cache as caching
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView


def view_of(name):
    module, _, attribute = name.rpartition(".")
    view = getattr(__import__(module, fromlist=[attribute]), attribute)
    return view.as_view() if isinstance(view, type) else view


def permitted(view, name):
    def answer(request, *args, **kwargs):
        if request.user.has_perm(name):
            return view(request, *args, **kwargs)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())

    return answer


"""
# Keys that say where a page is, and not what is on it.
PLACE = ("path", "name", "view", "include")
NATIVE = {"template": "TemplateView"}
AUTH = {
    "login": "LoginView",
    "logout": "LogoutView",
    "password_change": "PasswordChangeView",
    "password_change_done": "PasswordChangeDoneView",
}
APPS = {"auth": "django.contrib.auth.urls"}


def urls_py(file):
    """The text of the `urls.py` that says what the `urls.toml` at `file` says."""
    read = tomllib.loads(file.read_text(encoding="utf-8"))
    lines = [f"    {pattern(dict(entry))}," for entry in read["urls"]]
    name = f"app_name = {read['app_name']!r}\n" if "app_name" in read else ""
    handlers = [f"{key} = {value!r}\n" for key, value in read.items() if key.startswith("handler")]
    return IMPORTS + name + "".join(handlers) + "urlpatterns = [\n" + "\n".join(lines) + "\n]\n"


def pattern(entry):
    path = entry.pop("path")
    if "include" in entry:
        app = entry.pop("include").partition(".")[0]
        assert not entry, f"{path}: {entry}"
        module = APPS.get(app, f"{app}.urls")
        return f"path({path!r}, admin.site.urls)" if app == "admin" else f"path({path!r}, include({module!r}))"
    name, kwargs = entry.pop("name", None), entry.pop("kwargs", {})
    view = decorated(view_of(entry.pop("view"), entry), entry)
    assert not entry, f"{path}: {entry}"
    return f"path({path!r}, {view}, {kwargs!r}, name={name!r})"


def view_of(name, entry):
    """The view called `name`, without what decorates it."""
    module, _, last = name.rpartition(".")
    if name == "template":
        kind = entry["template"].endswith(".txt")
        content_type = ", content_type='text/plain'" if kind else ""
        return f"TemplateView.as_view(template_name={entry.pop('template')!r}{content_type})"
    if module == "auth":
        return f"auth_views.{AUTH[last]}.as_view()"
    assert "." in name, f"{name} is a view of djr's that Django does not have"
    return f"view_of({name!r})"


def decorated(view, entry):
    if "cache" in entry:
        view = f"caching.cache_page({entry.pop('cache')})({view})"
    if entry.pop("never_cache", False):
        view = f"caching.never_cache({view})"
    if "methods" in entry:
        view = f"require_http_methods({entry.pop('methods')!r})({view})"
    if "permission_required" in entry:
        view = f"permitted({view}, {entry.pop('permission_required')!r})"
    if "login_required" in entry:
        view = f"{'login_required' if entry.pop('login_required') else 'login_not_required'}({view})"
    return view
