import json
from pathlib import Path

from django.contrib.sessions.backends.base import CreateError, SessionBase, UpdateError

KEPT = Path(__file__).parent / "kept"


class SessionStore(SessionBase):
    """Keeps each session in a file of JSON that anybody can read."""

    def file(self, key):
        return KEPT / f"{key}.json"

    def load(self):
        try:
            return json.loads(self.file(self.session_key).read_text())
        except FileNotFoundError:
            self._session_key = None
            return {}

    def exists(self, session_key):
        return self.file(session_key).exists()

    def create(self):
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
        if must_create and self.exists(self.session_key):
            raise CreateError
        if not must_create and not self.exists(self.session_key):
            raise UpdateError
        KEPT.mkdir(exist_ok=True)
        self.file(self.session_key).write_text(json.dumps({**data, "saved": data.get("saved", 0) + 1}))

    def delete(self, session_key=None):
        key = self.session_key if session_key is None else session_key
        if key is not None:
            self.file(key).unlink(missing_ok=True)

    @classmethod
    def clear_expired(cls):
        for file in KEPT.glob("*.json"):
            file.unlink()
