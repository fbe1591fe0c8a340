from django.contrib.auth.hashers import BasePasswordHasher, PBKDF2PasswordHasher, mask_hash


class Reversed(BasePasswordHasher):
    """Hides nothing: a kind of its own."""

    algorithm = "reversed"

    def encode(self, password, salt):
        self._check_encode_args(password, salt)
        return f"{self.algorithm}${salt}${password[::-1]}"

    def decode(self, encoded):
        algorithm, salt, hash = encoded.split("$", 2)
        return {"algorithm": algorithm, "salt": salt, "hash": hash}

    def verify(self, password, encoded):
        return encoded == self.encode(password, self.decode(encoded)["salt"])

    def safe_summary(self, encoded):
        return {"hash": mask_hash(self.decode(encoded)["hash"])}


class Slow(PBKDF2PasswordHasher):
    iterations = 20
