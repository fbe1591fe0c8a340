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
        project.add("library", Path.mkdir)
        (project.root / "library" / "models.toml").write_bytes((HERE / "api" / "models.toml").read_bytes())
        urls = (HERE / "api" / "urls.toml").read_text(encoding="utf-8")
        schema = "\n[[urls]]\npath = \"schema/\"\nview = \"api.schema\"\n"
        with (project.root / "urls.toml").open("a", encoding="utf-8") as file:
            file.write(urls + schema)
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
