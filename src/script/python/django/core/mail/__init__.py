"""Mail."""

from django._absent import absent
from django.core.mail.message import (
    DEFAULT_ATTACHMENT_MIME_TYPE,
    BadHeaderError,
    EmailAlternative,
    EmailAttachment,
    EmailMessage,
    EmailMultiAlternatives,
    forbid_multi_line_headers,
    make_msgid,
)
from django.core.mail.utils import DNS_NAME, CachedDnsName

__all__ = [
    "CachedDnsName",
    "DNS_NAME",
    "EmailMessage",
    "EmailMultiAlternatives",
    "DEFAULT_ATTACHMENT_MIME_TYPE",
    "make_msgid",
    "BadHeaderError",
    "forbid_multi_line_headers",
    "get_connection",
    "send_mail",
    "send_mass_mail",
    "mail_admins",
    "mail_managers",
    "EmailAlternative",
    "EmailAttachment",
]


def get_connection(backend=None, fail_silently=False, **kwds):
    """What sends mail: djr as the settings say, or the class of a dotted name."""
    from django.conf import settings
    from django.utils.module_loading import import_string

    return import_string(backend or settings.EMAIL_BACKEND)(fail_silently=fail_silently, **kwds)


def send_mail(
    subject,
    message,
    from_email,
    recipient_list,
    fail_silently=False,
    auth_user=None,
    auth_password=None,
    connection=None,
    html_message=None,
):
    """Sends a mail, and answers how many were sent."""
    connection = connection or get_connection(
        username=auth_user, password=auth_password, fail_silently=fail_silently
    )
    mail = EmailMultiAlternatives(subject, message, from_email, recipient_list, connection=connection)
    if html_message:
        mail.attach_alternative(html_message, "text/html")
    return mail.send()


def send_mass_mail(datatuple, fail_silently=False, auth_user=None, auth_password=None, connection=None):
    """Sends mails, each of a subject, a text, a sender and recipients."""
    connection = connection or get_connection(
        username=auth_user, password=auth_password, fail_silently=fail_silently
    )
    mails = [
        EmailMessage(subject, message, sender, recipients, connection=connection)
        for subject, message, sender, recipients in datatuple
    ]
    return connection.send_messages(mails)


def mail_admins(subject, message, fail_silently=False, connection=None, html_message=None):
    """Sends a mail to the `ADMINS`."""
    _send_server_message("ADMINS", subject, message, fail_silently, connection, html_message)


def mail_managers(subject, message, fail_silently=False, connection=None, html_message=None):
    """Sends a mail to the `MANAGERS`."""
    _send_server_message("MANAGERS", subject, message, fail_silently, connection, html_message)


def _send_server_message(setting_name, subject, message, fail_silently, connection, html_message):
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured

    recipients = getattr(settings, setting_name)
    if not recipients:
        return
    if not all(isinstance(pair, (list, tuple)) and len(pair) == 2 for pair in recipients):
        raise ImproperlyConfigured(f"{setting_name} holds pairs of a name and an address")
    mail = EmailMultiAlternatives(
        f"{settings.EMAIL_SUBJECT_PREFIX}{subject}",
        message,
        settings.SERVER_EMAIL,
        [address for _, address in recipients],
        connection=connection,
    )
    if html_message:
        mail.attach_alternative(html_message, "text/html")
    mail.send(fail_silently=fail_silently)


__getattr__ = absent(__name__)
