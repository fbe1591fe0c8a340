//! The panel at the foot of pages with `debug`.

use super::test_site::{TestSite, header, text};

const PAGE: &str = "<html><body>{{ user.username }}<p>plain</p></BODY></html>";

fn site(settings: &str) -> TestSite {
    let site = TestSite::new(settings);
    site.write("templates/plain.html", PAGE);
    site
}

#[test]
fn a_page_says_what_it_took_and_what_it_was_made_of() {
    let browser = site("debug = true").browser();
    browser.log_in("alice");
    let page = browser.get("/plain/");
    let page = text(&page);
    for part in [
        "<summary>Queries (2)</summary>",
        "FROM &quot;django_session&quot; WHERE",
        "<pre>SEARCH ",
        "<code>plain.html</code>",
        "can_sign_up",
        "<dt>user</dt><dd>alice</dd>",
        "<dt>named</dt><dd>plain</dd>",
        "_auth_user_id",
        "<dt>project.debug</dt><dd>true</dd>",
        "<dt>cookie</dt><dd>********</dd>",
    ] {
        assert!(
            page.to_lowercase().contains(&part.to_lowercase()),
            "{part}\n{page}"
        );
    }
    assert!(page.ends_with("</aside></BODY></html>"), "{page}");
    assert!(
        page.starts_with("<html><body>alice<p>plain</p>\n<aside"),
        "{page}"
    );
}

#[test]
fn templates_that_others_are_made_of_are_named_as_often_as_they_are_used() {
    let site = site("debug = true");
    site.write(
        "templates/plain.html",
        "{% extends 'frame.html' %}{% block main %}{% for n in [1, 2] %}{% include ['none.html', 'part.html'] ignore missing %}{% endfor %}{% endblock %}",
    );
    site.write(
        "templates/frame.html",
        "<html><body>{% block main %}{% endblock %}</body></html>",
    );
    site.write(
        "templates/part.html",
        "{% from 'macros.html' import shown %}{{ shown() }}",
    );
    site.write(
        "templates/macros.html",
        "{% macro shown() %}x{% endmacro %}",
    );
    let page = site.browser().get("/plain/");
    let page = text(&page);
    for part in [
        "<body>xx\n<aside",
        "<summary>Templates (6)</summary>",
        "with <code>frame.html</code>, <code>part.html</code> 2 times, <code>macros.html</code> 2 times</p>",
        "0 queries in 0.0 ms",
    ] {
        assert!(page.contains(part), "{part}\n{page}");
    }
}

#[test]
fn the_panel_tells_no_secrets_and_escapes_what_comes_from_outside() {
    let site = site("debug = true\n[security]\nsecret_key_fallbacks = ['hush3']");
    let browser = site.browser();
    browser.log_in("alice");
    let session = browser.cookie("sessionid").unwrap();
    let token = browser.cookie("csrftoken").unwrap();
    let browser = browser
        .header("Authorization", "Bearer hush")
        .header("X-Api-Key", "hush")
        .header("X-Note", "<script>alert(1)</script>");
    for target in ["/plain/?password=hush2", "/nowhere/<script>/", "/broken/"] {
        let page = browser.get(target);
        let page = text(&page);
        assert!(page.contains("<aside id=\"djr-panel\""), "{target}");
        for secret in [
            session.as_str(),
            &token,
            "hush",
            "sesame",
            "<script",
            "pbkdf2_sha256$",
        ] {
            assert!(!page.contains(secret), "{secret} in {target}\n{page}");
        }
    }
}

#[test]
fn a_page_of_an_error_has_the_records_of_its_request() {
    let browser = site("debug = true").browser();
    let page = browser.get("/nowhere/");
    let record = "<b>WARNING</b> <code>djr.request</code> Not Found: /nowhere/";
    assert!(text(&page).contains(record), "{}", text(&page));
    let page = browser.get("/broken/");
    let record = "<b>ERROR</b> <code>djr.request</code> Internal Server Error: /broken/";
    assert!(text(&page).contains(record), "{}", text(&page));
}

#[test]
fn what_is_not_a_page_or_is_not_looked_at_stays_as_it_is() {
    let site = site("debug = true");
    site.write("templates/home.html", "<p>a fragment</p>");
    site.write("templates/post.html", "<html><body></body></html>");
    assert_eq!(text(&site.browser().get("/")), "<p>a fragment</p>");
    for (name, value) in [
        ("X-Requested-With", "XMLHttpRequest"),
        ("HX-Request", "true"),
        ("Sec-Fetch-Dest", "empty"),
        ("Sec-Fetch-Dest", "iframe"),
    ] {
        let page = site.browser().header(name, value).get("/posts/1/");
        assert_eq!(text(&page), "<html><body></body></html>", "{name}");
    }
    let page = site
        .browser()
        .header("Sec-Fetch-Dest", "document")
        .get("/posts/1/");
    assert!(text(&page).contains("djr-panel"));
    let length = header(&page, "Content-Length").parse::<usize>().unwrap();
    assert_eq!(length, text(&page).len());
    let redirect = site.browser().get("/old/1/");
    assert_eq!(text(&redirect), "");
    let json = site
        .browser()
        .header("Accept", "application/json")
        .get("/nowhere/");
    assert!(!text(&json).contains("djr-panel"));
}

#[test]
fn files_of_visitors_are_served_as_they_are() {
    let site = site("debug = true");
    let page = "<html><body>sent by a visitor</body></html>";
    for (name, kind) in [("page.html", "text/html"), ("note.txt", "text/plain")] {
        site.write(&format!("media/{name}"), page);
        let served = site.browser().get(&format!("/media/{name}"));
        assert_eq!(served.status, 200, "{name}");
        assert!(header(&served, "Content-Type").starts_with(kind), "{name}");
        assert_eq!(served.body.size(), u64::try_from(page.len()).ok(), "{name}");
    }
}

#[test]
fn there_is_no_panel_without_debug_or_when_it_is_turned_off() {
    for settings in [
        "allowed_hosts = ['localhost']",
        "debug = true\ndebug_panel = false",
    ] {
        let browser = site(settings).browser();
        let page = browser.get("/plain/");
        assert_eq!(
            text(&page),
            "<html><body><p>plain</p></BODY></html>",
            "{settings}"
        );
        assert_eq!(browser.get("/__djr__/panel.css").status, 404, "{settings}");
    }
}

#[test]
fn the_panel_has_nothing_that_a_content_security_policy_forbids() {
    let browser = site("debug = true").browser();
    let page = browser.get("/plain/");
    let panel = &text(&page)[text(&page).find("<aside").unwrap()..];
    for forbidden in [
        "<script", "<style", "style=", "onclick", "http://", "https://",
    ] {
        assert!(!panel.contains(forbidden), "{forbidden}\n{panel}");
    }
    let start = panel.find("/__djr__/panel.css").unwrap();
    let address: String = panel[start..].chars().take_while(|c| *c != '"').collect();
    let style = browser.get(&address);
    assert_eq!(header(&style, "Content-Type"), "text/css; charset=utf-8");
    assert!(text(&style).contains("#djr-panel"));
}
