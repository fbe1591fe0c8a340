//! Forms of `multipart/form-data`, as browsers send those with files.

use super::test_site::{Browser, PASSWORD, TestSite, header, text};

const LOGIN: &str = "/accounts/login/";

/// A body of these fields, and of a file.
fn body(fields: &[(&str, &str)]) -> Vec<u8> {
    let fields = fields.iter().map(|(name, value)| {
        format!("--xYz\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    });
    let file = "--xYz\r\nContent-Disposition: form-data; name=\"username\"; filename=\"mallory\"\r\n\r\nmallory\r\n";
    let parts = fields.chain([file.to_owned(), "--xYz--\r\n".to_owned()]);
    parts.collect::<Vec<_>>().concat().into_bytes()
}

fn submit(browser: &Browser, fields: &[(&str, &str)]) -> crate::http::Response {
    browser.get(LOGIN);
    let token = browser.cookie("csrftoken").unwrap();
    let fields = [&[("csrfmiddlewaretoken", token.as_str())], fields].concat();
    let kind = "multipart/form-data; boundary=xYz";
    browser.send_body("POST", LOGIN, kind, body(&fields))
}

#[test]
fn a_form_of_several_parts_is_read_with_its_token() {
    let browser = TestSite::new("debug = true").browser();
    let fields = [
        ("username", "alice"),
        ("password", PASSWORD),
        ("next", "/plain/"),
    ];
    let entered = submit(&browser, &fields);
    assert_eq!(
        (entered.status, header(&entered, "Location")),
        (302, "/plain/")
    );
    assert_eq!(text(&browser.get("/mine/")), "of alice");
}

#[test]
fn a_form_of_several_parts_needs_its_token() {
    let browser = TestSite::new("debug = true").browser();
    browser.get(LOGIN);
    let kind = "multipart/form-data; boundary=xYz";
    let forged = body(&[("username", "alice"), ("password", PASSWORD)]);
    let refused = browser.send_body("POST", LOGIN, kind, forged);
    assert_eq!(refused.status, 403);
    assert!(
        text(&refused).contains("CSRF token missing."),
        "{}",
        text(&refused)
    );
}

#[test]
fn a_form_that_cannot_be_read_is_400_and_never_half_a_form() {
    let browser = TestSite::new("debug = true").browser();
    browser.get(LOGIN);
    let token = browser.cookie("csrftoken").unwrap();
    let whole = body(&[
        ("csrfmiddlewaretoken", &token),
        ("username", "alice"),
        ("password", PASSWORD),
    ]);
    let cut = whole[..whole.len() - 9].to_vec();
    for (kind, body, reason) in [
        ("multipart/form-data", whole.clone(), "has no boundary"),
        (
            "multipart/form-data; boundary=\"",
            whole.clone(),
            "cannot be read",
        ),
        (
            "multipart/form-data; boundary=other",
            whole.clone(),
            "a boundary is missing",
        ),
        (
            "multipart/form-data; boundary=xYz; charset=utf-16",
            whole,
            "not in UTF-8 but in `utf-16`",
        ),
        (
            "multipart/form-data; boundary=xYz",
            cut,
            "a boundary is missing",
        ),
    ] {
        let refused = browser.send_body("POST", LOGIN, kind, body);
        assert_eq!(refused.status, 400, "{kind}");
        assert!(
            text(&refused).contains(reason),
            "{kind}: {}",
            text(&refused)
        );
    }
}

#[test]
fn a_form_has_as_many_fields_and_files_as_the_settings_say() {
    let site = TestSite::new("debug = true\n[server]\nmax_form_fields = 4\nmax_form_files = 0");
    let refused = submit(&site.browser(), &[("username", "alice")]);
    assert_eq!(refused.status, 400);
    assert!(text(&refused).contains("the number of files exceeded 0"));
    let many = [("a", "1"); 5];
    let refused = submit(&site.browser(), &many);
    assert!(text(&refused).contains("the number of fields exceeded 4"));
}
