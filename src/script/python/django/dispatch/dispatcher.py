"""Signals and their receivers, which are held weakly unless that is not wanted."""

from weakref import WeakMethod, ref

from django._absent import absent


_signals = []


def forget_receivers():
    """Takes the receivers away whose modules are not loaded any more, since they were changed."""
    import sys

    for reference in _signals[:]:
        signal = reference()
        if signal is None:
            _signals.remove(reference)
            continue
        signal.receivers = [entry for entry in signal.receivers if _module_of(entry) in sys.modules]


def _module_of(entry):
    receiver = entry[1]() if entry[2] else entry[1]
    return getattr(receiver, "__module__", None) or type(receiver).__module__


class Signal:
    """Receivers connect to it; `send` calls them in the order in which they came."""

    def __init__(self, use_caching=False):
        self.receivers = []
        self.use_caching = use_caching
        self.lock = None
        self.sender_receivers_cache = {}
        self._dead_receivers = False
        _signals.append(ref(self))

    def connect(self, receiver, sender=None, weak=True, dispatch_uid=None):
        """Calls `receiver` with what `sender` (anybody) sends; once for each `dispatch_uid`."""
        if not callable(receiver):
            raise TypeError(f"a receiver is a function, not {receiver!r}")
        if _is_debug() and not _takes_any_name(receiver):
            raise ValueError("a receiver takes **kwargs: a signal may send more than it knows")
        key = _key(receiver, sender, dispatch_uid)
        self._clear_dead_receivers()
        if any(known == key for known, *_ in self.receivers):
            return
        held = receiver
        if weak:
            is_method = hasattr(receiver, "__self__") and hasattr(receiver, "__func__")
            held = (WeakMethod if is_method else ref)(receiver, self._flag_dead_receivers)
        self.receivers.append((key, held, weak))

    def disconnect(self, receiver=None, sender=None, dispatch_uid=None):
        """Whether there was such a connection, which is gone now."""
        key = _key(receiver, sender, dispatch_uid)
        self._clear_dead_receivers()
        kept = [entry for entry in self.receivers if entry[0] != key]
        is_found = len(kept) < len(self.receivers)
        self.receivers = kept
        return is_found

    def has_listeners(self, sender=None):
        return bool(self._live_receivers(sender))

    def send(self, sender, **named):
        """Pairs of receiver and answer; an exception of a receiver comes through."""
        return [(receiver, receiver(signal=self, sender=sender, **named)) for receiver in self._live_receivers(sender)]

    def send_robust(self, sender, **named):
        """As `send`, but an exception is the answer of its receiver."""
        answers = []
        for receiver in self._live_receivers(sender):
            try:
                answers.append((receiver, receiver(signal=self, sender=sender, **named)))
            except Exception as error:
                self._log_robust_failure(receiver, error)
                answers.append((receiver, error))
        return answers

    def _log_robust_failure(self, receiver, err):
        import logging

        logging.getLogger("django.dispatch").error(
            "the receiver %s raised %s", getattr(receiver, "__qualname__", receiver), err, exc_info=err
        )

    def _live_receivers(self, sender):
        """The receivers of what `sender` sends."""
        self._clear_dead_receivers()
        wanted = (_ANYBODY, id(sender))
        live = []
        for (_, of_sender), held, is_weak in self.receivers:
            if of_sender in wanted:
                receiver = held() if is_weak else held
                if receiver is not None:
                    live.append(receiver)
        return live

    def _flag_dead_receivers(self, reference=None):
        self._dead_receivers = True

    def _clear_dead_receivers(self):
        if self._dead_receivers:
            self._dead_receivers = False
            self.receivers = [entry for entry in self.receivers if not entry[2] or entry[1]() is not None]


class ModelSignal(Signal):
    """A signal whose senders are models, which may be named before they are there: `posts.Post`."""

    def connect(self, receiver, sender=None, weak=True, dispatch_uid=None):
        super().connect(receiver, _model(sender), weak, dispatch_uid)

    def disconnect(self, receiver=None, sender=None, dispatch_uid=None):
        is_found = super().disconnect(receiver, _model(sender), dispatch_uid)
        # A model that is named may come later, so that nothing is known yet.
        return None if isinstance(sender, str) else is_found


def _model(sender):
    if not isinstance(sender, str):
        return sender
    from django.apps import apps

    return apps.get_model(sender)


_ANYBODY = id(None)


def _key(receiver, sender, dispatch_uid):
    """What makes two connections the same."""
    if dispatch_uid:
        return dispatch_uid, id(sender)
    if hasattr(receiver, "__func__"):
        return (id(receiver.__self__), id(receiver.__func__)), id(sender)
    return id(receiver), id(sender)


def _is_debug():
    from django.conf import settings

    return settings.DEBUG


def _takes_any_name(function):
    """Whether a function has `**kwargs`; one that cannot be looked into is taken to have them."""
    called = function if hasattr(function, "__code__") else getattr(function, "__func__", None)
    if called is None and not isinstance(function, type):
        called = getattr(type(function).__call__, "__func__", type(function).__call__)
    code = getattr(called, "__code__", None)
    return code is None or bool(code.co_flags & 0x08)


def receiver(signal, **kwargs):
    """A decorator: the function hears the signal, or each of several."""

    def decorator(func):
        for one in signal if isinstance(signal, (list, tuple)) else [signal]:
            one.connect(func, **kwargs)
        return func

    return decorator


__getattr__ = absent(__name__)
