"""Records the messages that real Django makes, in golden/mail.json.

`record_mail.py` writes the file; `record_mail.py --check` fails if a fresh recording differs from it.
`cargo test` makes the same messages with djr and compares (src/mail/mime.rs).
"""

import json
import re
import tempfile
from pathlib import Path

import django_site
import recording

GOLDEN = Path(__file__).parent / "golden" / "mail.json"

# Django's own arguments; attachments are a name, a type and text.
MESSAGES = [
    {"subject": "Hi", "body": "there\n", "to": ["a@x.org"]},
    {"subject": "Hi", "body": "", "to": ["a@x.org", "Ada <b@x.org>"], "cc": ["c@x.org"], "bcc": ["d@x.org"]},
    {"subject": "Grüße aus Wien", "body": "Täglich – überall\n", "to": ["Jörg Müller <j@x.org>"]},
    {"subject": "Привет, мир", "body": "Привет", "to": ["Ада <a@x.org>"], "from_email": "Сайт <s@x.org>"},
    {"subject": "日本語のとても長い件名がここにありますから行を折り返します", "body": "本文", "to": ["a@x.org"]},
    {"subject": "Ein sehr langer Betreff über alles, was man so über Betreffzeilen wissen möchte", "body": "b", "to": ["a@x.org"]},
    {"subject": "word " * 30 + "end", "body": "b", "to": ["a@x.org"]},
    {"subject": "x" * 200, "body": "b", "to": ["a@x.org"]},
    {"subject": "many", "body": "b", "to": [f"user{number}@example.com" for number in range(12)]},
    {"subject": "quoted", "body": "b", "to": ['"Lovelace, Ada" <a@x.org>', '"A. B." <c@x.org>']},
    {"subject": "domain", "body": "b", "to": ["Ada <a@exämple.org>"], "reply_to": ["r@例え.jp"]},
    {"subject": "long line", "body": "y" * 1200 + "\nshort =\nend \n", "to": ["a@x.org"]},
    {"subject": "long line", "body": "é" * 600 + "\n", "to": ["a@x.org"]},
    {"subject": "dots", "body": ".\n..\nFrom me\n\n", "to": ["a@x.org"]},
    {"subject": "headers", "body": "b", "to": ["a@x.org"], "headers": {"X-Tag": "a b", "List-Id": "Größe"}},
    {"subject": "html", "body": "text\n", "html": "<p>html ä</p>\n", "to": ["a@x.org"]},
    {"subject": "html", "body": "text", "html": "<p>html</p>", "to": ["a@x.org"]},
    {"subject": "file", "body": "text", "to": ["a@x.org"], "attachments": [["a.bin", "application/octet-stream", "\u0000\u0001" * 60]]},
    {
        "subject": "all",
        "body": "text\n",
        "html": "<p>html</p>\n",
        "to": ["a@x.org"],
        "attachments": [["été 1.pdf", "application/pdf", "%PDF"], ["b.png", "image/png", "png"]],
    },
]


def message(case):
    from django.core.mail import EmailMultiAlternatives

    case = dict(case)
    html = case.pop("html", None)
    files = case.pop("attachments", [])
    headers = {**case.pop("headers", {}), "Date": "Fri, 20 Nov 2026 17:15:23 -0000", "Message-ID": "<1@x.org>"}
    message = EmailMultiAlternatives(headers=headers, **case)
    if html is not None:
        message.attach_alternative(html, "text/html")
    for name, kind, text in files:
        message.attach(name, text.encode(), kind)
    text = message.message().as_bytes().decode()
    for number, boundary in enumerate(re.findall(r'boundary="([^"]*)"', text), 1):
        text = text.replace(boundary, f"BOUNDARY{number}")
    return text


def main():
    with tempfile.TemporaryDirectory() as directory:
        django_site.configure(Path(directory) / "db.sqlite3", "golden")
        rows = [{"case": case, "text": message(case)} for case in MESSAGES]
    fresh = json.dumps(rows, indent=1, ensure_ascii=False) + "\n"
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
