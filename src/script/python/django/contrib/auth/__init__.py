"""Who a visitor is."""

from django._absent import absent
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

SESSION_KEY = "_auth_user_id"
BACKEND_SESSION_KEY = "_auth_user_backend"
HASH_SESSION_KEY = "_auth_user_hash"
REDIRECT_FIELD_NAME = "next"


def authenticate(request=None, **credentials):
    """The user of a name and a password, or None."""
    import _djr

    user = _djr.authenticate(request, credentials)
    if user is None:
        user_login_failed.send(sender=__name__, credentials=_without_secrets(credentials), request=request)
    return user


def _without_secrets(credentials):
    """The credentials as a receiver of a signal may see them."""
    secrets = ("api", "token", "key", "secret", "password", "signature")
    return {
        name: "*" * 20 if any(word in name.lower() for word in secrets) else value
        for name, value in credentials.items()
    }


def login(request, user, backend=None):
    """Makes `user` the visitor of this session."""
    import _djr

    _djr.login(request, user, backend)
    request.user = user
    user_logged_in.send(sender=type(user), request=request, user=user)


def logout(request):
    """Forgets the visitor and the session."""
    import _djr

    user = getattr(request, "user", None)
    if not getattr(user, "is_authenticated", True):
        user = None
    user_logged_out.send(sender=type(user), request=request, user=user)
    _djr.logout(request)
    from django.contrib.auth.anonymous import AnonymousUser

    request.user = AnonymousUser()


def get_user(request):
    """The user of the session, or an anonymous one."""
    return request.user


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
    import _djr

    _djr.update_session_auth_hash(request, user)


__getattr__ = absent(__name__)
