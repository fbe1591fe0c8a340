//! Cookies of sessions, and when they are sent.

use std::cell::RefCell;
use std::rc::Rc;

use super::test_site::{PASSWORD, TestSite, URLS, header};
use crate::db::watch_statements;
use crate::http::SetCookie;

#[test]
fn a_page_that_reads_no_session_says_nothing_of_cookies() {
    let browser = TestSite::new("debug = true").browser();
    browser.log_in("alice");
    let page = browser.get("/plain/");
    assert_eq!(
        (header(&page, "Vary"), header(&page, "Set-Cookie")),
        ("", "")
    );
}

#[test]
fn a_page_that_reads_the_user_varies_on_cookies_and_sets_none() {
    let browser = TestSite::new("debug = true").browser();
    for _ in 0..2 {
        let page = browser.get("/");
        assert_eq!(
            (header(&page, "Vary"), header(&page, "Set-Cookie")),
            ("Cookie", "")
        );
        browser.log_in("alice");
    }
}

#[test]
fn a_login_sends_a_cookie_as_django_writes_it() {
    let browser = TestSite::new("debug = true").browser();
    let response = browser.log_in("alice");
    let cookies: Vec<_> = response.headers.get_all("Set-Cookie").collect();
    let session = cookies
        .iter()
        .find(|cookie| cookie.starts_with("sessionid="))
        .unwrap();
    let parts: Vec<_> = session.split("; ").collect();
    assert_eq!(parts[0].len(), "sessionid=".len() + 32);
    assert!(
        parts[1].starts_with("expires=") && parts[1].ends_with(" GMT"),
        "{session}"
    );
    assert_eq!(
        parts[2..],
        ["HttpOnly", "Max-Age=1209600", "Path=/", "SameSite=Lax"]
    );
}

/// The session's cookie, as it is sent after a login with these fields.
fn cookie_after(site: &TestSite, fields: &[(&str, &str)]) -> String {
    let fields = [&[("username", "alice"), ("password", PASSWORD)], fields].concat();
    let response = site.browser().submit("/accounts/login/", &fields);
    let cookies: Vec<_> = response.headers.get_all("Set-Cookie").collect();
    let session = cookies
        .iter()
        .find(|cookie| cookie.starts_with("sessionid="));
    (*session.unwrap()).to_owned()
}

#[test]
fn a_login_lasts_beyond_the_browser_only_if_that_was_asked_for() {
    const BROWSER: &str = "; HttpOnly; Path=/; SameSite=Lax; Secure";
    const STAYS: &str = " GMT; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax; Secure";
    let secure = "debug = true\n[sessions]\ncookie_secure = true\n";
    for settings in ["", "expire_at_browser_close = true"] {
        let site = TestSite::new(&format!("{secure}{settings}"));
        let cookie = cookie_after(&site, &[]);
        assert!(
            !cookie.contains("Max-Age") && cookie.ends_with(BROWSER),
            "{cookie}"
        );
        let cookie = cookie_after(&site, &[("remember_me", "on")]);
        assert!(cookie.ends_with(STAYS), "{cookie}");
    }
}

#[test]
fn without_the_question_the_settings_say_how_long_a_login_lasts() {
    for (settings, stays) in [("", true), ("expire_at_browser_close = true", false)] {
        let site = TestSite::new(&format!("debug = true\n[sessions]\n{settings}"));
        let urls = "[[urls]]\npath = 'accounts/login/'\nname = 'login'\nview = 'auth.login'\n";
        site.write("urls.toml", &format!("{urls}{URLS}"));
        let cookie = cookie_after(&site, &[]);
        assert_eq!(cookie.contains("Max-Age"), stays, "{cookie}");
    }
}

#[test]
fn a_cookie_that_names_nothing_is_deleted_by_a_page_that_reads_it() {
    let site = TestSite::new("debug = true");
    let browser = site.browser();
    browser.set_cookie("sessionid", "abcdefghijklmnopqrstuvwxyz012345");
    assert_eq!(header(&browser.get("/plain/"), "Set-Cookie"), "");
    let page = browser.get("/");
    let expected =
        "sessionid=\"\"; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; Path=/; SameSite=Lax";
    assert_eq!(header(&page, "Set-Cookie"), expected);
    assert_eq!(header(&page, "Vary"), "Cookie");
    assert_eq!(site.sessions(), 0);
}

#[test]
fn every_request_renews_the_session_if_the_settings_say_so() {
    let site = TestSite::new("debug = true\n[sessions]\nsave_every_request = true");
    let browser = site.browser();
    assert_eq!(header(&browser.get("/plain/"), "Set-Cookie"), "");
    browser.log_in("alice");
    let page = browser.get("/plain/");
    assert!(header(&page, "Set-Cookie").starts_with("sessionid="));
    assert_eq!(header(&page, "Vary"), "Cookie");
}

#[test]
fn a_session_deleted_in_the_meantime_is_refused_rather_than_revived() {
    let site =
        TestSite::new("allowed_hosts = ['localhost']\n[sessions]\nsave_every_request = true");
    let browser = site.browser();
    browser.log_in("alice");
    let key = browser.cookie("sessionid").unwrap();
    let sql = "UPDATE django_session SET session_data = ''";
    site.connection().execute(sql, &[]).unwrap();
    assert_eq!(browser.get("/").status, 200);
    site.connection()
        .execute("DELETE FROM django_session", &[])
        .unwrap();
    browser.set_cookie("sessionid", &key);
    browser.get("/plain/");
    assert_eq!(site.sessions(), 0);
}

#[test]
fn a_signed_cookie_is_read_as_it_was_written_and_by_nobody_else() {
    let browser = TestSite::new("debug = true").browser();
    let cookie = browser.with_request("", |request| {
        request.sign_cookie(SetCookie::new("visits", "7; \"é\""), "count")
    });
    let written = cookie.header();
    let sent = written.split("; Path").next().unwrap();
    let read = |salt: &str, cookie: &str| {
        browser.with_request(cookie, |request| {
            request.signed_cookie("visits", salt, None).ok()
        })
    };
    assert_eq!(read("count", sent), Some(Some("7; \"é\"".to_owned())));
    assert_eq!(read("other", sent), None);
    assert_eq!(
        read("count", &sent.replace("visits=\"7", "visits=\"8")),
        None
    );
    assert_eq!(read("count", ""), Some(None));
}

#[test]
fn a_page_reads_its_session_once_and_writes_nothing() {
    for (engine, tables) in [
        ("database", &["django_session", "auth_user"][..]),
        ("cached_db", &["auth_user"]),
        ("cache", &["auth_user"]),
        ("file", &["auth_user"]),
        ("signed_cookies", &["auth_user"]),
    ] {
        let settings = format!("allowed_hosts = ['localhost']\n[sessions]\nengine = '{engine}'\n");
        let browser = TestSite::new(&settings).browser();
        browser.log_in("alice");
        let told = Rc::new(RefCell::new(Vec::new()));
        let seen = Rc::clone(&told);
        let page = watch_statements(
            move |statement| seen.borrow_mut().push(statement.sql),
            || browser.get("/"),
        );
        assert_eq!(page.status, 200, "{engine}");
        let statements = told.take();
        assert_eq!(statements.len(), tables.len(), "{engine}: {statements:?}");
        for (statement, table) in statements.iter().zip(tables) {
            let is_meant = statement.starts_with("SELECT") && statement.contains(table);
            assert!(is_meant, "{engine}: {statement}");
        }
    }
}
