"""Mail that djr's own pages send, where tests look for it."""


def collect():
    """Puts what djr has sent into `django.core.mail.outbox`."""
    import _djr_commands

    from django.core import mail
    from django.core.mail.own import message

    for facts in _djr_commands.take_mail():
        if not hasattr(mail, "outbox"):
            mail.outbox = []
        mail.outbox.append(message(facts))
