"""The blog of docs/tutorial.md as people meet it: with a keyboard, without scripts, on a telephone, in the dark."""

import os
import subprocess
import tempfile
import unittest

import chromium
import tutorial
from looks import look
from server import DJR, Server

FAILING = """
[[urls]]
path = "broken/"
view = "template"
template = "broken.html"
"""

# What has the focus, whether that can be seen, and where it is.
FOCUSED = """
const one = document.activeElement;
const style = getComputedStyle(one), box = one.getBoundingClientRect();
return {
  name: (one.labels && one.labels[0] || one).innerText.trim(),
  seen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.left >= 0,
};
"""


def blog():
    """The blog, and the directory that is gone with it."""
    folder = tempfile.TemporaryDirectory()
    return folder, tutorial.make(folder.name, DJR)


@unittest.skipUnless(chromium.find() or os.environ.get("CI"), "no Chromium on this machine (Debian: apt-get install chromium)")
class Tutorial(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder, root = blog()
        cls.server = Server(root, folder)
        cls.addClassCleanup(cls.server.close)
        cls.browser = chromium.Chromium()
        cls.addClassCleanup(cls.browser.close)

    def open(self, tab, path):
        tab.open(self.server.url + path)

    def log_in(self, tab, name):
        self.open(tab, "/accounts/login/")
        tab.fill("Username", name)
        tab.fill("Password", tutorial.PASSWORD)
        tab.leave(lambda: tab.key("Enter"))

    def tab_to(self, tab, name):
        """Presses the Tab key until what is called `name` has the focus; returns what had it on the way."""
        passed = []
        for _ in range(60):
            tab.key("Tab")
            focused = tab.run(FOCUSED)
            self.assertTrue(focused["seen"], focused)
            passed.append(focused["name"])
            if focused["name"] == name:
                return passed
        raise AssertionError(f"no {name!r} among {passed}")

    def test_what_visitors_see(self):
        tab = self.browser.tab()
        for name, path in {
            "front": "/",
            "posts": "/posts/",
            "posts-page-2": "/posts/?page=2",
            "posts-none": "/posts/?q=nothing",
            "post": "/posts/kale/",
            "api": "/posts/api/",
        }.items():
            self.open(tab, path)
            look(self, tab, name)

    def test_what_authors_see(self):
        tab = self.browser.tab()
        self.log_in(tab, "ada")
        for name, path in {
            "drafts": "/posts/drafts/",
            "post-of-mine": "/posts/plans/",
            "write": "/posts/new/",
            "edit": "/posts/kale/edit/",
            "delete": "/posts/kale/delete/",
            "comment": "/posts/kale/comment/",
        }.items():
            self.open(tab, path)
            look(self, tab, name)
        self.open(tab, "/posts/new/")
        tab.fill("Title:", "x")
        tab.run("document.querySelector('main form').noValidate = true")
        tab.leave(lambda: tab.key("Enter"))
        self.assertEqual(tab.run("return document.querySelectorAll('[aria-invalid]').length"), 2)
        look(self, tab, "write-refused")

    def test_the_panel_at_the_foot(self):
        tab = self.browser.tab()
        self.log_in(tab, "ada")
        self.open(tab, "/posts/")
        self.assertFalse(tab.run("return document.querySelector('#djr-panel details').open"))
        tab.run("document.querySelectorAll('#djr-panel details').forEach(one => one.open = true)")
        look(self, tab, "panel")
        for part in ["posts/post_list.html", "with base.html", "SEARCH", "_auth_user_id"]:
            self.assertIn(part, tab.text())

    def test_with_the_keyboard_alone(self):
        tab = self.browser.tab()
        self.open(tab, "/posts/")
        passed = self.tab_to(tab, "Kale")
        wanted = ["Skip to the content", "Blog", "Home", "Posts", "Log in", "Sign up", "Search", "Search", "All"]
        self.assertEqual(passed, [*wanted, "Vegetables", "Winter", "Kale"])
        tab.leave(lambda: tab.key("Enter"))
        self.assertEqual(tab.path(), "/posts/kale/")
        tab.key("Tab")
        tab.key("Enter")
        self.assertEqual(tab.run("return document.activeElement.id"), "content")
        self.tab_to(tab, "Write a comment")
        tab.leave(lambda: tab.key("Enter"))
        self.assertEqual(tab.path(), "/accounts/login/?next=/posts/kale/comment/")
        tab.type("bob")
        tab.key("Tab")
        tab.type(tutorial.PASSWORD)
        tab.leave(lambda: tab.key("Enter"))
        self.assertEqual(tab.path(), "/posts/kale/comment/")
        self.tab_to(tab, "Text:")
        tab.type("By the keyboard.")
        tab.key("Tab")
        tab.leave(lambda: tab.key("Enter"))
        self.assertEqual(tab.path(), "/posts/kale/")
        self.assertIn("Thank you for your comment.", tab.text())
        self.assertEqual(tab.run("return document.querySelector('.notice').getAttribute('role')"), "status")
        self.assertIn("By the keyboard.", tab.text())

    def test_errors_are_told_to_those_who_do_not_see_them(self):
        tab = self.browser.tab()
        self.log_in(tab, "bob")
        self.open(tab, "/posts/new/")
        tab.run("document.querySelector('main form').noValidate = true")
        self.tab_to(tab, "Title:")
        tab.leave(lambda: tab.key("Enter"))
        told = tab.run(
            "return [...document.querySelectorAll('main [aria-invalid]')].map(one => one.getAttribute('aria-describedby')"
            ".split(' ').map(id => document.getElementById(id).innerText.trim()).join(' / '))"
        )
        self.assertEqual(told[0], "This field is required.")
        self.assertEqual(len(told), 3)
        self.assertTrue(all("This field is required." in one for one in told), told)

    def test_without_scripts(self):
        tab = self.browser.tab()
        tab.without_scripts()
        self.log_in(tab, "bob")
        self.open(tab, "/posts/new/")
        for label, value in {"Title:": "No script", "Slug:": "no-script", "Body:": "It **works**."}.items():
            tab.fill(label, value)
        tab.tick("Winter")
        self.send(tab)
        self.assertEqual(tab.path(), "/posts/no-script/")
        self.assertIn("“No script” is saved.", tab.text())
        tab.press("delete")
        self.send(tab)
        self.assertEqual(tab.path(), "/posts/")
        self.assertIn("“No script” is gone.", tab.text())
        tab.fill("Search", "climb")
        tab.leave(lambda: tab.key("Enter"))
        self.assertEqual(tab.path(), "/posts/?q=climb")
        self.assertIn("Peas", tab.text())
        self.assertEqual(tab.errors(), [])

    def send(self, tab):
        """Sends the form on the page with its button."""
        tab.leave(lambda: tab.run("document.querySelector('main form button').click()"))


@unittest.skipUnless(chromium.find() or os.environ.get("CI"), "no Chromium on this machine (Debian: apt-get install chromium)")
class Errors(unittest.TestCase):
    """The pages of errors of a site in use."""

    @classmethod
    def setUpClass(cls):
        folder, root = blog()
        (root / "templates" / "broken.html").write_text("{{ 1 // (user.pk or 0) }}")
        urls = root / "urls.toml"
        urls.write_text(urls.read_text() + FAILING)
        subprocess.run([DJR, "collectstatic", "--noinput"], check=True, capture_output=True, cwd=root)
        settings = {
            "DJR_PROJECT__DEBUG": "false",
            "DJR_PROJECT__ALLOWED_HOSTS": "127.0.0.1",
            "DJR_SERVER__MAX_BODY_SIZE": "100000",
        }
        cls.server = Server(root, folder, **settings)
        cls.addClassCleanup(cls.server.close)
        cls.browser = chromium.Chromium()
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        self.tab = self.browser.tab()

    def look(self, name, says):
        status, *_ = name.split("-")
        self.assertIn(status, self.tab.text())
        self.assertIn(says, self.tab.text())
        self.assertNotIn("djr", self.tab.run("return document.documentElement.outerHTML"))
        # Of a page with such a status the browser itself says so.
        told = [error for error in self.tab.errors() if f"status of {status}" not in error]
        self.assertEqual(told, [])
        self.browser.events.clear()
        look(self, self.tab, name)

    def post(self, path):
        """Sends a form without fields to `path`."""
        self.tab.open(self.server.url + "/posts/")
        script = (
            "const form = document.createElement('form');"
            "form.method = 'post'; form.action = arguments[0];"
            "document.body.append(form); form.submit()"
        )
        self.tab.leave(lambda: self.tab.run(script, path))

    def log_in(self):
        self.tab.open(self.server.url + "/accounts/login/")
        self.tab.fill("Username", "bob")
        self.tab.fill("Password", tutorial.PASSWORD)
        self.tab.leave(lambda: self.tab.key("Enter"))

    def test_a_request_that_cannot_be_read(self):
        self.tab.open(self.server.url.replace("127.0.0.1", "localhost") + "/posts/")
        self.look("400", "This request cannot be read")

    def test_a_page_that_is_not_there(self):
        self.tab.open(self.server.url + "/nothing/")
        self.look("404", "There is no such page")
        self.tab.press("Home")
        self.assertEqual(self.tab.path(), "/")

    def test_a_page_of_somebody_else(self):
        self.log_in()
        self.tab.open(self.server.url + "/posts/kale/edit/")
        self.look("403", "You may not see this page")

    def test_a_form_without_its_token(self):
        self.post("/posts/kale/comment/")
        self.look("403-csrf", "The form was not accepted")

    def test_a_page_that_takes_no_forms(self):
        self.log_in()
        self.tab.open(self.server.url + "/posts/kale/comment/")
        script = "const form = document.querySelector('main form'); form.action = '/posts/'; form.noValidate = true; form.submit()"
        self.tab.leave(lambda: self.tab.run(script))
        self.look("405", "This page does not work that way")

    def test_a_form_that_is_too_large(self):
        self.log_in()
        self.tab.open(self.server.url + "/posts/kale/comment/")
        script = "document.querySelector('textarea').value = 'long '.repeat(100000); document.querySelector('main form').submit()"
        self.tab.leave(lambda: self.tab.run(script))
        self.look("413", "What was sent is too large")

    def test_a_page_that_fails(self):
        self.tab.open(self.server.url + "/broken/")
        self.look("500", "Something went wrong")


if __name__ == "__main__":
    unittest.main()
