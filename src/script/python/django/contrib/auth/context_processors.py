"""The visitor and what he may, for templates."""


class PermLookupDict:
    """The permissions of an app: `perms.posts.add_post`."""

    def __init__(self, user, app_label):
        self.user, self.app_label = user, app_label

    def __repr__(self):
        return str(self.user.get_all_permissions())

    def __getitem__(self, perm_name):
        return self.user.has_perm(f"{self.app_label}.{perm_name}")

    def __iter__(self):
        raise TypeError("the permissions of an app are asked for by name")

    def __bool__(self):
        return self.user.has_module_perms(self.app_label)


class PermWrapper:
    """The permissions of a visitor, by apps."""

    def __init__(self, user):
        self.user = user

    def __repr__(self):
        return f"PermWrapper({self.user!r})"

    def __getitem__(self, app_label):
        return PermLookupDict(self.user, app_label)

    def __iter__(self):
        raise TypeError("permissions are asked for by name")

    def __contains__(self, perm_name):
        """Whether `posts` or `posts.add_post` is allowed."""
        app, dot, name = perm_name.partition(".")
        return bool(self[app][name] if dot else self[perm_name])


def auth(request):
    user = getattr(request, "user", None)
    if user is None:
        from django.contrib.auth.models import AnonymousUser

        user = AnonymousUser()
    return {"user": user, "perms": PermWrapper(user)}
