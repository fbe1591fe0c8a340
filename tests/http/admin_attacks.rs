//! What is tried against the admin; the list with the results stands in `docs/admin.md`.

use crate::admin_models::{admin_site, lists, of_staff};
use crate::attacks::browser::Browser;
use crate::support::form::{sent_unchanged, unescaped};
use crate::support::page::page_text;
use crate::support::{Project, Server};

/// Addresses that anybody may ask for: where one logs in and out, and the style sheet.
const OPEN: [&str; 3] = ["/admin/login/", "/admin/logout/", "/admin/theme.css"];

/// Methods beside those that a page answers to staff.
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "TRACE"];

/// The site with a person of the staff who may do nothing, and what they are called.
fn site_with_staff() -> (Project, Server, Browser) {
    let project = admin_site();
    let people = "INSERT INTO auth_user (id, username, password, is_superuser, is_staff, is_active, first_name, last_name, email, date_joined)
        SELECT 2, 'eve', password, 0, 1, 1, '', '', '', date_joined FROM auth_user WHERE username = 'ada'";
    project.database().execute_batch(people).unwrap();
    let server = project.serve();
    let eve = of_staff(server.address(), "eve");
    (project, server, eve)
}

/// The address of every page of the admin, with 1 for the key of a row, as the page for developers lists them.
pub(crate) fn addresses(browser: &mut Browser) -> Vec<String> {
    let page = browser.get("/nothing/").text();
    let routes = page.split("<li><code>").skip(1);
    let routes = routes.map(|route| unescaped(route.split("</code>").next().unwrap()));
    let paths = routes.map(|route| {
        let mut path = format!("/{}", route.replace(' ', ""));
        while let Some((before, rest)) = path.clone().split_once('<') {
            let (_, after) = rest.split_once('>').unwrap();
            path = format!("{before}1{after}");
        }
        path
    });
    paths.filter(|path| path.starts_with("/admin/")).collect()
}

