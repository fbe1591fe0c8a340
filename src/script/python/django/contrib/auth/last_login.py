"""When a user logged in last."""


def update_last_login(sender, user, **kwargs):
    """Keeps the moment of a login."""
    from django.utils import timezone

    user.last_login = timezone.now()
    user.save(update_fields=["last_login"])


def connect():
    from django.contrib.auth.signals import user_logged_in

    user_logged_in.connect(update_last_login, dispatch_uid="update_last_login")
