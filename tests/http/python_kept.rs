//! Sessions, files and hashes of passwords that classes of a project keep, as djr's own pages and commands use them.

use crate::attacks::browser::Browser;
use crate::support::Project;
use crate::test_server::RawResponse;

const SESSIONS: &str = r#"
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore


class SessionStore(DatabaseStore):
    cleared = 7

    def load(self):
        data = super().load()
        return {**data, "loaded": data.get("loaded", 0) + 1} if self.session_key else data

    @classmethod
    def clear_expired(cls):
        super().clear_expired()
        return cls.cleared
"#;

const HASHERS: &str = r#"
from django.contrib.auth.hashers import BasePasswordHasher


class Reversed(BasePasswordHasher):
    algorithm = "reversed"

    def encode(self, password, salt):
        if password == "refuse-this-one":
            raise LookupError("no such luck")
        return f"{self.algorithm}${salt}${password[::-1]}"

    def verify(self, password, encoded):
        if password == "break-this-one":
            raise LookupError("no such luck")
        return encoded == self.encode(password, encoded.split("$")[1])

    def must_update(self, encoded):
        return False
"#;

const STORAGE: &str = r#"
from django.core.files.storage import FileSystemStorage


class Marked(FileSystemStorage):
    def get_valid_name(self, name):
        if "broken" in name:
            raise LookupError("no room")
        return "own-" + super().get_valid_name(name)

    def url(self, name):
        return super().url(name) + "?own"
"#;

const MODELS: &str = r#"
[Paper.fields]
file = { type = "FileField", upload_to = "new" }
"#;

const URLS: &str = r#"
[[urls]]
path = "papers/"
name = "papers"
view = "generic.list"
model = "posts.Paper"
template = "papers.html"

[[urls]]
path = "papers/add/"
view = "generic.create"
model = "posts.Paper"
fields = ["file"]
success_url = "papers"

[[urls]]
path = "accounts/"
include = "auth.urls"
"#;

const SETTINGS: &str = r#"
[sessions]
engine = "posts.sessions"
[auth]
password_hashers = ["posts.hashers.Reversed", "pbkdf2_sha256"]
login_redirect_url = "papers"
[storages.default]
backend = "posts.storage.Marked"
"#;

fn site() -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
        .replaced(
            "debug = true",
            "debug = true\ndebug_panel = false\nallowed_hosts = [\"testserver\"]",
        )
        .setting(SETTINGS)
        .file("urls.toml", URLS)
        .file("posts/models.toml", MODELS)
        .file("posts/sessions.py", SESSIONS)
        .file("posts/hashers.py", HASHERS)
        .file("posts/storage.py", STORAGE)
        .file(
            "templates/posts/paper_form.html",
            "<form method=\"post\" enctype=\"multipart/form-data\">{{ csrf_input }}{{ form }}</form>",
        )
        .file(
            "templates/papers.html",
            "{% for paper in paper_list %}{{ paper.file.name }} {{ paper.file.url }};{% endfor %}\
             {{ request.session.loaded }}",
        );
    project.djr(["makemigrations"]).success();
    project.migrated()
}

fn with_user(project: &Project) {
    let user = [
        "createsuperuser",
        "--username",
        "al",
        "--email",
        "al@example.com",
        "--no-input",
        "--password-file",
        "-",
    ];
    project.command(user).stdin("kohlrabi-77").run().success();
}

/// Sends a file of this name to the page that adds a paper.
fn upload(browser: &mut Browser, filename: &str) -> RawResponse {
    let token = browser.token("/papers/add/");
    let part = |head: &str, value: &str| {
        format!("--b\r\nContent-Disposition: form-data; {head}\r\n\r\n{value}\r\n")
    };
    let file = format!("name=\"file\"; filename=\"{filename}\"\r\nContent-Type: text/plain");
    let token = part("name=\"csrfmiddlewaretoken\"", &token);
    let body = format!("{token}{}--b--\r\n", part(&file, "text"));
    let form = "multipart/form-data; boundary=b";
    for (name, value) in [
        ("Content-Type", form),
        ("Content-Length", &body.len().to_string()),
    ] {
        browser.headers.push((name.to_owned(), value.to_owned()));
    }
    let answer = browser.exchange_raw("POST", "/papers/add/", &body);
    browser.headers.clear();
    answer
}

