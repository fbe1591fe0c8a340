"""Mail that djr sends as `[mail]` says."""

from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    def __init__(self, name="", fail_silently=False, **kwargs):
        super().__init__(fail_silently=fail_silently)
        self.name = name
        self.username = kwargs.get("username")
        self.password = kwargs.get("password")

    def send_messages(self, email_messages):
        import _djr

        mails = [mail.djr_dict() for mail in email_messages if mail.recipients()]
        if not mails:
            return 0
        try:
            return _djr.send_mail(mails)
        except OSError:
            if not self.fail_silently:
                raise
            return 0
