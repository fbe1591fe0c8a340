//! Passwords forgotten and replaced through a mail.

use super::account_forms::{NEW, ask, follow, last_mail, link, set, site};
use super::test_site::{PASSWORD, TestSite, hashers, header, text};

#[test]
fn a_forgotten_password_is_replaced_through_a_mail() {
    let site = site();
    let (browser, logged_in) = (site.browser(), site.browser());
    logged_in.log_in("alice");
    let asked = ask(&browser, "ALICE@example.com");
    let location = header(&asked, "Location");
    assert_eq!(
        (asked.status, location),
        (302, "/accounts/password_reset/done/")
    );
    assert!(text(&browser.get(location)).contains("on its way"));
    let link = link(&browser);
    assert_eq!(browser.mail().len(), 1);
    let mail = last_mail(&browser);
    assert!(
        mail.contains("Subject: A new password for Blog\n"),
        "{mail}"
    );
    assert!(mail.contains("To: alice@example.com\n"), "{mail}");
    // Once in the text, and in the HTML on a button and as text that leads there.
    assert_eq!(mail.matches(&link).count(), 4, "{mail}");
    let form = follow(&browser, &link);
    assert!(form.ends_with("/set-password/") && !form.contains(link.split('/').nth(4).unwrap()));
    let page = browser.get(&form);
    assert_eq!(header(&page, "Referrer-Policy"), "same-origin");
    assert!(header(&page, "Cache-Control").contains("no-store"));
    assert!(text(&set(&browser, &form, [NEW, "no"])).contains("didn’t match"));
    let done = set(&browser, &form, [NEW, NEW]);
    let location = header(&done, "Location");
    assert_eq!((done.status, location), (302, "/accounts/reset/done/"));
    assert_eq!(browser.get(location).status, 200);
    assert_eq!(browser.get("/mine/").status, 302);
    assert_eq!(logged_in.get("/mine/").status, 302);
    assert_eq!(browser.log_in("alice").status, 200);
    let fields = [("username", "alice"), ("password", NEW)];
    assert_eq!(browser.submit("/accounts/login/", &fields).status, 302);
}

#[test]
fn a_link_works_once_and_for_whom_it_was_made() {
    let site = site();
    site.add_user(
        "bob",
        &hashers(&["pbkdf2_sha256"]).make_password(PASSWORD).unwrap(),
    );
    let browser = site.browser();
    ask(&browser, "alice@example.com");
    let link = link(&browser);
    let form = follow(&browser, &link);
    let second = site.browser();
    let same_form = follow(&second, &link);
    assert_eq!(set(&browser, &form, [NEW, NEW]).status, 302);
    for (browser, path) in [(&browser, &link), (&browser, &form), (&second, &same_form)] {
        let page = browser.get(path);
        assert_eq!(page.status, 200);
        assert!(text(&page).contains("no longer good"), "{}", text(&page));
    }
    let late = set(
        &second,
        &same_form,
        ["quite another one", "quite another one"],
    );
    assert!(text(&late).contains("no longer good"));
    // The link of one does not open the account of another.
    ask(&browser, "alice@example.com");
    let link = super::account_forms::link(&browser);
    let bobs = link.replace(link.split('/').nth(3).unwrap(), "Mg");
    for path in [
        bobs.as_str(),
        "/accounts/reset/Mg/set-password/",
        "/accounts/reset/~~/x-y/",
    ] {
        let page = browser.get(path);
        assert!(
            text(&page).contains("no longer good"),
            "{path}: {}",
            text(&page)
        );
    }
}

#[test]
fn nobody_learns_who_has_an_account() {
    let site = site();
    site.add_user("robot", "!unusable");
    site.add_user("gone", &hashers(&["md5"]).make_password(PASSWORD).unwrap());
    let sql = "UPDATE auth_user SET is_active = 0 WHERE username = 'gone'";
    site.connection().execute(sql, &[]).unwrap();
    let browser = site.browser();
    ask(&browser, "alice@example.com");
    assert_eq!(browser.mail().len(), 1);
    let addresses = [
        "nobody@example.com",
        "robot@example.com",
        "gone@example.com",
    ];
    for address in addresses {
        let known = ask(&browser, "alice@example.com");
        let unknown = ask(&browser, address);
        let shown = |response: &crate::http::Response| {
            let mut headers: Vec<_> = response
                .headers
                .iter()
                .map(|(name, _)| name.to_owned())
                .collect();
            headers.sort();
            (
                response.status,
                header(response, "Location").to_owned(),
                headers,
                response.body.as_bytes().map(ToOwned::to_owned),
            )
        };
        assert_eq!(shown(&known), shown(&unknown), "{address}");
    }
    assert!(
        browser
            .mail()
            .iter()
            .all(|mail| mail.text.contains("To: alice@example.com\n"))
    );
    assert_eq!(browser.mail().len(), 1 + addresses.len());
    assert!(browser.log().is_empty(), "{:?}", browser.log());
    assert!(text(&ask(&browser, "no address")).contains("Enter a valid email address."));
}

#[test]
fn a_mail_leads_to_this_site_and_no_other() {
    let site = site();
    let forged = site.browser().header("X-Forwarded-Host", "evil.example");
    ask(&forged, "alice@example.com");
    assert!(!forged.mail()[0].text.contains("evil"));
    let forged = site.browser();
    forged.get("/accounts/login/");
    let forged = forged.header("Host", "evil.example");
    assert_eq!(ask(&forged, "alice@example.com").status, 400);
    assert!(forged.mail().is_empty());
    let named = TestSite::new("debug = true\nallowed_hosts = ['*']")
        .replaced("title = 'Blog'", "domain = 'blog.example'");
    let forged = named.browser().header("Host", "evil.example");
    ask(&forged, "alice@example.com");
    let text = &forged.mail()[0].text;
    assert!(
        text.contains("http://blog.example/accounts/reset/"),
        "{text}"
    );
    assert!(!text.contains("http://evil"), "{text}");
}

#[test]
fn nothing_that_is_typed_becomes_a_header_of_the_mail() {
    let site = site();
    let browser = site.browser();
    for address in [
        "alice@example.com\r\nBcc: evil@example.com",
        "alice@example.com\nBcc:x@y.z",
    ] {
        let refused = ask(&browser, address);
        assert!(text(&refused).contains("Enter a valid email address."));
    }
    // An address that came into the table on another way.
    let sql =
        "UPDATE auth_user SET email = 'alice@example.com' || char(10) || 'Bcc: evil@example.com'";
    site.connection().execute(sql, &[]).unwrap();
    ask(&browser, "alice@example.com");
    assert!(browser.mail().is_empty());
    let odd = TestSite::new("debug = true").replaced(
        "title = 'Blog'",
        "title = \"Blog\\r\\nBcc: evil@example.com\"",
    );
    let browser = odd.browser();
    ask(&browser, "alice@example.com");
    let mail = browser.mail();
    assert_eq!(mail[0].recipients.len(), 1);
    let (head, _) = mail[0].text.split_once("\n\n").unwrap();
    assert!(
        head.lines().all(|line| !line.starts_with("Bcc")),
        "{}",
        mail[0].text
    );
}
