"""Who a visitor is."""

from django._absent import absent
from django.contrib.auth.last_login import connect
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

SESSION_KEY = "_auth_user_id"
BACKEND_SESSION_KEY = "_auth_user_backend"
HASH_SESSION_KEY = "_auth_user_hash"
REDIRECT_FIELD_NAME = "next"

connect()


def load_backend(path):
    """The backend of a dotted name."""
    from django.utils.module_loading import import_string

    return import_string(path)()


def _named_backends():
    """The backends of the settings, each with its name."""
    from django.conf import settings

    named = [(load_backend(path), path) for path in settings.AUTHENTICATION_BACKENDS]
    if not named:
        from django.core.exceptions import ImproperlyConfigured

        raise ImproperlyConfigured("`[auth] backends` is empty: nobody could log in")
    return named


def get_backends():
    """The backends of the settings."""
    return [backend for backend, _ in _named_backends()]


def _takes(function, credentials):
    """Whether a function takes a request, and credentials of these names and no others."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code = getattr(getattr(function, "__func__", function), "__code__", None)
    if code is None:
        return True
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    takes_any = code.co_flags & 0x08
    own = names[2:] if getattr(function, "__self__", None) is not None else names[1:]
    if not takes_any and any(name not in own for name in credentials):
        return False
    target = getattr(function, "__func__", function)
    positional = code.co_varnames[: code.co_argcount]
    with_default = set(positional[len(positional) - len(target.__defaults__ or ()) :] if target.__defaults__ else ())
    with_default.update(target.__kwdefaults__ or ())
    return all(name in credentials or name in with_default for name in own)


def authenticate(request=None, **credentials):
    """The user whom one of the backends lets in with these credentials, or None."""
    from django.core.exceptions import PermissionDenied

    for backend, path in _named_backends():
        if not _takes(backend.authenticate, credentials):
            continue
        try:
            user = backend.authenticate(request, **credentials)
        except PermissionDenied:
            # It has the last word.
            break
        if user is not None:
            user.backend = path
            return user
    user_login_failed.send(sender=__name__, credentials=_without_secrets(credentials), request=request)
    return None


def _without_secrets(credentials):
    """The credentials as a receiver of a signal may see them."""
    secrets = ("api", "token", "key", "secret", "password", "signature")
    return {
        name: "*" * 20 if any(word in name.lower() for word in secrets) else value
        for name, value in credentials.items()
    }


def _key_in_session(request):
    """The key of the user whom a session names."""
    return get_user_model()._meta.pk.to_python(request.session[SESSION_KEY])


def login(request, user, backend=None):
    """Makes `user` the visitor of this session."""
    session = request.session
    held = getattr(user, "get_session_auth_hash", str)()
    if SESSION_KEY not in session:
        session.cycle_key()
    elif _key_in_session(request) != user.pk or not _is_same(session.get(HASH_SESSION_KEY, ""), held):
        # Nothing of another user is left.
        session.flush()
    backend = _backend_of(user, backend)
    session[SESSION_KEY] = user._meta.pk.value_to_string(user)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = held
    _visitor_is(request, user)
    _rotate_token(request)
    user_logged_in.send(sender=type(user), request=request, user=user)


def _is_same(one, other):
    from django.utils.crypto import constant_time_compare

    return constant_time_compare(one, other)


def _backend_of(user, backend):
    """The name of the backend that let a user in."""
    backend = backend or getattr(user, "backend", None)
    if backend is None:
        from django.conf import settings

        if len(settings.AUTHENTICATION_BACKENDS) != 1:
            raise ValueError("there are several backends: login() needs `backend`, or a user who has that attribute")
        return settings.AUTHENTICATION_BACKENDS[0]
    if not isinstance(backend, str):
        raise TypeError(f"a backend is named by a dotted name, not by {backend!r}")
    return backend


def _visitor_is(request, user):
    """Tells the request, and djr's part of it, who it is from."""
    if hasattr(request, "user"):
        request.user = user
    native = getattr(request, "_native", None)
    if native is not None:
        native.forget_user()


def _rotate_token(request):
    from django.middleware.csrf import rotate_token

    rotate_token(request)


def logout(request):
    """Forgets the visitor and the session."""
    user = getattr(request, "user", None)
    if not getattr(user, "is_authenticated", True):
        user = None
    user_logged_out.send(sender=type(user), request=request, user=user)
    request.session.flush()
    from django.contrib.auth.anonymous import AnonymousUser

    _visitor_is(request, AnonymousUser())


def get_user(request):
    """The user of the session, or one who is not logged in."""
    from django.contrib.auth.anonymous import AnonymousUser

    return _user_of_session(request) or AnonymousUser()


def _user_of_session(request):
    from django.conf import settings

    session = request.session
    try:
        key, path = _key_in_session(request), session[BACKEND_SESSION_KEY]
    except Exception as error:
        if type(error).__name__ in ("KeyError", "ValidationError"):
            return None
        raise
    if path not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = load_backend(path).get_user(key)
    if user is None or not hasattr(user, "get_session_auth_hash"):
        return user
    held = session.get(HASH_SESSION_KEY)
    if held and _is_same(held, user.get_session_auth_hash()):
        return user
    fallbacks = getattr(user, "get_session_auth_fallback_hash", tuple)()
    if held and any(_is_same(held, fallback) for fallback in fallbacks):
        session.cycle_key()
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        return user
    session.flush()
    return None


def get_user_model():
    """The model of users."""
    from django.apps import apps
    from django.conf import settings

    return apps.get_model(settings.AUTH_USER_MODEL)


def get_permission_codename(action, opts):
    """The name of a permission: `change_post`."""
    return f"{action}_{opts.model_name}"


def update_session_auth_hash(request, user):
    """Keeps the session alive after the password of its user was changed."""
    request.session.cycle_key()
    if hasattr(user, "get_session_auth_hash") and getattr(request, "user", None) == user:
        request.session[HASH_SESSION_KEY] = user.get_session_auth_hash()


__getattr__ = absent(__name__)
