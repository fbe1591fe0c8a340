"""Sessions in the cookie itself, signed."""

from django.contrib.sessions.backends.base import SessionBase


class SessionStore(SessionBase):
    """Its key is its data."""

    _salt = "django.contrib.sessions.backends.signed_cookies"

    def load(self):
        from django.core import signing

        try:
            return signing.loads(self.session_key, max_age=self.get_session_cookie_age(), salt=self._salt)
        except Exception:
            self.create()
        return {}

    def create(self):
        self.modified = True

    def save(self, must_create=False):
        self._session_key = self._get_session_key()
        self.modified = True

    def exists(self, session_key=None):
        return False

    def delete(self, session_key=None):
        self._session_key = ""
        self._session_cache = {}
        self.modified = True

    def cycle_key(self):
        self.save()

    def _get_session_key(self):
        from django.core import signing

        return signing.dumps(self._session, compress=True, salt=self._salt)

    @classmethod
    def clear_expired(cls):
        """They are in browsers."""
