//! Pages that are kept in memory, as the server answers them without a worker: the same as with one, or not at all.

use super::test_site::{Browser, TestSite, header, seen};
use crate::http::Response;

/// A site in production that keeps its pages; `more` is added to its settings.
fn site(more: &str) -> TestSite {
    let site = TestSite::new(&format!(
        "debug = false\nallowed_hosts = ['localhost']\n\
         middleware = ['security', 'sessions', 'common', 'csrf', 'auth', 'messages', 'clickjacking']\n{more}"
    ));
    let urls = ["home", "plain", "mine", "may"].map(|name| {
        let path = if name == "home" { String::new() } else { format!("{name}/") };
        let guarded = if name == "mine" { "login_required = true\n" } else { "" };
        format!(
            "[[urls]]\npath = '{path}'\nname = '{name}'\nview = 'template'\ntemplate = '{name}.html'\ncache = 300\n{guarded}"
        )
    });
    let others = "[[urls]]\npath = 'never/'\nview = 'template'\ntemplate = 'plain.html'\n\
                  [[urls]]\npath = 'accounts/'\ninclude = 'auth.urls'\n";
    site.write("urls.toml", &format!("{}{others}", urls.concat()));
    site.write("templates/plain.html", &"plain text ".repeat(100));
    site
}

/// The answer from memory, which must be the one that a worker gives now.
fn remembered(browser: &Browser, method: &str, path: &str) -> Response {
    let remembered = browser.remembered(method, path);
    let remembered = remembered.unwrap_or_else(|| panic!("{method} {path} is not in memory"));
    let made = browser.send(method, path, &[]);
    let mut both = [seen(&remembered), seen(&made)];
    // A second may have passed in between.
    for (_, headers, _) in &mut both {
        headers.remove("Age");
    }
    assert_eq!(both[0], both[1], "{method} {path}");
    remembered
}

#[test]
fn a_page_from_memory_is_the_one_that_a_worker_sends() {
    let usual = "['security', 'sessions', 'common', 'csrf', 'auth', 'messages', 'clickjacking']";
    for middleware in [
        usual,
        "['common', 'security', 'clickjacking', 'cache', 'compression', 'conditional_get', 'sessions', 'csrf', 'auth', 'messages']",
        "['security', 'compression', 'sessions', 'conditional_get', 'common', 'csrf', 'auth', 'messages', 'clickjacking']",
        "['sessions', 'auth']",
    ] {
        let site = site(
            "[security]\ntrusted_proxies = ['127.0.0.1']\nhsts_seconds = 60\nframe_options = 'SAMEORIGIN'\n",
        );
        let browser = site.replaced(usual, middleware).browser();
        let browser = browser.header("X-Forwarded-Proto", "https");
        assert!(
            browser.remembered("GET", "/plain/").is_none(),
            "{middleware}"
        );
        let made = browser.get("/plain/");
        let kept = remembered(&browser, "GET", "/plain/");
        assert_eq!((kept.status, header(&kept, "Age")), (200, "0"));
        assert_eq!(kept.body.as_bytes(), made.body.as_bytes());
        let hsts = if middleware.contains("security") {
            "max-age=60"
        } else {
            ""
        };
        assert_eq!(
            header(&kept, "Strict-Transport-Security"),
            hsts,
            "{middleware}"
        );
        remembered(&browser, "HEAD", "/plain/");
        // Each query is a page of its own.
        assert!(browser.remembered("GET", "/plain/?a=1").is_none());
        for coding in ["gzip", "br", "identity"] {
            let browser = site_browser(&browser, "Accept-Encoding", coding);
            browser.get("/plain/");
            let kept = remembered(&browser, "GET", "/plain/");
            let compressed = middleware.contains("compression") && coding != "identity";
            let expected = if compressed { coding } else { "" };
            assert_eq!(header(&kept, "Content-Encoding"), expected, "{middleware}");
        }
        let modified = header(&kept, "Expires").to_owned();
        let since = site_browser(&browser, "If-Modified-Since", &modified);
        remembered(&since, "GET", "/plain/");
    }
}

