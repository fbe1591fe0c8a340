//! What clients see where something is wrong.

use super::test_site::{TestSite, header, text};
use crate::views::findings_page;

#[test]
fn with_debug_a_broken_template_shows_its_line() {
    let browser = TestSite::new("debug = true").browser();
    let page = browser.get("/broken/");
    assert_eq!(page.status, 500);
    for shown in [
        "the url `home` takes no arguments, not `1`",
        "templates/broken.html:2:8",
        "<tr class=\"here\"><td>2</td><td>two {{ url(&#x27;home&#x27;, 1) }}</td></tr>",
        "<td>3</td><td>three</td>",
    ] {
        assert!(text(&page).contains(shown), "{shown}\n{}", text(&page));
    }
    assert_eq!(header(&page, "X-Frame-Options"), "DENY");
    assert!(
        browser.log()[0].starts_with("Internal Server Error: /broken/: "),
        "{:?}",
        browser.log()
    );
    let plain = browser.header("Accept", "text/plain").get("/broken/");
    assert_eq!(header(&plain, "Content-Type"), "text/plain; charset=utf-8");
}

#[test]
fn the_page_with_debug_tells_no_secrets() {
    let browser = TestSite::new("debug = true").browser();
    browser.log_in("alice");
    let session = browser.cookie("sessionid").unwrap();
    let token = browser.cookie("csrftoken").unwrap();
    let browser = browser.header("Authorization", "Bearer hush");
    for target in ["/broken/?password=hush2", "/nowhere/?password=hush2"] {
        let page = browser.get(target);
        for secret in [session.as_str(), &token, "hush", "sesame", "hush2"] {
            assert!(!text(&page).contains(secret), "{secret} in {target}");
        }
    }
}

#[test]
fn with_debug_a_missing_page_shows_the_patterns() {
    let page = TestSite::new("debug = true").browser().get("/<b>nowhere/");
    assert_eq!(page.status, 404);
    for shown in [
        "Page not found at /&lt;b&gt;nowhere/",
        "posts/&lt;int:pk&gt;/",
        "accounts/ login/",
        "named <code>login</code>",
    ] {
        assert!(text(&page).contains(shown), "{shown}\n{}", text(&page));
    }
}

#[test]
fn without_debug_nothing_leaks() {
    let site = TestSite::new("allowed_hosts = ['localhost']");
    let browser = site.browser();
    for (target, status, title) in [
        ("/broken/", 500, "Something went wrong"),
        ("/nowhere/", 404, "There is no such page"),
    ] {
        let page = browser.get(target);
        assert_eq!(page.status, status);
        assert!(
            text(&page).contains(&format!("<h1>{title}</h1>")),
            "{}",
            text(&page)
        );
        for inside in ["broken.html", "posts/", "nowhere", "djr", "url"] {
            assert!(!text(&page).contains(inside), "{inside} in {}", text(&page));
        }
        assert_eq!(header(&page, "X-Frame-Options"), "DENY");
    }
}

#[test]
fn the_projects_own_error_pages_are_shown() {
    let site = TestSite::new("allowed_hosts = ['localhost']");
    site.write(
        "templates/404.html",
        "no {{ request_path }} for {{ user.username }}",
    );
    site.write(
        "templates/500.html",
        "sorry from {{ site.title }}{{ user.username }}{{ csrf_input }}",
    );
    site.write(
        "templates/403_csrf.html",
        "forged {{ site.title }}{{ reason }}",
    );
    let browser = site.browser();
    assert_eq!(text(&browser.get("/a b/")), "no /a%20b/ for ");
    assert_eq!(text(&browser.get("/broken/")), "sorry from Blog");
    let forged = browser.post("/plain/", &[("a", "1")]);
    let reason = "forged BlogCSRF cookie not set.";
    assert_eq!((forged.status, text(&forged)), (403, reason));
}

/// Requests that fail, the status of the page, and the template that takes its place.
const FAILURES: [(&str, &str, u16, &str); 6] = [
    ("GET", "/nowhere/", 404, "404.html"),
    ("GET", "/staff/", 403, "403.html"),
    ("POST", "/put/", 403, "403_csrf.html"),
    ("GET", "/put/", 405, "405.html"),
    ("GET", "/accounts/logout/", 405, "405.html"),
    ("GET", "/broken/", 500, "500.html"),
];

#[test]
fn every_error_has_a_page_with_a_way_home_and_advice() {
    for settings in ["allowed_hosts = ['localhost']", "debug = true"] {
        let browser = TestSite::new(settings).browser();
        browser.log_in("alice");
        for (method, path, status, _) in FAILURES {
            let page = browser.send(method, path, &[]);
            assert_eq!(page.status, status, "{method} {path}");
            assert!(
                text(&page).contains("href=\"/\">Home</a>"),
                "{path}: {}",
                text(&page)
            );
            assert!(text(&page).contains("prefers-color-scheme: dark"), "{path}");
        }
    }
    let bad = TestSite::new("allowed_hosts = ['localhost']")
        .browser()
        .header("Host", "evil.com");
    let bad = bad.get("/plain/");
    assert_eq!(bad.status, 400);
    assert!(
        text(&bad).contains("Go back, load the page again"),
        "{}",
        text(&bad)
    );
}

#[test]
fn a_project_has_its_own_page_for_every_error() {
    let site = TestSite::new("allowed_hosts = ['localhost']");
    for (_, _, _, name) in FAILURES {
        site.write(&format!("templates/{name}"), &format!("own {name}"));
    }
    site.write("templates/400.html", "own 400.html");
    let browser = site.browser();
    browser.log_in("alice");
    for (method, path, status, name) in FAILURES {
        let page = browser.send(method, path, &[]);
        let expected = (status, format!("own {name}"));
        assert_eq!((page.status, text(&page).to_owned()), expected, "{path}");
    }
    let bad = site.browser().header("Host", "evil.com").get("/plain/");
    assert_eq!((bad.status, text(&bad)), (400, "own 400.html"));
}

