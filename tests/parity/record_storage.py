"""Records how Django names files that are stored, and how it has browsers save them, in golden/storage.json.

`record_storage.py` writes the file; `record_storage.py --check` fails if a fresh recording differs from it.
`cargo test` asks djr's storages the same and compares (src/storage/recorded_tests.rs).

The random characters of a name that was taken are always the same here.
"""

import datetime
import json
import tempfile
from pathlib import Path
from unittest import mock

from django.conf import settings

import recording

GOLDEN = Path(__file__).parent / "golden" / "storage.json"
SUFFIX = "AbCdEf1"
NOW = datetime.datetime(2026, 3, 5, 7, 8, 9)

NAMES = [
    "a.txt", "a b.txt", " a.txt ", "a  b.txt", "a\tb.txt", "\x1ca.txt\x1f", "a\u00a0b", "", " ", ".", "..", "...", "....txt", ".a", "..a", "a.", "a..", "a..b",
    "/", "//", "a/", "/a", "a/b.txt", "a//b.txt", "a/./b.txt", "./a", "../a", "a/..", "a/../b", "a/.../b", "..a/b", "a../b", "../../etc/passwd", "/etc/passwd",
    "\\", "a\\b.txt", "..\\a", "a\\..\\b", "\\\\host\\share\\a", "C:\\boot.ini", "C:/boot.ini", "c:a", "con", "CON.txt", "nul.", "aux.tar.gz", "a.txt.", "a.txt ",
    "a:b*c?.txt", "a<b>.html", "a|b", 'a"b', "a'b", "$(id)", "`id`", "; rm -rf ~", "-rf", "--x", "~root", "#a", "%2e%2e%2fa", "%00", "a%b", "&.txt", "$.$", "+a",
    "a\nb", "a\r\nb: c", "a\u2028b", "\u202egnp.exe", "a\u200bb", "\ufeffa", "e\u0301.txt", "\u00e9.txt", "\u540d\u524d.pdf", "\u0661\u0662", "\u00b2\u2460\u216b\u3007",
    "\u24b6\u24d0\U0001f130", "\u0928\u092e\u0938\u094d\u0924\u0947.txt", "\u0e01\u0e33", "\u05d0\u05b8", "\U0001f600.png", "\U00020000.png", "\uff21\uff10", "\u00aa\u00ba\u00b5", "_", "__a__",
    "\u203f\u2040", "a\u00adb", "\u0345", "\u1d2c", "\u3400", "\u30fc", "x" * 60 + ".txt",
]

UPLOADS = ["", "up", "up/", "up//a", "./up", "up/./a", "%Y/%m/%d", "f-%Y-%m-%d_%H%M%S", "%j/%U/%y", "100%%", "/abs", "..", "up/..", "up/../..", "a\\b", "a\\..\\b", "\u00e9/%Y", "a b", "a:b", "%B/%b/%A/%a", "%I%p", "%W-%U-%w-%u"]

FILES = ["a.txt", "a b.txt", "..", "", "/a", "../a", "a/b", "\\a", "a\\b", ".hid", "$", "\u00e9 1.png"]

AVAILABLE = [
    (["a.txt"], "a.txt", None), (["a.txt"], "b.txt", None), (["a.tar.gz"], "a.tar.gz", None), ([".hid"], ".hid", None), ([".hid.txt"], ".hid.txt", None),
    (["a"], "a", None), (["a."], "a.", None), (["a.b."], "a.b.", None), (["..a"], "..a", None), (["...a.b"], "...a.b", None), (["a b.c d"], "a b.c d", None), (["d/a.txt"], "d/a.txt", None),
    (["d/a.txt"], "d\\a.txt", None), ([], "d\\a.txt", None), ([], "a/../b", None), ([], "../b", None), ([], "a/..", None), ([], "a/", None), ([], "", None), ([], "/abs/a.txt", None), ([], "//a", None), ([], "a//b", None),
    ([], "abc.txt", 7), ([], "abcd.txt", 7), ([], "abc.txt", 6), ([], "abcdefgh.txt", 12), ([], "abcdefghi.txt", 12), ([], "abcdefghijklmnop.txt", 13), ([], "abcdefghijklmnop.txt", 12), ([], "abcdefghijklmnop.txt", 0),
    (["a.txt"], "a.txt", 13), (["a.txt"], "a.txt", 12), (["abc.txt"], "abc.txt", 13), (["abc.txt"], "abc.txt", 14), (["d/e/abc.txt"], "d/e/abc.txt", 18), (["d/e/abc.txt"], "d/e/abc.txt", 16), ([], "d/e/f/a", 3),
    (["\u00e9\u00e9\u00e9.txt"], "\u00e9\u00e9\u00e9.txt", 13), (["\U0001f600\U0001f600.p"], "\U0001f600\U0001f600.p", 11), ([], "x" * 120, 100), ([], "x" * 96 + ".txt", 100), ([], "x" * 97 + ".txt", 100), ([], "a." + "y" * 120, 100),
]

