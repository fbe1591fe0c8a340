"""Mail that djr sends as `[mail]` says."""

from django.core.mail.backends.base import BaseEmailBackend

OPTIONS = ("host", "port", "username", "password", "use_tls", "use_ssl", "file_path")


class EmailBackend(BaseEmailBackend):
    """A connection: what it is given takes the place of `[mail]`."""

    backend = None

    def __init__(self, fail_silently=False, **options):
        super().__init__(fail_silently=fail_silently)
        self._options = {name: value for name, value in options.items() if value is not None and name in OPTIONS}
        if self.backend:
            self._options["backend"] = self.backend

    def send_messages(self, email_messages):
        mails = [mail.djr_dict() for mail in email_messages if mail.recipients()]
        if not mails:
            return 0
        import _djr_services

        try:
            return _djr_services.send_mail(mails, self._options)
        except OSError:
            if not self.fail_silently:
                raise
            return 0


def smtp_error(message):
    """What the standard library raises where a mail server does not take a mail."""
    try:
        from smtplib import SMTPException
    except ImportError:
        return OSError(message)
    return SMTPException(message)