/// Sends a form with a token to `path`.
fn send(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> u16 {
    let token = browser.cookie("csrftoken").unwrap_or_default().to_owned();
    let token = [("csrfmiddlewaretoken", &*token)].into_iter();
    let all: Vec<_> = token.chain(fields.iter().copied()).collect();
    browser.post(path, &all).status
}

#[test]
fn every_address_is_closed_to_visitors_and_to_staff_without_a_permission() {
    let (_project, server, mut eve) = site_with_staff();
    let mut visitor = Browser::new(server.address());
    visitor.get("/admin/login/");
    let addresses = addresses(&mut eve);
    assert!(addresses.len() > 90, "{addresses:?}");
    for path in addresses
        .iter()
        .filter(|path| !OPEN.contains(&path.as_str()))
    {
        for method in METHODS {
            let token = visitor.cookie("csrftoken").unwrap().to_owned();
            let mut asking = Browser::new(server.address()).header("X-CSRFToken", &token);
            asking.set_cookie("csrftoken", &token);
            let answer = asking.exchange_raw(method, path, "");
            let to_login = answer
                .header("location")
                .is_some_and(|to| to.starts_with("/admin/login/"));
            assert!(
                to_login || [405, 403, 411].contains(&answer.status),
                "{method} {path}: {}",
                answer.status
            );
        }
        let is_of_all = [
            "/admin/",
            "/admin/1",
            "/admin/password_change/",
            "/admin/password_change/done/",
        ]
        .contains(&path.as_str());
        let answer = eve.get(path);
        let is_row = path.ends_with("/1/");
        // As in Django, the address of a row leads on, and the history of a row that is not there to the first page.
        let leads_on = answer.status == 302 && (is_row || path.ends_with("/history/"));
        assert!(
            is_of_all || leads_on || [403, 404].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        if !is_of_all {
            let status = send(
                &mut eve,
                path,
                &[
                    ("post", "yes"),
                    ("name", "x"),
                    ("action", "delete_selected"),
                ],
            );
            assert!(
                [302, 403, 404, 405].contains(&status) && (status != 302 || leads_on),
                "POST {path}: {status}"
            );
        }
    }
}

#[test]
fn no_form_is_taken_without_its_token_nor_by_another_method() {
    let project = admin_site();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let people = project.count("catalog_person");
    for path in addresses(&mut ada)
        .iter()
        .filter(|path| !path.contains(".css"))
    {
        let answer = ada.post(path, &[("post", "yes"), ("name", "x")]);
        assert!(
            [403, 405].contains(&answer.status),
            "{path}: {}",
            answer.status
        );
        let mut other = of_staff(server.address(), "ada").header("X-HTTP-Method-Override", "POST");
        let status = other.get(&format!("{path}?_method=POST&post=yes")).status;
        assert!(
            [200, 302, 403, 404, 405].contains(&status),
            "{path}: {status}"
        );
        if path.contains("/delete/") && path.contains("/person/") {
            break;
        }
    }
    assert_eq!(project.count("catalog_person"), people);
}

#[test]
fn an_address_filters_sorts_and_fills_in_only_what_is_offered() {
    let project = admin_site();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let count = |page: &str| page.matches("/change/\"").count();
    let rows = |browser: &mut Browser, query: &str| {
        let answer = browser.get(&format!("/admin/auth/user/{query}"));
        match answer.status {
            200 => count(&answer.text()),
            // Django leads back to the list, without what it does not know.
            status => usize::from(!matches!(status, 302 | 400)) * 99,
        }
    };
    assert_eq!(rows(&mut ada, ""), 1);
    for query in [
        "?password__startswith=x",
        "?user__password__startswith=x",
        "?logentry__user__password__contains=x",
        "?password=x",
        "?groups__user__password__gt=x",
    ] {
        // None of them leaves out a row.
        assert!(rows(&mut ada, query) <= 1, "{query}");
        let other = query.replace("=x", "=a");
        assert_eq!(rows(&mut ada, query), rows(&mut ada, &other), "{query}");
    }
    for query in [
        "?o=99",
        "?o=-1.-1.1",
        "?o=password",
        "?p=-1",
        "?p=99999999999999999999",
        "?all=x",
        "?e=1",
        "?q=%00",
        "?_to_field=password",
        "?_popup=1&_to_field=password",
    ] {
        let status = ada.get(&format!("/admin/catalog/person/{query}")).status;
        assert!([200, 302, 400, 404].contains(&status), "{query}: {status}");
    }
}

#[test]
fn keys_that_are_huge_or_strange_lead_to_no_row_and_to_no_error() {
    let project = admin_site();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let long = "9".repeat(3000);
    let keys = [
        "99999999999999999999",
        "-1",
        "1.5",
        "1e3",
        "..%2F..%2Fetc",
        "%2e%2e",
        "_2E_2E",
        "1%00",
        "%FF",
        "1%0d%0aX-Y:%20z",
        "'%20OR%201=1--",
        "1;2",
        "_",
        "__",
        "_ZZ",
        "١",
        &long,
    ];
    for list in lists(&mut ada) {
        for key in keys {
            for page in ["change/", "delete/", "history/", ""] {
                let answer = ada.get(&format!("{list}{key}/{page}"));
                assert!(
                    [302, 301, 400, 403, 404, 414].contains(&answer.status)
                        || key.to_lowercase().contains("2e") && answer.status == 200,
                    "{list}{key}/{page}: {}",
                    answer.status
                );
                assert!(answer.header("x-y").is_none());
            }
        }
    }
}

#[test]
fn a_form_takes_only_its_own_fields() {
    let (project, server, mut eve) = site_with_staff();
    let allow = "INSERT INTO auth_user_user_permissions (user_id, permission_id) SELECT 2, id FROM auth_permission WHERE codename IN ('change_note', 'view_note', 'change_number')";
    project.database().execute_batch(allow).unwrap();
    let path = "/admin/catalog/note/1/change/";
    let mut fields = sent_unchanged(&eve.get(path).text());
    for (name, value) in [
        ("id", "7"),
        ("pk", "7"),
        ("created_at", "2000-01-01"),
        ("created_at_0", "2000-01-01"),
        ("is_superuser", "on"),
        ("__proto__", "x"),
    ] {
        fields.push((name.to_owned(), value.to_owned()));
    }
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    assert_eq!(eve.post(path, &fields).status, 302);
    assert_eq!(
        project.texts("SELECT id || ' ' || created_at FROM catalog_note"),
        ["1 2026-01-01 00:00:00"]
    );
    for path in ["/admin/auth/user/2/change/", "/admin/auth/user/1/change/"] {
        assert_eq!(
            send(
                &mut eve,
                path,
                &[("username", "eve"), ("is_superuser", "on")]
            ),
            403
        );
    }
    assert_eq!(
        project.texts("SELECT username FROM auth_user WHERE is_superuser"),
        ["ada"]
    );
    // Rows of an inline that belong to another row, or are not there, are not touched by the page of this one.
    let mut ada = of_staff(server.address(), "ada");
    let path = "/admin/catalog/team/2/change/";
    let mut fields = sent_unchanged(&ada.get(path).text());
    fields.retain(|(name, _)| !name.starts_with("membership_set"));
    let stolen = [
        ("TOTAL_FORMS", "1"),
        ("INITIAL_FORMS", "1"),
        ("0-id", "1"),
        ("0-team", "2"),
        ("0-person", "1"),
        ("0-since", "2020-01-01"),
        ("0-role", "thief"),
    ];
    fields.extend(stolen.map(|(name, value)| (format!("membership_set-{name}"), value.to_owned())));
    let fields: Vec<_> = fields
        .iter()
        .map(|(name, value)| (&**name, &**value))
        .collect();
    assert!([200, 400].contains(&ada.post(path, &fields).status));
    assert_eq!(
        project.texts("SELECT role FROM catalog_membership WHERE id = 1"),
        ["lead"]
    );
}

#[test]
fn ten_thousand_rows_of_an_inline_are_refused() {
    let project = admin_site();
    let server = project.serve();
    let mut ada = of_staff(server.address(), "ada");
    let path = "/admin/catalog/team/1/change/";
    for (total, rows) in [
        ("10000", 0),
        ("10000", 300),
        ("99999999999999999999", 0),
        ("-5", 0),
        ("x", 0),
    ] {
        let mut fields = sent_unchanged(&ada.get(path).text());
        fields.retain(|(name, _)| name != "membership_set-TOTAL_FORMS");
        fields.push(("membership_set-TOTAL_FORMS".to_owned(), total.to_owned()));
        for row in 10..10 + rows {
            for (name, value) in [("person", "1"), ("since", "2026-01-01"), ("role", "x")] {
                fields.push((format!("membership_set-{row}-{name}"), value.to_owned()));
            }
        }
        let fields: Vec<_> = fields
            .iter()
            .map(|(name, value)| (&**name, &**value))
            .collect();
        let status = ada.post(path, &fields).status;
        assert!([200, 302, 400].contains(&status), "{total}: {status}");
        assert!(project.count("catalog_membership") <= 2);
    }
}

#[test]
fn nobody_is_led_to_another_site() {
    let project = admin_site();
    let server = project.serve();
    let fields = [("username", "ada"), ("password", crate::blog::PASSWORD)];
    for next in [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "https:evil.example",
        "\r\nX: y",
    ] {
        let mut visitor = Browser::new(server.address());
        let path = format!(
            "/admin/login/?next={}",
            crate::attacks::browser::form_encoded(next)
        );
        let answer = visitor.submit(&path, &fields);
        let location = answer.header("location").unwrap_or_default();
        assert_eq!(location, "/admin/", "{next}");
        let add = format!(
            "/admin/catalog/note/add/?_changelist_filters={}&next={}&_popup=0",
            crate::attacks::browser::form_encoded(next),
            crate::attacks::browser::form_encoded(next)
        );
        let note = [("title", "x"), ("text", "x")];
        let answer = visitor.submit(&add, &note);
        let location = answer.header("location").unwrap_or_default();
        assert!(
            location.is_empty() || location.starts_with("/admin/catalog/note/"),
            "{next}: {location}"
        );
    }
}

#[test]
fn each_attack_is_listed_in_the_documentation() {
    let page = page_text("admin.md");
    let own = [
        include_str!("admin_attacks.rs"),
        include_str!("admin_markup.rs"),
    ]
    .concat();
    let names = own.split("#[test]\nfn ").skip(1);
    let names = names.map(|rest| rest.split('(').next().unwrap());
    for name in names.filter(|name| !name.starts_with("each_attack")) {
        assert!(
            page.contains(name),
            "`{name}` is not among the attacks in docs/admin.md"
        );
    }
}
