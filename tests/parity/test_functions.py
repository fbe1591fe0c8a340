"""Passwords, signatures, sessions, tokens and names, with fresh random secrets, from djr to Django and back."""

import datetime
import json
import os
import random
import secrets
import subprocess
import tempfile
import time
import unittest
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import django_site

FUNCTIONS = os.environ["DJR_FUNCTIONS"]
SEED = os.environ.get("PARITY_SEED") or secrets.token_hex(8)
ZONE = "Europe/Vienna"
ALPHABETS = [
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
    " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
    "äöüßéñçøłžş日本語Ωжאب",
    "😀🔑ﬁ①½Å\u0301\u200d",
    "\0\t\n\r\x7f",
]


def setUpModule():
    print(f"PARITY_SEED={SEED} repeats this run")
    random.seed(SEED)
    directory = tempfile.TemporaryDirectory()
    unittest.addModuleCleanup(directory.cleanup)
    # As Django does for settings in a module.
    os.environ["TZ"] = ZONE
    time.tzset()
    django_site.configure(Path(directory.name) / "db.sqlite3", text(50))
    from django.conf import settings

    settings.TIME_ZONE = ZONE
    settings.PASSWORD_HASHERS = [
        *settings.PASSWORD_HASHERS,
        "django.contrib.auth.hashers.BCryptPasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]


def text(length=None, kinds=len(ALPHABETS)):
    length = random.choice([0, 1, 7, 31, 200]) if length is None else length
    alphabet = "".join(random.sample(ALPHABETS[:kinds], random.randint(1, kinds)))
    return "".join(random.choice(alphabet) for _ in range(length))


def texts(count=12):
    """Random texts, and those that are most likely to be treated otherwise."""
    return ["", "\0", "a\0b", text(4096), "ñ" * 2048, *(text() for _ in range(count))]


def value(depth=3):
    kinds = ["none", "boolean", "integer", "float", "text"] + (["list", "map"] if depth else [])
    match random.choice(kinds):
        case "none":
            return None
        case "boolean":
            return random.random() < 0.5
        case "integer":
            return random.randint(-(2**63), 2**63 - 1)
        case "float":
            return random.uniform(-1, 1) * 10 ** random.randint(-20, 20)
        case "text":
            return text()
        case "list":
            return [value(depth - 1) for _ in range(random.randint(0, 5))]
        case "map":
            return {text(): value(depth - 1) for _ in range(random.randint(0, 5))}


class Functions(unittest.TestCase):
    def setUp(self):
        self.process = subprocess.Popen(
            [FUNCTIONS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )
        self.addCleanup(self.process.wait)
        self.addCleanup(self.process.stdout.close)
        self.addCleanup(self.process.stdin.close)

    def djr(self, op, **arguments):
        self.process.stdin.write(json.dumps({"op": op, **arguments}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        self.assertTrue(line, f"{op} {arguments} had no answer")
        return json.loads(line)


@contextmanager
def signing_with(key, fallbacks=()):
    from django.test import override_settings

    with override_settings(SECRET_KEY=key, SECRET_KEY_FALLBACKS=list(fallbacks)):
        yield


class Passwords(Functions):
    def hashers(self):
        from django.contrib.auth.hashers import get_hashers

        costs = {
            "argon2": {"time_cost": 1, "memory_cost": 1024, "parallelism": 2},
            "pbkdf2_sha256": {"iterations": 1000},
            "pbkdf2_sha1": {"iterations": 1000},
            "bcrypt_sha256": {"rounds": 4},
            "bcrypt": {"rounds": 4},
            "scrypt": {"work_factor": 1024},
            "md5": {},
        }
        for hasher in get_hashers():
            for name, cost in costs[hasher.algorithm].items():
                setattr(hasher, name, cost)
            yield hasher

    def passwords(self, algorithm):
        for password in texts():
            # The library refuses these; the algorithm itself sees 72 bytes and none behind a NUL.
            plain = password.encode()
            if algorithm != "bcrypt" or (len(plain) <= 72 and b"\0" not in plain):
                yield password

    def test_django_verifies_what_djr_hashed(self):
        for hasher in self.hashers():
            for password in self.passwords(hasher.algorithm):
                with self.subTest(hasher.algorithm, password=password[:40]):
                    encoded = self.djr(
                        "make_password", hasher=hasher.algorithm, password=password
                    )
                    self.assertTrue(hasher.verify(password, encoded), encoded)
                    self.assertFalse(hasher.verify("x" + password, encoded), encoded)
                    self.assertFalse(hasher.must_update(encoded), encoded)

    def test_djr_verifies_what_django_hashed(self):
        for hasher in self.hashers():
            for password in self.passwords(hasher.algorithm):
                with self.subTest(hasher.algorithm, password=password[:40]):
                    encoded = hasher.encode(password, hasher.salt())
                    check = {"hasher": hasher.algorithm, "encoded": encoded}
                    self.assertEqual(
                        self.djr("check_password", password=password, **check),
                        {"correct": True, "must_update": False},
                        encoded,
                    )
                    wrong = self.djr("check_password", password="x" + password, **check)
                    self.assertFalse(wrong["correct"], encoded)


class Signatures(Functions):
    def each(self):
        for value in texts():
            yield {"key": text(50) or "k", "salt": text(9)}, value

    def test_values(self):
        from django.core.signing import BadSignature, Signer

        for keys, value in self.each():
            with self.subTest(value=value[:40], **keys):
                signer = Signer(**keys)
                signed = signer.sign(value)
                self.assertEqual(self.djr("sign", value=value, **keys), signed)
                self.assertEqual(self.djr("unsign", signed=signed, **keys), value)
                self.assertIsNone(self.djr("unsign", signed="x" + signed, **keys))
                with self.assertRaises(BadSignature):
                    signer.unsign("x" + self.djr("sign", value=value, **keys))
                rotated = {**keys, "key": "new", "fallbacks": ["other", keys["key"]]}
                self.assertEqual(self.djr("unsign", signed=signed, **rotated), value)

    def test_values_with_a_time(self):
        from django.core.signing import SignatureExpired, TimestampSigner

        for keys, value in self.each():
            with self.subTest(value=value[:40], **keys):
                signer = TimestampSigner(**keys)
                signed = self.djr("sign_time", value=value, **keys)
                self.assertEqual(signer.unsign(signed, max_age=60), value)
                signed = signer.sign(value)
                ask = {"signed": signed, **keys}
                self.assertEqual(self.djr("unsign_time", max_age=60, **ask), value)
                with mock.patch("time.time", return_value=1_700_000_000):
                    old = signer.sign(value)
                self.assertIsNone(self.djr("unsign_time", signed=old, max_age=60, **keys))
                self.assertEqual(self.djr("unsign_time", signed=old, **keys), value)
                with self.assertRaises(SignatureExpired):
                    signer.unsign(old, max_age=60)

    def test_objects(self):
        from django.core import signing

        for number in range(60):
            keys = {"key": text(50), "salt": text(9)}
            object_, compress = value(), number % 2 == 0
            with self.subTest(object=repr(object_)[:80], **keys):
                signed = self.djr("dumps", object=object_, compress=compress, **keys)
                self.assertEqual(signing.loads(signed, **keys), object_)
                signed = signing.dumps(object_, compress=compress, **keys)
                self.assertEqual(self.djr("loads", signed=signed, **keys)["object"], object_)

    def test_cookies(self):
        from django.http import HttpResponse
        from django.test import RequestFactory

        for keys, value in self.each():
            name, salt = f"c{secrets.token_hex(4)}", keys["salt"]
            ask = {"key": keys["key"], "name": name, "salt": salt}
            with self.subTest(value=value[:40], **ask), signing_with(keys["key"]):
                response = HttpResponse()
                response.set_signed_cookie(name, value, salt=salt)
                signed = response.cookies[name].value
                self.assertEqual(self.djr("unsign_cookie", signed=signed, **ask), value)
                other = {**ask, "salt": salt + "x"}
                self.assertIsNone(self.djr("unsign_cookie", signed=signed, **other))
                request = RequestFactory().get("/")
                request.COOKIES[name] = self.djr("sign_cookie", value=value, **ask)
                self.assertEqual(request.get_signed_cookie(name, salt=salt, max_age=60), value)

    def test_cookies_of_the_older_rule(self):
        from django.core import signing

        for keys, value in self.each():
            with self.subTest(value=value[:40], **keys), signing_with(keys["key"]):
                signed = signing.get_cookie_signer(salt="name" + keys["salt"]).sign(value)
                read = self.djr("unsign_cookie", signed=signed, name="name", **keys)
                self.assertEqual(read, value)


class Accounts(Functions):
    def test_sessions(self):
        from django.contrib.sessions.backends.db import SessionStore

        for _ in range(40):
            key, data = text(50), {text(9, 3): value() for _ in range(4)}
            with self.subTest(key=key, data=repr(data)[:80]), signing_with(key):
                encoded = self.djr("encode_session", data=data, key=key)
                self.assertEqual(SessionStore().decode(encoded), data)
                encoded = SessionStore().encode(data)
                self.assertEqual(self.djr("decode_session", text=encoded, key=key), data)
                self.assertIsNone(self.djr("decode_session", text="x" + encoded, key=key))

    def test_the_hash_in_a_session(self):
        from django.contrib.auth.models import User

        for password in texts():
            key = text(50)
            with self.subTest(key=key, password=password[:40]), signing_with(key):
                theirs = User(password=password).get_session_auth_hash()
                ours = self.djr("session_auth_hash", password=password, key=key)
                self.assertEqual(ours, theirs)

    def test_reset_tokens(self):
        from django.contrib.auth.models import User
        from django.contrib.auth.tokens import default_token_generator as tokens
        from django.utils.http import urlsafe_base64_encode

        for number in range(40):
            seconds = random.randint(1_000_000_000, 3_000_000_000)
            now = datetime.datetime.fromtimestamp(seconds)
            login = datetime.datetime.fromtimestamp(seconds - 5, datetime.timezone.utc)
            login = random.choice([None, login.replace(microsecond=random.randrange(10**6))])
            user = User(pk=random.randint(1, 2**40), password=text(), last_login=login)
            user.email, key = f"{text(5, 3)}@example.com", text(50)
            ask = {
                "key": key,
                "zone": ZONE,
                "now": seconds,
                "pk": str(user.pk),
                "password": user.password,
                "email": user.email,
                "last_login": login.isoformat() if login else "",
            }
            with self.subTest(**ask), signing_with(key), mock.patch.object(
                tokens, "_now", return_value=now
            ):
                token = self.djr("make_token", **ask)
                self.assertEqual(token, tokens.make_token(user))
                self.assertTrue(tokens.check_token(user, token))
                self.assertTrue(self.djr("check_token", token=token, **ask))
                other = {**ask, "email": "other@example.com"}
                self.assertFalse(self.djr("check_token", token=token, **other))
                late = {**ask, "now": seconds + 300_000}
                self.assertFalse(self.djr("check_token", token=token, **late))
                uid = urlsafe_base64_encode(str(user.pk).encode())
                answer = self.djr("uid", pk=str(user.pk), encoded=uid)
                self.assertEqual(answer, [uid, str(user.pk)])

    def test_forms(self):
        from django.middleware import csrf

        for _ in range(40):
            secret = csrf._get_new_csrf_string()
            token = csrf._mask_cipher_secret(secret)
            self.assertEqual(self.djr("unmask", token=token), secret)
            self.assertTrue(csrf._does_token_match(self.djr("mask", secret=secret), secret))

    def test_names(self):
        from django.contrib.auth.models import User
        from django.contrib.auth.validators import UnicodeUsernameValidator
        from django.core.exceptions import ValidationError
        from django.core.validators import validate_email

        def accepts(validator, text):
            try:
                validator(text)
            except ValidationError:
                return False
            return True

        for number in range(300):
            name = text(random.randint(1, 12), 1 + number % 4) or "x"
            with self.subTest(name=name):
                expected = accepts(UnicodeUsernameValidator(), name)
                normal = User.normalize_username(name)
                self.assertEqual(self.djr("username", name=name), [expected, normal])
                email = f"{name}@{text(random.randint(1, 9), 1)}.com"
                expected = accepts(validate_email, email)
                self.assertEqual(self.djr("email", email=email), expected, email)


if __name__ == "__main__":
    unittest.main()
