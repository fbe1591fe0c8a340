//! Passwords changed by those who know the old one.

use super::account_forms::{CHANGE, NEW, change, site};
use super::test_site::{PASSWORD, header, text};

#[test]
fn a_changed_password_keeps_this_browser_and_ends_the_others() {
    let site = site();
    let (here, there) = (site.browser(), site.browser());
    here.log_in("alice");
    there.log_in("alice");
    let key = here.cookie("sessionid").unwrap();
    let token = here.cookie("csrftoken").unwrap();
    let changed = change(&here, PASSWORD, [NEW, NEW]);
    let location = header(&changed, "Location");
    assert_eq!(
        (changed.status, location),
        (302, "/accounts/password_change/done/")
    );
    assert_ne!(here.cookie("sessionid").unwrap(), key);
    assert_ne!(here.cookie("csrftoken").unwrap(), token);
    assert!(text(&here.get(location)).contains("Your password was changed"));
    assert_eq!(text(&here.get("/mine/")), "of alice");
    assert_eq!(there.get("/mine/").status, 302);
    let thief = site.browser();
    thief.set_cookie("sessionid", &key);
    assert_eq!(thief.get("/mine/").status, 302);
    assert_eq!(thief.log_in("alice").status, 200);
}

#[test]
fn a_password_is_changed_by_whoever_knows_the_old_one() {
    let site = site();
    let browser = site.browser();
    for path in [CHANGE, "/accounts/password_change/done/"] {
        let asked = browser.get(path);
        let expected = format!("/accounts/login/?next={path}");
        assert_eq!(
            (asked.status, header(&asked, "Location")),
            (302, expected.as_str())
        );
    }
    assert_eq!(change(&browser, PASSWORD, [NEW, NEW]).status, 302);
    browser.log_in("alice");
    for (old, new, why) in [
        (
            "wrong",
            [NEW, NEW],
            "Your old password was entered incorrectly.",
        ),
        (PASSWORD, [NEW, "another one here"], "didn’t match"),
        (
            PASSWORD,
            ["alice123", "alice123"],
            "similar to the username",
        ),
        (PASSWORD, ["", ""], "This field is required."),
        ("", [NEW, NEW], "This field is required."),
    ] {
        let refused = change(&browser, old, new);
        assert_eq!(refused.status, 200, "{why}");
        assert!(text(&refused).contains(why), "{}", text(&refused));
    }
    assert_eq!(site.browser().log_in("alice").status, 302);
}
