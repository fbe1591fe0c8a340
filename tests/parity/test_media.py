"""Real Django opens by the name in a row what djr stored, and djr serves what Django stored."""

import json
import sqlite3
import unittest
import urllib.parse
import urllib.request

from djr_project import Project

MODELS = """
[Paper.fields]
title = { type = "CharField", max_length = 20 }
file = { type = "FileField", upload_to = "papers/%Y" }
"""

URLS = """
[[urls]]
path = "api/papers/"
view = "api.model"
model = "shelf.Paper"
fields = ["id", "title", "file"]
permissions = "AllowAny"
pagination = "none"
"""

NAMES = ["a.txt", "a.txt", "two words.tar.gz", "r\u00e4ksm\u00f6rg\u00e5s.txt", "a'b(c)&d.txt", "x" * 120 + ".txt", ".hid"]


class Media(unittest.TestCase):
    def project(self):
        project = Project(self)
        project.add("shelf", lambda place: place.mkdir())
        # Django has no part in the models, only in the files.
        project.apps.remove("shelf")
        (project.root / "shelf" / "models.toml").write_text(MODELS, encoding="utf-8")
        with (project.root / "urls.toml").open("a", encoding="utf-8") as file:
            file.write(URLS)
        project.run("makemigrations")
        project.run("migrate")
        return project

    def send(self, browser, name, content):
        parts = [
            '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nt',
            f'--b\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n{content}',
            "--b--\r\n",
        ]
        request = urllib.request.Request(browser.origin + "/api/papers/", data="\r\n".join(parts).encode())
        request.add_header("Content-Type", "multipart/form-data; boundary=b")
        return browser.open(request)

    def names(self, project):
        with sqlite3.connect(project.database) as connection:
            return [name for (name,) in connection.execute("SELECT file FROM shelf_paper ORDER BY id")]

    def test_django_opens_what_djr_stored(self):
        project = self.project()
        browser = project.serve(self)
        sent = [name for name in NAMES if len(name) < 100]
        for number, name in enumerate(sent):
            status, _, _ = self.send(browser, name, f"content {number}")
            self.assertEqual(status, 201, name)
        addresses = [row["file"] for row in json.loads(browser.get("/api/papers/")[2])]
        names = self.names(project)
        self.assertEqual(len(set(names)), len(sent))
        for number, (name, address) in enumerate(zip(names, addresses)):
            with self.subTest(name):
                stored = project.django("stored_file", name)
                self.assertEqual(stored["content"], f"content {number}")
                self.assertEqual(stored["size"], len(stored["content"]))
                self.assertEqual(stored["url"], urllib.parse.urlsplit(address).path)

    def test_djr_serves_what_django_stored(self):
        project = self.project()
        browser = project.serve(self)
        names = [project.django("store_file", name, f"content {number}") for number, name in enumerate(NAMES)]
        with sqlite3.connect(project.database) as connection:
            for name in names:
                connection.execute("INSERT INTO shelf_paper (title, file) VALUES ('t', ?)", [name])
        rows = json.loads(browser.get("/api/papers/")[2])
        for number, (name, row) in enumerate(zip(names, rows)):
            with self.subTest(name):
                status, _, text = browser.get(urllib.parse.urlsplit(row["file"]).path)
                hidden = name.rsplit("/")[-1].startswith(".")
                self.assertEqual((status, text) if not hidden else status, (200, f"content {number}") if not hidden else 404)
        found = json.loads(project.run("media", "orphans", "--json", "--older-than", "0"))["result"]
        self.assertEqual((found["orphans"], found["missing"], found["files"]), ([], [], len(names)))

    def test_both_call_a_new_file_the_same(self):
        project = self.project()
        browser = project.serve(self)
        for name in ["b.txt", "b c.txt", "\u540d\u524d.pdf"]:
            by_django = project.django("store_file", name, "x")
            (project.root / "media" / by_django).unlink()
            self.send(browser, name, "x")
            self.assertEqual(self.names(project)[-1], by_django)


if __name__ == "__main__":
    unittest.main()
