"""Accounts as a person meets them: a new project, its pages in Chromium, its mail from the file backend.

SCREENSHOTS names a directory for pictures of every page, narrow and wide, light and dark.
"""

import os
import re
import subprocess
import tempfile
import unittest
from email import message_from_bytes
from pathlib import Path

import chromium

DJR = os.environ["DJR"]
OLD = "correct horse battery"
NEW = "purple monkey dishwasher"

# What a page must keep for people who do not see it, or see it on a telephone.
CHECKS = """
const wrong = [];
for (const input of document.querySelectorAll('main input:not([type=hidden]):not([hidden])')) {
  if (!input.labels.length) wrong.push('no label: ' + input.name);
  const ids = (input.getAttribute('aria-describedby') || '').split(' ').filter(Boolean);
  for (const id of ids) if (!document.getElementById(id)) wrong.push('describes nothing: ' + id);
  if (input.getAttribute('aria-invalid') && !ids.length) wrong.push('no reason: ' + input.name);
}
if (document.querySelectorAll('h1').length !== 1) wrong.push('not one h1');
if (document.documentElement.scrollWidth > innerWidth) wrong.push('wider than the window');
for (const control of document.querySelectorAll('button, .button, input:not([type=checkbox]):not([hidden]):not([type=hidden])')) {
  if (control.getBoundingClientRect().height < 40) wrong.push('too small to touch: ' + control.outerHTML);
}
return wrong;
"""


class Server:
    """A new project, served; mail goes to files."""

    def __init__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name) / "blog"
        self.environment = {**os.environ, "DJR_MAIL__BACKEND": "file", "DJR_MAIL__FILE_PATH": "mail"}
        subprocess.run([DJR, "startproject", "blog", self.root], check=True, capture_output=True)
        subprocess.run([DJR, "migrate"], check=True, capture_output=True, cwd=self.root, env=self.environment)
        self.process = subprocess.Popen(
            [DJR, "runserver", "127.0.0.1:0"],
            cwd=self.root,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for line in self.process.stdout:
            if found := re.search(r"http://[\d.:]+", line):
                self.url = found.group()
                return
        raise AssertionError("the server did not start")

    def mail(self):
        """The only message there is."""
        for _ in range(200):
            files = list((self.root / "mail").glob("*"))
            if files:
                break
            subprocess.run(["sleep", "0.05"], check=True)
        (file,) = files
        content = file.read_bytes()
        file.unlink()
        return message_from_bytes(content)

    def close(self):
        self.process.terminate()
        self.process.communicate()
        self.folder.cleanup()


@unittest.skipUnless(chromium.find() or os.environ.get("CI"), "no Chromium on this machine (Debian: apt-get install chromium)")
class Accounts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.close)
        cls.browser = chromium.Chromium()
        cls.addClassCleanup(cls.browser.close)

    def open(self, tab, path):
        tab.open(self.server.url + path)

    def look(self, tab, name):
        """Looks at the page in every way it is shown."""
        pictures = os.environ.get("SCREENSHOTS")
        for width in [390, 1280]:
            for dark in [False, True]:
                tab.look(width, dark)
                self.assertEqual(tab.run(CHECKS), [], name)
                if pictures:
                    scheme = "dark" if dark else "light"
                    Path(pictures, f"{name}-{width}-{scheme}.png").write_bytes(tab.screenshot())
        tab.look(1280)

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
        return tab.run("return document.activeElement.name")

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
