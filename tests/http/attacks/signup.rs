//! Attacks on the sign-up: names that look like others, fields that are not on the form.

use super::{open, site};

const SIGNUP: &str = "/accounts/signup/";
const PASSWORD: &str = "a wholly new passphrase 7";

fn with_signup() -> crate::support::Project {
    site().replaced("[auth.costs]", "[auth]\nsignup = true\n\n[auth.costs]")
}

fn fields<'f>(username: &'f str, email: &'f str, password: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("username", username),
        ("email", email),
        ("password1", password),
        ("password2", password),
    ]
}

fn names(project: &crate::support::Project) -> Vec<String> {
    let rows: Vec<(String,)> = project.rows("SELECT username FROM auth_user ORDER BY id");
    rows.into_iter().map(|(name,)| name).collect()
}

#[test]
fn nobody_signs_up_unless_the_site_says_so() {
    let project = site();
    let server = project.serve();
    let mut browser = open(&server);
    let page = browser.get(SIGNUP);
    assert!(!page.text().contains("password1"), "{}", page.text());
    browser.get("/accounts/login/");
    let token = browser.token("/accounts/login/");
    let mut sent = fields("eve", "eve@example.com", PASSWORD);
    sent.push(("csrfmiddlewaretoken", &token));
    browser.post(SIGNUP, &sent);
    assert_eq!(names(&project), ["ada"]);
}

#[test]
fn no_name_passes_for_another() {
    let project = with_signup();
    let server = project.serve();
    for username in [
        "ada",
        "ADA",
        "Ada",
        " ada ",
        "ａｄａ",
        "ad\u{430}",
        "\u{430}d\u{430}",
        "ada\u{200b}",
        "a\u{ad}da",
        "ada\u{202e}",
        "\u{feff}ada",
        "ada\0",
        "ada\n",
        "ada\r\nBcc: eve@example.com",
        "a da",
        "<b>ada</b>",
        "",
    ] {
        let answer = open(&server).submit(SIGNUP, &fields(username, "eve@example.com", PASSWORD));
        assert_eq!(answer.status, 200, "{username:?}");
    }
    assert_eq!(names(&project), ["ada"]);
    let answer = open(&server).submit(SIGNUP, &fields("eve", "eve@example.com", PASSWORD));
    assert_eq!(answer.status, 302);
    assert_eq!(names(&project), ["ada", "eve"]);
}

#[test]
fn nobody_promotes_himself() {
    let project = with_signup();
    let server = project.serve();
    let mut sent = fields("eve", "eve@example.com", PASSWORD);
    sent.extend([
        ("is_superuser", "on"),
        ("is_staff", "1"),
        ("id", "1"),
        ("groups", "1"),
    ]);
    sent.extend([
        ("is_active", "0"),
        ("last_login", "2030-01-01"),
        ("password", "!"),
    ]);
    assert_eq!(open(&server).submit(SIGNUP, &sent).status, 302);
    let rows: Vec<(i64, bool, bool, bool)> = project
        .rows("SELECT id, is_superuser, is_staff, is_active FROM auth_user WHERE username = 'eve'");
    assert_eq!(rows, [(2, false, false, true)]);
}

#[test]
fn an_address_that_is_known_looks_like_any_other() {
    let project = with_signup();
    let server = project.serve();
    let answers = ["ada@example.com", "new@example.com"].map(|email| {
        let username = email.split('@').next().unwrap().replace("ada", "one");
        let answer = open(&server).submit(SIGNUP, &fields(&username, email, PASSWORD));
        (
            answer.status,
            answer.header("location").map(ToOwned::to_owned),
        )
    });
    assert_eq!(answers[0], answers[1]);
    for email in [
        "eve@example.com\nBcc: x@example.com",
        "eve@example.com, x@example.com",
        "eve",
    ] {
        let answer = open(&server).submit(SIGNUP, &fields("eve", email, PASSWORD));
        assert_eq!(answer.status, 200, "{email:?}");
    }
}

#[test]
fn a_form_of_another_site_and_one_of_a_megabyte_are_refused() {
    let project = with_signup();
    let server = project.serve();
    let mut browser = open(&server);
    assert_eq!(
        browser.post(SIGNUP, &fields("eve", "", PASSWORD)).status,
        403
    );
    let long = "x".repeat(1024 * 1024);
    for sent in [
        fields("eve", "", &long),
        fields(&long, "", PASSWORD),
        fields("eve", &long, PASSWORD),
    ] {
        assert_eq!(open(&server).submit(SIGNUP, &sent).status, 200);
    }
    assert_eq!(names(&project), ["ada"]);
}
