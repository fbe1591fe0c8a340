//! Fields of any size: they cost a moment, and never the server.

use std::time::{Duration, Instant};

use super::{PASSWORD, open, site};

const LOGIN: &str = "/accounts/login/";

/// Longer than anything here may take on a machine with much else to do.
const TIMEOUT: Duration = Duration::from_secs(5);

#[test]
fn a_password_of_a_megabyte_is_only_wrong() {
    let project = site();
    let server = project.serve();
    let long = "x".repeat(1024 * 1024);
    for (username, password) in [("ada", long.as_str()), ("nobody", &long), (&long, "x")] {
        let started = Instant::now();
        let answer = open(&server).log_in(username, password);
        assert!(started.elapsed() < TIMEOUT, "{:?}", started.elapsed());
        assert_eq!(answer.status, 200);
        assert_eq!(answer.text().contains(&long), username == long);
    }
    assert_eq!(open(&server).log_in("ada", PASSWORD).status, 302);
}

#[test]
fn a_hundred_thousand_fields_are_refused() {
    let project = site();
    let server = project.serve();
    let mut browser = open(&server);
    let token = browser.token(LOGIN);
    let names: Vec<_> = (0..100_000).map(|number| format!("f{number}")).collect();
    let mut fields = vec![("csrfmiddlewaretoken", token.as_str())];
    fields.extend(names.iter().map(|name| (name.as_str(), "1")));
    let started = Instant::now();
    let answer = browser.post(LOGIN, &fields);
    assert!(started.elapsed() < TIMEOUT, "{:?}", started.elapsed());
    assert_eq!(answer.status, 400);
    let query: Vec<_> = names
        .iter()
        .take(5_000)
        .map(|name| format!("{name}=1"))
        .collect();
    let answer = browser.get(&format!("{LOGIN}?next=/&{}", query.join("&")));
    assert!(matches!(answer.status, 400 | 200), "{}", answer.status);
    assert_eq!(open(&server).log_in("ada", PASSWORD).status, 302);
}

#[test]
fn a_body_beyond_the_limit_is_not_read() {
    let project = site();
    let server = project.serve();
    let body = format!("username={}", "x".repeat(3 * 1024 * 1024));
    assert_eq!(open(&server).exchange("POST", LOGIN, &body).status, 413);
    let mut browser = open(&server);
    browser.set_cookie("filler", &"x".repeat(70_000));
    assert_eq!(browser.get("/").status, 431);
    assert_eq!(open(&server).log_in("ada", PASSWORD).status, 302);
}

#[test]
fn names_with_every_kind_of_character_are_only_wrong() {
    let project = site();
    let server = project.serve();
    for username in [
        "a\0b",
        "ada\0",
        "' OR 1=1 --",
        "ada\u{202e}",
        "\u{fffd}",
        "%",
        "_da",
        "ÅDÅ\u{301}",
    ] {
        let answer = open(&server).log_in(username, PASSWORD);
        assert_eq!(answer.status, 200, "{username:?}");
    }
}
