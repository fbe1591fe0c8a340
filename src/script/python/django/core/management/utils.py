"""What commands that make projects need."""

from django._absent import absent
from django.utils.crypto import get_random_string


def get_random_secret_key():
    """A secret key for a new project: 50 characters."""
    return get_random_string(50, "abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)")


__getattr__ = absent(__name__)
