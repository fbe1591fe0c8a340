"""Passwords as they are stored."""

from django._absent import absent

UNUSABLE_PASSWORD_PREFIX = "!"
UNUSABLE_PASSWORD_SUFFIX_LENGTH = 40


def make_password(password, salt=None, hasher="default"):
    """The stored form of a password; None makes one that nobody can log in with."""
    if password is None:
        from django.utils.crypto import get_random_string

        return UNUSABLE_PASSWORD_PREFIX + get_random_string(UNUSABLE_PASSWORD_SUFFIX_LENGTH)
    if not isinstance(password, (bytes, str)):
        raise TypeError(f"a password is text or bytes, not {type(password).__name__}")
    import _djr

    return _djr.make_password(password, salt, None if hasher == "default" else hasher)


def check_password(password, encoded, setter=None, preferred="default"):
    """Whether that is the password; `setter` gets it where its stored form is out of date."""
    if password is None or not is_password_usable(encoded):
        return False
    import _djr

    is_correct = _djr.check_password(password, encoded)
    if is_correct and setter and getattr(_djr, "must_update_password", lambda encoded: False)(encoded):
        setter(password)
    return is_correct


def is_password_usable(encoded):
    """Whether anybody could log in with it."""
    return encoded is None or not encoded.startswith(UNUSABLE_PASSWORD_PREFIX)


def mask_hash(hash, show=6, char="*"):
    """The beginning of a hash, and stars for the rest."""
    return hash[:show] + char * len(hash[show:])


__getattr__ = absent(__name__)
