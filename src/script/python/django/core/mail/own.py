"""Mail of djr's own pages and commands, where a class of the project sends it."""


def send(told):
    """Sends the mail that `told` tells of by the class of the settings."""
    from django.core.mail import EmailMultiAlternatives, get_connection

    mail = EmailMultiAlternatives(
        told["subject"],
        told["body"],
        told["from"],
        told["to"],
        bcc=told["bcc"],
        cc=told["cc"],
        reply_to=told["reply_to"],
        headers=dict(told["headers"]),
        attachments=told["attachments"],
    )
    if told["is_html"]:
        mail.content_subtype = "html"
    for content, content_type in told["alternatives"]:
        mail.attach_alternative(content, content_type)
    mail.connection = get_connection()
    mail.send()
