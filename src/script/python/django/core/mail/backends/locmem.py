"""Mail that tests find in `django.core.mail.outbox`."""

from copy import deepcopy

from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend


class EmailBackend(BaseEmailBackend):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not hasattr(mail, "outbox"):
            mail.outbox = []

    def send_messages(self, messages):
        count = 0
        for message in messages:
            # What cannot be sent is found here as well.
            message.djr_dict()
            connection, message.connection = message.connection, None
            mail.outbox.append(deepcopy(message))
            message.connection = connection
            count += 1
        return count
