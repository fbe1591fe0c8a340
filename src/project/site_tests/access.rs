//! Logging in and out, and pages for users.

use super::test_site::{PASSWORD, TestSite, hashers, header, text};

const LOGIN: &str = "/accounts/login/";
const LOGOUT: &str = "/accounts/logout/";

fn site() -> TestSite {
    TestSite::new("debug = true")
}

#[test]
fn a_page_for_users_asks_for_a_login_and_comes_back() {
    let browser = site().browser();
    let asked = browser.get("/mine/?a=1&b=2");
    let expected = "/accounts/login/?next=/mine/%3Fa%3D1%26b%3D2";
    assert_eq!((asked.status, header(&asked, "Location")), (302, expected));
    assert_eq!(header(&asked, "Vary"), "Cookie");
    let form = browser.get(header(&asked, "Location"));
    assert!(
        text(&form).ends_with("/mine/?a=1&amp;b=2|None|"),
        "{}",
        text(&form)
    );
    let fields = [
        ("username", "alice"),
        ("password", PASSWORD),
        ("next", "/mine/?a=1&b=2"),
    ];
    let entered = browser.submit(LOGIN, &fields);
    assert_eq!(
        (entered.status, header(&entered, "Location")),
        (302, "/mine/?a=1&b=2")
    );
    assert_eq!(text(&browser.get("/mine/")), "of alice");
}

#[test]
fn a_login_on_another_host_is_told_the_whole_address() {
    for (login_url, location) in [
        (
            "https://id.example.com/login?app=1#top",
            "https://id.example.com/login?app=1&next=http%3A//localhost/mine/%3Fa%3D1#top",
        ),
        (
            "//id.example.com/",
            "//id.example.com/?next=http%3A//localhost/mine/%3Fa%3D1",
        ),
        (
            "https://localhost/in/",
            "https://localhost/in/?next=http%3A//localhost/mine/%3Fa%3D1",
        ),
        (
            "http://localhost/in/",
            "http://localhost/in/?next=/mine/%3Fa%3D1",
        ),
        ("//localhost/in/", "//localhost/in/?next=/mine/%3Fa%3D1"),
    ] {
        let auth = format!("[auth]\nlogin_url = '{login_url}'\n");
        let site = TestSite::new("debug = true").replaced("[auth]\n", &auth);
        let asked = site.browser().get("/mine/?a=1");
        assert_eq!((asked.status, header(&asked, "Location")), (302, location));
    }
}

