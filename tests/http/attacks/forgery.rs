//! Forms that other sites send in the name of a user, and headers that lie.

use super::{PASSWORD, open, site};

const LOGIN: &str = "/accounts/login/";
const LOGOUT: &str = "/accounts/logout/";

#[test]
fn a_form_without_this_browsers_token_is_refused() {
    let project = site();
    let server = project.serve();
    let mut victim = open(&server);
    victim.log_in("ada", PASSWORD);
    let mut attacker = open(&server);
    let stolen = attacker.token(LOGIN);
    for token in ["", "x", &stolen, &"a".repeat(64), &"a".repeat(32)] {
        let answer = victim.post(LOGOUT, &[("csrfmiddlewaretoken", token)]);
        assert_eq!(answer.status, 403, "{token}");
    }
    assert_eq!(victim.post(LOGOUT, &[]).status, 403);
    assert_eq!(victim.get(LOGOUT).status, 405);
    assert_eq!(victim.username().as_deref(), Some("ada"));
}

#[test]
fn a_stolen_token_together_with_its_cookie_still_needs_the_right_origin() {
    let project = site();
    let server = project.serve();
    let mut attacker = open(&server);
    let token = attacker.token(LOGIN);
    let cookie = attacker.cookie("csrftoken").unwrap().to_owned();
    for origin in [
        "http://evil.com",
        "null",
        "http://testserver.evil.com",
        "https://testserver",
    ] {
        let mut victim = open(&server);
        victim.log_in("ada", PASSWORD);
        victim.set_cookie("csrftoken", &cookie);
        let mut victim = victim.header("Origin", origin);
        let answer = victim.post(LOGOUT, &[("csrfmiddlewaretoken", &token)]);
        assert_eq!(answer.status, 403, "{origin}");
        assert_eq!(victim.username().as_deref(), Some("ada"), "{origin}");
    }
    // Over HTTPS a request that says nothing of where it comes from is refused, too.
    for referer in [None, Some("https://evil.com/"), Some("http://testserver/")] {
        let mut victim = open(&server).header("X-Forwarded-Proto", "https");
        victim.set_cookie("csrftoken", &cookie);
        if let Some(referer) = referer {
            victim = victim.header("Referer", referer);
        }
        let answer = victim.post(LOGOUT, &[("csrfmiddlewaretoken", &token)]);
        assert_eq!(answer.status, 403, "{referer:?}");
    }
}

#[test]
fn a_login_cannot_be_forced_upon_somebody() {
    let project = site();
    let server = project.serve();
    let mut victim = open(&server);
    let fields = [("username", "ada"), ("password", PASSWORD)];
    assert_eq!(victim.post(LOGIN, &fields).status, 403);
    assert_eq!(victim.username(), None);
}

#[test]
fn a_host_that_is_not_ours_gets_nothing() {
    let project = site();
    let server = project.serve();
    for host in [
        "evil.com",
        "testserver.evil.com",
        "testserver@evil.com",
        "testserver evil.com",
        "[::1",
        "",
    ] {
        let mut browser = open(&server);
        host.clone_into(&mut browser.host);
        let answer = browser.get("/");
        assert_eq!(answer.status, 400, "{host:?}");
        assert!(!answer.text().contains("evil"), "{host:?}");
    }
    let mut browser = open(&server).header("X-Forwarded-Host", "evil.com");
    assert_eq!(browser.get("/").status, 200);
    let asked = browser.get("/mine/");
    assert!(!asked.header("location").unwrap().contains("evil"));
}

#[test]
fn no_value_of_a_request_becomes_a_header_of_the_answer() {
    let project = site();
    let server = project.serve();
    let injected = "/x%0d%0aSet-Cookie:%20evil=1";
    for path in [
        format!("/mine/?a={injected}"),
        format!("{LOGIN}?next={injected}"),
        format!("/mine{injected}"),
    ] {
        let answer = open(&server).get(&path);
        assert!(
            !answer
                .headers("set-cookie")
                .iter()
                .any(|cookie| cookie.contains("evil")),
            "{path}"
        );
        assert_eq!(answer.header("evil"), None);
    }
    let fields = [
        ("username", "ada"),
        ("password", PASSWORD),
        ("next", "/mine/\r\nSet-Cookie: evil=1"),
    ];
    let answer = open(&server).submit(LOGIN, &fields);
    assert!(
        !answer
            .headers("set-cookie")
            .iter()
            .any(|cookie| cookie.contains("evil"))
    );
    // A line break in a name that the log shows would forge a line of it.
    let mut browser = open(&server);
    browser.log_in("nobody\r\n[02/Jan/2026 03:04:05] \"GET /forged", "x");
    browser.get("/after-it");
    let line = server.line_with("POST /accounts/login/");
    assert!(!line.contains("forged"), "{line}");
    assert!(!server.line_with("GET /").contains("forged"));
}
