"""Tokens for mails that reset passwords."""

from datetime import datetime

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36


class PasswordResetTokenGenerator:
    """A token that holds once: it depends on the password and the last login."""

    key_salt = "django.contrib.auth.tokens.PasswordResetTokenGenerator"
    algorithm = None
    _secret = None
    _secret_fallbacks = None

    def __init__(self):
        self.algorithm = self.algorithm or "sha256"

    @property
    def secret(self):
        from django.conf import settings

        return self._secret or settings.SECRET_KEY

    @secret.setter
    def secret(self, secret):
        self._secret = secret

    @property
    def secret_fallbacks(self):
        from django.conf import settings

        return settings.SECRET_KEY_FALLBACKS if self._secret_fallbacks is None else self._secret_fallbacks

    @secret_fallbacks.setter
    def secret_fallbacks(self, fallbacks):
        self._secret_fallbacks = fallbacks

    def make_token(self, user):
        """A token for a user, with the time."""
        return self._make_token_with_timestamp(user, self._num_seconds(self._now()), self.secret)

    def check_token(self, user, token):
        """Whether the token is one of the user, and not too old."""
        if not (user and token):
            return False
        stamp, dash, _ = token.partition("-")
        if not dash or "-" in token[len(stamp) + 1 :]:
            return False
        try:
            made = base36_to_int(stamp)
        except ValueError:
            return False
        secrets = [self.secret, *self.secret_fallbacks]
        if not any(
            constant_time_compare(self._make_token_with_timestamp(user, made, secret), token) for secret in secrets
        ):
            return False
        from django.conf import settings

        return self._num_seconds(self._now()) - made <= settings.PASSWORD_RESET_TIMEOUT

    def _make_token_with_timestamp(self, user, timestamp, secret):
        digest = salted_hmac(
            self.key_salt, self._make_hash_value(user, timestamp), secret=secret, algorithm=self.algorithm
        )
        # Half of it is enough, and the address stays short.
        return f"{int_to_base36(timestamp)}-{digest.hexdigest()[::2]}"

    def _make_hash_value(self, user, timestamp):
        """What makes the token void when it changes."""
        login = "" if user.last_login is None else user.last_login.replace(microsecond=0, tzinfo=None)
        email = getattr(user, user.get_email_field_name(), "") or ""
        return f"{user.pk}{user.password}{login}{timestamp}{email}"

    def _num_seconds(self, dt):
        return int((dt - datetime(2001, 1, 1)).total_seconds())

    def _now(self):
        return datetime.now()


default_token_generator = PasswordResetTokenGenerator()
