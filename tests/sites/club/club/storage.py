import json
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, Storage
from django.utils.deconstruct import deconstructible

ALL = Path(__file__).parent / "notes.json"


class Marked(FileSystemStorage):
    """Files below a folder, with a mark in their names."""

    def get_valid_name(self, name):
        return "club-" + super().get_valid_name(name).removeprefix("club-")

    def get_alternative_name(self, file_root, file_ext):
        return f"{file_root}-again{file_ext}"

    def url(self, name):
        return super().url(name) + "?club"


@deconstructible
class Notes(Storage):
    """Keeps all files in one, as JSON."""

    def read(self):
        return json.loads(ALL.read_text()) if ALL.exists() else {}

    def write(self, files):
        ALL.write_text(json.dumps(files))

    def _open(self, name, mode="rb"):
        files = self.read()
        if name not in files:
            raise FileNotFoundError(name)
        return ContentFile(files[name].encode(), name)

    def _save(self, name, content):
        self.write({**self.read(), name: b"".join(content.chunks()).decode()})
        return name

    def delete(self, name):
        self.write({known: text for known, text in self.read().items() if known != name})

    def exists(self, name):
        return name in self.read()

    def size(self, name):
        return len(self.read()[name])

    def url(self, name):
        return f"/notes/{name}"
