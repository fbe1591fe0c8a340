"""Values that nobody can change unnoticed: signed texts, with or without the time, and whole objects."""

import time

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.encoding import force_bytes

BASE62_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"


class BadSignature(Exception):
    """The signature does not fit."""


class SignatureExpired(BadSignature):
    """The signature fits, but is too old."""


def b62_encode(s):
    """A number in base 62."""
    if s == 0:
        return "0"
    sign, s = ("-", -s) if s < 0 else ("", s)
    digits = ""
    while s:
        s, digit = divmod(s, 62)
        digits = BASE62_ALPHABET[digit] + digits
    return sign + digits


def b62_decode(s):
    """The number that `b62_encode` wrote."""
    if s == "0":
        return 0
    sign, digits = (-1, s[1:]) if s[:1] == "-" else (1, s)
    number = 0
    for digit in digits:
        number = number * 62 + BASE62_ALPHABET.index(digit)
    return sign * number


def b64_encode(s):
    from base64 import urlsafe_b64encode

    return urlsafe_b64encode(s).strip(b"=")


def b64_decode(s):
    from base64 import urlsafe_b64decode

    return urlsafe_b64decode(s + b"=" * (-len(s) % 4))


def base64_hmac(salt, value, key, algorithm="sha1"):
    return b64_encode(salted_hmac(salt, value, key, algorithm=algorithm).digest()).decode()


def get_cookie_signer(salt="django.core.signing.get_cookie_signer"):
    """The signer of the settings, with the key of cookies."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    signer = import_string(settings.SIGNING_BACKEND)
    keys = [b"django.http.cookies" + force_bytes(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
    return signer(key=keys[0], fallback_keys=keys[1:], salt=salt)


class JSONSerializer:
    """Objects as JSON without spaces."""

    def dumps(self, obj):
        import json

        return json.dumps(obj, separators=(",", ":")).encode("latin-1")

    def loads(self, data):
        import json

        return json.loads(data.decode("latin-1"))


def dumps(obj, key=None, salt="django.core.signing", serializer=JSONSerializer, compress=False):
    """An object as signed text for addresses, with the time; smaller with `compress` where that helps."""
    return TimestampSigner(key=key, salt=salt).sign_object(obj, serializer=serializer, compress=compress)


def loads(s, key=None, salt="django.core.signing", serializer=JSONSerializer, max_age=None, fallback_keys=None):
    """The object that `dumps` was given; a BadSignature where somebody changed the text, or it is too old."""
    signer = TimestampSigner(key=key, salt=salt, fallback_keys=fallback_keys)
    return signer.unsign_object(s, serializer=serializer, max_age=max_age)


class Signer:
    """Signs texts: `value:signature`."""

    def __init__(self, *, key=None, sep=":", salt=None, algorithm=None, fallback_keys=None):
        if key is None or fallback_keys is None:
            from django.conf import settings

            key = settings.SECRET_KEY if key is None else key
            fallback_keys = settings.SECRET_KEY_FALLBACKS if fallback_keys is None else fallback_keys
        self.key = key
        self.fallback_keys = fallback_keys
        self.sep = sep
        kind = type(self)
        self.salt = salt or f"{kind.__module__}.{kind.__name__}"
        self.algorithm = algorithm or "sha256"
        if not sep or all(char.isascii() and (char.isalnum() or char in "-_=") for char in sep):
            raise ValueError(f"{sep!r} cannot stand between a value and its signature, which may hold it")

    def signature(self, value, key=None):
        return base64_hmac(f"{self.salt}signer", value, key or self.key, algorithm=self.algorithm)

    def sign(self, value):
        return f"{value}{self.sep}{self.signature(value)}"

    def unsign(self, signed_value):
        """The text that was signed; a BadSignature where the signature does not fit."""
        if self.sep not in signed_value:
            raise BadSignature(f"there is no {self.sep!r} in the value")
        value, _, signature = signed_value.rpartition(self.sep)
        for key in (self.key, *self.fallback_keys):
            if constant_time_compare(signature, self.signature(value, key)):
                return value
        raise BadSignature(f"the signature {signature!r} does not fit")

    def sign_object(self, obj, serializer=JSONSerializer, compress=False):
        """An object as signed text."""
        data = serializer().dumps(obj)
        is_compressed = False
        if compress:
            import zlib

            smaller = zlib.compress(data)
            is_compressed = len(smaller) < len(data) - 1
            data = smaller if is_compressed else data
        text = b64_encode(data).decode()
        return self.sign(f".{text}" if is_compressed else text)

    def unsign_object(self, signed_obj, serializer=JSONSerializer, **kwargs):
        """The object that was signed."""
        text = self.unsign(signed_obj, **kwargs).encode()
        if text[:1] != b".":
            return serializer().loads(b64_decode(text))
        import zlib

        return serializer().loads(zlib.decompress(b64_decode(text[1:])))


class TimestampSigner(Signer):
    """Signs texts with the time: `value:time:signature`."""

    def timestamp(self):
        return b62_encode(int(time.time()))

    def sign(self, value):
        return super().sign(f"{value}{self.sep}{self.timestamp()}")

    def unsign(self, value, max_age=None):
        """The text that was signed; a SignatureExpired where that is longer ago than `max_age`."""
        value, _, stamp = super().unsign(value).rpartition(self.sep)
        moment = b62_decode(stamp)
        if max_age is not None:
            if hasattr(max_age, "total_seconds"):
                max_age = max_age.total_seconds()
            age = time.time() - moment
            if age > max_age:
                raise SignatureExpired(f"the signature is {age} seconds old, more than {max_age}")
        return value
