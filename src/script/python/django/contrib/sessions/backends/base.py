"""A session: a dictionary of one visitor, with its key and its end."""

from datetime import datetime, timedelta, timezone

VALID_KEY_CHARS = "abcdefghijklmnopqrstuvwxyz0123456789"


class CreateError(Exception):
    """A new session whose key is taken."""


class UpdateError(Exception):
    """The session was deleted meanwhile."""


class SessionBase:
    """Loads its data when they are first needed; an engine has exists, create, save, delete and load."""

    TEST_COOKIE_NAME = "testcookie"
    TEST_COOKIE_VALUE = "worked"
    _EXPIRY = "_session_expiry"
    __not_given = object()

    def __init__(self, session_key=None):
        self._session_key = session_key
        self.accessed = False
        self.modified = False

    def __contains__(self, key):
        return key in self._session

    def __getitem__(self, key):
        return self._session[key]

    def __setitem__(self, key, value):
        self._session[key] = value
        self.modified = True

    def __delitem__(self, key):
        del self._session[key]
        self.modified = True

    @property
    def key_salt(self):
        return f"django.contrib.sessions.{type(self).__qualname__}"

    def get(self, key, default=None):
        return self._session.get(key, default)

    def pop(self, key, default=__not_given):
        self.modified = self.modified or key in self._session
        given = () if default is SessionBase.__not_given else (default,)
        return self._session.pop(key, *given)

    def setdefault(self, key, value):
        if key not in self._session:
            self[key] = value
        return self._session[key]

    def set_test_cookie(self):
        self[self.TEST_COOKIE_NAME] = self.TEST_COOKIE_VALUE

    def test_cookie_worked(self):
        """Whether the browser sends cookies back."""
        return self.get(self.TEST_COOKIE_NAME) == self.TEST_COOKIE_VALUE

    def delete_test_cookie(self):
        del self[self.TEST_COOKIE_NAME]

    def encode(self, session_dict):
        """The data as signed text."""
        from django.core import signing

        return signing.dumps(session_dict, salt=self.key_salt, compress=True)

    def decode(self, session_data):
        """The data of signed text; empty where somebody changed it."""
        from django.core import signing

        try:
            return signing.loads(session_data, salt=self.key_salt)
        except Exception:
            return {}

    def update(self, dict_):
        self._session.update(dict_)
        self.modified = True

    def has_key(self, key):
        return key in self._session

    def keys(self):
        return self._session.keys()

    def values(self):
        return self._session.values()

    def items(self):
        return self._session.items()

    def clear(self):
        """Forgets the data, without asking for them."""
        self._session_cache = {}
        self.accessed = self.modified = True

    def is_empty(self):
        """Whether there is neither a key nor anything under it."""
        try:
            return not self._session_key and not self._session_cache
        except AttributeError:
            return True

    def _get_new_session_key(self):
        from django.utils.crypto import get_random_string

        while True:
            key = get_random_string(32, VALID_KEY_CHARS)
            if not self.exists(key):
                return key

    def _get_or_create_session_key(self):
        if self._session_key is None:
            self._session_key = self._get_new_session_key()
        return self._session_key

    @property
    def session_key(self):
        return self._session_key

    @property
    def _session_key(self):
        return self.__dict__.get("_key")

    @_session_key.setter
    def _session_key(self, value):
        # Shorter ones can be guessed.
        self.__dict__["_key"] = value if value and len(value) >= 8 else None

    def _get_session(self, no_load=False):
        self.accessed = True
        if not hasattr(self, "_session_cache"):
            self._session_cache = {} if self.session_key is None or no_load else self.load()
        return self._session_cache

    _session = property(_get_session)

    def get_session_cookie_age(self):
        from django.conf import settings

        return settings.SESSION_COOKIE_AGE

    def get_expiry_age(self, **kwargs):
        """The seconds until it ends, from `modification` (now), for the expiry that it has or is given."""
        modified = kwargs.get("modification") or _now()
        expiry = kwargs["expiry"] if "expiry" in kwargs else self.get(self._EXPIRY)
        if not expiry:
            return self.get_session_cookie_age()
        if isinstance(expiry, str):
            expiry = datetime.fromisoformat(expiry)
        if not isinstance(expiry, datetime):
            return expiry
        left = expiry - modified
        return left.days * 86400 + left.seconds

    def get_expiry_date(self, **kwargs):
        """The moment at which it ends."""
        modified = kwargs.get("modification") or _now()
        expiry = kwargs["expiry"] if "expiry" in kwargs else self.get(self._EXPIRY)
        if isinstance(expiry, datetime):
            return expiry
        if isinstance(expiry, str):
            return datetime.fromisoformat(expiry)
        return modified + timedelta(seconds=expiry or self.get_session_cookie_age())

    def set_expiry(self, value):
        """Ends after seconds or a timedelta, at a moment, with the browser (0), or as the settings say (None)."""
        if value is None:
            self.pop(self._EXPIRY, None)
            return
        if isinstance(value, timedelta):
            value = _now() + value
        self[self._EXPIRY] = value.isoformat() if isinstance(value, datetime) else value

    def get_expire_at_browser_close(self):
        if self.get(self._EXPIRY) is None:
            from django.conf import settings

            return settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
        return self.get(self._EXPIRY) == 0

    def flush(self):
        """Deletes it, data and key."""
        self.clear()
        self.delete()
        self._session_key = None

    def cycle_key(self):
        """The same data under a new key."""
        data, old = self._session, self.session_key
        self.create()
        self._session_cache = data
        if old:
            self.delete(old)

    def exists(self, session_key):
        raise NotImplementedError(f"{type(self).__name__} needs exists()")

    def create(self):
        raise NotImplementedError(f"{type(self).__name__} needs create()")

    def save(self, must_create=False):
        raise NotImplementedError(f"{type(self).__name__} needs save()")

    def delete(self, session_key=None):
        raise NotImplementedError(f"{type(self).__name__} needs delete()")

    def load(self):
        raise NotImplementedError(f"{type(self).__name__} needs load()")

    @classmethod
    def clear_expired(cls):
        """Removes what is over."""
        raise NotImplementedError(f"{cls.__name__} needs clear_expired()")


def _now():
    from django.utils.timezone import now

    return now()
