"""Stands in for the native module of djr's databases where the cases run without it: there are none to refuse."""


def forbid(alias, message):
    """Refuses what is asked of a database from now on, or no longer where `message` is None."""


def aliases():
    """The names of the databases."""
    return []