/// The same browser, which sends this header too.
fn site_browser(browser: &Browser, name: &str, value: &str) -> Browser {
    browser.again().header(name, value)
}

#[test]
fn a_client_that_has_the_page_gets_304_from_memory() {
    let usual = "'common', 'csrf', 'auth', 'messages', 'clickjacking']";
    let conditional = "'conditional_get', 'common', 'csrf', 'auth', 'messages', 'clickjacking']";
    let browser = site("").replaced(usual, conditional).browser();
    let tag = header(&browser.get("/plain/"), "ETag").to_owned();
    assert!(tag.starts_with('"'), "{tag}");
    let knowing = site_browser(&browser, "If-None-Match", &tag);
    assert_eq!(remembered(&knowing, "GET", "/plain/").status, 304);
    let failing = site_browser(&browser, "If-Match", "\"other\"");
    assert_eq!(remembered(&failing, "GET", "/plain/").status, 412);
}

#[test]
fn nobody_gets_the_page_of_another_one_from_memory() {
    let site = site("");
    let alice = site.browser();
    alice.log_in("alice");
    let own = alice.get("/");
    assert_eq!(
        remembered(&alice, "GET", "/").body.as_bytes(),
        own.body.as_bytes()
    );
    let stranger = site.browser_at(&alice.application());
    assert!(stranger.remembered("GET", "/").is_none());
    let forged = stranger.header("Cookie", "sessionid=other");
    assert!(forged.remembered("GET", "/").is_none());
}

#[test]
fn what_only_some_may_see_or_is_not_kept_is_not_answered_from_memory() {
    let browser = site("").browser();
    browser.log_in("alice");
    for path in ["/mine/", "/never/", "/missing/", "/accounts/login/"] {
        browser.get(path);
        assert!(browser.remembered("GET", path).is_none(), "{path}");
    }
    browser.get("/plain/");
    for method in ["POST", "PUT", "DELETE", "OPTIONS", "get"] {
        assert!(browser.remembered(method, "/plain/").is_none(), "{method}");
    }
    let other_host = site_browser(&browser, "Host", "evil.example");
    assert!(other_host.remembered("GET", "/plain/").is_none());
    assert_eq!(other_host.get("/plain/").status, 400);
}

#[test]
fn a_cache_that_may_wait_is_asked_by_a_worker() {
    for cache in [
        "file'\nlocation = 'cache",
        "redis'\nlocation = 'redis://127.0.0.1:1",
        "dummy",
    ] {
        let browser = site(&format!("[caches.default]\nbackend = '{cache}'\n")).browser();
        assert!(!browser.application().may_have_page("/plain/"), "{cache}");
        browser.get("/plain/");
        assert!(browser.remembered("GET", "/plain/").is_none(), "{cache}");
    }
    let browser = site("").browser();
    assert!(browser.application().may_have_page("/pl%61in/"));
    assert!(!browser.application().may_have_page("/never/"));
    assert!(!browser.application().may_have_page("/%FF/"));
}

#[test]
fn a_whole_site_that_is_kept_is_answered_from_memory() {
    let usual = "['security', 'sessions', 'common', 'csrf', 'auth', 'messages', 'clickjacking']";
    let all =
        "['security', 'cache', 'sessions', 'common', 'csrf', 'auth', 'messages', 'clickjacking']";
    let browser = site("").replaced(usual, all).browser();
    browser.get("/never/");
    remembered(&browser, "GET", "/never/");
}

#[test]
fn a_redirect_to_https_comes_before_what_is_kept() {
    let site = site("[security]\ntrusted_proxies = ['127.0.0.1']\nssl_redirect = true\n");
    let browser = site.browser().header("X-Forwarded-Proto", "https");
    browser.get("/plain/");
    remembered(&browser, "GET", "/plain/");
    let plain = browser.again().header("X-Forwarded-Proto", "http");
    let redirect = remembered(&plain, "GET", "/plain/");
    assert_eq!(
        (redirect.status, header(&redirect, "Location")),
        (301, "https://localhost/plain/")
    );
}
