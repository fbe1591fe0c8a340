"""A project, served while a test runs; its mail goes to files."""

import os
import re
import subprocess
import tempfile
from email import message_from_bytes
from pathlib import Path

DJR = os.environ["DJR"]


class Server:
    def __init__(self, root, folder, **environment):
        self.root = root
        self.folder = folder
        self.environment = {
            **os.environ,
            "DJR_MAIL__BACKEND": "file",
            "DJR_MAIL__FILE_PATH": "mail",
            **environment,
        }
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

    @classmethod
    def of_new_project(cls, **environment):
        folder = tempfile.TemporaryDirectory()
        root = Path(folder.name) / "blog"
        subprocess.run([DJR, "startproject", "blog", root], check=True, capture_output=True)
        subprocess.run([DJR, "migrate"], check=True, capture_output=True, cwd=root)
        return cls(root, folder, **environment)

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
