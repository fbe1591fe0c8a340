from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver

from .models import LoginEvent, Profile


@receiver(post_save, sender=get_user_model())
def make_profile(sender, instance, created, **kwargs):
    if created:
        Profile.objects.create(user=instance)


@receiver(user_logged_in)
def log_login(sender, request, user, **kwargs):
    LoginEvent.objects.create(what="login", username=user.username)


@receiver(user_logged_out)
def log_logout(sender, request, user, **kwargs):
    LoginEvent.objects.create(what="logout", username=user.username if user else "")


@receiver(user_login_failed)
def log_failure(sender, credentials, request, **kwargs):
    LoginEvent.objects.create(what="failed", username=credentials["username"])
