"""Three user models of projects' own, as Django's documentation has them."""

import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import AbstractUser, PermissionsMixin
from django.db import models


class Manager(BaseUserManager):
    pass


class Member(AbstractBaseUser):
    """Logs in by an address; has no permissions."""

    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=30)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]
    objects = Manager()


class Account(AbstractUser):
    """Has a UUID for a key."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)


class Person(models.Model):
    code = models.CharField(max_length=8, primary_key=True)


class Operator(AbstractBaseUser, PermissionsMixin):
    """Is a person, whose key is its own."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True)
    login = models.CharField(max_length=40, unique=True)
    mail = models.EmailField(blank=True)
    groups = models.ManyToManyField("auth.Group", blank=True, related_name="operators")
    user_permissions = models.ManyToManyField(
        "auth.Permission", blank=True, related_name="operators"
    )

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "mail"
    objects = Manager()
