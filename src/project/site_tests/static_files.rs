//! Static files behind the middleware `security`, as with Django and `WhiteNoise`.

use super::test_site::{TestSite, header};

/// A site in production with a static file and a proxy that speaks for its clients; `security` is added to its settings.
fn site(security: &str) -> TestSite {
    let site = TestSite::new(&format!(
        "debug = false\nallowed_hosts = ['localhost']\n[security]\ntrusted_proxies = ['127.0.0.1']\n{security}"
    ));
    let site = site.replaced("'sessions']", "'sessions', 'staticfiles']");
    site.write("staticfiles/a.css", "a { color: red }");
    site
}

#[test]
fn static_files_are_redirected_to_https() {
    let site = site("ssl_redirect = true");
    let browser = site.browser();
    for path in ["/static/a.css?v=1", "/static/missing.css"] {
        let redirect = browser.get(path);
        assert_eq!(redirect.status, 301, "{path}");
        assert_eq!(
            header(&redirect, "Location"),
            format!("https://localhost{path}")
        );
    }
    let wrong_host = site.browser().header("Host", "evil.com");
    assert_eq!(wrong_host.get("/static/a.css").status, 400);
    let secure = site.browser().header("X-Forwarded-Proto", "https");
    assert_eq!(secure.get("/static/a.css").status, 200);
    assert_eq!(secure.get("/static/missing.css").status, 404);
}

#[test]
fn static_files_have_the_headers_of_security() {
    let site = site("hsts_seconds = 3600");
    let secure = site.browser().header("X-Forwarded-Proto", "https");
    let file = secure.get("/static/a.css");
    let tag = header(&file, "ETag").to_owned();
    let unchanged = secure.header("If-None-Match", &tag).get("/static/a.css");
    let wrong_method = site.browser().header("X-Forwarded-Proto", "https");
    let wrong_method = wrong_method.post("/static/a.css", &[]);
    for (response, status) in [(file, 200), (unchanged, 304), (wrong_method, 405)] {
        assert_eq!(response.status, status);
        for (name, value) in [
            ("Strict-Transport-Security", "max-age=3600"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ] {
            assert_eq!(header(&response, name), value, "{status}: {name}");
        }
    }
    let plain = site.browser().get("/static/a.css");
    assert_eq!(header(&plain, "Strict-Transport-Security"), "");
}

#[test]
fn without_the_middleware_security_static_files_are_as_they_are() {
    let site = site("ssl_redirect = true\nhsts_seconds = 3600")
        .replaced("debug = false", "middleware = ['common']\ndebug = false");
    let file = site.browser().get("/static/a.css");
    assert_eq!(file.status, 200);
    assert_eq!(header(&file, "X-Content-Type-Options"), "");
    let secure = site.browser().header("X-Forwarded-Proto", "https");
    let file = secure.get("/static/a.css");
    assert_eq!(header(&file, "Strict-Transport-Security"), "");
}

#[test]
fn other_middleware_does_not_see_static_files() {
    let site = site("").replaced(
        "debug = false",
        "middleware = ['clickjacking', 'sessions', 'security', 'common']\ndebug = false",
    );
    let file = site.browser().get("/static/a.css");
    assert_eq!(header(&file, "X-Frame-Options"), "");
    assert_eq!(header(&file, "X-Content-Type-Options"), "nosniff");
}
