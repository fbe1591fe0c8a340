"""Django's names for sites served by djr: the modules a site imports, in djr's own code."""

VERSION = (5, 2, 0, "final", 0)
__version__ = "5.2"


def get_version(version=None):
    """The version whose behaviour is followed, as text."""
    major, minor, micro, stage, serial = version or VERSION
    number = f"{major}.{minor}" + (f".{micro}" if micro else "")
    marks = {"alpha": "a", "beta": "b", "rc": "rc"}
    return number if stage == "final" else f"{number}{marks[stage]}{serial}"


def setup(set_prefix=True):
    """Nothing is left to do: djr has read the project before any Python runs."""


def _say_what_is_missing():
    from django._absent import install

    install()


_say_what_is_missing()
