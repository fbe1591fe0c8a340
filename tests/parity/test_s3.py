"""Real Django with django-storages and djr share a bucket, both ways; the service is a real one (SeaweedFS)."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.request
from pathlib import Path

import boto3
from djr_project import Project

ACCESS_KEY, SECRET_KEY = "AKIDOFTESTS", "secret/+of=tests"

MODELS = """
[Paper]
[Paper.fields]
file = { type = "FileField", upload_to = "papers/%Y", max_length = 300 }
"""

URLS = """
[[urls]]
path = "papers/"
view = "api.model"
model = "posts.Paper"
fields = ["id", "file"]
permissions = "AllowAny"
"""

# What Django does with the same table and the same bucket.
SCRIPT = r'''
import json, sys
from django.conf import settings
database, options, question, *arguments = sys.argv[1:]
settings.configure(
    USE_TZ=True, INSTALLED_APPS=[],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": database}},
    STORAGES={"default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": json.loads(options)}},
)
import django
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models

class Paper(models.Model):
    file = models.FileField(upload_to="papers/%Y", max_length=300)
    class Meta:
        app_label, db_table, managed = "posts", "posts_paper", False

if question == "read":
    found = {}
    for paper in Paper.objects.all():
        with paper.file.open() as file:
            found[paper.file.name] = [file.read().decode(), paper.file.size, paper.file.url]
    print(json.dumps(found))
elif question == "list":
    print(json.dumps(default_storage.listdir(arguments[0])))
else:
    names = {}
    for name in arguments:
        paper = Paper()
        paper.file.save(name, ContentFile(f"django {name}".encode()))
        names[paper.pk] = paper.file.name
    print(json.dumps(names))
'''

# What visitors call their files.
NAMES = ["a.txt", "a b.txt", "é ü.txt", "日本語.txt", "100% & more?.txt", "x" * 90 + ".tar.gz", ".hidden", "a'b.html"]


def free_ports(count):
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


class Service:
    """A service on free ports, which ends with the test."""

    def __init__(self, test):
        program = Path(sys.executable).with_name("weed")
        if not program.exists():
            if os.environ.get("CI"):
                raise AssertionError("this test needs weed")
            test.skipTest("needs weed")
        directory = Path(tempfile.mkdtemp(prefix="parity-s3-"))
        test.addCleanup(shutil.rmtree, directory, True)
        keys = {"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}
        rights = ["Admin", "Read", "Write", "List"]
        identity = {"name": "tests", "credentials": [keys], "actions": rights}
        (directory / "s3.json").write_text(json.dumps({"identities": [identity]}))
        names = ["master", "volume", "filer", "s3"]
        flags = [f"-{name}.port{kind}" for name in names for kind in ("", ".grpc")]
        ports = free_ports(len(flags))
        arguments = [f"{flag}={port}" for flag, port in zip(flags, ports)]
        arguments += ["-s3", "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={directory}"]
        arguments += [f"-s3.config={directory / 's3.json'}", "-master.telemetry=false", "-volume.max=20"]
        arguments += ["-master.volumeSizeLimitMB=64", "-s3.port.iceberg=0", "-s3.port.lance=0"]
        process = subprocess.Popen(
            [program, "-logtostderr=true", "server", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        test.addCleanup(process.wait)
        test.addCleanup(process.kill)
        self.endpoint = f"http://127.0.0.1:{ports[6]}"
        self.client = boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            region_name="us-east-1",
        )
        deadline = time.monotonic() + 60
        while True:
            try:
                self.client.create_bucket(Bucket="media")
                self.client.put_object(Bucket="media", Key="ready", Body=b"")
                self.client.delete_object(Bucket="media", Key="ready")
                return
            except Exception:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def keys(self):
        listed = self.client.list_objects_v2(Bucket="media")
        return sorted(each["Key"] for each in listed.get("Contents", []))


class Buckets(unittest.TestCase):
    def project(self, service):
        project = Project(self)
        project.add("posts", Path.mkdir)
        (project.root / "posts" / "models.toml").write_text(MODELS, encoding="utf-8")
        with (project.root / "urls.toml").open("a", encoding="utf-8") as file:
            file.write(URLS)
        options = {
            "bucket_name": "media",
            "endpoint_url": service.endpoint,
            "region_name": "us-east-1",
            "location": "in here",
            "addressing_style": "path",
            "file_overwrite": False,
        }
        lines = [f"{name} = {json.dumps(value)}" for name, value in options.items()]
        with (project.root / "djr.toml").open("a", encoding="utf-8") as file:
            file.write("\n".join(["", "[storages.default]", 'backend = "s3"', *lines, ""]))
        self.options = {**options, "access_key": ACCESS_KEY, "secret_key": SECRET_KEY}
        self.options["signature_version"] = "s3v4"
        project.environment = {"AWS_ACCESS_KEY_ID": ACCESS_KEY, "AWS_SECRET_ACCESS_KEY": SECRET_KEY}
        project.run("makemigrations")
        project.run("migrate")
        return project

    def django(self, project, *question):
        done = subprocess.run(
            [sys.executable, "-c", SCRIPT, project.database, json.dumps(self.options), *question],
            capture_output=True,
            text=True,
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def upload(self, origin, name):
        content = f"djr {name}"
        head = f'Content-Disposition: form-data; name="file"; filename="{name}"'
        body = f"--b\r\n{head}\r\n\r\n{content}\r\n--b--\r\n".encode()
        kind = "multipart/form-data; boundary=b"
        headers = {"Content-Type": kind, "Accept": "application/json"}
        request = urllib.request.Request(f"{origin}/papers/", data=body, headers=headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def fetch(self, address):
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.read().decode()

    def test_files_of_djr_are_files_of_django(self):
        service = Service(self)
        project = self.project(service)
        browser = project.serve(self)
        rows = [self.upload(browser.origin, name) for name in NAMES]
        for name, row in zip(NAMES, rows):
            self.assertEqual(self.fetch(row["file"]), f"djr {name}")
        found = self.django(project, "read")
        self.assertEqual(len(found), len(NAMES))
        contents = sorted(content for content, _, _ in found.values())
        self.assertEqual(contents, sorted(f"djr {name}" for name in NAMES))
        for name, (content, size, address) in found.items():
            self.assertEqual(size, len(content.encode()))
            self.assertEqual(self.fetch(address), content, name)
        self.assertEqual(service.keys(), sorted(f"in here/{name}" for name in found))
        year = next(iter(found)).split("/")[1]
        directories, files = self.django(project, "list", f"papers/{year}")
        self.assertEqual((directories, len(files)), ([], len(NAMES)))
        # Django gives the same names to others, of which none is taken.
        again = self.django(project, "save", *NAMES)
        self.assertFalse(set(again.values()) & set(found))
        for row in rows:
            request = urllib.request.Request(f"{browser.origin}/papers/{row['id']}/", method="DELETE")
            urllib.request.urlopen(request, timeout=30).close()
        self.assertEqual(service.keys(), sorted(f"in here/{name}" for name in again.values()))

    def test_files_of_django_are_files_of_djr(self):
        service = Service(self)
        project = self.project(service)
        names = self.django(project, "save", *NAMES)
        browser = project.serve(self)
        for (key, stored), name in zip(names.items(), NAMES):
            with self.subTest(name):
                _, _, text = browser.get(f"/papers/{key}/")
                address = json.loads(text)["file"]
                self.assertEqual(self.fetch(address), f"django {name}")
                self.assertIn(urllib.request.quote(stored.split("/")[-1], safe="~"), address)
        # djr gives none of these names to another.
        for name in NAMES:
            self.upload(browser.origin, name)
        self.assertEqual(len(service.keys()), 2 * len(NAMES))
        orphans = json.loads(project.run("media", "orphans", "--older-than", "0s", "--json"))["result"]
        self.assertEqual((orphans["orphans"], orphans["missing"]), ([], []))


if __name__ == "__main__":
    unittest.main()
