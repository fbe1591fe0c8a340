"""Passwords as they are stored."""

from django._absent import absent
from django.contrib.auth.hasher_classes import (
    BasePasswordHasher,
    MD5PasswordHasher,
    PBKDF2PasswordHasher,
    PBKDF2SHA1PasswordHasher,
    mask_hash,
    must_update_salt,
)

UNUSABLE_PASSWORD_PREFIX = "!"
UNUSABLE_PASSWORD_SUFFIX_LENGTH = 40


def make_password(password, salt=None, hasher="default"):
    """The stored form of a password; None makes one that nobody can log in with."""
    if password is None:
        from django.utils.crypto import get_random_string

        return UNUSABLE_PASSWORD_PREFIX + get_random_string(UNUSABLE_PASSWORD_SUFFIX_LENGTH)
    if not isinstance(password, (bytes, str)):
        raise TypeError(f"a password is text or bytes, not {type(password).__name__}")
    # A salt that is given is for a class of the project: djr's own hashers make each of theirs.
    own = hasher if salt is None or not isinstance(hasher, str) else get_hasher(hasher)
    if isinstance(own, BasePasswordHasher):
        return own.encode(password, salt or own.salt())
    import _djr_services

    return _djr_services.make_password(password, _algorithm(hasher))


def check_password(password, encoded, setter=None, preferred="default"):
    """Whether that is the password; `setter` gets it where its stored form is out of date."""
    if password is None or not is_password_usable(encoded):
        return False
    import _djr_services

    is_correct, is_outdated = _djr_services.check_password(password, encoded)
    if preferred != "default":
        is_outdated = encoded.partition("$")[0] != _algorithm(preferred)
        if not is_outdated and isinstance(preferred, BasePasswordHasher):
            is_outdated = preferred.must_update(encoded)
    if is_correct and setter and is_outdated:
        setter(password)
    return is_correct


def _algorithm(hasher):
    """The name of an algorithm; None for that of new passwords."""
    if hasher == "default":
        return None
    return hasher if isinstance(hasher, str) else hasher.algorithm


class Hasher:
    """The hasher of an algorithm; djr does its work."""

    def __init__(self, algorithm):
        self.algorithm = algorithm

    def __repr__(self):
        return f"<Hasher: {self.algorithm}>"

    def encode(self, password, salt=None):
        return make_password(password, salt, self.algorithm)

    def verify(self, password, encoded):
        return check_password(password, encoded)

    def must_update(self, encoded):
        import _djr_services

        return _djr_services.is_password_outdated(encoded)

    def safe_summary(self, encoded):
        """What may be shown of a stored password."""
        algorithm, *parameters, rest = encoded.split("$")
        return {"algorithm": algorithm, "hash": mask_hash(rest)}


def get_hashers():
    """The hashers of the settings, that of new passwords first."""
    import _djr_services
    from django.conf import settings
    from django.utils.module_loading import import_string

    pairs = zip(_djr_services.password_algorithms(), settings.PASSWORD_HASHERS)
    return [Hasher(algorithm) if name.startswith("django.") else import_string(name)() for algorithm, name in pairs]


def get_hasher(algorithm="default"):
    """The hasher of an algorithm; a ValueError where the settings do not name it."""
    if isinstance(algorithm, (Hasher, BasePasswordHasher)):
        return algorithm
    for hasher in get_hashers():
        if algorithm in ("default", hasher.algorithm):
            return hasher
    raise ValueError(f"`[auth] password_hashers` does not name {algorithm!r}")


def identify_hasher(encoded):
    """The hasher that a stored password was made by."""
    return get_hasher(encoded.split("$", 1)[0])


def is_password_usable(encoded):
    """Whether anybody could log in with it."""
    return encoded is None or not encoded.startswith(UNUSABLE_PASSWORD_PREFIX)


__getattr__ = absent(__name__)
