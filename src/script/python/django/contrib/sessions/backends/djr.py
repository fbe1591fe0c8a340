"""Sessions in djr's stores."""

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError


class DjrSession(SessionBase):
    """A session of the engine that the class names."""

    engine = "db"

    @classmethod
    def _store(cls):
        import _djr_services

        return _djr_services.session_store(cls.engine)

    def exists(self, session_key):
        return self._store().exists(session_key)

    def create(self):
        """A new session with a key of its own."""
        while True:
            self._session_key = self._get_new_session_key()
            try:
                self.save(must_create=True)
            except CreateError:
                continue
            self.modified = True
            return

    def save(self, must_create=False):
        if self.session_key is None:
            return self.create()
        data = self._get_session(no_load=must_create)
        if self._store().save(self.session_key, dict(data), self.get_expiry_date(), must_create):
            return None
        raise CreateError if must_create else UpdateError

    def delete(self, session_key=None):
        key = self.session_key if session_key is None else session_key
        if key is not None:
            self._store().delete(key)

    def load(self):
        data = self._store().load(self.session_key)
        if data is None:
            self._session_key = None
            return {}
        return data

    @classmethod
    def clear_expired(cls):
        cls._store().clear_expired()
