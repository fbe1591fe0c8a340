//! Three user models of projects' own, walked through the pages of accounts.

use crate::attacks::browser::Browser;
use crate::support::user_models::{accounts, members, operators, with_tables};
use crate::support::{Project, Server};

const PASSWORD: &str = "a wholly new passphrase 7";
const NEW: &str = "yet another phrase of mine 8";
const SIGN_UP: &str = "/accounts/signup/";

fn site(project: Project) -> Project {
    let project = project
        .replaced("debug = true", "allowed_hosts = [\"testserver\"]")
        .setting("[mail]\nbackend = \"file\"\n\n[auth.throttle]\nenabled = false");
    with_tables(project)
}

fn open(server: &Server) -> Browser {
    Browser::new(server.address())
}

/// What `/` shows of the user: what it logs in with, and its key.
fn user(browser: &mut Browser) -> (String, String) {
    let page = browser.get("/").text();
    let (name, key) = page.split_once('|').unwrap();
    (name.to_owned(), key.to_owned())
}

#[track_caller]
fn sign_up(browser: &mut Browser, fields: &[(&str, &str)]) {
    let answer = browser.submit(SIGN_UP, &with_passwords(fields));
    assert_eq!(answer.status, 302, "{}", answer.text());
}

fn with_passwords<'f>(fields: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let passwords = [("password1", PASSWORD), ("password2", PASSWORD)];
    fields.iter().copied().chain(passwords).collect()
}

/// The page that a refused sign-up shows.
#[track_caller]
fn refused(browser: &mut Browser, fields: &[(&str, &str)], told: &str) {
    let answer = browser.submit(SIGN_UP, &with_passwords(fields));
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.text().contains(told), "{told}:\n{}", answer.text());
}

