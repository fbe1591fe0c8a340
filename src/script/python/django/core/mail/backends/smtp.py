"""Mail by a server."""

from django.core.mail.backends.djr import EmailBackend as DjrBackend


class EmailBackend(DjrBackend):
    backend = "smtp"
