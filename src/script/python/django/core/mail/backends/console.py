"""Mail on the terminal."""

from django.core.mail.backends.djr import EmailBackend as DjrBackend


class EmailBackend(DjrBackend):
    backend = "console"