/// The link in the one mail that was kept, waiting for it.
fn link(project: &Project) -> String {
    // Lines that are longer than mail allows are broken.
    let mail = project.mail(1).remove(0).replace("=\r\n", "");
    let mail = mail.replace("=\n", "");
    let (_, rest) = mail.split_once("://testserver").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Logs out, in and in again with a password that was changed, and with one that a mailed link allowed.
fn walk_through(project: &Project, server: &Server, name: &str, address: &str) {
    let mut browser = open(server);
    assert_eq!(browser.log_in(name, "wrong").status, 200);
    assert_eq!(browser.log_in(name, PASSWORD).status, 302);
    let (shown, key) = user(&mut browser);
    assert_eq!(shown, name);
    let change = [
        ("old_password", PASSWORD),
        ("new_password1", NEW),
        ("new_password2", NEW),
    ];
    assert_eq!(
        browser.submit("/accounts/password_change/", &change).status,
        302
    );
    assert_eq!(user(&mut browser), (shown, key));
    let sessions = project
        .djr(["sessions", "list", "--user", name, "--json"])
        .success()
        .json();
    assert!(
        !sessions["result"]["sessions"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    project.djr(["sessions", "end", "--user", name]).success();
    assert_eq!(user(&mut browser).0, "");
    assert_eq!(browser.log_in(name, NEW).status, 302);
    let mut other = open(server);
    let asked = other.submit("/accounts/password_reset/", &[("email", address)]);
    assert_eq!(asked.status, 302, "{}", asked.text());
    let link = link(project);
    let form = other.get(&link);
    let form = form.header("location").unwrap().to_owned();
    let fields = [("new_password1", PASSWORD), ("new_password2", PASSWORD)];
    assert_eq!(other.submit(&form, &fields).status, 302);
    assert_eq!(user(&mut browser).0, "");
    assert_eq!(browser.log_in(name, PASSWORD).status, 302);
}

#[test]
fn users_log_in_by_address_without_a_username() {
    let project = site(members(Project::new()));
    let server = project.serve();
    let mut browser = open(&server);
    let page = browser.get(SIGN_UP).text();
    for expected in [
        "name=\"email\"",
        "Email address</label>",
        "name=\"display_name\"",
        "Display name</label>",
    ] {
        assert!(page.contains(expected), "{expected}: {page}");
    }
    assert!(!page.contains("name=\"username\""), "{page}");
    refused(
        &mut browser,
        &[("email", "ada@example.com")],
        "This field is required.",
    );
    let short = [("email", "ada@example.com"), ("display_name", "A")];
    refused(&mut browser, &short, "This is shorter than 3 characters.");
    let ada = [("email", "ada@Example.COM"), ("display_name", "Ada")];
    sign_up(&mut browser, &ada);
    assert_eq!(user(&mut browser).0, "ada@example.com");
    let mut other = open(&server);
    refused(
        &mut other,
        &ada,
        "A user with that email address already exists.",
    );
    let eve = [("email", "eve@example.com"), ("display_name", "Ada")];
    refused(
        &mut other,
        &eve,
        "A member with this display name and club exists already.",
    );
    let page = other.get("/accounts/login/").text();
    assert!(page.contains("Email address</label>"), "{page}");
    let wrong = other.log_in("nobody@example.com", PASSWORD).text();
    assert!(
        wrong.contains("Please enter a correct email address and password."),
        "{wrong}"
    );
    assert_eq!(other.log_in("ada@EXAMPLE.com", PASSWORD).status, 302);
    walk_through(&project, &server, "ada@example.com", "ada@example.com");
}

#[test]
fn the_key_of_a_user_may_be_a_uuid_and_an_address_that_is_taken_is_an_error_of_the_form() {
    let project = site(accounts(Project::new()));
    let server = project.serve();
    let mut browser = open(&server);
    sign_up(
        &mut browser,
        &[("username", "ada"), ("email", "ada@example.com")],
    );
    let (name, key) = user(&mut browser);
    assert_eq!((name.as_str(), key.len()), ("ada", 36), "{key}");
    let mut other = open(&server);
    let taken = [("username", "eve"), ("email", "ada@example.com")];
    refused(
        &mut other,
        &taken,
        "An account with this email address exists already.",
    );
    walk_through(&project, &server, "ada", "ada@example.com");
}

#[test]
fn a_user_may_be_without_names_dates_and_the_switch_to_lock_it_out() {
    let project = site(operators(Project::new()));
    let server = project.serve();
    let mut browser = open(&server);
    let ada = [
        ("login", "ada"),
        ("mail", "ada@example.com"),
        ("badge", "007"),
    ];
    sign_up(&mut browser, &ada);
    assert_eq!(user(&mut browser), ("ada".to_owned(), "007".to_owned()));
    let mut other = open(&server);
    let eve = [
        ("login", "eve"),
        ("mail", "eve@example.com"),
        ("badge", "007"),
    ];
    refused(
        &mut other,
        &eve,
        "An operator with this badge exists already.",
    );
    walk_through(&project, &server, "ada", "ada@example.com");
}

#[test]
fn what_the_database_alone_can_refuse_is_an_error_of_the_form_too() {
    let check =
        "check = { display_name__in = [\"Ada\", \"Bob\"] }, violation_error_message = \"Not you.\"";
    let project = members(Project::new());
    let usual =
        "check = { age__lt = 150 }, violation_error_message = \"Nobody is as old as that.\"";
    let models = project.read("people/models.toml").replace(usual, check);
    let project = site(project.file("people/models.toml", &models));
    let server = project.serve();
    let mut browser = open(&server);
    let eve = [("email", "eve@example.com"), ("display_name", "Eve")];
    refused(&mut browser, &eve, "Not you.");
    sign_up(
        &mut browser,
        &[("email", "eve@example.com"), ("display_name", "Bob")],
    );
}

#[test]
fn users_without_an_address_are_not_offered_a_link_by_mail() {
    let project = site(operators(Project::new()).replaced("email_field = \"mail\"", ""));
    let server = project.serve();
    let mut browser = open(&server);
    let page = browser.get("/accounts/login/").text();
    assert!(!page.contains("password_reset"), "{page}");
    assert_eq!(browser.get("/accounts/password_reset/").status, 404);
}
