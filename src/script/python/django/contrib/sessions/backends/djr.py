"""Sessions in djr's stores."""

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError


class DjrSession(SessionBase):
    """A session of the engine that the class names."""

    engine = "db"

    @classmethod
    def _store(cls):
        import _djr_services

        return _djr_services.SessionStore(cls.engine)

    def exists(self, session_key):
        return self._store().exists(session_key)

    def create(self):
        """A new session with a key of its own, which djr makes."""
        self._session_key = self._store().create(self._get_session(no_load=True))
        self.modified = True

    def save(self, must_create=False):
        store = self._store()
        if self.session_key is None:
            data = self._get_session(no_load=True)
            self._session_key = store.create(data)
        elif must_create:
            if store.exists(self.session_key):
                raise CreateError
            self._session_key = store.create(self._get_session(no_load=True))
        elif not store.save(self.session_key, self._get_session()):
            raise UpdateError

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
