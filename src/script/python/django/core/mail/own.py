"""Mail of djr's own pages and commands: as Django's objects, and sent where a class of the project does that."""


def message(facts):
    """The mail that `facts` of djr tell of."""
    from django.core.mail import EmailMultiAlternatives

    mail = EmailMultiAlternatives(
        facts["subject"],
        facts["body"],
        facts["from"],
        facts["to"],
        bcc=facts["bcc"],
        cc=facts["cc"],
        reply_to=facts["reply_to"],
        headers=dict(facts["headers"]),
        attachments=facts["attachments"],
    )
    if facts["is_html"]:
        mail.content_subtype = "html"
    for content, content_type in facts["alternatives"]:
        mail.attach_alternative(content, content_type)
    return mail


def send(facts):
    """Sends the mail that `facts` tell of by the class of the settings."""
    from django.core.mail import get_connection

    mail = message(facts)
    mail.connection = get_connection()
    mail.send()
