"""Signals: whoever sends one need not know who listens."""

from django.dispatch.dispatcher import Signal, receiver

__all__ = ["Signal", "receiver"]
