"""Who lets users in, and says what they may do."""

from django._absent import absent
from django.contrib.auth import get_user_model


class BaseBackend:
    """Lets nobody in; a backend of one's own has what it can do."""

    def authenticate(self, request, **kwargs):
        return None

    def get_user(self, user_id):
        return None

    def get_user_permissions(self, user_obj, obj=None):
        return set()

    def get_group_permissions(self, user_obj, obj=None):
        return set()

    def get_all_permissions(self, user_obj, obj=None):
        return {*self.get_user_permissions(user_obj, obj=obj), *self.get_group_permissions(user_obj, obj=obj)}

    def has_perm(self, user_obj, perm, obj=None):
        return perm in self.get_all_permissions(user_obj, obj=obj)


class ModelBackend(BaseBackend):
    """The users of the model, by name and password."""

    def authenticate(self, request, username=None, password=None, **kwargs):
        model = get_user_model()
        if username is None:
            username = kwargs.get(model.USERNAME_FIELD)
        if username is None or password is None:
            return None
        try:
            user = model._default_manager.get_by_natural_key(username)
        except model.DoesNotExist:
            # Takes as long as for a name that there is.
            model().set_password(password)
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None

    def user_can_authenticate(self, user):
        """Whether the account is in use; a model without `is_active` has no others."""
        return getattr(user, "is_active", True)

    def _permissions_of(self, user_obj, obj, kind):
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        name = f"_{kind}_perm_cache"
        if not hasattr(user_obj, name):
            setattr(user_obj, name, self._found(user_obj, kind))
        return getattr(user_obj, name)

    def _found(self, user_obj, kind):
        from django.contrib.auth.models import Permission

        if user_obj.is_superuser:
            rows = Permission.objects.all()
        elif kind == "user":
            rows = user_obj.user_permissions.all()
        else:
            rows = Permission.objects.filter(group__in=user_obj.groups.all())
        pairs = rows.values_list("content_type__app_label", "codename").order_by()
        return {f"{label}.{codename}" for label, codename in pairs}

    def get_user_permissions(self, user_obj, obj=None):
        return self._permissions_of(user_obj, obj, "user")

    def get_group_permissions(self, user_obj, obj=None):
        return self._permissions_of(user_obj, obj, "group")

    def get_all_permissions(self, user_obj, obj=None):
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_perm_cache"):
            user_obj._perm_cache = super().get_all_permissions(user_obj)
        return user_obj._perm_cache

    def has_perm(self, user_obj, perm, obj=None):
        return user_obj.is_active and super().has_perm(user_obj, perm, obj=obj)

    def has_module_perms(self, user_obj, app_label):
        if not user_obj.is_active:
            return False
        return any(perm.partition(".")[0] == app_label for perm in self.get_all_permissions(user_obj))

    def with_perm(self, perm, is_active=True, include_superusers=True, obj=None):
        """The users who have a permission, `posts.add_post` or a row of permissions."""
        from django.contrib.auth.models import Permission
        from django.db.models import Q

        model = get_user_model()
        if obj is not None:
            return model._default_manager.none()
        if isinstance(perm, str):
            app_label, dot, codename = perm.partition(".")
            if not dot or "." in codename:
                raise ValueError("a permission is named as in 'app.codename'")
            found = Permission.objects.filter(codename=codename, content_type__app_label=app_label)
        elif isinstance(perm, Permission):
            found = Permission.objects.filter(pk=perm.pk)
        else:
            raise TypeError("a permission is a name or a row of permissions")
        wanted = Q(user_permissions__in=found) | Q(groups__permissions__in=found)
        if include_superusers:
            wanted |= Q(is_superuser=True)
        if is_active is not None:
            wanted &= Q(is_active=is_active)
        return model._default_manager.filter(wanted).distinct()

    def get_user(self, user_id):
        model = get_user_model()
        try:
            user = model._default_manager.get(pk=user_id)
        except (model.DoesNotExist, ValueError, TypeError):
            return None
        return user if self.user_can_authenticate(user) else None


class AllowAllUsersModelBackend(ModelBackend):
    """The same, and those who are not active."""

    def user_can_authenticate(self, user):
        return True


__getattr__ = absent(__name__)
