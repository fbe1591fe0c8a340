"""The forms of the admin as people meet them: their scripts, their windows, and what two people write at once."""

import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

import chromium
from looks import judged
from server import DJR, Server

PASSWORD = "a wholly new passphrase 7"

MODELS = """
[Tag]
str = "{{ name }}"
ordering = ["name"]
[Tag.fields]
name = { type = "CharField", max_length = 50 }
slug = { type = "SlugField" }

[Post]
str = "{{ title }}"
url = "/posts/{{ slug }}/"
[Post.fields]
title = { type = "CharField", max_length = 200 }
slug = { type = "SlugField" }
status = { type = "CharField", max_length = 2, choices = [["DF", "Draft"], ["PB", "Published"]], default = "DF" }
published_at = { type = "DateTimeField", null = true, blank = true }
facts = { type = "JSONField", default = {}, blank = true }
main_tag = { type = "ForeignKey", to = "Tag", on_delete = "SET_NULL", null = true, blank = true, related_name = "+" }
second_tag = { type = "ForeignKey", to = "Tag", on_delete = "SET_NULL", null = true, blank = true, related_name = "+" }
third_tag = { type = "ForeignKey", to = "Tag", on_delete = "SET_NULL", null = true, blank = true, related_name = "+" }
tags = { type = "ManyToManyField", to = "Tag", blank = true }

[Comment]
str = "{{ text }}"
[Comment.fields]
post = { type = "ForeignKey", to = "Post", on_delete = "CASCADE" }
text = { type = "CharField", max_length = 100 }
approved = { type = "BooleanField", default = true }

[Picture]
str = "{{ caption }}"
[Picture.fields]
post = { type = "ForeignKey", to = "Post", on_delete = "CASCADE" }
caption = { type = "CharField", max_length = 100 }
tag = { type = "ForeignKey", to = "Tag", on_delete = "CASCADE", null = true, blank = true }
"""

ADMIN = """
[Tag]
search_fields = ["name"]
prepopulated_fields = { slug = ["name"] }

[Post]
save_as = true
fields = [["title", "slug"], "status", "published_at", "facts", "main_tag", "second_tag", "third_tag", "tags"]
prepopulated_fields = { slug = ["title"] }
raw_id_fields = ["second_tag"]
autocomplete_fields = ["third_tag"]
filter_horizontal = ["tags"]
radio_fields = { status = "horizontal" }
inlines = [
  { model = "Comment", extra = 1 },
  { model = "Picture", style = "stacked", extra = 0, autocomplete_fields = ["tag"] },
]
"""


def project():
    folder = tempfile.TemporaryDirectory()
    root = Path(folder.name) / "blog"
    run = lambda *words, **more: subprocess.run([DJR, *words], check=True, capture_output=True, cwd=root, **more)
    subprocess.run([DJR, "startproject", "blog", root], check=True, capture_output=True)
    settings = root / "djr.toml"
    settings.write_text(settings.read_text().replace('"staticfiles"', '"staticfiles", "posts"', 1))
    urls = root / "urls.toml"
    if "admin.urls" not in urls.read_text():
        urls.write_text(urls.read_text() + '\n[[urls]]\npath = "admin/"\ninclude = "admin.urls"\n')
    (root / "posts").mkdir()
    (root / "posts/models.toml").write_text(MODELS)
    (root / "posts/admin.toml").write_text(ADMIN)
    run("makemigrations")
    run("migrate")
    ada = {"DJR_SUPERUSER_USERNAME": "ada", "DJR_SUPERUSER_EMAIL": "", "DJR_SUPERUSER_PASSWORD": PASSWORD}
    run("createsuperuser", "--noinput", env={**os.environ, **ada})
    return folder, root


def look(test, tab, name):
    """Looks at the page on a telephone and a wide screen, light and dark."""
    pictures = os.environ.get("SCREENSHOTS")
    for width in [390, 1280]:
        for dark in [False, True]:
            tab.look(width, dark)
            if pictures:
                picture = Path(pictures, f"{name}-{width}-{'dark' if dark else 'light'}.png")
                picture.write_bytes(tab.screenshot())
            test.assertEqual(judged(tab), [], f"{name}, {width}")
            test.assertLessEqual(tab.run("return document.documentElement.scrollWidth"), width, name)
    tab.look(1280)
    test.assertEqual(tab.errors(), [], name)


