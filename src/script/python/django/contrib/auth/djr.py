"""What djr's own pages of accounts ask of the backends and the receivers of a project."""


def authenticated(request, username, password):
    """The key of the user whom a backend lets in, and the name of the backend; None where none does."""
    from django.contrib.auth import authenticate

    user = authenticate(request, username=username, password=password)
    if user is None:
        return None
    return user._meta.pk.value_to_string(user), user.backend


def _user(key):
    from django.contrib.auth import get_user_model

    return key and get_user_model()._default_manager.filter(pk=key).first()


def logged_in(request, key):
    from django.contrib.auth import get_user_model
    from django.contrib.auth.last_login import update_last_login
    from django.contrib.auth.signals import user_logged_in

    # The moment of the login is in the row already.
    told = [one for one in user_logged_in._live_receivers(get_user_model()) if one is not update_last_login]
    if told:
        user = request.user = _user(key)
        for receiver in told:
            receiver(signal=user_logged_in, sender=type(user), request=request, user=user)


def logged_out(request, key):
    from django.contrib.auth.signals import user_logged_out

    if user_logged_out.receivers:
        user = _user(key)
        user_logged_out.send(sender=type(user), request=request, user=user)


def login_failed(request, username):
    from django.contrib.auth.signals import user_login_failed

    if user_login_failed.receivers:
        credentials = {"username": username, "password": "*" * 20}
        user_login_failed.send(sender="django.contrib.auth", credentials=credentials, request=request)
