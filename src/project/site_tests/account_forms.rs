//! What the tests of signing up and of passwords fill in.

use super::test_site::{Browser, TestSite, header, text};

/// The page that changes a password.
pub(super) const CHANGE: &str = "/accounts/password_change/";
const RESET: &str = "/accounts/password_reset/";

/// A password that all validators accept.
pub(super) const NEW: &str = "correct horse battery";

/// A site with the pages of accounts.
pub(super) fn site() -> TestSite {
    TestSite::new("debug = true")
}

/// Sends the form that changes the password.
pub(super) fn change(browser: &Browser, old: &str, new: [&str; 2]) -> crate::http::Response {
    let fields = [
        ("old_password", old),
        ("new_password1", new[0]),
        ("new_password2", new[1]),
    ];
    browser.submit(CHANGE, &fields)
}

/// Asks for a mail with a link to set a new password.
pub(super) fn ask(browser: &Browser, email: &str) -> crate::http::Response {
    browser.submit(RESET, &[("email", email)])
}

/// The last mail, its long lines whole (RFC 2045, quoted-printable).
pub(super) fn last_mail(browser: &Browser) -> String {
    let text = browser.mail().pop().unwrap().text;
    text.replace("=\n", "").replace("=3D", "=")
}

/// The path in the last mail.
pub(super) fn link(browser: &Browser) -> String {
    let text = last_mail(browser);
    let (_, rest) = text.split_once("http://localhost").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Sends the form that sets a new password.
pub(super) fn set(browser: &Browser, path: &str, new: [&str; 2]) -> crate::http::Response {
    let fields = [("new_password1", new[0]), ("new_password2", new[1])];
    browser.submit(path, &fields)
}

/// Follows the link of a mail; returns the path of the form.
pub(super) fn follow(browser: &Browser, link: &str) -> String {
    let moved = browser.get(link);
    assert_eq!(moved.status, 302, "{}", text(&moved));
    header(&moved, "Location").to_owned()
}
