//! Attacks on the login: other sites, planted sessions, names that are told apart.

use serde_json::Value;
use url::Url;

use super::{PASSWORD, open, site};

const LOGIN: &str = "/accounts/login/";

/// All that Django's own tests and others have tried, with what Django says of each.
fn vectors() -> Vec<Value> {
    serde_json::from_str(include_str!("../../vectors/url_safety.json")).unwrap()
}

#[test]
fn no_next_leads_to_another_site() {
    let project = site();
    let server = project.serve();
    let mut tried = 0;
    for vector in vectors() {
        let Some(next) = vector["url"].as_str() else {
            continue;
        };
        let secure = vector["require_https"] == true;
        let scheme = if secure { "https" } else { "http" };
        let mut browser = open(&server)
            .header("X-Forwarded-Proto", scheme)
            .header("Origin", &format!("{scheme}://testserver"));
        let fields = [("username", "ada"), ("password", PASSWORD), ("next", next)];
        let answer = browser.submit(LOGIN, &fields);
        assert_eq!(answer.status, 302, "{vector}: {}", answer.text());
        let location = answer.header("location").unwrap();
        // A browser's own reading of the address (WHATWG).
        let here = Url::parse(&format!("{scheme}://testserver{LOGIN}")).unwrap();
        let target = here.join(location).unwrap();
        assert_eq!(
            target.host_str(),
            Some("testserver"),
            "{vector}: {location}"
        );
        assert!(
            matches!(target.scheme(), "http" | "https"),
            "{vector}: {location}"
        );
        assert!(
            !secure || target.scheme() == "https",
            "{vector}: {location}"
        );
        let obeyed = vector["safe"] == true;
        assert_eq!(
            location != "/",
            obeyed && next != "/",
            "{vector}: {location}"
        );
        tried += 1;
    }
    assert!(tried > 40, "{tried}");
}

#[test]
fn a_session_that_was_planted_or_known_before_is_worth_nothing_after_the_login() {
    let project = site();
    let server = project.serve();
    let mut victim = open(&server);
    let planted = "plantedplantedplantedplanted0123";
    victim.set_cookie("sessionid", planted);
    assert_eq!(victim.log_in("ada", PASSWORD).status, 302);
    assert_eq!(victim.username().as_deref(), Some("ada"));
    let own = victim.cookie("sessionid").unwrap().to_owned();
    assert_ne!(own, planted);
    let mut attacker = open(&server);
    attacker.set_cookie("sessionid", planted);
    assert_eq!(attacker.username(), None);
    // Nor is the first session after a second login, or after a logout.
    assert_eq!(victim.log_in("ada", PASSWORD).status, 302);
    attacker.set_cookie("sessionid", &own);
    assert_eq!(attacker.username(), None);
    let last = victim.cookie("sessionid").unwrap().to_owned();
    let token = victim.token(LOGIN);
    let fields = [("csrfmiddlewaretoken", token.as_str())];
    assert_eq!(victim.post("/accounts/logout/", &fields).status, 200);
    attacker.set_cookie("sessionid", &last);
    assert_eq!(attacker.username(), None);
}

#[test]
fn a_new_password_ends_every_session_that_the_old_one_began() {
    let project = site();
    let server = project.serve();
    let mut thief = open(&server);
    thief.log_in("ada", PASSWORD);
    assert_eq!(thief.username().as_deref(), Some("ada"));
    project
        .command(["changepassword", "ada", "--password-file", "-"])
        .stdin("another long password\n")
        .run()
        .success();
    assert_eq!(thief.username(), None);
    assert_eq!(open(&server).log_in("ada", PASSWORD).status, 200);
    assert_eq!(
        open(&server).log_in("ada", "another long password").status,
        302
    );
}

#[test]
fn a_wrong_name_and_a_wrong_password_look_the_same() {
    let project = site();
    let server = project.serve();
    let answers = [("ada", "wrong"), ("nobody", PASSWORD)].map(|(username, password)| {
        let mut browser = open(&server);
        let answer = browser.log_in(username, password);
        assert_eq!(answer.status, 200);
        let page = answer.text().replace(username, "NAME");
        let token = page.split("csrfmiddlewaretoken\" value=\"").nth(1).unwrap();
        let token = token.split('"').next().unwrap().to_owned();
        let cookies: Vec<_> = answer
            .headers("set-cookie")
            .iter()
            .map(|_| "cookie")
            .collect();
        (page.replace(&token, "TOKEN"), cookies)
    });
    assert_eq!(answers[0], answers[1]);
}

#[test]
fn cookies_are_kept_from_scripts_and_other_sites() {
    let project = site();
    let server = project.serve();
    let mut browser = open(&server);
    let answer = browser.log_in("ada", PASSWORD);
    let cookies = answer.headers("set-cookie");
    let session = cookies
        .iter()
        .find(|cookie| cookie.starts_with("sessionid="))
        .unwrap();
    assert!(
        session.contains("HttpOnly") && session.contains("SameSite=Lax"),
        "{session}"
    );
}
