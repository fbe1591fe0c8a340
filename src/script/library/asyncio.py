"""What modules of the library ask of `asyncio`: there are no event loops."""

from inspect import iscoroutinefunction


class coroutines:
    """The names of the module of that name."""

    _is_coroutine = object()
    iscoroutinefunction = staticmethod(iscoroutinefunction)


class CancelledError(BaseException):
    """Nothing is cancelled."""


def iscoroutine(value):
    from inspect import iscoroutine

    return iscoroutine(value)


def __getattr__(name):
    from _djr_absent import MODULES

    if name.startswith("__"):
        raise AttributeError(f"module 'asyncio' has no attribute {name!r}")
    raise AttributeError(f"djr has no asyncio.{name}: {MODULES['asyncio']}")
