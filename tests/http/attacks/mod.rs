//! What an attacker tries, against a running `djr runserver` with the pages of accounts.

mod api;
pub(crate) mod browser;
mod edit;
mod forgery;
pub(crate) mod guessing;
mod login;
mod media;
mod oversized;
mod reset;
mod rows;
mod signup;
mod static_files;
mod uploads;

use crate::support::{Project, Server};

/// Ada's password.
pub(crate) const PASSWORD: &str = "correct horse battery";

const URLS: &str = r#"
[[urls]]
path = ""
name = "home"
view = "template"
template = "home.html"

[[urls]]
path = "mine/"
view = "template"
template = "mine.html"
login_required = true

[[urls]]
path = "accounts/"
include = "auth.urls"
"#;

const SETTINGS: &str = r#"
[mail]
backend = "file"

[security]
trusted_proxies = ["127.0.0.1"]
"#;

/// A site with the superuser ada, who sees `/mine/`, asked for as `testserver`; anything may be tried
/// any number of times.
pub(crate) fn site() -> Project {
    throttled_site().setting("[auth.throttle]\nenabled = false")
}

/// The same, with a throttle.
pub(crate) fn throttled_site() -> Project {
    let project = Project::new()
        .replaced("debug = true", "allowed_hosts = [\"testserver\"]")
        .setting(SETTINGS)
        .file("urls.toml", URLS)
        .file("templates/home.html", "home of {{ user.username }}")
        .file("templates/mine.html", "mine: {{ user.username }}")
        .migrated();
    let created = project
        .command(["createsuperuser", "--noinput"])
        .env("DJR_SUPERUSER_USERNAME", "ada")
        .env("DJR_SUPERUSER_EMAIL", "ada@example.com")
        .env("DJR_SUPERUSER_PASSWORD", PASSWORD);
    created.run().success();
    project
}

fn open(server: &Server) -> browser::Browser {
    browser::Browser::new(server.address())
}
