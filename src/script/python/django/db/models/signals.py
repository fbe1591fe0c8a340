"""What happens to rows and migrations."""

from django.dispatch import Signal
from django.dispatch.dispatcher import ModelSignal

class_prepared = Signal()
pre_init = ModelSignal(use_caching=True)
post_init = ModelSignal(use_caching=True)
pre_save = ModelSignal(use_caching=True)
post_save = ModelSignal(use_caching=True)
pre_delete = ModelSignal(use_caching=True)
post_delete = ModelSignal(use_caching=True)
m2m_changed = ModelSignal(use_caching=True)
pre_migrate = Signal()
post_migrate = Signal()

_ALL = (
    class_prepared, pre_init, post_init, pre_save, post_save, pre_delete, post_delete, m2m_changed, pre_migrate,
    post_migrate,
)


def forget_receivers():
    """The modules of the project are loaded anew, and their receivers with them."""
    for signal in _ALL:
        signal.receivers.clear()
