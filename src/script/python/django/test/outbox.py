"""Mail that djr's own pages send, where tests look for it."""


def collect():
    """Puts what djr has sent into `django.core.mail.outbox`."""
    import _djr_commands

    from django.core import mail

    for facts in _djr_commands.take_mail():
        if not hasattr(mail, "outbox"):
            mail.outbox = []
        mail.outbox.append(_message(facts))


def _message(facts):
    from django.core.mail import EmailMultiAlternatives

    message = EmailMultiAlternatives(
        facts["subject"],
        facts["body"],
        facts["from"],
        facts["to"],
        bcc=facts["bcc"],
        cc=facts["cc"],
        reply_to=facts["reply_to"],
        headers=dict(facts["headers"]),
    )
    if facts["is_html"]:
        message.content_subtype = "html"
    for content, kind in facts["alternatives"]:
        message.attach_alternative(content, kind)
    return message
