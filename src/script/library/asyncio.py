"""What modules of the library ask of `asyncio`: there are no event loops, and coroutines that need none run to their end."""

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


def run(main, *, debug=None, loop_factory=None):
    """What a coroutine returns that waits for nothing else than others of that kind, as djr's own methods are."""
    if not iscoroutine(main):
        raise ValueError(f"a coroutine was expected, got {main!r}")
    try:
        main.send(None)
    except StopIteration as end:
        return end.value
    main.close()
    raise RuntimeError("the coroutine waits for an event loop, which djr's Python does not have")


def __getattr__(name):
    from _djr_absent import MODULES

    if name.startswith("__"):
        raise AttributeError(f"module 'asyncio' has no attribute {name!r}")
    raise AttributeError(f"djr has no asyncio.{name}: {MODULES['asyncio']}")
