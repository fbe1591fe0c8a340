"""Real Django on a file djr made, and djr on a file real Django made."""

import hashlib
import unittest

import django_site
from djr_project import Project

LOGIN = "/accounts/login/"


class DjangoOnDjrsFile(unittest.TestCase):
    def setUp(self):
        self.project = Project(self)
        self.project.run("migrate")

    def test_django_finds_nothing_to_migrate(self):
        self.assertEqual(self.project.django("command", "migrate", "--check"), 0)
        self.assertEqual(self.project.django("command", "makemigrations", "--check"), 0)

    def test_schema_and_rows_are_those_of_django(self):
        theirs = Project(self)
        theirs.django("command", "migrate")
        self.assertEqual(
            django_site.schema(self.project.database), django_site.schema(theirs.database)
        )
        self.assertEqual(django_site.rows(self.project.database), django_site.rows(theirs.database))

    def test_the_cache_table_is_that_of_django(self):
        theirs = Project(self)
        theirs.django("command", "migrate")
        theirs.django("command", "createcachetable")
        self.project.run("createcachetable")
        self.assertEqual(
            django_site.schema(self.project.database), django_site.schema(theirs.database)
        )
        self.assertEqual(self.project.django("cache_round_trip"), {"name": "blå"})

    def test_a_row_of_every_model_is_saved_read_violated_and_deleted(self):
        models = self.project.django("violations")
        expected = ["ContentType", "Permission", "Group", "User", "LogEntry", "Session"]
        self.assertEqual([label.split(".")[1] for label in models], expected)

    def test_django_accepts_the_superuser(self):
        self.project.superuser("alice", "correct horse")
        self.assertEqual(self.project.django("authenticate", "alice", "correct horse"), "alice")
        self.assertIsNone(self.project.django("authenticate", "alice", "wrong horse"))
        user = self.project.django("user", "alice")
        self.assertTrue(user["password"].startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$"))
        self.assertTrue(user["is_superuser"] and user["is_staff"] and user["is_active"])

    def test_the_session_of_a_login_decodes_to_its_user(self):
        self.project.superuser("alice", "correct horse")
        browser = self.project.serve(self)
        status, path, _ = browser.post(LOGIN, username="alice", password="correct horse")
        self.assertEqual((status, path), (200, "/"))
        session = self.project.django("session_user", browser.cookie("sessionid"))
        self.assertEqual(session["user"], "alice")
        backend = "django.contrib.auth.backends.ModelBackend"
        self.assertEqual(session["data"]["_auth_user_backend"], backend)
        self.assertIsNotNone(self.project.django("user", "alice")["last_login"])

    def test_django_clears_the_sessions_djr_wrote_only_when_they_are_over(self):
        self.project.superuser("alice", "correct horse")
        browser = self.project.serve(self)
        browser.post(LOGIN, username="alice", password="correct horse")
        self.project.django("command", "clearsessions")
        session = self.project.django("session_user", browser.cookie("sessionid"))
        self.assertEqual(session["user"], "alice")


class DjrOnDjangosFile(unittest.TestCase):
    def setUp(self):
        self.project = Project(self)
        self.project.django("command", "migrate")

    def digest(self):
        files = sorted(self.project.root.glob("db.sqlite3*"))
        return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}

    def test_migrate_check_finds_nothing_and_leaves_the_bytes_alone(self):
        before = self.digest()
        self.project.run("migrate", "--check")
        self.project.run("showmigrations")
        self.project.run("migrate", "--plan")
        self.assertEqual(self.digest(), before)

    def test_migrate_has_nothing_to_do(self):
        schema, rows = django_site.schema(self.project.database), django_site.rows(self.project.database)
        self.project.run("migrate")
        self.assertEqual(django_site.schema(self.project.database), schema)
        self.assertEqual(django_site.rows(self.project.database), rows)

    def test_undoing_all_of_it_leaves_what_django_leaves(self):
        theirs = Project(self)
        theirs.django("command", "migrate")
        for app in ["admin", "sessions", "auth", "contenttypes"]:
            self.project.run("migrate", app, "zero")
            theirs.django("command", "migrate", app, "zero")
            self.assertEqual(
                django_site.schema(self.project.database), django_site.schema(theirs.database)
            )

    def test_a_login_accepts_and_upgrades_every_hasher(self):
        hashers = ["pbkdf2_sha256", "pbkdf2_sha1", "bcrypt_sha256", "scrypt", "argon2"]
        for hasher in hashers:
            self.project.django("create_user", hasher, "correct horse", hasher)
        browser = self.project.serve(self)
        for hasher in hashers:
            with self.subTest(hasher):
                browser.jar.clear()
                status, path, _ = browser.post(LOGIN, username=hasher, password="wrong horse")
                self.assertEqual((status, path), (200, LOGIN))
                before = self.project.django("user", hasher)["password"]
                self.assertTrue(before.startswith(f"{hasher}$"), before)
                status, path, _ = browser.post(LOGIN, username=hasher, password="correct horse")
                self.assertEqual((status, path), (200, "/"))
                after = self.project.django("user", hasher)["password"]
                self.assertTrue(after.startswith("argon2$argon2id$"), after)
                self.assertEqual(after == before, hasher == "argon2")
                answer = self.project.django("authenticate", hasher, "correct horse")
                self.assertEqual(answer, hasher)
                session = self.project.django("session_user", browser.cookie("sessionid"))
                self.assertEqual(session["user"], hasher)

    def test_a_session_django_opened_is_one_here(self):
        self.project.django("create_user", "bengt", "correct horse", "pbkdf2_sha256")
        key = self.project.django("login", "bengt")
        browser = self.project.serve(self)
        _, _, stranger = browser.get("/")
        status, _, page = browser.get("/", cookies=f"sessionid={key}")
        self.assertEqual(status, 200)
        self.assertNotIn("bengt", stranger)
        self.assertIn("bengt", page)
        _, _, forged = browser.get("/", cookies=f"sessionid={key[:-1]}_")
        self.assertNotIn("bengt", forged)

    def test_changepassword_ends_djangos_sessions(self):
        self.project.django("create_user", "cilla", "correct horse", "pbkdf2_sha256")
        key = self.project.django("login", "cilla")
        self.project.superuser("alice", "correct horse")
        password = self.project.root / "password"
        password.write_text("battery staple", encoding="utf-8")
        self.project.run("changepassword", "cilla", "--password-file", str(password))
        self.assertEqual(self.project.django("authenticate", "cilla", "battery staple"), "cilla")
        self.assertIsNone(self.project.django("authenticate", "cilla", "correct horse"))
        session = self.project.django("session_user", key)
        self.assertEqual(session["user"], "")


if __name__ == "__main__":
    unittest.main()
