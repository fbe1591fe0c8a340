"""The page of an API for people: a document and files are sent from it, with scripts and without."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

import chromium
from looks import look
from server import DJR, Server

MODELS = """
[Report]
[Report.fields]
title = { type = "CharField", max_length = 50 }
paper = { type = "FileField", upload_to = "papers/" }
cover = { type = "ImageField", upload_to = "covers/", blank = true }
"""

URLS = """
[[urls]]
path = "api/reports/"
view = "api.model"
model = "reports.Report"
fields = "__all__"
permissions = "AllowAny"
"""


@unittest.skipUnless(chromium.find() or os.environ.get("CI"), "no Chromium on this machine (Debian: apt-get install chromium)")
class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        root = Path(folder.name) / "site"
        subprocess.run([DJR, "startproject", "site", root], check=True, capture_output=True)
        subprocess.run([DJR, "startapp", "reports"], check=True, capture_output=True, cwd=root)
        (root / "reports" / "models.toml").write_text(MODELS)
        urls = root / "urls.toml"
        urls.write_text(urls.read_text() + URLS)
        for command in ["makemigrations", "migrate"]:
            subprocess.run([DJR, command], check=True, capture_output=True, cwd=root)
        cls.paper = Path(folder.name) / "annual report.txt"
        cls.paper.write_text("All went well.")
        cls.server = Server(root, folder)
        cls.addClassCleanup(cls.server.close)
        cls.browser = chromium.Chromium()
        cls.addClassCleanup(cls.browser.close)

    def open(self, tab, path):
        tab.open(self.server.url + path)

    def send_report(self, tab, title):
        self.open(tab, "/api/reports/")
        tab.fill("Document", f'{{"title": "{title}"}}')
        tab.choose_file("Paper", self.paper)
        tab.press("POST")
        self.assertIn("HTTP 201", tab.text())
        self.assertIn("/media/papers/annual_report", tab.text())

    def test_a_file_is_sent_beside_the_document(self):
        tab = self.browser.tab()
        self.open(tab, "/api/reports/")
        look(self, tab, "api-files")
        self.send_report(tab, "Annual")
        tab.leave(lambda: tab.run("document.querySelector('pre a').click()"))
        self.assertEqual(tab.text(), "All went well.")

    def test_without_scripts(self):
        tab = self.browser.tab()
        tab.without_scripts()
        self.send_report(tab, "No script")

    def test_a_document_without_its_file_is_refused(self):
        tab = self.browser.tab()
        self.open(tab, "/api/reports/")
        tab.fill("Document", '{"title": "Nothing"}')
        tab.press("POST")
        self.assertIn("No file was submitted.", tab.text())


if __name__ == "__main__":
    unittest.main()
