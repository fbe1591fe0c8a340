from django.core import mail
from django.core.mail import *
from django.core.mail import BadHeaderError, get_connection
from django.core.mail.message import forbid_multi_line_headers
m = EmailMessage("Subject", "Body", "from@x.com", ["to@x.com"], bcc=["b@x.com"], cc=("c@x.com",), reply_to=["r@x.com"], headers={"X-A": "1"})
m.to, m.cc, m.bcc, m.reply_to, m.subject, m.body, m.from_email, m.extra_headers, m.recipients(), m.content_subtype, m.attachments
EmailMessage().from_email, EmailMessage(body=None).body, EmailMessage(to=[""]).recipients(), EmailMessage(to=None).to
[tried(lambda k=k: EmailMessage(**{k: "a@b.c"})) for k in ("to", "cc", "bcc", "reply_to")]
m.attach("a.txt", "text", "text/plain")
m.attach("b.bin", b"\xff\xfe")
m.attach("c.txt", b"\xff")
m.attach("d.txt", b"ok")
m.attach("noext", "x")
m.attach(None, "x", "text/html")
m.attachments
tried(m.attach, "x"), tried(m.attach, "x", None, "text/plain")
EmailMessage(attachments=[("a.txt", "x", "text/plain"), ("b.png", b"1")]).attachments
m.send(), len(mail.outbox), mail.outbox[0].subject, mail.outbox[0].to
EmailMessage("x", "y", to=[]).send(), len(mail.outbox)
send_mail("s", "b", None, ["a@b.c"], html_message="<b>"), mail.outbox[-1].alternatives, mail.outbox[-1].from_email, type(mail.outbox[-1]).__name__
send_mass_mail([("s", "b", "f@x.y", ["t@x.y"]), ("s2", "b", "f@x.y", [])]), len(mail.outbox)
mail_admins("hi", "text"), mail.outbox[-1].subject, mail.outbox[-1].to, mail.outbox[-1].from_email, mail_managers("hi", "x", html_message="h"), mail.outbox[-1].to, mail.outbox[-1].alternatives
each(lambda s: send_mail(s, "b", "f@x.y", ["t@x.y"]), "a\nb", "a\r", "ok", "ü")
tried(send_mail, "s", "b", "f@x.y\nBcc: e@x.y", ["t@x.y"]), tried(send_mail, "s", "b", "f@x.y", ["t@x.y\nx"]), tried(EmailMessage("s", "b", "f@x.y", ["t@x.y"], headers={"X": "a\nb"}).send)
a = EmailMultiAlternatives("s", "text body", "f@x.y", ["t@x.y"], alternatives=[("<p>text body</p>", "text/html")])
a.alternatives, a.body_contains("text"), a.body_contains("<p>"), a.attach_alternative("x", "application/json"), a.alternatives[-1].mimetype, a.body_contains("text"), tried(a.attach_alternative, None, "x"), tried(a.attach_alternative, "x", None)
c = get_connection("django.core.mail.backends.dummy.EmailBackend")
c.send_messages([m, m]), c.open(), c.close(), tried(get_connection, "no.such.Backend")
with get_connection() as k:
    sent = k.send_messages([m])
sent
each(lambda v: forbid_multi_line_headers("X", v, "ascii"), "plain", "a\nb")
w = EmailMessage("Sübject", "Bödy", "from@x.com", ["to@x.com", "z@x.com"], headers={"Message-ID": "<1@x>", "Date": "d"}).message()
str(w["To"]), str(w["Message-ID"]), str(w["Date"]), w.get_content_type(), w.get_payload(decode=True).strip()
