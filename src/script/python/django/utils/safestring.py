"""Text that is HTML already and is not escaped again."""

from functools import wraps

from django.utils.functional import keep_lazy


class SafeData:
    """What counts as HTML."""

    __slots__ = ()

    def __html__(self):
        return self


class SafeString(str, SafeData):
    """Text that is HTML; together with other text that is HTML it stays so."""

    __slots__ = ()

    def __add__(self, rhs):
        joined = super().__add__(rhs)
        return SafeString(joined) if isinstance(rhs, SafeData) else joined

    def __str__(self):
        return self


SafeText = SafeString


@keep_lazy(SafeString)
def mark_safe(s):
    """`s` as HTML; a decorator where `s` is a function."""
    if hasattr(s, "__html__"):
        return s
    if callable(s):

        @wraps(s)
        def wrapped(*args, **kwargs):
            return mark_safe(s(*args, **kwargs))

        return wrapped
    return SafeString(s)