@unittest.skipUnless(chromium.find() or os.environ.get("CI"), "no Chromium on this machine (Debian: apt-get install chromium)")
class AdminForms(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder, root = project()
        cls.server = Server(root, folder)
        cls.addClassCleanup(cls.server.close)
        cls.browser = chromium.Chromium()
        cls.addClassCleanup(cls.browser.close)

    def logged_in(self):
        tab = self.browser.tab()
        tab.open(self.server.url + "/admin/login/")
        tab.fill("Username:", "ada")
        tab.fill("Password:", PASSWORD)
        tab.leave(lambda: tab.key("Enter"))
        return tab

    def open(self, tab, path):
        tab.open(self.server.url + "/admin/posts/" + path)

    def add(self, tab, path, **values):
        """Adds a row without a look at its form."""
        self.open(tab, path)
        for name, value in values.items():
            tab.run("document.querySelector(`[name=${arguments[0]}]`).value = arguments[1]", name, value)
        tab.press("Save")

    def until(self, tab, script, what):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            if found := tab.run(script):
                return found
            time.sleep(0.05)
        raise AssertionError(f"{what}: {tab.text()}")

    def test_a_slug_follows_the_title(self):
        tab = self.logged_in()
        self.open(tab, "tag/add/")
        tab.fill("Name:", "Über  Äpfel & Öl — ﬁne №5 日本")
        slug = "return document.getElementById('id_slug').value"
        self.assertEqual(tab.run(slug), "uber-apfel-ol-fine-no5")
        tab.fill("Slug:", "mine")
        tab.fill("Name:", "Other")
        self.assertEqual(tab.run(slug), "mine")

    def test_rows_are_added_to_inlines_and_taken_away(self):
        tab = self.logged_in()
        self.open(tab, "post/add/")
        rows = "return [...document.querySelectorAll('[data-inline=comment_set] [name$=-text]')].map(one => one.name)"
        total = "return document.getElementById('id_comment_set-TOTAL_FORMS').value"
        click = "document.querySelector('[data-inline=comment_set] .more-rows button').click()"
        tab.run(click)
        tab.run(click)
        self.assertEqual(tab.run(rows), [f"comment_set-{at}-text" for at in range(3)])
        tab.run("document.querySelectorAll('[data-inline=comment_set] .remove')[1].click()")
        self.assertEqual(tab.run(rows), [f"comment_set-{at}-text" for at in range(2)])
        self.assertEqual(tab.run(total), "2")
        tab.run("document.querySelector('[data-inline=picture_set] .more-rows button').click()")
        self.assertEqual(tab.run("return document.querySelectorAll('[data-inline=picture_set] [role=combobox]').length"), 1)
        look(self, tab, "admin-form-add")
        tab.fill("Title:", "With comments")
        tab.run("document.getElementById('id_comment_set-1-text').value = 'hello'")
        tab.press("Save")
        self.assertIn("was added successfully", tab.text())

    def test_a_row_is_searched_looked_up_and_added(self):
        tab = self.logged_in()
        self.add(tab, "tag/add/", name="Kale", slug="kale")
        self.open(tab, "post/add/")
        tab.run("document.getElementById('id_third_tag_search').focus()")
        tab.type("kal")
        self.until(tab, "return document.querySelectorAll('.suggestions:not([hidden]) [data-key]').length === 1", "no suggestion")
        look(self, tab, "admin-form-search")
        tab.run(
            "const list = document.getElementById('id_third_tag_search');"
            "for (const key of ['ArrowDown', 'Enter']) list.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}))"
        )
        key = tab.run("return document.querySelector('[name=third_tag]').value")
        self.assertTrue(key)
        self.assertIn("Kale", tab.run("return document.querySelector('.field-third_tag .picked').innerText"))
        # A window that this page did not open is not listened to.
        tab.run("postMessage({type: 'djr:row', action: 'add', value: '666', text: 'Evil'}, location.origin)")
        for which, expected in {"add": "Window", "lookup": "Kale"}.items():
            place = ".field-main_tag" if which == "add" else ".field-second_tag"
            tab.run(
                "window.opened = null; const open = window.open;"
                "window.open = (...all) => (window.opened = open.apply(window, all))"
            )
            # Browsers open windows only for what a person does.
            link = f"document.querySelector('{place} [data-popup={which}]').click()"
            tab.send("Runtime.evaluate", expression=link, userGesture=True)
            ready = "return window.opened?.document.readyState === 'complete' && window.opened.location.href !== 'about:blank'"
            self.until(tab, ready, "no window")
            time.sleep(0.3)
            if which == "add":
                tab.run(
                    "const d = window.opened.document; d.getElementById('id_name').value = 'Window';"
                    "d.getElementById('id_slug').value = 'window'; d.querySelector('[name=_save]').click()"
                )
                chosen = "return document.querySelector('[name=main_tag]').selectedOptions[0].text === 'Window'"
            else:
                tab.run("[...window.opened.document.querySelectorAll('tbody a')].find(a => a.innerText === 'Kale').click()")
                chosen = "return document.querySelector('.field-second_tag .picked').innerText.includes('Kale')"
            self.until(tab, chosen, expected)
            self.until(tab, "return window.opened.closed", "the window stays")
        self.assertNotIn("Evil", tab.run("return document.documentElement.outerHTML"))

    def test_two_editors(self):
        tab, other = self.logged_in(), self.logged_in()
        self.add(tab, "post/add/", title="Shared", slug="shared")
        path = tab.run("return [...document.querySelectorAll('tbody a')].find(a => a.innerText === 'Shared').pathname")
        for one in (tab, other):
            one.open(self.server.url + path)
        tab.fill("Title:", "Of ada")
        tab.press("Save")
        other.fill("Title:", "Of eve")
        other.press("Save")
        self.assertIn("Somebody else changed this meanwhile", other.text())
        look(self, other, "admin-form-conflict")
        other.run("document.querySelector('[name=_keep-title][value=theirs]').click()")
        other.press("Save")
        self.assertIn("“Of ada” was changed successfully", other.text())

    def test_a_form(self):
        tab = self.logged_in()
        self.add(tab, "post/add/", title="Plain", slug="plain")
        path = tab.run("return [...document.querySelectorAll('tbody a')].find(a => a.innerText === 'Plain').pathname")
        tab.open(self.server.url + path)
        look(self, tab, "admin-form")
