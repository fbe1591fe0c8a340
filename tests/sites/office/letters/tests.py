from io import StringIO

from django.core import mail
from django.core.management import CommandError, call_command
from django.test import SimpleTestCase, TestCase


class MailTests(TestCase):
    def test_a_letter(self):
        data = {"subject": "Tea", "message": "Black", "sender": "ada@example.com"}
        self.assertEqual(self.client.post("/contact/", data).content, b"1 sent")
        [message] = mail.outbox
        self.assertEqual((message.subject, message.body, message.to), ("Tea", "Black", ["info@example.com"]))

    def test_the_newsletter(self):
        self.client.get("/newsletter/")
        [message] = mail.outbox
        self.assertEqual(message.attachments[0].filename, "list.csv")
        self.assertIn("<li>tea</li>", message.alternatives[0].content)

    def test_the_outbox_is_empty_again(self):
        self.assertEqual(mail.outbox, [])


class GreetTests(SimpleTestCase):
    def test_output(self):
        out = StringIO()
        call_command("greet", "Ada", times=2, stdout=out)
        self.assertEqual(out.getvalue(), "Hello Ada\nHello Ada\n1 greeted\n")

    def test_errors(self):
        with self.assertRaises(CommandError) as raised:
            call_command("greet", "nobody")
        self.assertEqual(raised.exception.returncode, 3)
