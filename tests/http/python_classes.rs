//! Classes of a project that its settings name: caches, mail and validators of passwords, as djr's own pages and commands
//! use them, and Python.

use crate::attacks::browser::Browser;
use crate::support::Project;

const CACHE: &str = r#"
import json
import pathlib

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.filebased import FileBasedCache


class Written(BaseCache):
    """Writes down what it is asked, and keeps nothing."""

    def __init__(self, location, params):
        super().__init__(params)
        self.location = location

    def note(self, *what):
        with open(pathlib.Path(__file__).parent / self.location, "a") as file:
            file.write(json.dumps(what) + "\n")

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self.note("add", key)
        return True

    def get(self, key, default=None, version=None):
        self.note("get", self.make_key(key, version))
        return default

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self.note("set", self.make_key(key, version), timeout)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return False

    def delete(self, key, version=None):
        return False

    def clear(self):
        self.note("clear")


class Named(FileBasedCache):
    def make_key(self, key, version=None):
        return "named:" + super().make_key(key, version)


class Broken(Written):
    def get(self, key, default=None, version=None):
        raise LookupError("out of order")
"#;

const MAIL: &str = r#"
from django.core.mail.backends.filebased import EmailBackend


class Marked(EmailBackend):
    def send_messages(self, messages):
        for message in messages:
            message.subject = "[own] " + message.subject
        return super().send_messages(messages)
"#;

const PASSWORDS: &str = r#"
from django.core.exceptions import ValidationError


class NoCats:
    def validate(self, password, user=None):
        if "cat" in password:
            raise ValidationError("No cats for %(name)s.", params={"name": user.username})

    def get_help_text(self):
        return "There must be no cat in it."
"#;

const VIEWS: &str = r#"
from django.core.cache import caches
from django.core.mail import mail_admins
from django.http import HttpResponse


def kept(request, value):
    before = caches["named"].get("page")
    caches["named"].set("page", value)
    mail_admins("Kept", value)
    return HttpResponse(f"{before} {type(caches['named']).__name__}")
"#;

const URLS: &str = r#"
[[urls]]
path = "kept/<str:value>/"
view = "posts.views.kept"

[[urls]]
path = "part/"
view = "template"
template = "part.html"

[[urls]]
path = "broken/"
view = "template"
template = "broken.html"

[[urls]]
path = "accounts/"
include = "auth.urls"
"#;

const SETTINGS: &str = r#"
[caches.default]
backend = "posts.cache.Written"
location = "asked.txt"
[caches.named]
backend = "posts.cache.Named"
location = "var/cache"
[caches.broken]
backend = "posts.cache.Broken"
[mail]
backend = "posts.mail.Marked"
admins = ["Ann <ann@example.com>"]
[auth]
password_validators = ["minimum_length", "posts.passwords.NoCats"]
signup = true
"#;

fn site() -> Project {
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
        .replaced(
            "debug = true",
            "debug = true\ndebug_panel = false\nallowed_hosts = [\"testserver\"]",
        )
        .setting(SETTINGS)
        .file("urls.toml", URLS)
        .file("posts/cache.py", CACHE)
        .file("posts/mail.py", MAIL)
        .file("posts/passwords.py", PASSWORDS)
        .file("posts/views.py", VIEWS)
        .file(
            "templates/part.html",
            r#"{% call cache(60, "part") %}a part{% endcall %}"#,
        )
        .file(
            "templates/broken.html",
            r#"{% call cache(60, "part", using="broken") %}a part{% endcall %}"#,
        )
        .migrated()
}

#[test]
fn pages_of_djr_and_python_keep_what_classes_of_the_project_keep() {
    let project = site();
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    assert_eq!(browser.get("/kept/one/").text(), "None Named");
    assert_eq!(browser.get("/kept/two/").text(), "one Named");
    let printed = project.djr(["cache", "get", "page", "--alias", "named"]);
    assert!(printed.success().stdout().contains("two"));
    assert_eq!(browser.get("/part/").text(), "a part");
    let asked = project.read("posts/asked.txt");
    let asked: Vec<_> = asked.lines().collect();
    let is_asked = |what: &str| asked.iter().any(|line| line.starts_with(what));
    assert!(is_asked(r#"["get", ":1:template.cache.part"#), "{asked:?}");
    let is_kept = asked.iter().any(|line| line.ends_with(", 60]"));
    assert!(
        is_kept || is_asked(r#"["add", "template.cache.part"#),
        "{asked:?}"
    );
}

#[test]
fn a_part_of_a_page_does_without_a_class_that_fails() {
    let project = site();
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    assert_eq!(browser.get("/broken/").text(), "a part");
    let line = server.line_with("out of order");
    assert!(line.contains("posts.cache.Broken"), "{line}");
    assert!(line.contains("cache.py:"), "{line}");
}

#[test]
fn mail_of_pages_and_commands_is_sent_by_the_class_of_the_project() {
    let project = site();
    project.djr(["sendtestemail", "a@example.com"]).success();
    let server = project.serve();
    Browser::new(server.address()).get("/kept/one/");
    let subjects: Vec<_> = project
        .mail(2)
        .iter()
        .filter_map(|mail| mail.lines().find(|line| line.starts_with("Subject: ")))
        .map(ToOwned::to_owned)
        .collect();
    assert!(
        subjects
            .iter()
            .all(|line| line.starts_with("Subject: [own] ")),
        "{subjects:?}"
    );
}

#[test]
fn passwords_are_judged_by_the_class_of_the_project() {
    let project = site();
    let server = project.serve();
    let page = Browser::new(server.address())
        .get("/accounts/signup/")
        .text();
    assert!(page.contains("There must be no cat in it."), "{page}");
    let user = [
        "createsuperuser",
        "--username",
        "al",
        "--email",
        "al@example.com",
    ];
    let user = [&user[..], &["--no-input", "--password-file", "-"]].concat();
    let said = project.command(&user).stdin("a-cat-inside").run();
    assert!(
        said.stderr().contains("No cats for al."),
        "{}",
        said.stderr()
    );
}

#[test]
fn check_names_the_classes_that_are_not_there() {
    let project = site()
        .replaced("posts.cache.Written", "posts.cache.Writen")
        .replaced("posts.mail.Marked", "posts.passwords.NoCats")
        .file(
            "posts/passwords.py",
            &PASSWORDS.replace("exceptions import Val", "exceptions import Vall"),
        );
    // By two ways, as a module of signals may have it.
    project.write("posts/signals.py", "import posts.passwords\n");
    let said = project.djr(["check"]).stderr();
    assert!(
        said.contains("there is no `Writen` in the module `posts.cache`"),
        "{said}"
    );
    assert!(said.contains("did you mean `Written`?"), "{said}");
    assert!(said.contains("posts/passwords.py:2:1"), "{said}");
    let nearest = "cannot import name 'VallidationError' from 'django.core.exceptions': did you mean 'ValidationError'?";
    assert_eq!(said.matches(nearest).count(), 1, "{said}");
}
