"""A mail as the standard library writes it."""

from email.message import EmailMessage as StandardMessage
from email.utils import formatdate, make_msgid


def mime_of(mail):
    """The headers, the text in its forms, and what is attached."""
    message = StandardMessage()
    given = {name.lower() for name in mail.extra_headers}
    message.set_content(str(mail.body), subtype=mail.content_subtype)
    for content, kind in getattr(mail, "alternatives", ()):
        main, _, sub = kind.partition("/")
        if isinstance(content, bytes):
            message.add_alternative(content, maintype=main, subtype=sub)
        else:
            message.add_alternative(str(content), subtype=sub)
    for attachment in mail.attachments:
        _attach(message, attachment)
    headers = [
        ("Subject", mail.subject),
        ("From", mail.from_email),
        ("To", ", ".join(map(str, mail.to))),
        ("Cc", ", ".join(map(str, mail.cc))),
        ("Reply-To", ", ".join(map(str, mail.reply_to))),
    ]
    for name, value in headers:
        value = mail.extra_headers.get(name, value)
        if value:
            _set(message, name, value)
    if "date" not in given:
        message["Date"] = formatdate()
    if "message-id" not in given:
        message["Message-ID"] = make_msgid()
    for name, value in mail.extra_headers.items():
        if name not in dict(headers):
            _set(message, name, value)
    return message


def _set(message, name, value):
    from django.core.mail.message import forbid_multi_line_headers

    name, value = forbid_multi_line_headers(name, value)
    del message[name]
    message[name] = value


def _attach(message, attachment):
    if not isinstance(attachment, tuple):
        message.make_mixed()
        message.attach(attachment)
        return
    name, content, kind = attachment
    main, _, sub = kind.partition("/")
    if isinstance(content, str):
        message.add_attachment(content, subtype=sub if main == "text" else "plain", filename=name)
    else:
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
