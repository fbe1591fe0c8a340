"""Mail by a server."""

from django._absent import absent
from django.core.mail.backends.djr import EmailBackend as DjrBackend


class EmailBackend(DjrBackend):
    backend = "smtp"


__getattr__ = absent(__name__)
