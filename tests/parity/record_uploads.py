"""Records how real Django reads bodies of `multipart/form-data`, in golden/uploads.json.

`record_uploads.py` writes the file; `record_uploads.py --check` fails if a fresh recording differs from it.
`cargo test` has djr read the same bodies and compares (src/http/multipart/parity_tests.rs).

A body is kept as text of which each character is a byte; a case whose body is long says how to make it.
"""

import json
from pathlib import Path

from django.conf import settings

import recording

GOLDEN = Path(__file__).parent / "golden" / "uploads.json"

LIMITS = {
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 2000,
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 5,
    "DATA_UPLOAD_MAX_NUMBER_FILES": 3,
    "FILE_UPLOAD_MAX_MEMORY_SIZE": 3000,
}

TYPE = "multipart/form-data; boundary=b"


def part(disposition, content="x", *more):
    lines = [f"Content-Disposition: {disposition}", *more]
    return "--b\r\n" + "\r\n".join(lines) + "\r\n\r\n" + content + "\r\n"


def field(name, content="x"):
    return part(f'form-data; name="{name}"', content)


def file(name, content="x", *more):
    return part(f'form-data; name="f"; filename={name}', content, *more)


def body(*parts):
    return "".join(parts) + "--b--\r\n"


def quoted(name):
    return '"' + name.replace("\\", "\\\\").replace('"', '\\"') + '"'


NAMES = [
    "a.txt", "a b.txt", "../../etc/passwd", "/etc/passwd", "..\\..\\boot.ini", "C:\\dir\\a.txt", "a/b", "dir/", ".", "..",
    ".htaccess", "a\0b.txt", "a\tb", "a\u202ebc", "caf\u00e9 \u4e2d.txt", 'a"b.txt', "a%22b.txt", "a;b.txt", "a=b", "a&amp;b&lt;c&#47;d",
    "  a  ", "con", "a.txt.", "...", "a:b", "x" * 255, "x" * 300 + ".txt", "$(id)", "'; DROP TABLE x; --", "<b>.html", "a\u200bb",
]

CASES = {
    # The form as it should be.
    "fields and a file": body(field("a", "1"), field("a", "2"), file('"x.txt"', "content", "Content-Type: text/plain")),
    "nothing but the end": "--b--\r\n",
    "bytes before and after": "before\r\n" + body(field("a")) + "after",
    "spaces behind the boundary": body("--b \t" + field("a")[3:]),
    "an empty field": body(field("a", "")),
    "an empty file": body(file('"x"', "")),
    "no file was chosen": body(file('""', "")),
    "a value of several lines": body(field("a", "1\r\n2\n--x\r\n--")),
    "a value that is not UTF-8": body(field("a", "\xff\xfe\0")),
    "a token as a name": body(part("form-data; name=a")),
    "words in capitals": body(part("FORM-DATA; NAME=a")),
    "a name in UTF-8": body(field("\u00e9".encode().decode("latin-1"))),
    "a name with spaces": body(field(" a ")),
    # What is wrong with it.
    "an empty body": "",
    "no boundary at all": "a=1&b=2",
    "the end is missing": field("a"),
    "cut within a value": body(field("a", "12345"))[:55],
    "cut within a head": body(field("a"))[:20],
    "the boundary of somebody else": body(field("a")).replace("--b", "--c"),
    "a line that begins with the boundary": body(field("a", "1\r\n--bc\r\n2")),
    "lines that end in LF": body(field("a")).replace("\r\n", "\n"),
    "a header without a colon": body("--b\r\nX\r\n\r\nx\r\n", field("a")),
    "no head": body("--b\r\n\r\nx\r\n", field("a")),
    "no disposition": body("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n", field("a")),
    "another disposition": body(part('attachment; name="a"')),
    "no name": body(part("form-data"), field("a")),
    "an empty name": body(field("")),
    "a name twice": body(part('form-data; name="a"; name="b"')),
    "a disposition twice": body(part('form-data; name="a"', "x", 'Content-Disposition: form-data; name="b"')),
    "quotes that stay open": body(part('form-data; name="a')),
    "a header over two lines": body(part('form-data;\r\n name="a"')),
    "base64": body(part('form-data; name="a"', "eHl6", "Content-Transfer-Encoding: base64")),
    "base64 that is none": body(part('form-data; name="a"', "!", "Content-Transfer-Encoding: base64")),
    "a file in base64": body(file('"x"', "eHl6", "Content-Transfer-Encoding: base64")),
    "quoted-printable": body(part('form-data; name="a"', "=41", "Content-Transfer-Encoding: quoted-printable")),
    "8bit": body(part('form-data; name="a"', "x", "Content-Transfer-Encoding: 8bit")),
    "a form within a part": body(
        part('form-data; name="a"', '--c\r\nContent-Disposition: form-data; name="hidden"\r\n\r\nx\r\n--c--',
             "Content-Type: multipart/mixed; boundary=c")
    ),
    "a form within a part of the same boundary": body(part('form-data; name="a"', field("hidden"))),
    "a value in Latin-1": body(part('form-data; name="a"', "\xe9", "Content-Type: text/plain; charset=iso-8859-1")),
    # Names of files beside the quoted ones.
    "filename*": body(part("form-data; name=f; filename*=UTF-8''caf%C3%A9%20a.txt")),
    "filename* with a language": body(part("form-data; name=f; filename*=utf-8'en'a%2F..%2Fb.txt")),
    "filename and filename*": body(part("form-data; name=f; filename=\"fallback.txt\"; filename*=UTF-8''%C3%A9.txt")),
    "filename* and filename": body(part("form-data; name=f; filename*=UTF-8''%C3%A9.txt; filename=\"fallback.txt\"")),
    "filename* in Latin-1": body(part("form-data; name=f; filename*=iso-8859-1''%E9.txt")),
    "filename* that is not UTF-8": body(part("form-data; name=f; filename*=UTF-8''%FF.txt")),
    "filename* without quotes": body(part("form-data; name=f; filename*=a.txt")),
    "filename* with NUL": body(part("form-data; name=f; filename*=UTF-8''a%00b.txt")),
    "filename twice": body(part("form-data; name=f; filename=a; filename=b")),
    "a token as a file's name": body(file("a.txt")),
    # Limits.
    "as many fields as allowed": body(field("a") * 5),
    "one field too many": body(field("a") * 6),
    "as many files as allowed": body(file('"x"') * 3),
    "one file too many": body(file('"x"') * 4),
    "files without a name count too": body(file('""', "") * 4),
    "fields that are just small enough": body(field("a", "x" * 1900)),
    "fields that are too large together": body(field("a", "x" * 990) * 3),
    "a file larger than fields may be": body(file('"x"', "x" * 2500)),
    "a file larger than memory": body(file('"x"', "x" * 4000)),
    "two files larger than memory together": body(file('"x"', "x" * 1600) * 2),
    "a head that is too large": body(part('form-data; name="a"', "x", "X: " + "x" * 9000)),
    "a head that is nearly too large": body(part('form-data; name="a"', "x", "X: " + "x" * 900)),
}

