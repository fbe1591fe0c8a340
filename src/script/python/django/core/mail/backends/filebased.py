"""Mail in a directory, a file each."""

from django.core.mail.backends.djr import EmailBackend as DjrBackend


class EmailBackend(DjrBackend):
    backend = "file"
