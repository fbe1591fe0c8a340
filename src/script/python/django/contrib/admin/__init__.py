"""The admin, which `admin.toml` declares."""

from django._absent import absent

__getattr__ = absent(__name__)
