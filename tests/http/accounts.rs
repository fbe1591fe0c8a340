//! Accounts over a running `djr runserver`: sign up, log in and out, change and reset a password.

use std::process::Command;

use insta::assert_snapshot;

use crate::attacks::browser::Browser;
use crate::attacks::site;
use crate::support::{Project, Server};

const PASSWORD: &str = "a wholly new passphrase 7";
const NEW: &str = "yet another phrase of mine 8";

fn open_site() -> Project {
    site().replaced("[auth.costs]", "[auth]\nsignup = true\n\n[auth.costs]")
}

fn sign_up(server: &Server, username: &str) -> Browser {
    let mut browser = Browser::new(server.address());
    let email = format!("{username}@example.com");
    let fields = [
        ("username", username),
        ("email", &email),
        ("password1", PASSWORD),
        ("password2", PASSWORD),
    ];
    let answer = browser.submit("/accounts/signup/", &fields);
    assert_eq!(answer.status, 302, "{}", answer.text());
    browser
}

#[test]
fn a_visitor_signs_up_leaves_and_comes_back() {
    let project = open_site();
    let server = project.serve();
    let mut browser = sign_up(&server, "grace");
    assert_eq!(browser.username().as_deref(), Some("grace"));
    let token = browser.token("/accounts/password_change/");
    let out = browser.post("/accounts/logout/", &[("csrfmiddlewaretoken", &token)]);
    assert_eq!(out.status, 200);
    assert!(out.text().contains("You are logged out"));
    assert_eq!(browser.username(), None);
    assert_eq!(browser.get("/accounts/logout/").status, 405);
    assert_eq!(browser.log_in("grace", PASSWORD).status, 302);
    assert_eq!(browser.username().as_deref(), Some("grace"));
}

#[test]
fn a_password_is_changed_and_other_browsers_are_out() {
    let project = open_site();
    let server = project.serve();
    let (mut here, mut there) = (sign_up(&server, "grace"), Browser::new(server.address()));
    there.log_in("grace", PASSWORD);
    assert_eq!(there.username().as_deref(), Some("grace"));
    let fields = [
        ("old_password", PASSWORD),
        ("new_password1", NEW),
        ("new_password2", NEW),
    ];
    let changed = here.submit("/accounts/password_change/", &fields);
    assert_eq!(
        changed.header("location"),
        Some("/accounts/password_change/done/")
    );
    assert_eq!(here.get("/accounts/password_change/done/").status, 200);
    assert_eq!(
        (here.username().as_deref(), there.username()),
        (Some("grace"), None)
    );
}

#[test]
fn a_forgotten_password_is_replaced_by_the_link_in_a_mail() {
    let project = open_site();
    let server = project.serve();
    sign_up(&server, "grace");
    let mut browser = Browser::new(server.address());
    let asked = browser.submit(
        "/accounts/password_reset/",
        &[("email", "Grace@Example.com")],
    );
    assert_eq!(
        asked.header("location"),
        Some("/accounts/password_reset/done/")
    );
    let text = project.mail(1).remove(0);
    let (_, rest) = text.split_once("://testserver").unwrap();
    let led = browser.get(rest.split_whitespace().next().unwrap());
    let form = led.header("location").unwrap().to_owned();
    let set = browser.submit(&form, &[("new_password1", NEW), ("new_password2", NEW)]);
    assert_eq!(set.header("location"), Some("/accounts/reset/done/"));
    assert_eq!(browser.log_in("grace", PASSWORD).status, 200);
    assert_eq!(browser.log_in("grace", NEW).status, 302);
}

#[test]
fn mail_that_waits_is_sent_before_the_server_ends() {
    let project = site();
    let mut server = project.serve();
    for _ in 0..5 {
        let mut browser = Browser::new(server.address());
        browser.submit("/accounts/password_reset/", &[("email", "ada@example.com")]);
    }
    let id = server.id().to_string();
    let status = Command::new("kill").args(["-s", "TERM", &id]).status();
    assert!(status.unwrap().success());
    assert_eq!(server.wait(), Some(0));
    assert_eq!(project.names("mail").len(), 5);
}

#[test]
fn mail_that_cannot_be_sent_is_told_in_the_log_and_to_nobody_else() {
    let project = site().replaced("backend = \"file\"", "host = \"127.0.0.1\"\nport = 9");
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    let asked = browser.submit("/accounts/password_reset/", &[("email", "ada@example.com")]);
    assert_eq!(asked.status, 302);
    let line = server.line_with("no link for a new password");
    assert!(line.contains("to user 1: "), "{line}");
    assert!(!line.contains("ada"), "{line}");
}

#[test]
fn the_projects_own_pages_and_mails_take_the_place_of_those_of_djr() {
    let project = site()
        .file(
            "templates/registration/login.html",
            "my login {{ form.as_p() }}",
        )
        .file(
            "templates/registration/password_reset_subject.txt",
            "my subject",
        )
        .file(
            "templates/base.html",
            "<h1>my base</h1>{% block content %}{% endblock %}",
        );
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    assert!(
        browser
            .get("/accounts/login/")
            .text()
            .starts_with("my login <p>")
    );
    let page = browser.get("/accounts/password_reset/").text();
    assert!(
        page.starts_with("<h1>my base</h1>") && page.contains("Send the link"),
        "{page}"
    );
    browser.submit("/accounts/password_reset/", &[("email", "ada@example.com")]);
    assert!(project.mail(1)[0].contains("Subject: my subject\n"));
}

#[test]
fn check_names_pages_and_urls_that_views_of_accounts_lack() {
    let urls = r#"
[[urls]]
path = "forgot/"
view = "auth.password_reset"
template = "forgoten.html"

[[urls]]
path = "change/"
view = "auth.password_change"
success_url = "hme"

[[urls]]
path = "signup/"
view = "auth.signup"
succes_url = "home"

[[urls]]
path = "reset/"
view = "auth.password_reset"
html_email_template = "mail.html"
extra_email_context = "x"

[[urls]]
path = "again/"
view = "auth.password_reset"
success_url = "home"

[[urls]]
path = ""
name = "home"
view = "template"
template = "home.html"
"#;
    let project = site()
        .file("urls.toml", urls)
        .file("templates/forgotten.html", "");
    assert_snapshot!(project.djr(["check", "--tag", "urls"]), @"
    exit code: 1
    ----- stderr -----
    error: urls.toml:5:12: there is no template `forgoten.html`
    hint: did you mean `forgotten.html`?
    error: urls.toml:9:8: no url is named `hme`
    hint: did you mean `home`?
    error: urls.toml:15:1: unknown key `succes_url`
    hint: did you mean `success_url`?
    error: urls.toml:20:23: there is no template `mail.html`
    hint: did you mean `base.html`?
    error: urls.toml:25:8: no url is named `password_reset_confirm`
    error: found 5 errors
    ");
}

#[test]
fn a_login_of_a_user_whose_row_is_not_utf8_fails_and_the_log_names_the_row() {
    let project = site();
    let sql = "UPDATE auth_user SET last_name = CAST(x'e9' AS TEXT) WHERE username = 'ada'";
    project.database().execute(sql, []).unwrap();
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    assert_eq!(browser.log_in("ada", "whatever").status, 500);
    let line = server.line_with("not UTF-8");
    let told = "`last_name` of `auth_user`, where \"id\" = 1, holds text that is not UTF-8: x'e9'";
    assert!(line.contains(told), "{line}");
}
