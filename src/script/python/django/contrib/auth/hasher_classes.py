"""Hashers of passwords to derive one's own from."""

import math

from django.utils.crypto import RANDOM_STRING_CHARS, constant_time_compare, get_random_string, pbkdf2


def mask_hash(hash, show=6, char="*"):
    """The beginning of a hash, and stars for the rest."""
    return hash[:show] + char * len(hash[show:])


def must_update_salt(salt, expected_entropy):
    """Whether a salt is easier to guess than new ones."""
    return len(salt) * math.log2(len(RANDOM_STRING_CHARS)) < expected_entropy


class BasePasswordHasher:
    """Makes stored forms of passwords, `algorithm$...`, and knows them again."""

    algorithm = None
    library = None
    salt_entropy = 128

    def __repr__(self):
        return f"<{type(self).__name__}(algorithm={self.algorithm})>"

    def salt(self):
        """A new salt."""
        return get_random_string(math.ceil(self.salt_entropy / math.log2(len(RANDOM_STRING_CHARS))))

    def _check_encode_args(self, password, salt):
        if password is None:
            raise TypeError("password must be provided.")
        if not salt or "$" in salt:
            raise ValueError("salt must be provided and cannot contain $.")

    def verify(self, password, encoded):
        raise NotImplementedError(f"{type(self).__name__} needs verify()")

    def encode(self, password, salt):
        raise NotImplementedError(f"{type(self).__name__} needs encode()")

    def decode(self, encoded):
        raise NotImplementedError(f"{type(self).__name__} needs decode()")

    def safe_summary(self, encoded):
        raise NotImplementedError(f"{type(self).__name__} needs safe_summary()")

    def must_update(self, encoded):
        return False

    def harden_runtime(self, password, encoded):
        """Does the work that a stored form spared beside the costs of today."""


class PBKDF2PasswordHasher(BasePasswordHasher):
    """PBKDF2 with SHA-256."""

    algorithm = "pbkdf2_sha256"
    iterations = 1_000_000
    _digest_name = "sha256"

    @property
    def digest(self):
        import hashlib

        return getattr(hashlib, self._digest_name)

    def encode(self, password, salt, iterations=None):
        import base64

        self._check_encode_args(password, salt)
        iterations = iterations or self.iterations
        hash = base64.b64encode(pbkdf2(password, salt, iterations, digest=self.digest)).decode("ascii")
        return f"{self.algorithm}${iterations}${salt}${hash}"

    def decode(self, encoded):
        """The parts of a stored form."""
        algorithm, iterations, salt, hash = encoded.split("$", 3)
        if algorithm != self.algorithm:
            raise ValueError(f"a hash of {algorithm}, not of {self.algorithm}")
        return {"algorithm": algorithm, "hash": hash, "iterations": int(iterations), "salt": salt}

    def verify(self, password, encoded):
        parts = self.decode(encoded)
        return constant_time_compare(encoded, self.encode(password, parts["salt"], parts["iterations"]))

    def safe_summary(self, encoded):
        """What may be shown of a stored form."""
        parts = self.decode(encoded)
        return {
            "algorithm": parts["algorithm"],
            "iterations": parts["iterations"],
            "salt": mask_hash(parts["salt"]),
            "hash": mask_hash(parts["hash"]),
        }

    def must_update(self, encoded):
        parts = self.decode(encoded)
        return parts["iterations"] != self.iterations or must_update_salt(parts["salt"], self.salt_entropy)

    def harden_runtime(self, password, encoded):
        parts = self.decode(encoded)
        extra = self.iterations - parts["iterations"]
        if extra > 0:
            self.encode(password, parts["salt"], extra)


class PBKDF2SHA1PasswordHasher(PBKDF2PasswordHasher):
    """PBKDF2 with SHA-1, as other programs have it."""

    algorithm = "pbkdf2_sha1"
    _digest_name = "sha1"


class MD5PasswordHasher(BasePasswordHasher):
    """Salted MD5: quick, for tests."""

    algorithm = "md5"

    def encode(self, password, salt):
        import hashlib

        self._check_encode_args(password, salt)
        return f"{self.algorithm}${salt}${hashlib.md5((salt + password).encode()).hexdigest()}"

    def decode(self, encoded):
        """The parts of a stored form."""
        algorithm, salt, hash = encoded.split("$", 2)
        if algorithm != self.algorithm:
            raise ValueError(f"a hash of {algorithm}, not of {self.algorithm}")
        return {"algorithm": algorithm, "hash": hash, "salt": salt}

    def verify(self, password, encoded):
        return constant_time_compare(encoded, self.encode(password, self.decode(encoded)["salt"]))

    def safe_summary(self, encoded):
        """What may be shown of a stored form."""
        parts = self.decode(encoded)
        return {
            "algorithm": parts["algorithm"],
            "salt": mask_hash(parts["salt"], show=2),
            "hash": mask_hash(parts["hash"]),
        }

    def must_update(self, encoded):
        return must_update_salt(self.decode(encoded)["salt"], self.salt_entropy)
