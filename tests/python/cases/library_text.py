"""Text, bytes and files of Python's library."""

import argparse
import base64
import contextlib
import csv
import difflib
import hashlib
import hmac
import html
import html.parser
import io
import ipaddress
import logging
import mimetypes
import os.path
import pathlib
import pickle
import re
import secrets
import shlex
import string
import tempfile
import textwrap
import tomllib
import traceback
import types
import typing
import unittest
import unittest.mock
import urllib.parse
import warnings
import zipfile
import zlib
from email.message import EmailMessage
from http.cookies import SimpleCookie
from xml.etree import ElementTree

re.sub(r"(\w+) (\w+)", r"\2 \1", "hello world")
re.match(r"(?P<year>\d{4})-(?P<month>\d\d)", "2024-05").groupdict()
re.findall(r"(?i)\bdj\w+", "djr Django DJ"), re.split(r"[,;]\s*", "a, b;c")
re.fullmatch(r"[\w.+-]+@[\w-]+\.[\w.]+", "ann@example.com") is not None
[m.span() for m in re.finditer("é", "éaé")], re.escape("a.b")
re.sub(r"\d+", lambda m: str(int(m[0]) * 2), "a1b22")
re.search(r"(?<=a)b(?!c)", "abc ab").start()
urllib.parse.urlsplit("https://ann@example.com:8443/a;b?x=1&y=#z")
urllib.parse.parse_qs("a=1&a=2&b=&c=%C3%A9", keep_blank_values=True)
urllib.parse.urlencode({"a": [1, 2], "é": "a b&c"}, doseq=True)
urllib.parse.quote("a b/é?"), urllib.parse.unquote_plus("a+b%2F"), urllib.parse.urljoin("http://a/b/c", "../d")
urllib.parse.urlsplit("http://[::1")
html.escape("<a href='x'>&\"</a>"), html.unescape("&lt;&eacute;&#8364;&nbsp;&amp")
csv.reader(io.StringIO('a,"b ""c""",\r\n"x\ny",2\r\n')).__next__()
list(csv.DictReader(io.StringIO("a;b\n1;2\n"), delimiter=";"))
out = io.StringIO()
csv.writer(out).writerows([["a", 1, None, 'say "hi"', "x,y"], ["é", 2.5, True, "", "\n"]])
out.getvalue()
textwrap.dedent("  a\n    b\n"), textwrap.shorten("hello brave new world", 12), textwrap.wrap("aaa bbb ccc", 7)
string.Template("$who owes $$${sum}").substitute(who="Ann", sum=5)
string.Template("$x").substitute()
string.capwords("hello world"), string.ascii_letters[:3]
"{:>8}|{:<6}|{:^7}|{:+.2e}|{:#x}|{:,}".format("a", "b", "c", 12345.678, 255, 1234567)
f"{3.14159:.3f} {'x'!r} {10:08b} {1234.5:_.1f} {'é':*^5} {0.00001234} {1e22} {2**70}"
"%s %r %05d %.2f %x %%" % ("a", "b", 42, 3.14159, 255)
"Straße".casefold(), "ǆ".title(), "İ".lower(), "ﬁ".upper(), "a-b c".title(), "äöü".encode("latin-1")
"é".encode("ascii")
b"\xff".decode("utf-8")
b"\xff".decode("utf-8", "replace"), "é€".encode("ascii", "xmlcharrefreplace"), "x".encode("utf-16")
hashlib.sha256(b"abc").hexdigest(), hashlib.md5(b"").hexdigest(), hashlib.new("sha1", b"a").hexdigest()
hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 10).hex()
hashlib.blake2b(b"x").hexdigest()[:16], hashlib.sha3_256(b"").hexdigest()[:16]
hmac.new(b"key", b"message", "sha256").hexdigest(), hmac.compare_digest("a", "a")
base64.b64encode(b"\xff\xfe\xfd"), base64.urlsafe_b64decode("__79"), base64.b32encode(b"hi")
base64.b64decode("a")
len(secrets.token_hex(8)), len(secrets.token_urlsafe(8)) > 8, secrets.choice([1])
zlib.decompress(zlib.compress(b"abc" * 100)) == b"abc" * 100, zlib.crc32(b"abc")
ipaddress.ip_address("192.168.1.1").is_private, ipaddress.ip_network("10.0.0.0/30").num_addresses, ipaddress.ip_address("::1").compressed
ipaddress.ip_address("1.2.3")
mimetypes.guess_type("a.png"), mimetypes.guess_type("a.tar.gz"), mimetypes.guess_type("a.unknown")
shlex.split("a 'b c' \"d\""), difflib.get_close_matches("fien", ["fine", "line"])
tomllib.loads("a = 1\n[b]\nc = [1.5, true]\nd = 2024-01-02")
tomllib.loads("a =")
root = ElementTree.Element("a", x="1")
ElementTree.SubElement(root, "b").text = "t & <u>"
ElementTree.tostring(root)
cookie = SimpleCookie("a=1; b=\"x y\"")
sorted((key, morsel.value) for key, morsel in cookie.items())
message = EmailMessage()
message["Subject"], message["To"] = "Grüße", "ann@example.com"
message.set_content("Hällo\n")
sorted(message.as_string().splitlines())
pathlib.PurePosixPath("/a/b.tar.gz").suffixes, str(pathlib.PurePosixPath("/a") / "../b"), pathlib.PurePosixPath("a/b.txt").with_suffix(".md").name
os.path.splitext("/a/b.txt"), os.path.join("a", "/b"), os.path.normpath("a/../b")
with tempfile.TemporaryDirectory() as directory:
    path = pathlib.Path(directory, "a", "b.txt")
    path.parent.mkdir()
    path.write_text("é\n", encoding="utf-8")
    kept = (path.read_bytes(), [item.name for item in path.parent.iterdir()], path.stat().st_size)

