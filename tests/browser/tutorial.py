"""The blog of docs/tutorial.md, made by its commands and files; what its pages show is looked at by tests/http/tutorial."""

import os
import re
import shlex
import subprocess
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "tutorial.md"
PASSWORD = "a wholly new passphrase 7"

BLOCK = re.compile(r"(?P<prose>.*?)\n```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
BELOW = re.compile(r"`(?P<file>[^`]+)`, add below the line `(?P<line>[^`]+)`(, the last one)?:$")
AT_THE_END = re.compile(r"t the end of `(?P<file>[^`]+)`, add:$")
WRITE = re.compile(r"rite `(?P<file>[^`]+)`:$")


def make(folder, djr):
    """Follows the page in `folder`; returns the project, with the users `ada` and `bob`."""
    environment = {
        **os.environ,
        "DJR_SUPERUSER_USERNAME": "ada",
        "DJR_SUPERUSER_EMAIL": "",
        "DJR_SUPERUSER_PASSWORD": PASSWORD,
    }
    place = Path(folder)

    def run(*words):
        subprocess.run([djr, *words], check=True, capture_output=True, cwd=place, env=environment)

    for block in BLOCK.finditer(PAGE.read_text()):
        prose, text = " ".join(block["prose"].split()), block["text"]
        if block["kind"] == "console":
            for command in re.findall(r"^\$ (.*)$", text, re.MULTILINE):
                match shlex.split(command):
                    case ["cd", directory]:
                        place = place / directory
                    case ["djr", "up"]:
                        run("migrate")
                        run("createcachetable")
                        run("createsuperuser", "--noinput")
                    case ["djr", *words]:
                        run(*words)
        elif found := BELOW.search(prose):
            change(place / found["file"], found["line"], text)
        elif found := AT_THE_END.search(prose):
            file = place / found["file"]
            file.write_text(file.read_text() + text)
        elif found := WRITE.search(prose):
            file = place / found["file"]
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    environment["DJR_SUPERUSER_USERNAME"] = "bob"
    run("createsuperuser", "--noinput")
    run("users", "set", "bob", "--no-superuser", "--no-staff")
    return place


def change(file, line, text):
    """Adds `text` below the last `line` of `file`."""
    lines = file.read_text().split("\n")
    places = [place for place, one in enumerate(lines) if one.strip() == line]
    lines.insert(places[-1] + 1, text.rstrip("\n"))
    file.write_text("\n".join(lines))
