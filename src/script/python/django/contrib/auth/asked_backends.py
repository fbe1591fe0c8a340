"""What the backends say of what somebody may do."""


def permissions_of(user, obj, kind):
    """The permissions that the backends know of, all together."""
    from django.contrib import auth

    found = set()
    for backend in auth.get_backends():
        method = getattr(backend, f"get_{kind}_permissions", None)
        if method is not None:
            found.update(method(user, obj))
    return found


def is_allowed(user, name, *args):
    """Whether a backend says yes; one may say no for all that come after it."""
    from django.contrib import auth
    from django.core.exceptions import PermissionDenied

    for backend in auth.get_backends():
        method = getattr(backend, name, None)
        if method is None:
            continue
        try:
            if method(user, *args):
                return True
        except PermissionDenied:
            return False
    return False
