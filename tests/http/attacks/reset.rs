//! Attacks on links to new passwords, and on passwords that are changed.

use super::browser::Browser;
use super::{PASSWORD, open, site};
use crate::support::{Project, Server};

const RESET: &str = "/accounts/password_reset/";
const PASSWORD_CHANGE: &str = "/accounts/password_change/";
const NEW: &str = "a wholly new passphrase 7";

/// The path of the link in the newest of `count` messages.
#[track_caller]
fn reset_link(project: &Project, count: usize) -> String {
    let text = project.mail(count).pop().unwrap();
    let (_, rest) = text
        .split_once("://testserver")
        .unwrap_or_else(|| panic!("no link:\n{text}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

fn request_reset(server: &Server, email: &str) -> u16 {
    open(server).submit(RESET, &[("email", email)]).status
}

/// Follows a link and sends `password`; whether it was taken.
fn use_link(browser: &mut Browser, link: &str, password: &str) -> bool {
    let led = browser.get(link);
    let Some(form) = led.header("location").map(ToOwned::to_owned) else {
        return false;
    };
    let page = browser.get(&form);
    if !page.text().contains("new_password1") {
        return false;
    }
    let fields = [("new_password1", password), ("new_password2", password)];
    browser.submit(&form, &fields).status == 302
}

fn can_log_in(server: &Server, password: &str) -> bool {
    open(server).log_in("ada", password).status == 302
}

#[test]
fn nobody_learns_whose_address_is_known() {
    let project = site();
    let server = project.serve();
    let answers = ["ada@example.com", "nobody@example.com"].map(|email| {
        let answer = open(&server).submit(RESET, &[("email", email)]);
        let cookies = answer.headers("set-cookie").len();
        (
            answer.status,
            answer.header("location").map(ToOwned::to_owned),
            answer.text(),
            cookies,
        )
    });
    assert_eq!(answers[0].0, 302);
    assert_eq!(answers[0], answers[1]);
    let messages = project.mail(1);
    assert!(
        messages[0].contains("\nTo: ada@example.com\n"),
        "{}",
        messages[0]
    );
}

#[test]
fn a_link_is_good_once_and_only_as_it_was_sent() {
    let project = site();
    let server = project.serve();
    request_reset(&server, "ada@example.com");
    let link = reset_link(&project, 1);
    let parts: Vec<_> = link.trim_matches('/').split('/').collect();
    let [.., uid, token] = parts[..] else {
        panic!("{link}")
    };
    let (time, hash) = token.split_once('-').unwrap();
    for forged in [
        link.replace(hash, &"0".repeat(hash.len())),
        link.replace(token, &format!("{time}-{}", &hash[..hash.len() - 1])),
        link.replace(token, &format!("zzzzzz-{hash}")),
        link.replace(token, &format!("0-{hash}")),
        link.replace(token, "set-password"),
        link.replace(token, "-"),
        // `2`, in base64.
        link.replace(&format!("/{uid}/"), "/Mg/"),
        link.replace(&format!("/{uid}/"), "/zzzz/"),
    ] {
        assert_ne!(forged, link);
        assert!(!use_link(&mut open(&server), &forged, NEW), "{forged}");
    }
    let mut browser = open(&server);
    let led = browser.get(&link);
    let form = led.header("location").unwrap();
    assert!(
        !form.contains(hash),
        "the token stays out of the address: {form}"
    );
    assert_eq!(led.header("referrer-policy"), Some("same-origin"));
    // The path without the token is of no use to another browser.
    assert!(!open(&server).get(form).text().contains("new_password1"));
    let (mut early, mut late) = (open(&server), open(&server));
    early.get(&link);
    assert!(use_link(&mut browser, &link, NEW));
    assert!(can_log_in(&server, NEW) && !can_log_in(&server, PASSWORD));
    assert!(!use_link(&mut late, &link, "yet another passphrase 8"));
    let page = early.get(form).text();
    assert!(!page.contains("new_password1"), "{page}");
    assert!(can_log_in(&server, NEW));
}

#[test]
fn a_link_is_worth_nothing_after_a_login_a_change_or_three_days() {
    let project = site();
    let server = project.serve();
    request_reset(&server, "ada@example.com");
    let first = reset_link(&project, 1);
    assert!(can_log_in(&server, PASSWORD));
    assert!(!use_link(&mut open(&server), &first, NEW));
    request_reset(&server, "ada@example.com");
    let second = reset_link(&project, 2);
    let mut changed = project.command(["changepassword", "ada", "--password-file", "-"]);
    changed = changed.stdin("another long password\n");
    changed.run().success();
    assert!(!use_link(&mut open(&server), &second, NEW));
    request_reset(&server, "ada@example.com");
    let third = reset_link(&project, 3);
    let later = project
        .command(["runserver", "127.0.0.1:0"])
        .env("DJR_TEST_NOW", "2026-01-05T03:04:06Z");
    let server = Server::start(later);
    assert!(!use_link(&mut open(&server), &third, NEW));
}

#[test]
fn a_link_ends_the_sessions_of_whoever_had_the_old_password() {
    let project = site();
    let server = project.serve();
    let mut thief = open(&server);
    thief.log_in("ada", PASSWORD);
    request_reset(&server, "ada@example.com");
    assert!(use_link(&mut open(&server), &reset_link(&project, 1), NEW));
    assert_eq!(thief.username(), None);
}

#[test]
fn a_link_leads_nowhere_but_here() {
    let project = site();
    let server = project.serve();
    let mut browser = open(&server);
    let token = browser.token(RESET);
    let fields = [
        ("csrfmiddlewaretoken", token.as_str()),
        ("email", "ada@example.com"),
    ];
    "evil.com".clone_into(&mut browser.host);
    assert_eq!(browser.post(RESET, &fields).status, 400);
    for (name, value) in [
        ("X-Forwarded-Host", "evil.com"),
        ("Forwarded", "host=evil.com"),
    ] {
        open(&server)
            .header(name, value)
            .submit(RESET, &fields[1..]);
    }
    for text in project.mail(2) {
        assert!(
            text.contains("://testserver/") && !text.contains("evil"),
            "{text}"
        );
    }
}

#[test]
fn no_address_brings_headers_or_recipients_of_its_own() {
    let project = site();
    let server = project.serve();
    for email in [
        "ada@example.com\nBcc: evil@example.com",
        "ada@example.com\r\nSubject: x",
        "ada@example.com%0aBcc:evil@example.com",
        "ada@example.com, evil@example.com",
        "Ada <ada@example.com>",
        "adа@example.com",
        "ada@exаmple.com",
        "ada@example.com\0",
    ] {
        request_reset(&server, email);
    }
    assert_eq!(request_reset(&server, "ADA@example.com"), 302);
    let messages = project.mail(1);
    assert!(
        messages[0].contains("\nTo: ada@example.com\n"),
        "{}",
        messages[0]
    );
    assert!(!messages[0].contains("evil"), "{}", messages[0]);
}

#[test]
fn a_title_with_line_breaks_makes_no_header() {
    let project = site().setting("[site]\ntitle = \"Blog\\r\\nBcc: evil@example.com\"");
    let server = project.serve();
    request_reset(&server, "ada@example.com");
    let text = project.mail(1).remove(0);
    let (head, _) = text.split_once("\n\n").unwrap();
    assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
}

#[test]
fn the_subject_of_a_mail_is_one_line_whatever_ends_lines_in_it() {
    let ends = "\u{b}\u{c}\r\u{1c}\u{1d}\u{1e}\u{85}\u{2028}\u{2029}\n";
    let subject = ends.chars().flat_map(|end| ['a', end]).collect::<String>();
    let project = site().file(
        "templates/registration/password_reset_subject.txt",
        &subject,
    );
    let server = project.serve();
    request_reset(&server, "ada@example.com");
    let text = project.mail(1).remove(0);
    assert!(text.contains("\nSubject: aaaaaaaaaa\n"), "{text}");
}

#[test]
fn a_password_is_changed_by_who_knows_it_and_nobody_else_stays() {
    let project = site();
    let server = project.serve();
    let (mut ada, mut thief) = (open(&server), open(&server));
    ada.log_in("ada", PASSWORD);
    thief.log_in("ada", PASSWORD);
    let change = |old, new| {
        [
            ("old_password", old),
            ("new_password1", new),
            ("new_password2", new),
        ]
    };
    assert_eq!(
        thief.submit(PASSWORD_CHANGE, &change("guess", NEW)).status,
        200
    );
    let mut fields = vec![("csrfmiddlewaretoken", "x")];
    fields.extend(change(PASSWORD, NEW));
    assert_eq!(thief.post(PASSWORD_CHANGE, &fields).status, 403);
    let before = ada.cookie("sessionid").unwrap().to_owned();
    assert_eq!(
        ada.submit(PASSWORD_CHANGE, &change(PASSWORD, NEW)).status,
        302
    );
    assert_eq!(ada.username().as_deref(), Some("ada"));
    assert_eq!(thief.username(), None);
    let mut replay = open(&server);
    replay.set_cookie("sessionid", &before);
    assert_eq!(replay.username(), None);
    assert!(can_log_in(&server, NEW) && !can_log_in(&server, PASSWORD));
    assert_eq!(open(&server).get(PASSWORD_CHANGE).status, 302);
}
