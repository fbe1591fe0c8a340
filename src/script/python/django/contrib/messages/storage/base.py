"""Messages and what keeps them."""

from django._absent import absent
from django.contrib.messages import constants, utils
from django.utils.functional import Promise


def _default_level():
    from django.conf import settings

    return getattr(settings, "MESSAGE_LEVEL", constants.INFO)


class Message:
    """A text with its level and tags for style sheets."""

    def __init__(self, level, message, extra_tags=None):
        self.level = int(level)
        self.message = message
        self.extra_tags = extra_tags

    def _prepare(self):
        """Text in place of what is still to be made."""
        for name in ("message", "extra_tags"):
            value = getattr(self, name)
            if isinstance(value, Promise):
                setattr(self, name, str(value))

    def __eq__(self, other):
        if not isinstance(other, Message):
            return NotImplemented
        return (self.level, self.message) == (other.level, other.message)

    def __str__(self):
        return str(self.message)

    def __repr__(self):
        extra = f", extra_tags={self.extra_tags!r}" if self.extra_tags else ""
        return f"Message(level={self.level}, message={self.message!r}{extra})"

    @property
    def tags(self):
        return " ".join(str(tag) for tag in (self.extra_tags, self.level_tag) if tag)

    @property
    def level_tag(self):
        return utils.get_level_tags().get(self.level, "")


class BaseStorage:
    """Keeps messages for one request; iterating over it counts as seeing them."""

    def __init__(self, request, *args, **kwargs):
        self.request = request
        self._queued_messages = []
        self.used = False
        self.added_new = False
        super().__init__(*args, **kwargs)

    def __len__(self):
        return len(self._loaded_messages) + len(self._queued_messages)

    def __iter__(self):
        self.used = True
        if self._queued_messages:
            self._loaded_messages.extend(self._queued_messages)
            self._queued_messages = []
        return iter(self._loaded_messages)

    def __contains__(self, item):
        return item in self._loaded_messages or item in self._queued_messages

    def __repr__(self):
        return f"<{type(self).__qualname__}: request={self.request!r}>"

    @property
    def _loaded_messages(self):
        if not hasattr(self, "_loaded_data"):
            messages, _ = self._get()
            self._loaded_data = list(messages or [])
        return self._loaded_data

    def _get(self, *args, **kwargs):
        """The messages that were kept, and whether these are all."""
        raise NotImplementedError(f"{type(self).__name__} needs _get()")

    def _store(self, messages, response, *args, **kwargs):
        """Keeps messages, and answers those for which there is no room."""
        raise NotImplementedError(f"{type(self).__name__} needs _store()")

    def _prepare_messages(self, messages):
        for message in messages:
            message._prepare()

    def update(self, response):
        """Keeps what was not seen; answers what there is no room for."""
        self._prepare_messages(self._queued_messages)
        if self.used:
            return self._store(self._queued_messages, response)
        if self.added_new:
            return self._store([*self._loaded_messages, *self._queued_messages], response)
        return None

    def add(self, level, message, extra_tags=""):
        """Adds a message, unless it is empty or below the level."""
        if not message or int(level) < self.level:
            return
        self.added_new = True
        self._queued_messages.append(Message(level, message, extra_tags))

    @property
    def level(self):
        if not hasattr(self, "_level"):
            self._level = _default_level()
        return self._level

    @level.setter
    def level(self, value):
        self._level = None if value is None else int(value)
        if value is None:
            del self._level


class MemoryStorage(BaseStorage):
    """Keeps messages in the request, for tests of views without the server."""

    def _get(self, *args, **kwargs):
        return [], True

    def _store(self, messages, response, *args, **kwargs):
        return []


class ServerStorage(BaseStorage):
    """Hands messages to djr, which keeps them as the settings say."""

    def __init__(self, request):
        was_used = request._native.messages_shown()
        super().__init__(request)
        self.used = was_used

    @property
    def used(self):
        """Whether they were shown, by Python or by a template."""
        return self.request._native.messages_shown()

    @used.setter
    def used(self, value):
        self.request._native.set_messages_shown(bool(value))

    def _native_messages(self, show):
        return [_shown(*message) for message in self.request._native.messages(show)]

    def __len__(self):
        return len(self._native_messages(False))

    def __iter__(self):
        return iter(self._native_messages(True))

    def __contains__(self, item):
        return item in self._native_messages(False)

    @property
    def _loaded_messages(self):
        return self._native_messages(False)

    def _get(self, *args, **kwargs):
        return self._native_messages(False), True

    def add(self, level, message, extra_tags=""):
        if message and int(level) >= self.level:
            text = message if isinstance(message, str) else str(message)
            self.request._native.add_message(int(level), text, str(extra_tags or ""))
            self.added_new = True

    def _store(self, messages, response, *args, **kwargs):
        return []


def _shown(level, text, extra_tags, is_html):
    """A message as djr kept it."""
    if is_html:
        from django.utils.safestring import mark_safe

        text = mark_safe(text)
    return Message(level, text, extra_tags)


def storage_of(request):
    """What keeps the messages of a request."""
    return (ServerStorage if hasattr(request, "_native") else MemoryStorage)(request)


__getattr__ = absent(__name__)
