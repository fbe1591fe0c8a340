"""Users, groups and permissions."""

from django.contrib.auth.anonymous import AnonymousUser
from django.contrib.auth.asked_backends import is_allowed, permissions_of
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.last_login import update_last_login
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models

__all__ = [
    "AbstractBaseUser", "AbstractUser", "AnonymousUser", "BaseUserManager", "Group", "GroupManager", "Permission",
    "PermissionManager", "PermissionsMixin", "User", "UserManager", "update_last_login",
]


class PermissionManager(models.Manager):
    use_in_migrations = True

    def get_by_natural_key(self, codename, app_label, model):
        from django.contrib.contenttypes.models import ContentType

        kind = ContentType.objects.db_manager(self.db).get_by_natural_key(app_label, model)
        return self.get(codename=codename, content_type=kind)


class Permission(models.Model):
    """What somebody may do."""

    objects = PermissionManager()

    def __str__(self):
        return f"{self.content_type} | {self.name}"

    def natural_key(self):
        return (self.codename, *self.content_type.natural_key())


class GroupManager(models.Manager):
    use_in_migrations = True

    def get_by_natural_key(self, name):
        return self.get(name=name)


class Group(models.Model):
    """Users with the same permissions."""

    objects = GroupManager()

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.name,)


class UserManager(BaseUserManager):
    use_in_migrations = True

    def _create_user_object(self, username, email, password, **extra_fields):
        from django.contrib.auth.hashers import make_password

        if not username:
            raise ValueError("The given username must be set")
        user = self.model(
            username=self.model.normalize_username(username), email=self.normalize_email(email), **extra_fields
        )
        user.password = make_password(password)
        return user

    def _create_user(self, username, email, password, **extra_fields):
        user = self._create_user_object(username, email, password, **extra_fields)
        user.save(using=self._db)
        return user

    def create_user(self, username, email=None, password=None, **extra_fields):
        extra_fields.setdefault("is_staff", False)
        extra_fields.setdefault("is_superuser", False)
        return self._create_user(username, email, password, **extra_fields)

    create_user.alters_data = True

    def create_superuser(self, username, email=None, password=None, **extra_fields):
        extra_fields.setdefault("is_staff", True)
        extra_fields.setdefault("is_superuser", True)
        if extra_fields.get("is_staff") is not True:
            raise ValueError("Superuser must have is_staff=True.")
        if extra_fields.get("is_superuser") is not True:
            raise ValueError("Superuser must have is_superuser=True.")
        return self._create_user(username, email, password, **extra_fields)

    create_superuser.alters_data = True

    def with_perm(self, perm, is_active=True, include_superusers=True, backend=None, obj=None):
        """The users who have a permission."""
        from django.contrib import auth

        if backend is None:
            backends = auth.get_backends()
            if len(backends) != 1:
                raise ValueError(
                    "You have multiple authentication backends configured and therefore must provide the `backend` argument."
                )
            backend = backends[0]
        elif not isinstance(backend, str):
            raise TypeError(f"backend must be a dotted import path string (got {backend!r}).")
        else:
            backend = auth.load_backend(backend)
        if hasattr(backend, "with_perm"):
            return backend.with_perm(perm, is_active=is_active, include_superusers=include_superusers, obj=obj)
        return self.none()


class PermissionsMixin(models.Model):
    """Somebody with permissions, of groups and of their own."""

    class Meta:
        abstract = True

    def get_user_permissions(self, obj=None):
        return permissions_of(self, obj, "user")

    def get_group_permissions(self, obj=None):
        return permissions_of(self, obj, "group")

    def get_all_permissions(self, obj=None):
        return permissions_of(self, obj, "all")

    def has_perm(self, perm, obj=None):
        if self.is_active and self.is_superuser:
            return True
        return is_allowed(self, "has_perm", perm, obj)

    def has_perms(self, perm_list, obj=None):
        if isinstance(perm_list, str) or not hasattr(perm_list, "__iter__"):
            raise ValueError("perm_list must be an iterable of permissions.")
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label):
        if self.is_active and self.is_superuser:
            return True
        return is_allowed(self, "has_module_perms", app_label)


class AbstractUser(AbstractBaseUser, PermissionsMixin):
    """A user with a name, an address and the right to the admin."""

    objects = UserManager()
    username_validator = UnicodeUsernameValidator()
    EMAIL_FIELD = "email"
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["email"]

    class Meta:
        verbose_name = "user"
        verbose_name_plural = "users"
        abstract = True

    def clean(self):
        super().clean()
        self.email = type(self).objects.normalize_email(self.email)

    def get_full_name(self):
        return f"{self.first_name} {self.last_name}".strip()

    def get_short_name(self):
        return self.first_name

    def email_user(self, subject, message, from_email=None, **kwargs):
        from django.core.mail import send_mail

        send_mail(subject, message, from_email, [self.email], **kwargs)


class User(AbstractUser):
    """A user of djr's own model."""

    class Meta(AbstractUser.Meta):
        swappable = "AUTH_USER_MODEL"
