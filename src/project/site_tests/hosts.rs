//! Hosts that are this site's, and others.

use super::test_site::{TestSite, header, text};

#[test]
fn answers_only_to_its_hosts() {
    let site = TestSite::new("debug = false\nallowed_hosts = ['.example.com']");
    for (host, status) in [
        ("example.com", 200),
        ("WWW.example.com:8000", 200),
        ("example.com.", 200),
        ("evil.com", 400),
        ("localhost", 400),
        ("example.com@evil.com", 400),
        ("example.com/evil", 400),
        ("", 400),
    ] {
        let response = site.browser().header("Host", host).get("/plain/");
        assert_eq!(response.status, status, "{host}");
    }
}

#[test]
fn a_wrong_host_is_logged_and_learns_nothing() {
    let browser = TestSite::new("allowed_hosts = ['example.com']")
        .browser()
        .header("Host", "evil.com");
    let refused = browser.get("/plain/");
    assert!(!text(&refused).contains("evil.com"), "{}", text(&refused));
    assert_eq!(header(&refused, "X-Frame-Options"), "");
    assert_eq!(header(&refused, "Content-Length"), "");
    assert_eq!(header(&refused, "X-Content-Type-Options"), "nosniff");
    let expected = "Bad Request (Invalid HTTP_HOST header: 'evil.com'. You may need to add 'evil.com' to `allowed_hosts`.): /plain/";
    assert_eq!(browser.log(), [expected]);
}

#[test]
fn with_debug_local_names_are_enough() {
    let site = TestSite::new("debug = true");
    for host in ["localhost:8000", "blog.localhost", "127.0.0.1", "[::1]:80"] {
        assert_eq!(
            site.browser().header("Host", host).get("/plain/").status,
            200,
            "{host}"
        );
    }
    let refused = site.browser().header("Host", "example.com").get("/plain/");
    assert_eq!(refused.status, 400);
    assert!(
        text(&refused).contains("add &#x27;example.com&#x27; to `allowed_hosts`"),
        "{}",
        text(&refused)
    );
}

#[test]
fn a_forwarded_host_counts_only_where_the_settings_say_so() {
    let forwarded = |settings: &str| {
        let site = TestSite::new(&format!("debug = true\n[security]\n{settings}"));
        site.browser()
            .header("X-Forwarded-Host", "evil.com")
            .get("/plain/")
            .status
    };
    assert_eq!(forwarded("trusted_proxies = ['127.0.0.1']"), 200);
    assert_eq!(forwarded("use_forwarded_host = true"), 200);
    assert_eq!(
        forwarded("trusted_proxies = ['127.0.0.1']\nuse_forwarded_host = true"),
        400
    );
}
