"""The token of forms."""

from django._absent import absent


def get_token(request):
    """The token for a form of this request; its cookie is sent with the answer."""
    native = getattr(request, "_native", None)
    if native is not None:
        return native.csrf_token()
    if "CSRF_COOKIE" not in request.META:
        from django.utils.crypto import get_random_string

        request.META["CSRF_COOKIE"] = get_random_string(32)
        request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return _masked(request.META["CSRF_COOKIE"])


def rotate_token(request):
    """A new token, as after a login."""
    native = getattr(request, "_native", None)
    if native is not None and hasattr(native, "rotate_csrf_token"):
        native.rotate_csrf_token()
        return
    from django.utils.crypto import get_random_string

    request.META.update(CSRF_COOKIE=get_random_string(32), CSRF_COOKIE_NEEDS_UPDATE=True)


def _masked(secret):
    """The secret in another form each time: a random mask, and the secret moved by it."""
    from django.utils.crypto import RANDOM_STRING_CHARS as letters
    from django.utils.crypto import get_random_string

    mask = get_random_string(len(secret))
    moved = (letters[(letters.index(a) + letters.index(b)) % len(letters)] for a, b in zip(secret, mask))
    return mask + "".join(moved)


__getattr__ = absent(__name__)
