"""Mails, with what is attached to them."""

from collections import namedtuple

from django._absent import absent

DEFAULT_ATTACHMENT_MIME_TYPE = "application/octet-stream"

EmailAttachment = namedtuple("EmailAttachment", ["filename", "content", "mimetype"])


class EmailAlternative(namedtuple("EmailAlternative", ["content", "mimetype"])):
    """The same text in another form."""

    __slots__ = ()

    def body_contains(self, text):
        return text in str(self.content)


class BadHeaderError(ValueError):
    """A header with the end of a line in it."""


def make_msgid(idstring=None, domain=None):
    from email.utils import make_msgid as standard

    return standard(idstring, domain)


def forbid_multi_line_headers(name, val, encoding=None):
    """Name and value of a header; a BadHeaderError where the value has the end of a line."""
    value = str(val)
    if "\n" in value or "\r" in value:
        raise BadHeaderError(f"the header {name!r} cannot hold the end of a line: {value!r}")
    return name, value


def _addresses(given, name):
    """A list of addresses; one text is refused."""
    if not given:
        return []
    if isinstance(given, str):
        raise TypeError(f"{name} is a list or a tuple of addresses")
    return list(given)


class EmailMessage:
    """A mail."""

    content_subtype = "plain"
    encoding = None

    def __init__(
        self,
        subject="",
        body="",
        from_email=None,
        to=None,
        bcc=None,
        connection=None,
        attachments=None,
        headers=None,
        cc=None,
        reply_to=None,
    ):
        from django.conf import settings

        self.to = _addresses(to, '"to"')
        self.cc = _addresses(cc, '"cc"')
        self.bcc = _addresses(bcc, '"bcc"')
        self.reply_to = _addresses(reply_to, '"reply_to"')
        self.from_email = from_email or settings.DEFAULT_FROM_EMAIL
        self.subject = subject
        self.body = body or ""
        self.attachments = []
        self.extra_headers = headers or {}
        self.connection = connection
        for attachment in attachments or ():
            if hasattr(attachment, "get_content_type"):
                self.attach(attachment)
            else:
                self.attach(*attachment)

    def get_connection(self, fail_silently=False):
        if not self.connection:
            from django.core.mail import get_connection

            self.connection = get_connection(fail_silently=fail_silently)
        return self.connection

    def recipients(self):
        """Everybody who gets it."""
        return [address for address in [*self.to, *self.cc, *self.bcc] if address]

    def send(self, fail_silently=False):
        """Sends it, and answers how many were sent."""
        if not self.recipients():
            return 0
        return self.get_connection(fail_silently).send_messages([self])

    def attach(self, filename=None, content=None, mimetype=None):
        """Attaches a part of its own, or content of a name and a kind, which the name tells if need be."""
        if hasattr(filename, "get_content_type"):
            if content is not None or mimetype is not None:
                raise ValueError("a part that is made already has its content and its kind")
            self.attachments.append(filename)
            return
        if content is None:
            raise ValueError("an attachment needs content")
        kind = mimetype or _guessed(filename)
        if kind.startswith("text/") and isinstance(content, bytes):
            try:
                content = content.decode()
            except UnicodeDecodeError:
                kind = DEFAULT_ATTACHMENT_MIME_TYPE
        self.attachments.append(EmailAttachment(filename, content, kind))

    def attach_file(self, path, mimetype=None):
        """Attaches a file of the disk."""
        import os

        with open(path, "rb") as file:
            self.attach(os.path.basename(path), file.read(), mimetype)

    def message(self):
        """The mail as the standard library knows it."""
        from django.core.mail.mime import mime_of

        return mime_of(self)

    def djr_dict(self):
        """The mail as djr sends it."""
        headers = {str(name): str(value) for name, value in self.extra_headers.items()}
        sender = headers.pop("From", None) or str(self.from_email)
        answers = headers.pop("Reply-To", None)
        for name, value in [("Subject", self.subject), ("From", self.from_email), *self.extra_headers.items()]:
            forbid_multi_line_headers(name, value)
        for address in [*self.to, *self.cc, *self.bcc, *self.reply_to]:
            forbid_multi_line_headers("To", address)
        return {
            "from": sender,
            "to": list(map(str, self.to)),
            "cc": list(map(str, self.cc)),
            "bcc": list(map(str, self.bcc)),
            "reply_to": [answers] if answers else list(map(str, self.reply_to)),
            "subject": str(self.subject),
            "body": str(self.body),
            "is_html": self.content_subtype == "html",
            "headers": list(headers.items()),
            "alternatives": [(str(content), kind) for content, kind in getattr(self, "alternatives", ())],
            "attachments": [_wire(attachment) for attachment in self.attachments],
        }


def _guessed(filename):
    import mimetypes

    return (filename and mimetypes.guess_type(filename)[0]) or DEFAULT_ATTACHMENT_MIME_TYPE


def _wire(attachment):
    """Name, bytes and kind of an attachment."""
    if not isinstance(attachment, tuple):
        content = attachment.get_payload(decode=True) or b""
        return attachment.get_filename() or "", content, attachment.get_content_type()
    name, content, kind = attachment
    return name or "", content.encode() if isinstance(content, str) else bytes(content), kind


class EmailMultiAlternatives(EmailMessage):
    """A mail whose text comes in several forms."""

    def __init__(
        self,
        subject="",
        body="",
        from_email=None,
        to=None,
        bcc=None,
        connection=None,
        attachments=None,
        headers=None,
        alternatives=None,
        cc=None,
        reply_to=None,
    ):
        super().__init__(subject, body, from_email, to, bcc, connection, attachments, headers, cc, reply_to)
        self.alternatives = [EmailAlternative(*alternative) for alternative in alternatives or ()]

    def attach_alternative(self, content, mimetype):
        """Adds the text in another form."""
        if content is None or mimetype is None:
            raise ValueError("another form needs its content and its kind")
        self.alternatives.append(EmailAlternative(content, mimetype))

    def body_contains(self, text):
        """Whether the text stands in every form that is text."""
        if text not in self.body:
            return False
        forms = [form for form in self.alternatives if form.mimetype.startswith("text/")]
        return all(text in str(form.content) for form in forms)


__getattr__ = absent(__name__)
