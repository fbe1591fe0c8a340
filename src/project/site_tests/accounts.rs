//! Signing up, and passwords changed and forgotten.

use super::test_site::{Browser, PASSWORD, TestSite, hashers, header, text};

const SIGNUP: &str = "/accounts/signup/";
const CHANGE: &str = "/accounts/password_change/";
const RESET: &str = "/accounts/password_reset/";
const NEW: &str = "correct horse battery";

fn site() -> TestSite {
    TestSite::new("debug = true")
}

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

fn change(browser: &Browser, old: &str, new: [&str; 2]) -> crate::http::Response {
    let fields = [
        ("old_password", old),
        ("new_password1", new[0]),
        ("new_password2", new[1]),
    ];
    browser.submit(CHANGE, &fields)
}

fn ask(browser: &Browser, email: &str) -> crate::http::Response {
    browser.submit(RESET, &[("email", email)])
}

/// The last mail, its long lines whole (RFC 2045, quoted-printable).
fn last_mail(browser: &Browser) -> String {
    let text = browser.mail().pop().unwrap().text;
    text.replace("=\n", "").replace("=3D", "=")
}

/// The path in the last mail.
fn link(browser: &Browser) -> String {
    let text = last_mail(browser);
    let (_, rest) = text.split_once("http://localhost").unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

fn set(browser: &Browser, path: &str, new: [&str; 2]) -> crate::http::Response {
    let fields = [("new_password1", new[0]), ("new_password2", new[1])];
    browser.submit(path, &fields)
}

/// Follows the link of a mail; returns the path of the form.
fn follow(browser: &Browser, link: &str) -> String {
    let moved = browser.get(link);
    assert_eq!(moved.status, 302, "{}", text(&moved));
    header(&moved, "Location").to_owned()
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
    let link = self::link(&browser);
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

#[test]
fn options_change_pages_mails_and_where_a_form_leads() {
    let site = site();
    let own = "
[[urls]]
path = 'accounts/password_change/'
name = 'password_change'
view = 'auth.password_change'
success_url = 'plain'
extra_context = { title = 'Another one' }

[[urls]]
path = 'accounts/password_reset/'
name = 'password_reset'
view = 'auth.password_reset'
success_url = '/plain/'
subject_template = 'mails/subject.txt'
email_template = 'mails/body.txt'
from_email = 'help@example.com'
extra_email_context = { team = 'The <team>' }

[[urls]]
path = 'accounts/reset/<uidb64>/<token>/'
name = 'password_reset_confirm'
view = 'auth.password_reset_confirm'
success_url = 'mine'
post_reset_login = true
";
    site.write("urls.toml", &format!("{own}{}", super::test_site::URLS));
    site.write("templates/mails/subject.txt", "For\n {{ user.username }}\n");
    let body = "{{ team }} {{ protocol }}://{{ domain }}{{ url('password_reset_confirm', uidb64=uid, token=token) }} {{ valid_for }}";
    site.write("templates/mails/body.txt", body);
    site.write(
        "templates/plain.html",
        "{% for m in messages %}[{{ m.tags }}: {{ m }}]{% endfor %}",
    );
    let browser = site.browser();
    assert_eq!(
        header(&ask(&browser, "alice@example.com"), "Location"),
        "/plain/"
    );
    let mail = last_mail(&browser);
    assert!(
        mail.contains("Subject: For alice\n") && mail.contains("From: help@example.com\n"),
        "{mail}"
    );
    assert!(
        mail.contains("The <team> http://localhost/") && mail.contains("3 days"),
        "{mail}"
    );
    assert_eq!(
        text(&browser.get("/plain/")),
        "[success: If there is an account with this address, a link is on its way to it.]"
    );
    let form = follow(&browser, &link(&browser));
    let set = set(&browser, &form, [NEW, NEW]);
    assert_eq!(header(&set, "Location"), "/mine/");
    assert_eq!(text(&browser.get("/mine/")), "of alice");
    assert!(text(&browser.get(CHANGE)).contains("<h1>Another one</h1>"));
    let changed = change(&browser, NEW, [PASSWORD, PASSWORD]);
    assert_eq!(header(&changed, "Location"), "/plain/");
    let page = browser.get("/plain/");
    assert!(
        text(&page).ends_with("[success: Your password was changed.]"),
        "{}",
        text(&page)
    );
}
