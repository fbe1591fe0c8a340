"""Accounts as a person meets them: a new project, its pages in Chromium, its mail from the file backend."""

import os
import re
import tempfile
import time
import unittest
from pathlib import Path

import chromium
from looks import look
from server import Server

OLD = "correct horse battery"
NEW = "purple monkey dishwasher"


@unittest.skipUnless(chromium.find() or os.environ.get("CI"), "no Chromium on this machine (Debian: apt-get install chromium)")
class Accounts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server.of_new_project()
        cls.addClassCleanup(cls.server.close)
        cls.browser = chromium.Chromium()
        cls.addClassCleanup(cls.browser.close)

    def open(self, tab, path):
        tab.open(self.server.url + path)

    def look(self, tab, name):
        look(self, tab, name)

    def sign_up(self, tab, name, password=OLD):
        self.open(tab, "/")
        tab.press("Sign up")
        tab.fill("Username", name)
        tab.fill("Email address", f"{name}@example.com")
        tab.fill("Password", password)
        tab.fill("Password again", password)
        self.send(tab)

    def send(self, tab):
        """Sends the form on the page with its button."""
        tab.leave(lambda: tab.run("document.querySelector('main form button').click()"))

    def log_in(self, tab, name, password):
        self.open(tab, "/accounts/login/")
        tab.fill("Username", name)
        tab.fill("Password", password)
        self.send(tab)

    def focused(self, tab):
        # A browser moves the cursor to its first field once it has drawn the page.
        for _ in range(200):
            if name := tab.run("return document.activeElement.name"):
                return name
            time.sleep(0.02)
        return None

    def test_signing_up(self):
        tab = self.browser.tab()
        self.open(tab, "/")
        self.look(tab, "home")
        tab.press("Sign up")
        self.assertEqual(self.focused(tab), "username")
        self.look(tab, "signup")
        tab.fill("Username", "ada")
        tab.fill("Email address", "ada@example.com")
        tab.fill("Password", "12345678")
        tab.fill("Password again", "12345678")
        self.send(tab)
        self.assertIn("entirely numeric", tab.text())
        self.assertEqual(self.focused(tab), "password1")
        self.assertEqual(tab.run("return document.querySelector('[name=password1]').value"), "")
        self.look(tab, "signup-refused")
        self.sign_up(tab, "ada")
        self.assertEqual(tab.path(), "/")
        self.assertIn("Welcome, ada. Your account is ready.", tab.text())
        self.look(tab, "home-welcome")
        self.open(tab, "/")
        self.assertNotIn("Your account is ready", tab.text())
        self.assertIn("Welcome, ada.", tab.text())
        other = self.browser.tab()
        self.sign_up(other, "ADA")
        self.assertIn("A user with that username already exists.", other.text())
        tab.press("Log out")
        self.assertIn("You are logged out", tab.text())
        self.look(tab, "logged-out")

    def test_logging_in(self):
        tab = self.browser.tab()
        self.sign_up(tab, "bob")
        tab.press("Log out")
        self.open(tab, "/accounts/login/?next=/accounts/password_change/")
        self.look(tab, "login")
        tab.fill("Username", "bob")
        tab.fill("Password", "wrong")
        self.send(tab)
        self.assertIn("Please enter a correct username and password.", tab.text())
        self.assertEqual(self.focused(tab), "password")
        self.look(tab, "login-refused")
        tab.fill("Password", OLD)
        tab.tick("Stay logged in")
        self.send(tab)
        self.assertEqual(tab.path(), "/accounts/password_change/")

    def test_changing_a_password(self):
        tab, other = self.browser.tab(), self.browser.tab()
        self.sign_up(tab, "carol")
        self.log_in(other, "carol", OLD)
        tab.press("Change password")
        self.assertEqual(self.focused(tab), "old_password")
        self.look(tab, "change")
        tab.fill("Old password", "wrong")
        tab.fill("New password", NEW)
        tab.fill("New password again", NEW)
        self.send(tab)
        self.assertIn("Your old password was entered incorrectly.", tab.text())
        self.assertEqual(self.focused(tab), "old_password")
        self.look(tab, "change-refused")
        tab.fill("Old password", OLD)
        tab.fill("New password", NEW)
        tab.fill("New password again", NEW)
        self.send(tab)
        self.assertEqual(tab.path(), "/accounts/password_change/done/")
        self.look(tab, "change-done")
        self.open(tab, "/")
        self.assertIn("Welcome, carol.", tab.text())
        self.open(other, "/accounts/password_change/")
        self.assertEqual(other.path(), "/accounts/login/?next=/accounts/password_change/")

    def test_resetting_a_password(self):
        tab = self.browser.tab()
        self.sign_up(tab, "dora")
        tab.press("Log out")
        self.open(tab, "/accounts/login/")
        tab.press("Forgot your password?")
        self.look(tab, "reset")
        tab.fill("Email address", "DORA@example.com")
        self.send(tab)
        self.assertEqual(tab.path(), "/accounts/password_reset/done/")
        self.look(tab, "reset-asked")
        mail = self.server.mail()
        self.assertEqual(mail["To"], "dora@example.com")
        plain, html = [part.get_payload(decode=True).decode() for part in mail.get_payload()]
        (link,) = re.findall(r"http://\S+", plain)
        self.assertTrue(link.startswith(self.server.url + "/accounts/reset/"), link)
        self.assertIn(f'href="{link}"', html)
        self.look_at_mail(html)
        tab.open(link)
        self.assertRegex(tab.path(), r"^/accounts/reset/\w+/set-password/$")
        self.assertEqual(self.focused(tab), "new_password1")
        self.look(tab, "reset-form")
        tab.fill("New password", NEW)
        tab.fill("New password again", NEW)
        self.send(tab)
        self.assertEqual(tab.path(), "/accounts/reset/done/")
        self.look(tab, "reset-done")
        self.log_in(tab, "dora", NEW)
        self.assertEqual(tab.path(), "/")
        late = self.browser.tab()
        late.open(link)
        self.assertIn("This link is no longer good", late.text())
        self.look(late, "reset-late")
        self.log_in(late, "dora", OLD)
        self.assertEqual(late.path(), "/accounts/login/")

    def look_at_mail(self, html):
        tab = self.browser.tab()
        with tempfile.NamedTemporaryFile("w", suffix=".html") as file:
            file.write(html)
            file.flush()
            tab.open(f"file://{file.name}")
            pictures = os.environ.get("SCREENSHOTS")
            for width in [390, 1280]:
                tab.look(width)
                self.assertLessEqual(tab.run("return document.documentElement.scrollWidth"), width)
                if pictures:
                    Path(pictures, f"mail-{width}.png").write_bytes(tab.screenshot())


if __name__ == "__main__":
    unittest.main()