#[test]
fn a_method_that_is_not_allowed_keeps_its_headers_and_is_logged() {
    let browser = TestSite::new("debug = true").browser();
    let refused = browser.get("/accounts/logout/");
    assert_eq!(
        (refused.status, header(&refused, "Allow")),
        (405, "POST, OPTIONS")
    );
    assert!(header(&refused, "Cache-Control").contains("no-store"));
    assert!(
        text(&refused).contains("it answers POST, OPTIONS"),
        "{}",
        text(&refused)
    );
    assert_eq!(
        browser.log(),
        ["Method Not Allowed (GET): /accounts/logout/"]
    );
}

#[test]
fn with_debug_a_refused_form_says_what_to_do() {
    let browser = TestSite::new("debug = true").browser();
    let page = browser.post("/plain/", &[("a", "1")]);
    assert_eq!(page.status, 403);
    assert!(
        text(&page).contains("write `{{ csrf_input }}` into the form"),
        "{}",
        text(&page)
    );
    let page = browser
        .header("Origin", "https://evil.com")
        .post("/plain/", &[("a", "1")]);
    assert!(
        text(&page).contains("`trusted_origins` of `[csrf]`"),
        "{}",
        text(&page)
    );
}

#[test]
fn with_debug_a_caret_stands_below_the_column() {
    let site = TestSite::new("debug = true");
    site.write("templates/plain.html", "one\n\té {{ url('nope') }}");
    let page = site.browser().get("/plain/");
    assert!(
        text(&page).contains("<td></td><td>\t     ^</td>"),
        "{}",
        text(&page)
    );
}

#[test]
fn an_error_page_with_an_error_of_its_own_is_a_plain_one() {
    let site = TestSite::new("allowed_hosts = ['localhost']");
    site.write("templates/404.html", "{{ url('home', 1) }}");
    site.write("templates/500.html", "{{ url('home', 1) }}");
    let page = site.browser().get("/nowhere/");
    assert_eq!(page.status, 500);
    assert!(text(&page).contains("<h1>Something went wrong</h1>"));
}

#[test]
fn a_database_without_tables_says_what_to_run() {
    let site = TestSite::new("debug = true");
    site.connection()
        .execute("DROP TABLE django_session", &[])
        .unwrap();
    let browser = site.browser();
    browser.set_cookie("sessionid", "abcdefghijklmnop");
    let page = browser.get("/mine/");
    assert_eq!(page.status, 500);
    assert!(
        text(&page).contains("run `djr migrate` to create the session table"),
        "{}",
        text(&page)
    );
    assert_eq!(browser.get("/plain/").status, 200);
}

#[test]
fn a_form_with_too_many_fields_is_refused() {
    let site = TestSite::new(
        "debug = false\nallowed_hosts = ['localhost']\n[server]\nmax_form_fields = 3",
    );
    let browser = site.browser();
    assert_eq!(
        browser
            .submit("/accounts/login/", &[("a", "1"), ("b", "2")])
            .status,
        200
    );
    assert_eq!(
        browser
            .submit("/accounts/login/", &[("a", "1"), ("b", "2"), ("c", "3")])
            .status,
        400
    );
}

#[test]
fn an_undefined_name_is_told_once_in_the_log() {
    let site = TestSite::new("debug = true");
    site.write("templates/plain.html", "\n{{ titel }}");
    let browser = site.browser();
    browser.get("/plain/");
    assert_eq!(text(&browser.get("/plain/")), "\n");
    let log = browser.log();
    assert_eq!(log.len(), 1, "{log:?}");
    assert!(
        log[0].ends_with("templates/plain.html:2:4: `titel` is undefined and prints nothing"),
        "{log:?}"
    );
}

#[test]
fn mistakes_in_a_project_are_shown_with_their_lines_and_no_secrets() {
    let site = TestSite::new("debug = true\n[security]\ntrusted_proxies = ['hush']\n");
    site.write("templates/plain.html", "one\n{% load static %}<b>\nthree");
    let page = findings_page(&site.read().unwrap_err());
    assert_eq!(page.status, 500);
    for shown in [
        "<tr class=\"here\"><td>2</td><td>{% load static %}&lt;b&gt;</td></tr>",
        "in Jinja this line is `&lt;b&gt;`",
        "`hush` is neither an address nor a network",
    ] {
        assert!(text(&page).contains(shown), "{shown}\n{}", text(&page));
    }
    assert!(!text(&page).contains("trusted_proxies = "));
}

#[test]
fn a_path_forges_no_line_of_the_log() {
    let browser = TestSite::new("debug = true").browser();
    browser.get("/a%0ANot%20Found:%20/b%1B[2J/");
    assert_eq!(browser.log(), ["Not Found: /a\\nNot Found: /b\\u{1b}[2J/"]);
}

#[test]
fn an_error_in_a_template_fails_the_pages_made_of_it_and_no_others() {
    for settings in ["debug = true", "allowed_hosts = ['localhost']"] {
        let site = TestSite::new(settings);
        site.write("templates/post.html", "{% extends 'mine.html' %}");
        site.write("templates/mine.html", "{{ broken");
        site.write("templates/may.html", "{{ 'x'|uper }}");
        let browser = site.browser();
        browser.log_in("alice");
        assert_eq!(browser.get("/plain/").status, 200, "{settings}");
        for path in ["/mine/", "/posts/1/", "/may/"] {
            assert_eq!(browser.get(path).status, 500, "{settings}: {path}");
        }
    }
}
