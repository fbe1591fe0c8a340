import os, tempfile
from django.core.files.storage import FileSystemStorage, InMemoryStorage, Storage, storages, default_storage, InvalidStorageError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import SimpleUploadedFile, InMemoryUploadedFile, TemporaryUploadedFile, UploadedFile
from django.core.files.utils import validate_file_name
from django.utils._os import safe_join
ROOT = tempfile.mkdtemp()
S = FileSystemStorage(location=ROOT, base_url="/files")
import re
def named(name):
    return re.sub("_[A-Za-z0-9]{7}(?=[.]|$)", "_RANDOM", name) if isinstance(name, str) else name
def saved(storage, name, content=b"x", **k):
    return named(tried(storage.save, name, ContentFile(content) if content is not None else content, **k))
NAMES = ["a.txt", "a.txt", "dir/b.txt", "dir/b.txt", "a b ü.txt", "a.tar.gz", "a.tar.gz", ".hidden", ".hidden", "noext", "noext", "../x", "/abs", "dir/../y", "", ".", "..", "dir/", "a\\b.txt", "./c.txt", "x" * 300, "dir/./d.txt", "a/b/c/d.txt", "nul\x00.txt"]
each(lambda n: saved(S, n), *NAMES)
M = InMemoryStorage(location=ROOT, base_url="/memory/")
each(lambda n: saved(M, n), *NAMES[:15])
S.exists("a.txt"), S.exists("nope"), S.size("a.txt"), S.url("a b ü.txt"), S.url("a?b#c.txt"), S.url("/x"), S.url("dir\\b"), S.path("a.txt") == os.path.join(ROOT, "a.txt"), tried(S.path, "../x"), tried(S.exists, "../../x"), S.location == ROOT, S.base_url
sorted(S.listdir("")[0]), sorted(map(named, S.listdir("dir")[1])), tried(S.listdir, "nope"), S.delete("a.txt"), S.exists("a.txt"), S.delete("a.txt"), tried(S.delete, ""), tried(S.delete, "dir"), tried(S.delete, "../x")
with S.open("dir/b.txt") as f:
    inside = f.read(), f.name.startswith(ROOT), type(f).__name__
inside, tried(S.open, "nope"), oct(os.stat(S.path("dir/b.txt")).st_mode)[-3:]
with S.open("w.txt", "w") as f:
    f.write("text")
S.size("w.txt"), S.get_modified_time("w.txt").tzinfo is not None, type(S.get_created_time("w.txt")).__name__, S.get_accessed_time("w.txt") is not None
saved(S, "len.txt", max_length=20), saved(S, "len.txt", max_length=16), saved(S, "len.txt", max_length=12), saved(S, "verylongname.txt", max_length=8), saved(S, None, None), saved(S, "text.txt", "plain text"), S.open("text.txt").read()
S.save("up.txt", SimpleUploadedFile("up.txt", b"upload")), S.save(None, ContentFile(b"z", name="own.txt")), tried(S.save, None, ContentFile(b"z"))
from io import BytesIO
S.save("raw.txt", BytesIO(b"raw")), S.size("raw.txt")
O = FileSystemStorage(location=ROOT, allow_overwrite=True)
O.save("over.txt", ContentFile(b"long content")), O.save("over.txt", ContentFile(b"new")), O.open("over.txt").read()
each(S.generate_filename, "a b.txt", "dir/a b.txt", "../x", "a/../b", "ü ö.txt", "", "..", "a/..", "dir\\x y.txt", "/abs/x"), each(S.get_valid_name, "a b!.txt", "..", "x/y"), named(S.get_alternative_name("a", ".txt"))
each(lambda n: validate_file_name(n), "a", "", ".", "..", "a/b", "/a", "a\\b"), each(lambda n: validate_file_name(n, allow_relative_path=True), "a", "a/b", "../a", "/a", "a/../b", "a/..", "..\\a", "\\a", "a/", ".")
each(lambda p: safe_join("/base", p), "a", "../a", "/a", "", "a/../../base/b", "a/../b", "../basement"), safe_join("/", "x"), tried(safe_join, "/base", "a", "../..")
M.listdir("")[0], [named(n) for n in M.listdir("")[1]], M.size("a.txt"), M.exists("dir"), M.exists("nope"), M.open("a.txt").read(), tried(M.open, "nope"), tried(M.size, "nope"), M.delete("a.txt"), M.exists("a.txt"), M.url("x y"), M.path("x") == os.path.join(ROOT, "x"), M.get_modified_time("dir/b.txt") is not None
with M.open("w.txt", "w") as f:
    f.write("memory")
