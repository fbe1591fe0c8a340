"""The visitor who is not logged in."""


class _Empty:
    """Groups and permissions of somebody who has none."""

    def all(self):
        return []

    def count(self):
        return 0

    def __iter__(self):
        return iter(())


class AnonymousUser:
    """A visitor who is not logged in."""

    id = None
    pk = None
    username = ""
    is_staff = False
    is_active = False
    is_superuser = False
    is_anonymous = True
    is_authenticated = False
    groups = _Empty()
    user_permissions = _Empty()

    def __str__(self):
        return "AnonymousUser"

    def __eq__(self, other):
        return isinstance(other, self.__class__)

    def __hash__(self):
        return 1

    def __int__(self):
        raise TypeError("a visitor who is not logged in has no number")

    def _cannot(self, *args, **kwargs):
        raise NotImplementedError("a visitor who is not logged in is not in the database")

    save = delete = set_password = check_password = _cannot

    def get_username(self):
        return self.username

    def get_user_permissions(self, obj=None):
        return _asked().permissions_of(self, obj, "user")

    def get_group_permissions(self, obj=None):
        return _asked().permissions_of(self, obj, "group")

    def get_all_permissions(self, obj=None):
        return _asked().permissions_of(self, obj, "all")

    def has_perm(self, perm, obj=None):
        return _asked().is_allowed(self, "has_perm", perm, obj)

    def has_perms(self, perm_list, obj=None):
        if isinstance(perm_list, str) or not hasattr(perm_list, "__iter__"):
            raise ValueError("the permissions are a list")
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, module):
        return _asked().is_allowed(self, "has_module_perms", module)


def _asked():
    from django.contrib.auth import asked_backends

    return asked_backends
