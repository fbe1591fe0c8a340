//! Signing up.

use super::account_forms::{NEW, site};
use super::test_site::{Browser, TestSite, header, text};

const SIGNUP: &str = "/accounts/signup/";

fn names(site: &TestSite) -> Vec<String> {
    let sql = "SELECT username FROM auth_user ORDER BY id";
    site.connection().column(sql, &[]).unwrap()
}

fn sign_up(browser: &Browser, username: &str) -> crate::http::Response {
    let fields = [
        ("username", username),
        ("email", "new@EXAMPLE.com"),
        ("password1", NEW),
        ("password2", NEW),
    ];
    browser.submit(SIGNUP, &fields)
}

#[test]
fn a_visitor_makes_an_account_and_is_in() {
    let site = site();
    let browser = site.browser();
    let form = browser.get(SIGNUP);
    assert!(text(&form).contains(r#"autocomplete="new-password""#));
    assert!(header(&form, "Cache-Control").contains("no-store"));
    let token = browser.cookie("csrftoken").unwrap();
    let made = sign_up(&browser, "carol");
    assert_eq!((made.status, header(&made, "Location")), (302, "/"));
    assert_ne!(browser.cookie("csrftoken").unwrap(), token);
    assert_eq!(text(&browser.get("/mine/")), "of carol");
    let sql = "SELECT email || password FROM auth_user WHERE username = 'carol' AND is_active \
               AND NOT is_staff AND NOT is_superuser AND last_login IS NOT NULL";
    let kept = site.connection().column::<String>(sql, &[]).unwrap();
    assert!(
        kept[0].starts_with("new@example.compbkdf2_sha256$10$"),
        "{kept:?}"
    );
    let next = browser.get(&format!("{SIGNUP}?next=/plain/"));
    assert_eq!(header(&next, "Location"), "/plain/");
}

#[test]
fn a_name_that_is_taken_or_looks_like_one_is_refused() {
    let site = site();
    let browser = site.browser();
    for (name, why) in [
        ("alice", "already exists"),
        ("ALICE", "already exists"),
        ("ａｌｉｃｅ", "already exists"),
        ("аlice", "must be of one script"),
        ("al ice", "Enter a valid username"),
        ("", "This field is required"),
        (&"x".repeat(151), "at most 150 characters (it has 151)"),
    ] {
        let refused = sign_up(&browser, name);
        assert_eq!(refused.status, 200, "{name}");
        assert!(text(&refused).contains(why), "{name}: {}", text(&refused));
    }
    assert_eq!(sign_up(&browser, "сора").status, 302);
    let other = site.browser();
    assert!(text(&sign_up(&other, "copa")).contains("looks too much like"));
    assert_eq!(names(&site), ["alice", "сора"]);
}

#[test]
fn a_form_with_mistakes_makes_nobody_and_shows_no_password() {
    let site = site();
    let browser = site.browser();
    for (email, passwords, why) in [
        ("nowhere", [NEW, NEW], "Enter a valid email address."),
        ("", [NEW, NEW], "This field is required."),
        ("a@b.de", [NEW, "other words here"], "didn’t match"),
        ("a@b.de", ["12345678", "12345678"], "entirely numeric"),
        (
            "a@b.de",
            ["carol123", "carol123"],
            "similar to the username",
        ),
    ] {
        let fields = [
            ("username", "carol"),
            ("email", email),
            ("password1", passwords[0]),
            ("password2", passwords[1]),
        ];
        let refused = browser.submit(SIGNUP, &fields);
        assert_eq!(refused.status, 200);
        let page = text(&refused);
        assert!(page.contains(why), "{why}: {page}");
        assert!(!page.contains(passwords[0]), "{page}");
        assert!(page.contains(r#"value="carol""#), "{page}");
    }
    assert_eq!(names(&site), ["alice"]);
}

#[test]
fn a_closed_site_makes_no_accounts() {
    let site = TestSite::new("debug = true").replaced("signup = true", "signup = false");
    let browser = site.browser();
    let page = browser.get(SIGNUP);
    assert_eq!(page.status, 403);
    assert!(text(&page).contains("no new accounts"), "{}", text(&page));
    assert_eq!(sign_up(&browser, "carol").status, 403);
    assert_eq!(names(&site), ["alice"]);
}

#[test]
fn one_name_goes_to_one_of_many_who_want_it_at_once() {
    let site = site();
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let one = |name: &'static str| {
            let site = &site;
            scope.spawn(move || sign_up(&site.browser(), name).status)
        };
        let all: Vec<_> = ["carol", "CAROL", "Carol", "cArol"].map(one).into();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 302).count(), 1);
    assert_eq!(names(&site).len(), 2);
}
