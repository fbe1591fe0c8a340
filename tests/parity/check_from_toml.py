"""Models made from the `models.toml` of the corpus lead to the tables of those that Django declares."""

import json
import tempfile
import unittest
from pathlib import Path

import record_models
from from_toml.models import models_py


def made(label):
    """The models of the app, from its TOML."""
    toml = record_models.HERE / "models" / f"{label}.toml"
    return models_py(toml.read_text(encoding="utf-8"))


class Corpus(unittest.TestCase):
    maxDiff = None

    def test_models_of_every_type_and_option_are_those_of_django(self):
        with tempfile.TemporaryDirectory() as directory:
            statements = record_models.record(Path(directory), made)
        recorded = json.loads(record_models.GOLDEN.read_text(encoding="utf-8"))
        for label, made_statements in json.loads(statements).items():
            for made_statement, statement in zip(made_statements, recorded[label], strict=True):
                with self.subTest(label=label):
                    self.assertEqual(made_statement, statement)


if __name__ == "__main__":
    unittest.main()