kept
pathlib.Path("/nowhere/at/all").read_text()
archive = io.BytesIO()
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
    file.writestr("a.txt", "abc")

zipfile.ZipFile(io.BytesIO(archive.getvalue())).read("a.txt")
pickle.loads(pickle.dumps({"a": [1, (2, None)], "b": {3.5}})) == {"a": [1, (2, None)], "b": {3.5}}
io.BytesIO(b"a\nb").readlines(), io.TextIOWrapper(io.BytesIO("é\r\n".encode())).read()


@contextlib.contextmanager
def noted(steps):
    steps.append("in")
    try:
        yield steps
    finally:
        steps.append("out")


steps = []
with noted(steps), contextlib.suppress(ZeroDivisionError):
    1 / 0

steps
with contextlib.ExitStack() as stack:
    stack.callback(steps.append, "last")

steps
parser = argparse.ArgumentParser(prog="djr x", exit_on_error=False)
_ = parser.add_argument("names", nargs="*"), parser.add_argument("--count", type=int, default=1)
parser.parse_args(["a", "b", "--count", "3"])
parser.parse_args(["--count", "x"])
typing.get_type_hints(lambda: 0), typing.Optional[int] == int | None, typing.get_args(dict[str, int])
types.SimpleNamespace(a=1)


class Links(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


links = Links()
links.feed("<p class=x><a href='/?a=1&amp;b=2'>t</a><br/></p>")
links.found


class Kept(logging.Handler):
    lines = []

    def emit(self, record):
        self.lines.append((record.levelname, record.getMessage()))


logging.disable(logging.NOTSET)
logger = logging.getLogger("library.case")
logger.propagate = False
logger.addHandler(Kept())
logger.setLevel("INFO")
logger.debug("no"), logger.warning("%s is %d", "a", 1), logger.error("late")
Kept.lines
mock = unittest.mock.Mock(return_value=3)
mock(1, a=2), mock.call_count, mock.call_args
with unittest.mock.patch("os.path.exists", return_value="patched"):
    patched = os.path.exists("/nowhere")

patched, os.path.exists("/nowhere")


class Sums(unittest.TestCase):
    def test_right(self):
        self.assertEqual(1 + 1, 2)

    def test_wrong(self):
        with self.subTest(n=1):
            self.assertIn(3, [1])

    @unittest.skip("not now")
    def test_later(self):
        raise AssertionError


result = unittest.TestResult()
_ = unittest.defaultTestLoader.loadTestsFromTestCase(Sums).run(result)
result.testsRun, len(result.failures), len(result.skipped)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    warnings.warn("old", DeprecationWarning)

[str(item.message) for item in caught]
try:
    {}["missing"]
except KeyError as error:
    lines = traceback.format_exception_only(error)

lines