TYPES = {
    "no boundary in the type": "multipart/form-data",
    "an empty boundary": 'multipart/form-data; boundary=""',
    "a boundary that is not closed": 'multipart/form-data; boundary="b',
    "a quoted boundary": 'multipart/form-data; boundary="b"',
    "capitals in the type": "Multipart/Form-Data; Boundary=b",
    "a boundary of 70": "multipart/form-data; boundary=" + "b" * 70,
    "a boundary of 200": "multipart/form-data; boundary=" + "b" * 200,
    "a boundary of 201": "multipart/form-data; boundary=" + "b" * 201,
    "a boundary of 5000": "multipart/form-data; boundary=" + "b" * 5000,
    "a boundary that is not ASCII": "multipart/form-data; boundary=\u00e9",
    "two boundaries": "multipart/form-data; boundary=b; boundary=c",
    "a charset": "multipart/form-data; boundary=b; charset=utf-8",
    "another charset": "multipart/form-data; boundary=b; charset=utf-16",
    "another type": "multipart/mixed; boundary=b",
}


def cases():
    for name, sent in CASES.items():
        yield name, TYPE, sent
    for name in NAMES:
        yield f"a file called {name!r:.60}", TYPE, body(file(quoted(name.encode().decode("latin-1"))))
    for name, kind in TYPES.items():
        boundary = kind.partition("oundary=")[2].partition(";")[0].strip('"') or "b"
        boundary = boundary.encode().decode("latin-1")
        yield name, kind, body(field("a", "1")).replace("--b", f"--{boundary}")


def view(request):
    from django.core.files.uploadedfile import TemporaryUploadedFile
    from django.http import JsonResponse

    return JsonResponse({
        "fields": [[name, value] for name, values in request.POST.lists() for value in values],
        "files": [
            {"field": name, "name": sent.name, "type": sent.content_type, "size": sent.size,
             "content": sent.read().decode("latin-1") if sent.size < 100 else None,
             "on_disk": isinstance(sent, TemporaryUploadedFile)}
            for name, values in request.FILES.lists() for sent in values
        ],
    })


def row(client, name, kind, sent):
    response = client.generic("POST", "/", sent.encode("latin-1"), content_type=kind)
    answer = response.json() if response.status_code == 200 else None
    return {"case": name, "type": kind, "body": sent, "status": response.status_code, "form": answer}


def main():
    import django
    import logging
    from django.test import Client
    from django.urls import path

    logging.disable(logging.CRITICAL)
    settings.configure(
        SECRET_KEY="x", ALLOWED_HOSTS=["testserver"], ROOT_URLCONF=type("Urls", (), {"urlpatterns": [path("", view)]}), **LIMITS
    )
    django.setup()
    client = Client(raise_request_exception=False)
    rows = [row(client, *case) for case in cases()]
    plain = [
        {"size": size, "status": client.post("/", "a=" + "x" * (size - 2), "application/x-www-form-urlencoded").status_code}
        for size in [2000, 2001]
    ]
    lines = ",\n".join(json.dumps(each, ensure_ascii=False) for each in rows)
    fresh = f'{{"limits": {json.dumps(LIMITS)},\n"plain": {json.dumps(plain)},\n"cases": [\n{lines}\n]}}\n'
    recording.keep(GOLDEN, fresh)


if __name__ == "__main__":
    main()