#[test]
fn a_login_of_djr_goes_by_the_hasher_and_the_engine_of_the_project() {
    let project = site();
    with_user(&project);
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    let wrong = browser.submit(
        "/accounts/login/",
        &[("username", "al"), ("password", "wrong")],
    );
    assert_eq!(wrong.status, 200);
    let right = browser.submit(
        "/accounts/login/",
        &[("username", "al"), ("password", "kohlrabi-77")],
    );
    assert_eq!(right.status, 302, "{}", right.text());
    assert!(browser.get("/papers/").text().ends_with('1'));
    let broken = browser.submit(
        "/accounts/login/",
        &[("username", "al"), ("password", "break-this-one")],
    );
    assert_eq!(broken.status, 500);
    let line = server.line_with("no such luck");
    assert!(line.contains("hashers.py:"), "{line}");
}

#[test]
fn a_command_tells_what_a_class_of_the_project_raised() {
    let project = site();
    with_user(&project);
    let change = ["changepassword", "al", "--password-file", "-"];
    let said = project.command(change).stdin("refuse-this-one").run();
    let said = said.stderr();
    assert!(said.contains("posts.hashers.Reversed"), "{said}");
    assert!(said.contains("hashers.py:"), "{said}");
    assert!(said.contains("no such luck"), "{said}");
}

#[test]
fn clearsessions_asks_the_engine_of_the_project() {
    let project = site();
    let said = project.djr(["clearsessions"]).success();
    assert!(said.stdout().contains("deleted 7 ended sessions"));
    let silent = site().file(
        "posts/sessions.py",
        &SESSIONS.replace("return cls.cleared", "return None"),
    );
    let said = silent.djr(["clearsessions"]).success();
    let cleared = "the engine `posts.sessions` has cleared its sessions";
    assert!(said.stdout().contains(cleared), "{}", said.stdout());
    let said = silent.djr(["clearsessions", "--dry-run"]).success();
    let cannot = "the engine `posts.sessions` cannot tell how many sessions have ended";
    assert!(said.stdout().contains(cannot), "{}", said.stdout());
    let said = silent.djr(["clearsessions", "--older-than", "1d"]);
    let refused = "`--older-than` cannot be told to the engine `posts.sessions`";
    assert!(said.stderr().contains(refused), "{}", said.stderr());
}

#[test]
fn a_page_of_djr_stores_what_it_is_sent_by_the_class_of_the_project() {
    let project = site();
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    let sent = upload(&mut browser, "a b.txt");
    assert_eq!(sent.status, 302, "{}", sent.text());
    let page = browser.get("/papers/").text();
    let shown = "new/own-a_b.txt /media/new/own-a_b.txt?own;";
    assert!(page.starts_with(shown), "{page}");
    assert_eq!(browser.get("/media/new/own-a_b.txt").text(), "text");
    project.write("media/new/nobodys.txt", "text");
    let orphans = project.command(["media", "orphans", "--older-than", "0s"]);
    let orphans = orphans.env("DJR_TEST_NOW", "2100-01-01T00:00:00Z").run();
    let orphans = orphans.success().stdout().clone();
    assert!(orphans.contains("new/nobodys.txt"), "{orphans}");
    assert!(!orphans.contains("own-a_b"), "{orphans}");
    let broken = upload(&mut browser, "broken.txt");
    assert_eq!(broken.status, 500);
    let line = server.line_with("no room");
    assert!(line.contains("storage.py:"), "{line}");
}

#[test]
fn check_says_what_such_classes_lack() {
    let project = site()
        .replaced("posts.hashers.Reversed", "posts.hashers.Reverse")
        .replaced("posts.storage.Marked", "posts.sessions.SessionStore");
    project.write(
        "posts/sessions.py",
        &SESSIONS.replace("class SessionStore(", "class Sessions("),
    );
    let said = project.djr(["check"]).stderr();
    assert!(
        said.contains("there is no `Reverse` in the module `posts.hashers`"),
        "{said}"
    );
    assert!(said.contains("did you mean `Reversed`?"), "{said}");
    assert!(
        said.contains("there is no `SessionStore` in the module `posts.sessions`"),
        "{said}"
    );
    project.write("posts/sessions.py", SESSIONS);
    let said = project.djr(["check"]).stderr();
    let lacks = "`posts.sessions.SessionStore` is not a storage: it has no `open`";
    assert!(said.contains(lacks), "{said}");
    assert!(said.contains("djr.toml:"), "{said}");
    let hint = "derive it from `django.core.files.storage.Storage`";
    assert!(said.contains(hint), "{said}");
}
