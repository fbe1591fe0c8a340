"""Adding messages to a request, and reading them."""

from django.contrib.messages import constants

__all__ = (
    "add_message",
    "get_messages",
    "get_level",
    "set_level",
    "debug",
    "info",
    "success",
    "warning",
    "error",
    "MessageFailure",
)


class MessageFailure(Exception):
    """The request cannot hold messages."""


def add_message(request, level, message, extra_tags="", fail_silently=False):
    """Adds a message; a MessageFailure without the middleware, unless that is to be silent."""
    storage = getattr(request, "_messages", None)
    if storage is not None:
        return storage.add(level, message, extra_tags)
    if not hasattr(request, "META"):
        raise TypeError(f"add_message() takes a request first, not {type(request).__name__}")
    if not fail_silently:
        raise MessageFailure("messages need the middleware `messages`")


def get_messages(request):
    """The messages, which count as seen once they were gone through."""
    return getattr(request, "_messages", [])


def get_level(request):
    """The least level that is kept."""
    storage = getattr(request, "_messages", None)
    if storage is not None:
        return storage.level
    from django.contrib.messages.storage.base import _default_level

    return _default_level()


def set_level(request, level):
    """Whether the request can hold messages, of which only those of `level` and above are kept from now on."""
    if not hasattr(request, "_messages"):
        return False
    request._messages.level = level
    return True


def _of_level(level, what):
    def add(request, message, extra_tags="", fail_silently=False):
        add_message(request, level, message, extra_tags=extra_tags, fail_silently=fail_silently)

    add.__name__ = add.__qualname__ = what
    add.__doc__ = f"Adds a message of the level {what.upper()}."
    return add


debug = _of_level(constants.DEBUG, "debug")
info = _of_level(constants.INFO, "info")
success = _of_level(constants.SUCCESS, "success")
warning = _of_level(constants.WARNING, "warning")
error = _of_level(constants.ERROR, "error")
