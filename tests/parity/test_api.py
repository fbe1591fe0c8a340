"""The OpenAPI document of a running djr, judged by a validator that is not ours."""

import json
import tomllib
import unittest
from pathlib import Path

from djr_project import Project
from openapi_spec_validator import validate

HERE = Path(__file__).parent


class OpenApi(unittest.TestCase):
    def test_the_document_is_valid(self):
        project = Project(self)
        settings = project.root / "djr.toml"
        text = settings.read_text(encoding="utf-8").replace('"staticfiles"', '"staticfiles", "library"')
        settings.write_text(text, encoding="utf-8")
        app = project.root / "library"
        app.mkdir()
        (app / "models.toml").write_bytes((HERE / "api" / "models.toml").read_bytes())
        urls = (HERE / "api" / "urls.toml").read_text(encoding="utf-8")
        schema = "\n[[urls]]\npath = \"schema/\"\nview = \"api.schema\"\n"
        (project.root / "urls.toml").write_text(urls + schema, encoding="utf-8")
        project.run("makemigrations")
        project.run("migrate")
        _, _, page = project.serve(self).get("/schema/")
        document = json.loads(page)
        validate(document)
        entries = tomllib.loads(urls)["urls"]
        for entry in entries:
            self.assertIn(f"/{entry['path']}", document["paths"])
            self.assertIn(f"/{entry['path']}{{pk}}/", document["paths"])


if __name__ == "__main__":
    unittest.main()
