from django.core import mail
from django.core.mail import *
from django.core.mail import BadHeaderError, get_connection
mail.outbox = []
send_mail("Sübject", "Bödy", "from@example.com", ["to@example.com"]), len(mail.outbox), mail.outbox[0].subject, mail.outbox[0].body, mail.outbox[0].from_email
send_mail("s", "b", None, ["a@example.com"], html_message="<b>h</b>"), mail.outbox[-1].alternatives, mail.outbox[-1].from_email
send_mass_mail([("s", "b", "f@example.com", ["t@example.com"]), ("s2", "b", "f@example.com", [])]), len(mail.outbox)
mail_admins("hi", "text"), mail.outbox[-1].subject, mail.outbox[-1].to, mail.outbox[-1].from_email, mail_managers("hi", "x"), len(mail.outbox)
m = EmailMultiAlternatives("s", "b", "f@example.com", ["t@example.com"], bcc=["b@example.com"], cc=["c@example.com"], reply_to=["r@example.com"], headers={"X-A": "1"})
m.attach("a.txt", "text", "text/plain"), m.attach("b.bin", b"\xff"), m.attach(None, "x", "text/html"), m.attach_alternative("<p>", "text/html"), m.send(), mail.outbox[-1].recipients(), mail.outbox[-1].attachments
for kind in ("console", "filebased", "smtp", "dummy", "locmem"):
    c = get_connection(f"django.core.mail.backends.{kind}.EmailBackend", **({"file_path": "mails"} if kind == "filebased" else {}))
    assert c.send_messages([]) in (0, None), kind
[type(get_connection(f"django.core.mail.backends.{kind}.EmailBackend")).__name__ for kind in ("console", "smtp", "dummy", "locmem")]
c = get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=9)
tried(EmailMessage("s", "b", "f@example.com", ["t@example.com"], connection=c).send) is None, isinstance(tried(EmailMessage("s", "b", "f@example.com", ["t@example.com"], connection=c).send), OSError)
quiet = get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=9, fail_silently=True)
tried(EmailMessage("s", "b", "f@example.com", ["t@example.com"], connection=quiet).send)
each(lambda s: send_mail(s, "b", "f@example.com", ["t@example.com"]), "a\nb", "a\r", "ok")
tried(send_mail, "s", "b", "f@example.com\nBcc: e@example.com", ["t@example.com"]), tried(EmailMessage("s", "b", "f@example.com", ["t@example.com"], headers={"X": "a\nb"}).send)
tried(get_connection, "no.such.Backend"), tried(EmailMessage, to="a@example.com")