M.open("w.txt", "r").read(), M.size("w.txt")
[tried(getattr(Storage(), m), "x") for m in ("exists", "delete", "size", "url", "path", "listdir", "get_created_time")], tried(Storage().open, "x")
storages["default"] is storages["default"], type(storages["default"]).__name__, tried(lambda: storages["nope"]), type(default_storage.url).__name__
F = File(BytesIO(b"one\ntwo\r\nthree\rfour"), name="f.txt")
F.size, len(F), bool(F), str(F), repr(F), list(F), list(F.chunks(5)), F.multiple_chunks(), F.multiple_chunks(5), F.closed, F.readable(), F.writable(), F.seekable(), F.read(3), F.tell()
F.open() is F, F.close(), F.closed, tried(F.open)
C = ContentFile("text", name="c")
C.size, str(C), bool(C), C.read(), C.open() is C, C.write("more"), C.size, C.close(), C.read(), list(ContentFile(b"a\nb")), bool(ContentFile("")), ContentFile(b"x").name, bool(File(None)), repr(File(None))
U = SimpleUploadedFile("../../etc/passwd", b"root", content_type="text/html")
U.name, U.size, U.content_type, U.charset, U.read(), repr(U), U.multiple_chunks(), list(U.chunks()), U.open() is U, U.field_name
each(lambda n: SimpleUploadedFile(n, b"").name, "a.txt", "dir/a.txt", "..", "", "a\\b", "x" * 300 + ".txt", "x." + "y" * 300, None, "ü.txt")
T = TemporaryUploadedFile("t.bin", "text/plain", 3, None)
os.path.exists(T.temporary_file_path()), T.temporary_file_path().endswith(".upload.bin"), T.name, T.close(), SimpleUploadedFile.from_dict({"filename": "d", "content": b"x"}).content_type
from django.contrib.auth.models import AnonymousUser
a = AnonymousUser()
a.is_authenticated, a.is_anonymous, a.id, a.pk, a.username, str(a), a == AnonymousUser(), a.has_perm("x"), a.has_perms(["x"]), tried(a.has_perms, "x"), a.has_module_perms("x"), a.get_all_permissions(), tried(a.save), tried(a.set_password, "x"), tried(int, a), a.get_username(), hash(a) == hash(AnonymousUser()), a.is_staff
from django.contrib.auth.tokens import PasswordResetTokenGenerator, default_token_generator
import datetime
class Person:
    pk, password, last_login, email = 5, "hash", datetime.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=datetime.timezone.utc), "a@b.c"
    def get_email_field_name(self): return "email"
class Fixed(PasswordResetTokenGenerator):
    def _now(self): return datetime.datetime(2026, 11, 30, 12)
g = Fixed()
t = g.make_token(Person())
t, g.check_token(Person(), t), g.check_token(None, t), g.check_token(Person(), None), each(lambda x: g.check_token(Person(), x), "", "x", "a-b", "a-b-c", t + "x", "!" + t, "z" * 20 + "-x")
p = Person()
p.password = "other"
g.check_token(p, t), default_token_generator.check_token(Person(), default_token_generator.make_token(Person()))
class Later(Fixed):
    def _now(self): return datetime.datetime(2026, 11, 30, 12) + datetime.timedelta(seconds=259201)
Later().check_token(Person(), t), Fixed().check_token(Person(), t)
