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

/// The same with a manifest that leads to a file under a name with a hash.
fn site_with_manifest() -> TestSite {
    let site = site("[storages.staticfiles]\nbackend = 'manifest'");
    site.write("staticfiles/a.0123456789ab.css", "a { color: red }");
    let manifest = r#"{"paths": {"a.css": "a.0123456789ab.css"}, "version": "1.1", "hash": ""}"#;
    site.write("staticfiles/staticfiles.json", manifest);
    site
}

#[test]
fn only_files_under_names_that_change_are_kept_for_ever() {
    let site = site_with_manifest();
    let cache_control = |path: &str| {
        let file = site.browser().get(path);
        assert_eq!(file.status, 200, "{path}");
        header(&file, "Cache-Control").to_owned()
    };
    assert_eq!(
        cache_control("/static/a.0123456789ab.css"),
        "max-age=31536000, public, immutable"
    );
    assert_eq!(cache_control("/static/a.css"), "max-age=60, public");
    assert_eq!(
        cache_control("/static/staticfiles.json"),
        "max-age=60, public"
    );
}

#[test]
fn files_of_the_directory_root_are_at_the_root_of_the_site() {
    let site = site("");
    site.write("staticfiles/root/robots.txt", "User-agent: *");
    site.write("staticfiles/root/.env", "secret");
    site.write("staticfiles/root/more/a.txt", "a");
    let robots = site.browser().get("/robots.txt");
    assert_eq!(robots.status, 200);
    assert_eq!(header(&robots, "Content-Type"), "text/plain; charset=utf-8");
    for path in [
        "/favicon.ico",
        "/.env",
        "/more/a.txt",
        "/a.css",
        "/robots.txt/",
        "/..%2fa.css",
    ] {
        assert_eq!(site.browser().get(path).status, 404, "{path}");
    }
}

#[test]
fn what_is_hidden_is_nobodys_business() {
    let site = site("");
    site.write("staticfiles/.djr-static/record", "record");
    site.write("staticfiles/css/.a.css.swp", "secret");
    for path in [
        "/static/.djr-static/record",
        "/static/%2edjr-static/record",
        "/static/css/.a.css.swp",
        "/static/css/%2Ea.css.swp",
    ] {
        assert_eq!(site.browser().get(path).status, 404, "{path}");
    }
}

#[test]
fn a_client_gets_the_form_of_a_file_that_it_likes_best() {
    let site = site("");
    site.write("staticfiles/a.css.gz", "gzip");
    site.write("staticfiles/a.css.br", "brotli");
    site.write("staticfiles/b.css", "b");
    let whole = "a { color: red }";
    let mut tags = Vec::new();
    for (accept, coding, body) in [
        ("br, gzip", "br", "brotli"),
        ("gzip", "gzip", "gzip"),
        ("identity", "", whole),
        ("br;q=0", "", whole),
    ] {
        let browser = site.browser().header("Accept-Encoding", accept);
        let file = browser.get("/static/a.css");
        assert_eq!(header(&file, "Content-Encoding"), coding, "{accept}");
        assert_eq!(file.body.as_bytes(), Some(body.as_bytes()), "{accept}");
        assert_eq!(header(&file, "Content-Type"), "text/css; charset=utf-8");
        assert_eq!(header(&file, "Vary"), "Accept-Encoding");
        let tag = header(&file, "ETag").to_owned();
        let unchanged = browser.header("If-None-Match", &tag).get("/static/a.css");
        assert_eq!(unchanged.status, 304, "{accept}");
        assert_eq!(header(&unchanged, "Vary"), "Accept-Encoding");
        tags.push(tag);
    }
    assert!(tags[0] != tags[1] && tags[1] != tags[2] && tags[2] == tags[3]);
    let browser = site.browser().header("Accept-Encoding", "br");
    let part = browser.header("Range", "bytes=0-0").get("/static/a.css");
    assert_eq!((part.status, part.body.as_bytes()), (206, Some(&b"a"[..])));
    assert_eq!(header(&part, "Content-Encoding"), "");
    let alone = site.browser().header("Accept-Encoding", "br");
    assert_eq!(header(&alone.get("/static/b.css"), "Vary"), "");
}

#[test]
fn a_compressed_file_that_is_older_than_its_original_is_that_of_another() {
    let site = site("");
    site.write("staticfiles/a.css.br", "brotli");
    std::thread::sleep(std::time::Duration::from_millis(30));
    site.write("staticfiles/a.css", "new");
    let browser = site.browser().header("Accept-Encoding", "br");
    let file = browser.get("/static/a.css");
    assert_eq!(file.body.as_bytes(), Some(&b"new"[..]));
}
