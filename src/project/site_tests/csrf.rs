//! Forged forms.

use super::test_site::{Browser, PASSWORD, TestSite, header, text};
use crate::crypto::csrf::{mask, new_secret};
use crate::http::Response;

const LOGIN: &str = "/accounts/login/";

fn browser() -> Browser {
    TestSite::new("debug = true").browser()
}

/// The reason that the page with debug gives.
fn reason(response: &Response) -> String {
    assert_eq!(response.status, 403);
    let page = text(response);
    let title = page
        .split("<h1>")
        .nth(1)
        .unwrap()
        .split("</h1>")
        .next()
        .unwrap();
    title.replace("&#x27;", "'")
}

#[test]
fn a_form_needs_the_cookie_and_its_token() {
    let browser = browser();
    let fields = [("username", "alice"), ("password", PASSWORD)];
    assert_eq!(
        reason(&browser.post(LOGIN, &fields)),
        "CSRF cookie not set."
    );
    let secret = new_secret();
    browser.set_cookie("csrftoken", &secret);
    assert_eq!(reason(&browser.post(LOGIN, &fields)), "CSRF token missing.");
    for (token, expected) in [
        (new_secret(), "CSRF token from POST incorrect."),
        (mask(&new_secret()), "CSRF token from POST incorrect."),
        (
            "short".to_owned(),
            "CSRF token from POST has incorrect length.",
        ),
        (
            "!".repeat(32),
            "CSRF token from POST has invalid characters.",
        ),
    ] {
        let sent = browser.post(LOGIN, &[("csrfmiddlewaretoken", &token)]);
        assert_eq!(reason(&sent), expected);
    }
    for token in [secret.clone(), mask(&secret)] {
        let sent = browser.post(LOGIN, &[("csrfmiddlewaretoken", &token)]);
        assert_eq!(sent.status, 200);
    }
}

#[test]
fn a_script_sends_the_token_in_a_header() {
    let secret = new_secret();
    let sent = |token: &str, method: &str| {
        let browser = browser().header("X-CSRFToken", token);
        browser.set_cookie("csrftoken", &secret);
        browser.send(method, "/put/", &[("a", "1")])
    };
    assert_eq!(sent(&mask(&secret), "PUT").status, 302);
    let refused = reason(&sent(&new_secret(), "PUT"));
    assert_eq!(
        refused,
        "CSRF token from the 'X-Csrftoken' HTTP header incorrect."
    );
}

#[test]
fn a_cookie_that_is_no_secret_is_replaced() {
    let browser = browser();
    browser.set_cookie("csrftoken", "bad");
    let refused = browser.post(LOGIN, &[("csrfmiddlewaretoken", "bad")]);
    assert_eq!(reason(&refused), "CSRF cookie has incorrect length.");
    assert_eq!(browser.cookie("csrftoken").unwrap().len(), 32);
}

#[test]
fn only_this_origin_may_send_forms() {
    let site = TestSite::new(
        "debug = true\n[csrf]\ntrusted_origins = ['https://shop.test', 'https://*.trusted.test']",
    );
    let sent = |origin: &str| {
        let browser = site.browser().header("Origin", origin);
        browser.get(LOGIN);
        browser.submit(LOGIN, &[("username", "x")])
    };
    for origin in [
        "http://localhost",
        "https://shop.test",
        "https://a.trusted.test",
    ] {
        assert_eq!(sent(origin).status, 200, "{origin}");
    }
    for origin in [
        "null",
        "https://localhost",
        "http://localhost:8000",
        "http://shop.test",
        "https://trusted.test.evil.com",
        "http://[bad",
    ] {
        let expected =
            format!("Origin checking failed - {origin} does not match any trusted origins.");
        assert_eq!(reason(&sent(origin)), expected);
    }
}

#[test]
fn over_https_the_referer_must_be_of_this_site() {
    let site = TestSite::new(
        "debug = true\n[security]\ntrusted_proxies = ['127.0.0.1']\n[csrf]\ntrusted_origins = ['https://*.trusted.test']",
    );
    let sent = |referer: Option<&str>| {
        let browser = site.browser().header("X-Forwarded-Proto", "https");
        let browser = match referer {
            Some(referer) => browser.header("Referer", referer),
            None => browser,
        };
        browser.submit(LOGIN, &[("username", "x")])
    };
    for referer in ["https://localhost/a", "https://a.trusted.test/"] {
        assert_eq!(sent(Some(referer)).status, 200, "{referer}");
    }
    assert_eq!(reason(&sent(None)), "Referer checking failed - no Referer.");
    for (referer, expected) in [
        ("about:blank", "Referer is malformed."),
        ("https://[bad", "Referer is malformed."),
        (
            "http://localhost/",
            "Referer is insecure while host is secure.",
        ),
        (
            "https://evil.com/",
            "https://evil.com/ does not match any trusted origins.",
        ),
    ] {
        assert_eq!(
            reason(&sent(Some(referer))),
            format!("Referer checking failed - {expected}")
        );
    }
}

#[test]
fn the_cookie_is_sent_only_with_a_page_that_needs_it() {
    let browser = browser();
    assert_eq!(header(&browser.get("/plain/"), "Set-Cookie"), "");
    let page = browser.get(LOGIN);
    let cookie = header(&page, "Set-Cookie");
    assert!(
        cookie.starts_with("csrftoken=") && cookie.contains("; expires="),
        "{cookie}"
    );
    assert!(
        cookie.ends_with("; Max-Age=31449600; Path=/; SameSite=Lax"),
        "{cookie}"
    );
    assert_eq!(header(&page, "Vary"), "Cookie");
    let secret = browser.cookie("csrftoken").unwrap();
    assert!(!text(&page).contains(&secret));
    browser.get(LOGIN);
    assert_eq!(browser.cookie("csrftoken").unwrap(), secret);
}

#[test]
fn a_path_that_leads_nowhere_is_a_404_whatever_is_sent_there() {
    assert_eq!(browser().post("/nowhere/", &[("a", "1")]).status, 404);
}
