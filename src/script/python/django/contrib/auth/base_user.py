"""What models of users have in common."""

from django.db import models


class BaseUserManager(models.Manager):
    @classmethod
    def normalize_email(cls, email):
        """The address with its domain in lower case."""
        email = email or ""
        name, at, domain = email.strip().rpartition("@")
        return f"{name}@{domain.lower()}" if at else email

    def get_by_natural_key(self, username):
        return self.get(**{self.model.USERNAME_FIELD: username})

    def create_user(self, *args, **kwargs):
        """A user of a model without a manager of its own."""
        return self._create(args, kwargs, {})

    def create_superuser(self, *args, **kwargs):
        return self._create(args, kwargs, {"is_staff": True, "is_superuser": True})

    def _create(self, args, kwargs, flags):
        named = dict(zip((self.model.USERNAME_FIELD, "password"), args))
        named.update(kwargs)
        password = named.pop("password", None)
        names = {field.name for field in self.model._meta.fields}
        named.update((name, value) for name, value in flags.items() if name in names)
        if not named.get(self.model.USERNAME_FIELD):
            raise ValueError(f"The given {self.model.USERNAME_FIELD} must be set")
        user = self.model(**named)
        user.set_password(password)
        user.save(using=self._db)
        return user


class _SettingOfUsers:
    """`username_field` and its kin of `[auth]`, as attributes of the class."""

    def __init__(self, name, usual):
        self.name, self.usual = name, usual

    def __get__(self, instance, cls=None):
        import _djr_models

        return getattr(_djr_models, self.name)() or self.usual


class AbstractBaseUser(models.Model):
    """Somebody with a password."""

    is_active = True
    REQUIRED_FIELDS = []
    _password = None

    class Meta:
        abstract = True

    def __str__(self):
        return self.get_username()

    @classmethod
    def get_email_field_name(cls):
        return getattr(cls, "EMAIL_FIELD", "email")

    def save(self, **kwargs):
        super().save(**kwargs)
        if self._password is not None:
            from django.contrib.auth import password_validation

            password_validation.password_changed(self._password, self)
            self._password = None

    save.alters_data = True

    def get_username(self):
        return getattr(self, self.USERNAME_FIELD)

    def clean(self):
        setattr(self, self.USERNAME_FIELD, self.normalize_username(self.get_username()))

    def natural_key(self):
        return (self.get_username(),)

    @property
    def is_anonymous(self):
        return False

    @property
    def is_authenticated(self):
        return True

    def set_password(self, raw_password):
        from django.contrib.auth.hashers import make_password

        self.password = make_password(raw_password)
        self._password = raw_password

    set_password.alters_data = True

    def check_password(self, raw_password):
        """Whether it is the password; one of an older hash is hashed anew."""
        from django.contrib.auth.hashers import check_password

        def setter(raw_password):
            self.set_password(raw_password)
            self._password = None
            self.save(update_fields=["password"])

        return check_password(raw_password, self.password, setter)

    def set_unusable_password(self):
        from django.contrib.auth.hashers import make_password

        self.password = make_password(None)

    set_unusable_password.alters_data = True

    def has_usable_password(self):
        from django.contrib.auth.hashers import is_password_usable

        return is_password_usable(self.password)

    def get_session_auth_hash(self):
        """What a session keeps, so that it ends with the password."""
        return self._session_hash()

    def get_session_auth_fallback_hash(self):
        from django.conf import settings

        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret=None):
        from django.utils.crypto import salted_hmac

        salt = "django.contrib.auth.models.AbstractBaseUser.get_session_auth_hash"
        return salted_hmac(salt, self.password, secret=secret, algorithm="sha256").hexdigest()

    @classmethod
    def normalize_username(cls, username):
        import unicodedata

        return unicodedata.normalize("NFKC", username) if isinstance(username, str) else username


AbstractBaseUser.USERNAME_FIELD = _SettingOfUsers("username_field", "username")
AbstractBaseUser.EMAIL_FIELD = _SettingOfUsers("email_field", "email")


def bases_of_made_user(label):
    """What the model of users derives from where no code says it: what its fields allow."""
    import _djr_models

    names = {fact["name"] for fact in _djr_models.facts(label)["fields"]}
    from django.contrib.auth.models import AbstractUser, PermissionsMixin

    if {"username", "first_name", "last_name", "email", "is_staff", "is_superuser", "groups"} <= names:
        return (AbstractUser,)
    if {"is_superuser", "groups", "user_permissions"} <= names:
        return (_MadeUser, PermissionsMixin)
    return (_MadeUser,)


class _MadeUser(AbstractBaseUser):
    """A user of a model of the project's own, without code."""

    objects = BaseUserManager()

    class Meta:
        abstract = True