#[test]
fn a_login_leads_nowhere_else() {
    let site = site();
    for (next, location) in [
        ("/plain/", "/plain/"),
        ("http://localhost/y", "http://localhost/y"),
        ("//evil.com", "/"),
        ("http://evil.com/", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.com", "/"),
        ("", "/"),
    ] {
        let browser = site.browser();
        let fields = [
            ("username", "alice"),
            ("password", PASSWORD),
            ("next", next),
        ];
        let entered = browser.submit(LOGIN, &fields);
        assert_eq!(header(&entered, "Location"), location, "{next}");
        let form = browser.get(&format!("{LOGIN}?next={}", next.replace(':', "%3A")));
        assert!(!text(&form).contains("evil"), "{next}");
    }
}

#[test]
fn what_was_known_before_a_login_is_of_no_use_after_it() {
    let site = site();
    let browser = site.browser();
    browser.get(LOGIN);
    let token = browser.cookie("csrftoken").unwrap();
    browser.log_in("alice");
    let first = browser.cookie("sessionid").unwrap();
    assert_ne!(browser.cookie("csrftoken").unwrap(), token);
    browser.log_in("alice");
    let second = browser.cookie("sessionid").unwrap();
    assert_ne!(second, first);
    assert_eq!(site.sessions(), 1);
    let thief = site.browser();
    thief.set_cookie("sessionid", &first);
    assert_eq!(thief.get("/mine/").status, 302);
}

#[test]
fn a_planted_session_key_is_never_taken() {
    let site = site();
    let browser = site.browser();
    browser.set_cookie("sessionid", "plantedplantedplantedplanted0123");
    browser.log_in("alice");
    assert_ne!(
        browser.cookie("sessionid").unwrap(),
        "plantedplantedplantedplanted0123"
    );
    assert_eq!(site.sessions(), 1);
}

#[test]
fn wrong_names_wrong_passwords_and_inactive_users_get_the_same_answer() {
    let site = site();
    let sql = "UPDATE auth_user SET is_active = 0 WHERE username = 'bob'";
    site.add_user(
        "bob",
        &hashers(&["pbkdf2_sha256"]).make_password(PASSWORD).unwrap(),
    );
    site.connection().execute(sql, &[]).unwrap();
    let browser = site.browser();
    for (username, password) in [
        ("alice", "wrong"),
        ("nobody", PASSWORD),
        ("bob", PASSWORD),
        ("ALICE", PASSWORD),
    ] {
        let refused = browser.submit(LOGIN, &[("username", username), ("password", password)]);
        let expected = format!(
            "|{username}|Please enter a correct username and password. Note that both fields may be case-sensitive."
        );
        assert_eq!(refused.status, 200);
        assert!(text(&refused).ends_with(&expected), "{}", text(&refused));
        assert!(!text(&refused).contains(PASSWORD));
    }
    assert_eq!(site.sessions(), 0);
    let empty = browser.submit(LOGIN, &[("username", " "), ("password", "")]);
    assert!(
        text(&empty)
            .ends_with("Username: This field is required.Password: This field is required."),
        "{}",
        text(&empty)
    );
}

#[test]
fn a_login_records_its_time_and_renews_an_old_hash() {
    let site = site();
    site.add_user("carol", &hashers(&["md5"]).make_password(PASSWORD).unwrap());
    let browser = site.browser();
    browser.log_in("carol");
    let sql = "SELECT password FROM auth_user WHERE username = 'carol' AND last_login IS NOT NULL";
    let kept = site.connection().column::<String>(sql, &[]).unwrap();
    assert!(kept[0].starts_with("pbkdf2_sha256$10$"), "{kept:?}");
    assert_eq!(text(&browser.get("/mine/")), "of carol");
}

#[test]
fn a_changed_password_ends_the_session() {
    let site = site();
    let browser = site.browser();
    browser.log_in("alice");
    let encoded = hashers(&["pbkdf2_sha256"])
        .make_password("another")
        .unwrap();
    let sql = "UPDATE auth_user SET password = ?";
    site.connection().execute(sql, &[encoded.into()]).unwrap();
    assert_eq!(browser.get("/mine/").status, 302);
    assert_eq!(browser.cookie("sessionid"), None);
    assert_eq!(site.sessions(), 0);
}

#[test]
fn a_logout_takes_a_form_and_ends_the_session() {
    let site = site();
    let browser = site.browser();
    browser.log_in("alice");
    let refused = browser.get(LOGOUT);
    assert_eq!(
        (refused.status, header(&refused, "Allow")),
        (405, "POST, OPTIONS")
    );
    assert!(header(&refused, "Cache-Control").contains("no-store"));
    assert_eq!(browser.post(LOGOUT, &[]).status, 403);
    assert_eq!(text(&browser.get("/mine/")), "of alice");
    let key = browser.cookie("sessionid").unwrap();
    let left = browser.submit(LOGOUT, &[("next", "//evil.com")]);
    assert_eq!((left.status, text(&left)), (200, "bye ."));
    assert_eq!((browser.cookie("sessionid"), site.sessions()), (None, 0));
    browser.set_cookie("sessionid", &key);
    assert_eq!(browser.get("/mine/").status, 302);
    let elsewhere = browser.submit(LOGOUT, &[("next", "/plain/")]);
    assert_eq!(
        (elsewhere.status, header(&elsewhere, "Location")),
        (302, "/plain/")
    );
}

#[test]
fn a_login_page_is_kept_by_no_cache() {
    let page = site().browser().get(LOGIN);
    let expected = "max-age=0, no-cache, no-store, must-revalidate, private";
    assert_eq!(header(&page, "Cache-Control"), expected);
    assert!(header(&page, "Expires").ends_with(" GMT"));
}

#[test]
fn logins_beyond_the_limit_are_asked_to_come_back() {
    let site = TestSite::new("debug = true");
    let browser = site.browser();
    browser.get(LOGIN);
    let refused = browser.while_hashing(|| browser.log_in("alice"));
    assert_eq!(
        (refused.status, header(&refused, "Retry-After")),
        (503, "5")
    );
    assert_eq!(browser.log_in("alice").status, 302);
}
