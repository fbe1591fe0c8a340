from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied


class Closed(BaseBackend):
    """Keeps those whose name begins with `x` out of everything in the club."""

    def has_perm(self, user_obj, perm, obj=None):
        if user_obj.username.startswith("x"):
            raise PermissionDenied("not today")
        return False

    def has_module_perms(self, user_obj, app_label):
        if user_obj.username.startswith("x") and app_label == "club":
            raise PermissionDenied("not today")
        return False


class Guests(BaseBackend):
    """Lets everybody into the garden, and members called Ann into the cellar."""

    def get_user_permissions(self, user_obj, obj=None):
        return {"club.enter_garden"} if user_obj.is_anonymous else set()

    def get_group_permissions(self, user_obj, obj=None):
        return {"club.enter_cellar"} if user_obj.username == "ann" else set()

    def has_module_perms(self, user_obj, app_label):
        return any(name.startswith(f"{app_label}.") for name in self.get_all_permissions(user_obj))
