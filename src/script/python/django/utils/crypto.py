"""Random strings, keyed hashes, and comparisons that take the same time whatever differs."""

from django.utils.encoding import force_bytes

RANDOM_STRING_CHARS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


class InvalidAlgorithm(ValueError):
    """`hashlib` has no algorithm of that name."""


def salted_hmac(key_salt, value, secret=None, *, algorithm="sha1"):
    """The HMAC of `value` with a key made of `key_salt` and a secret (`SECRET_KEY`)."""
    import hashlib
    import hmac

    if secret is None:
        from django.conf import settings

        secret = settings.SECRET_KEY
    hasher = getattr(hashlib, algorithm, None)
    if hasher is None:
        raise InvalidAlgorithm(f"hashlib has no algorithm {algorithm!r}")
    key = hasher(force_bytes(key_salt) + force_bytes(secret)).digest()
    return hmac.new(key, msg=force_bytes(value), digestmod=hasher)


def get_random_string(length, allowed_chars=RANDOM_STRING_CHARS):
    """So many letters and digits that nobody guesses."""
    import secrets

    return "".join(secrets.choice(allowed_chars) for _ in range(length))


def constant_time_compare(val1, val2):
    """Whether two texts are the same."""
    import secrets

    return secrets.compare_digest(force_bytes(val1), force_bytes(val2))


def pbkdf2(password, salt, iterations, dklen=0, digest=None):
    """The key that PBKDF2 derives, of `dklen` bytes or as long as the hash."""
    import hashlib

    name = (digest or hashlib.sha256)().name
    return hashlib.pbkdf2_hmac(name, force_bytes(password), force_bytes(salt), iterations, dklen or None)
