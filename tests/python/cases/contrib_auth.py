from django.contrib.auth.decorators import *
from django.contrib.auth.decorators import login_required, permission_required, user_passes_test, login_not_required
from django.contrib.auth.mixins import *
from django.contrib.auth.mixins import LoginRequiredMixin, PermissionRequiredMixin, UserPassesTestMixin
from django.contrib.auth.views import redirect_to_login
from django.contrib.auth.hashers import is_password_usable, mask_hash, make_password, check_password
from django.contrib.auth import REDIRECT_FIELD_NAME, SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.core.exceptions import PermissionDenied, ImproperlyConfigured
from django.http import HttpResponse
from django.test import RequestFactory
from django.views import View
class User:
    def __init__(self, known=True, permissions=()):
        self.is_authenticated, self.permissions = known, permissions
    def has_perms(self, wanted):
        return all(p in self.permissions for p in wanted)
def asked(path="/a/?x=1", known=True, permissions=(), **extra):
    r = RequestFactory().get(path, **extra)
    r.user = User(known, permissions)
    return r
def view(request, *args, **kwargs):
    "doc"
    return HttpResponse(f"ok {args} {kwargs}")
def told(function, *args, **kwargs):
    response = function(*args, **kwargs)
    return response.status_code, response.get("Location"), response.content
l = login_required(view)
told(l, asked(), 1, a=2), told(l, asked(known=False)), told(login_required(login_url="login")(view), asked(known=False)), told(login_required(redirect_field_name="to")(view), asked(known=False)), told(login_required(redirect_field_name=None)(view), asked(known=False)), told(login_required(login_url="http://other.com/l/")(view), asked(known=False)), told(login_required(login_url="http://testserver/l/?q=1")(view), asked(known=False)), told(login_required(login_url="https://testserver/l/")(view), asked(known=False)), told(l, asked("/ü/?q=ö", known=False))
l.__name__, l.__doc__, login_not_required(lambda r: 1).login_required
p = permission_required("a.b")
told(p(view), asked(permissions=["a.b"])), told(p(view), asked()), told(permission_required(("a.b", "c.d"))(view), asked(permissions=["a.b", "c.d"])), told(permission_required(["a.b", "c.d"], login_url="/in/")(view), asked(permissions=["a.b"])), tried(permission_required("a.b", raise_exception=True)(view), asked()), tried(permission_required("a.b", raise_exception=True)(view), asked(known=False))
told(user_passes_test(lambda u: False)(view), asked()), told(user_passes_test(lambda u: u.is_authenticated)(view), asked())
class Page(LoginRequiredMixin, View):
    def get(self, request):
        return HttpResponse("page")
told(Page.as_view(), asked()), told(Page.as_view(), asked(known=False)), told(Page.as_view(login_url="/x/"), asked(known=False)), tried(Page.as_view(raise_exception=True), asked(known=False)), told(Page.as_view(redirect_field_name="z"), asked(known=False))
class May(PermissionRequiredMixin, View):
    permission_required = "a.b"
    def get(self, request):
        return HttpResponse("may")
told(May.as_view(), asked(permissions=["a.b"])), tried(May.as_view(), asked()), told(May.as_view(), asked(known=False)), tried(May.as_view(permission_required=None), asked()), told(May.as_view(permission_required=("a.b",)), asked(permissions=["a.b"])), str(tried(May.as_view(permission_denied_message="no"), asked()))
class Tested(UserPassesTestMixin, View):
    def test_func(self):
        return self.request.GET.get("in")
    def get(self, request):
        return HttpResponse("in")
class Untested(UserPassesTestMixin, View):
    pass
told(Tested.as_view(), asked("/?in=1")), tried(Tested.as_view(), asked()), told(Tested.as_view(), asked(known=False)), tried(Untested.as_view(), asked())
told(redirect_to_login, "/next/?a=b&c=d"), told(redirect_to_login, "/n/", "login", "to"), told(redirect_to_login, "/n/", "/l/?x=1&next=old"), told(redirect_to_login, "/ü/", "/l/", ""), told(redirect_to_login, "http://evil.com")
each(is_password_usable, None, "", "!", "!x", "pbkdf2$x", "abc")
mask_hash("abcdefghij"), mask_hash("abc"), mask_hash("abcdef", 2, "-"), make_password(None)[0], len(make_password(None)), tried(make_password, 5), check_password(None, "x"), check_password("a", "!b")
REDIRECT_FIELD_NAME, SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
