"""Users of projects' own models, made by djr and read by Django, and the other way round."""

import sqlite3
import unittest

from djr_project import Project

LOGIN = "/accounts/login/"
PASSWORD = "correct horse 71"


class UserModels(unittest.TestCase):
    def project(self, model, **auth):
        project = Project(self)
        project.install("user_models")
        project.set_user_model(f"user_models.{model}", **auth)
        project.run("makemigrations")
        project.run("migrate")
        return project

    def create(self, project, *options):
        project.run("createsuperuser", "--noinput", *options, DJR_SUPERUSER_PASSWORD=PASSWORD)

    def walk_through(self, project, name):
        self.assertEqual(project.django("authenticate", name, PASSWORD), name)
        browser = project.serve(self)
        status, path, _ = browser.post(LOGIN, username=name, password=PASSWORD)
        self.assertEqual((status, path), (200, "/"))
        session = project.django("session_user", browser.cookie("sessionid"))
        self.assertEqual(session["user"], name)
        self.assertIsNotNone(project.django("user", name)["last_login"])
        theirs = project.django("login", name)
        _, _, page = browser.get("/", cookies=f"sessionid={theirs}")
        self.assertIn(name, page)
        browser.jar.clear()
        status, path, page = browser.get(project.django("reset_link", name))
        self.assertEqual(status, 200)
        self.assertTrue(path.endswith("/set-password/"), path)
        self.assertIn('name="new_password1"', page)
        with sqlite3.connect(project.database) as connection:
            self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
        dumped = project.root / "dump.json"
        style = ["--natural-foreign", "user_models", "auth.group"]
        project.django("command", "dumpdata", "--output", str(dumped), *style)
        self.assertEqual(project.run("dumpdata", *style).rstrip("\n"), dumped.read_text("utf-8"))
        return session["data"]["_auth_user_id"]

    def grant(self, project, model, name):
        permission = f"user_models.view_{model}"
        project.run("groups", "create", "staff", "--permission", permission)
        project.run("users", "set", name, "--add-group", "staff", "--no-superuser", "--noinput")
        project.run("permissions", "grant", f"user_models.add_{model}", "--user", name)
        expected = [f"user_models.add_{model}", permission]
        self.assertEqual(project.django("permissions", name), expected)

    def test_a_login_by_address(self):
        project = self.project(
            "Member", username_field='"email"', required_fields='["display_name"]'
        )
        self.create(project, "--email", "ada@Example.COM", "--field", "display_name=Ada")
        self.assertEqual(self.walk_through(project, "ada@example.com"), "1")

    def test_a_uuid_for_a_key(self):
        project = self.project("Account")
        self.create(project, "--username", "ada", "--email", "ada@example.com")
        self.grant(project, "account", "ada")
        key = self.walk_through(project, "ada")
        self.assertEqual(key, project.django("user", "ada")["id"])

    def test_a_person_for_a_key(self):
        # The sign-up has no way to ask for a person.
        fields = {"username_field": '"login"', "email_field": '"mail"'}
        project = self.project("Operator", signup="false", **fields)
        with sqlite3.connect(project.database) as connection:
            connection.execute("INSERT INTO user_models_person VALUES ('p-7')")
        self.create(project, "--username", "ada", "--field", "person=p-7")
        self.grant(project, "operator", "ada")
        self.assertEqual(self.walk_through(project, "ada"), "p-7")


if __name__ == "__main__":
    unittest.main()