URLS = ["a.txt", "d/a b.txt", "\u00e9.txt", "a?b#c.txt", "a%20b", "a&b;c", "a\\b", "/a", "//a", "a'b(c)*!~.txt", "a\"<>^`{|}", "a+b@c=d,e$"]

DISPOSITIONS = ["", "a.txt", "a b.txt", 'a"b.txt', "a\\b.txt", "a'b.txt", "a;b=c.txt", "a/b.txt", "\u00e9.txt", "\u540d\u524d.pdf", "a\tb", "a\nb", "a\r\nX: y", "a\x7fb", "a\0b", "%41", "a%b", "\u202ea", "\U0001f600.png", "~-_.!*()", " "]


def told(call):
    from django.core.exceptions import SuspiciousFileOperation

    try:
        return {"name": call()}
    except SuspiciousFileOperation:
        return {"refused": True}


def names():
    from django.core.files.utils import validate_file_name
    from django.utils.text import get_valid_filename

    for name in NAMES:
        yield {
            "name": name, "valid": told(lambda: get_valid_filename(name)), "bare": told(lambda: validate_file_name(name)),
            "path": told(lambda: validate_file_name(name, allow_relative_path=True)),
        }


def generated():
    from django.db.models import FileField

    clock = mock.Mock(wraps=datetime.datetime, now=lambda: NOW)
    for upload_to in UPLOADS:
        field = FileField(upload_to=upload_to)
        for name in FILES:
            with mock.patch("django.db.models.fields.files.datetime.datetime", clock):
                yield {"upload_to": upload_to, "file": name, "name": told(lambda: field.generate_filename(None, name))}


def available():
    from django.core.files.storage import InMemoryStorage

    for existing, name, max_length in AVAILABLE:
        storage = InMemoryStorage()
        with mock.patch.object(storage, "exists", existing.__contains__):
            found = told(lambda: storage.get_available_name(name, max_length=max_length))
        yield {"existing": existing, "name": name, "max_length": max_length, "available": found}


def saved():
    from django.core.files.base import ContentFile
    from django.core.files.storage import FileSystemStorage

    for name in NAMES:
        if "\0" in name:
            continue
        with tempfile.TemporaryDirectory() as folder:
            storage = FileSystemStorage(location=folder)
            yield {"name": name, "saved": [told(lambda: storage.save(name, ContentFile(b"x"))) for _ in range(2)]}


def urls():
    from django.core.files.storage import FileSystemStorage

    storage = FileSystemStorage(base_url="/media/")
    return [{"name": name, "url": storage.url(name)} for name in URLS]


def dispositions():
    from django.utils.http import content_disposition_header

    return [{"name": name, "as_attachment": saved, "header": content_disposition_header(saved, name)} for name in DISPOSITIONS for saved in [True, False]]


def lines(rows):
    """A list with a line for each of its rows."""
    return "[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]"


def main():
    import django

    settings.configure(USE_I18N=False)
    django.setup()
    with mock.patch("django.core.files.storage.base.get_random_string", lambda length: SUFFIX):
        recorded = {
            "names": names(), "generated": generated(), "available": available(), "saved": saved(), "urls": urls(), "dispositions": dispositions(),
        }
        fresh = ",\n".join(f'"{key}": {lines(value)}' for key, value in recorded.items())
    recording.keep(GOLDEN, "{\n" + fresh + "\n}\n")


if __name__ == "__main__":
    main()
