from django.contrib.auth import *
from django.contrib.auth import authenticate, login, logout, get_user, get_user_model, update_session_auth_hash, get_backends, load_backend, SESSION_KEY, BACKEND_SESSION_KEY, HASH_SESSION_KEY
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
User = get_user_model()
[User.objects.create_user(name, f"{name}@example.com", "sesame") for name in ("ann", "bob")][0].username, User.objects.create_superuser("root", "r@example.com", "sesame").is_superuser, User.objects.create_user("gone", password="sesame", is_active=False).is_active
heard = []
def hear(signal, sender, **named):
    heard.append((sender if isinstance(sender, str) else sender.__name__, sorted(named), str(named.get("user", named.get("credentials")))))
[s.connect(hear) for s in (user_logged_in, user_logged_out, user_login_failed)]
request.user.is_authenticated, str(request.user), request.user.is_anonymous, get_user(request).is_authenticated, request.user == get_user(request)
each(lambda c: str(authenticate(request, **c)), {"username": "ann", "password": "sesame"}, {"username": "ann", "password": "x"}, {"username": "nobody", "password": "x"}, {"username": "gone", "password": "sesame"}, {"username": "ann"}, {}, {"email": "ann@example.com", "password": "sesame"}, {"username": "", "password": ""}, {"username": None, "password": None}, {"username": "ann", "password": "sesame", "extra": 1})
authenticate(username="ann", password="sesame").backend, authenticate(None, username="bob", password="sesame").username, heard
heard.clear()
[type(b).__name__ for b in get_backends()], type(load_backend("django.contrib.auth.backends.AllowAllUsersModelBackend")).__name__
ann = authenticate(request, username="ann", password="sesame")
request.session["cart"] = [1]
key = request.session.session_key
login(request, ann), request.user.username, request.user.is_authenticated, request.session["cart"], request.session[BACKEND_SESSION_KEY], request.session[SESSION_KEY] == str(ann.pk), request.session[HASH_SESSION_KEY] == ann.get_session_auth_hash(), User.objects.get(username="ann").last_login is not None, heard
get_user(request) == ann, get_user(request).username
# the next request
from django.contrib.auth import *
from django.contrib.auth import authenticate, login, logout, get_user, get_user_model, update_session_auth_hash, SESSION_KEY
request.user.is_authenticated, request.user.username, request.session["cart"], get_user(request) == request.user, request.user.pk == get_user_model().objects.get(username="ann").pk, type(get_user(request)).__name__
old = request.session.session_key
login(request, get_user(request), backend="django.contrib.auth.backends.ModelBackend"), request.session["cart"], request.user.username
u = get_user_model().objects.get(username="ann")
u.set_password("other"), u.save(), update_session_auth_hash(request, u), request.session.session_key != old
# the next request
from django.contrib.auth import authenticate, login, logout, get_user_model
request.user.is_authenticated, request.user.username, request.user.check_password("other"), request.session["cart"]
login(request, authenticate(request, username="bob", password="sesame")), request.user.username, "cart" in request.session
# the next request
from django.contrib.auth import logout, get_user_model
request.user.username, request.user.has_perm("auth.add_user"), request.user.get_all_permissions(), request.user.has_module_perms("auth")
bob = get_user_model().objects.get(username="bob")
bob.set_password("changed"), bob.save()
# the next request
from django.contrib.auth import logout, login, authenticate, get_user
request.user.is_authenticated, list(request.session.items())
heard = []
from django.contrib.auth.signals import user_logged_out
def hear(sender, **named):
    heard.append((sender.__name__, sorted(named), str(named["user"])))
user_logged_out.connect(hear)
logout(request), request.user.is_authenticated, request.session.is_empty(), heard
login(request, authenticate(request, username="root", password="sesame")), request.user.is_superuser, request.user.has_perm("anything.at_all"), request.user.has_perms(["a.b", "c.d"])
request.session["x"] = 1
logout(request), str(request.user), "x" in request.session, request.session.session_key, heard
tried(login, request, authenticate(username="root", password="sesame"), backend=5)
# the next request
request.user.is_authenticated, list(request.session.keys())
