//! Passwords that are guessed, and forms that are sent over and over.

use super::test_site::{Browser, PASSWORD, TestSite, header, text};
use crate::http::Response;

const LOGIN: &str = "/accounts/login/";

/// A site behind a proxy, which says where a browser is.
fn site() -> TestSite {
    TestSite::new("allowed_hosts = ['localhost']\n[security]\ntrusted_proxies = ['127.0.0.1']")
}

fn guess(browser: &Browser, username: &str) -> Response {
    let fields = [("username", username), ("password", "wrong")];
    browser.submit(LOGIN, &fields)
}

#[test]
fn guesses_beyond_the_limit_are_refused_without_a_hash() {
    let site = site();
    let browser = site.browser();
    for username in ["alice", "nobody"] {
        for _ in 0..5 {
            assert_eq!(guess(&browser, username).status, 200);
        }
        let before = browser.hashes();
        let refused = guess(&browser, username);
        assert_eq!(
            (refused.status, browser.hashes()),
            (429, before),
            "{username}"
        );
        let wait: u64 = header(&refused, "Retry-After").parse().unwrap();
        assert!((100..=120).contains(&wait), "{wait}");
        let sentence = "Too many attempts. Please try again in 2 minutes.";
        assert!(text(&refused).contains(sentence), "{}", text(&refused));
        assert!(header(&refused, "Cache-Control").contains("no-store"));
    }
    // The right one has to wait as well: an answer would tell which it is.
    let refused = browser.log_in("alice");
    assert_eq!((refused.status, site.sessions()), (429, 0));
}

#[test]
fn guesses_from_one_address_lock_nobody_out_elsewhere() {
    let site = site();
    let browser = site.browser().header("X-Forwarded-For", "192.0.2.1");
    for _ in 0..5 {
        guess(&browser, "alice");
    }
    assert_eq!(guess(&browser, "alice").status, 429);
    let browser = browser.header("X-Forwarded-For", "192.0.2.2");
    assert_eq!(browser.log_in("alice").status, 302);
}

#[test]
fn a_browser_that_logged_in_before_is_not_locked_out() {
    let site = site();
    let browser = site.browser().header("X-Forwarded-For", "192.0.2.1");
    browser.log_in("alice");
    let cookie = browser.cookie("djr_device").unwrap();
    assert!(!cookie.contains("alice"));
    // A crowd of strangers, one of them at the same address.
    let mut crowd = browser.header("X-Forwarded-For", "192.0.2.1");
    crowd.set_cookie("djr_device", "forged:1:2");
    for _ in 0..6 {
        guess(&crowd, "alice");
    }
    for number in 0..110 {
        crowd = crowd.header("X-Forwarded-For", &format!("198.51.100.{number}"));
        guess(&crowd, "alice");
    }
    assert_eq!(crowd.log_in("alice").status, 429);
    crowd.set_cookie("djr_device", &cookie);
    assert_eq!(crowd.log_in("alice").status, 302);
    for _ in 0..5 {
        assert_eq!(guess(&crowd, "alice").status, 200);
    }
    assert_eq!(guess(&crowd, "alice").status, 429);
}

#[test]
fn a_new_password_makes_known_browsers_strange() {
    let site = site();
    let browser = site.browser();
    browser.log_in("alice");
    let first = browser.cookie("djr_device").unwrap();
    let fields = [
        ("old_password", PASSWORD),
        ("new_password1", "correct horse battery"),
        ("new_password2", "correct horse battery"),
    ];
    assert_eq!(
        browser.submit("/accounts/password_change/", &fields).status,
        302
    );
    let second = browser.cookie("djr_device").unwrap();
    let name = |cookie: &str| cookie.split(':').next().unwrap().to_owned();
    assert_ne!(name(&first), name(&second));
}

#[test]
fn an_old_password_is_guessed_no_more_often_than_at_the_login() {
    let site = site();
    let browser = site.browser();
    browser.log_in("alice");
    let fields = [
        ("old_password", "wrong"),
        ("new_password1", "correct horse battery"),
        ("new_password2", "correct horse battery"),
    ];
    let change = || browser.submit("/accounts/password_change/", &fields);
    for _ in 0..5 {
        assert_eq!(change().status, 200);
    }
    let before = browser.hashes();
    assert_eq!((change().status, browser.hashes()), (429, before));
}

#[test]
fn mails_and_sign_ups_have_their_limits() {
    let limits = "mail_burst = 50\nform_burst = 50";
    let site = site().replaced(limits, "mail_burst = 2\nform_burst = 5");
    let browser = site.browser();
    let ask = |email: &str| browser.submit("/accounts/password_reset/", &[("email", email)]);
    let statuses = [
        "a@example.com",
        "A@example.com",
        "a@example.com",
        "b@example.com",
    ];
    let statuses = statuses.map(|email| ask(email).status);
    assert_eq!(statuses, [302, 302, 429, 302]);
    let sign_up = |username: &str| {
        let fields = [
            ("username", username),
            ("email", "new@example.com"),
            ("password1", "correct horse battery"),
            ("password2", "correct horse battery"),
        ];
        browser.submit("/accounts/signup/", &fields)
    };
    assert_eq!(sign_up("bob").status, 302);
    browser.submit("/accounts/logout/", &[]);
    let before = browser.hashes();
    assert_eq!((sign_up("carol").status, browser.hashes()), (429, before));
}

#[test]
fn nothing_is_refused_where_the_settings_say_so() {
    let site = site().replaced("mail_burst = 50", "enabled = false");
    let browser = site.browser();
    for _ in 0..20 {
        assert_eq!(guess(&browser, "alice").status, 200);
    }
}
