import re
from django.contrib.auth.forms import SetPasswordForm, PasswordChangeForm, UsernameField
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import RequestFactory
def squeezed(html):
    return re.sub(r"\s*(<[^>]+>)\s*", r"\1", " ".join(str(html).split()))
class User:
    is_active = True
    def __init__(self): self.saved = []
    def set_password(self, p): self.saved.append(p)
    def save(self): self.saved.append("saved")
    def check_password(self, p): return p == "old"
    def get_username(self): return "ann"
known = User()
P = [SetPasswordForm(known), SetPasswordForm(known, {}), SetPasswordForm(known, {"new_password1": "a", "new_password2": "b"}), SetPasswordForm(known, {"new_password1": " sekret ", "new_password2": " sekret "}), SetPasswordForm(known, {"new_password1": "a"})]
[f.is_valid() for f in P], [f.errors.as_json() for f in P], P[3].save() is known, known.saved, P[3].save(commit=False) is known, known.saved
C = [PasswordChangeForm(known), PasswordChangeForm(known, {"old_password": "no", "new_password1": "a", "new_password2": "a"}), PasswordChangeForm(known, {"old_password": "old", "new_password1": "a", "new_password2": "a"}), PasswordChangeForm(known, {})]
[f.is_valid() for f in C], [f.errors.as_json() for f in C], list(C[0].fields), list(C[0].base_fields)
each(UsernameField().clean, "ann", "ﬁ", "", " a ", "a\u0301"), UsernameField(max_length=3).widget.attrs, each(UsernameField(max_length=3).clean, "abcd", "ab")
class Short:
    def __init__(self, least=3): self.least = least
    def validate(self, password, user=None):
        if len(password) < self.least: raise ValidationError("short", code="short")
    def get_help_text(self): return f"at least {self.least} <"
    def password_changed(self, password, user=None): changed.append(password)
class Silent:
    def validate(self, password, user=None): pass
    def get_help_text(self): return "silent"
changed = []
V = [Short(), Short(5), Silent()]
tried(password_validation.validate_password, "a", password_validators=V), tried(password_validation.validate_password, "abcdef", password_validators=V), password_validation.password_validators_help_texts(V), str(password_validation.password_validators_help_text_html(V)), str(password_validation.password_validators_help_text_html([])), password_validation.password_changed("x", None, V), changed
from django.contrib.messages.views import SuccessMessageMixin
from django.contrib import messages
from django.contrib.messages.storage.session import SessionStorage
class Base:
    def form_valid(self, form): return HttpResponse("ok")
class Page(SuccessMessageMixin, Base):
    success_message = "saved %(name)s"
class Form:
    cleaned_data = {"name": "<x>"}
r = RequestFactory().get("/a%20b/<c>")
r.session = {}
r._messages = SessionStorage(r)
p = Page()
p.request = r
p.form_valid(Form()).content, [str(m) for m in messages.get_messages(r)]
from django.contrib.auth.context_processors import PermWrapper, auth
class Mighty:
    def has_perm(self, p): return p == "posts.add_post"
    def has_module_perms(self, a): return a == "posts"
    def get_all_permissions(self): return {"posts.add_post"}
w = PermWrapper(Mighty())
bool(w["posts"]), bool(w["x"]), w["posts"]["add_post"], w["posts"]["no"], "posts" in w, "posts.add_post" in w, "posts.x" in w, "x" in w, tried(iter, w), tried(iter, w["posts"]), repr(w["posts"])
sorted(auth(r)), str(auth(r)["user"])
from django.template import context_processors
context_processors.request(r)["request"] is r, context_processors.debug(r), context_processors.static(r), context_processors.media(r), context_processors.tz(r), len(str(context_processors.csrf(r)["csrf_token"])), sorted(context_processors.i18n(r))
