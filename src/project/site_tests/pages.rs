//! Pages, redirects, headers and slashes.

use super::test_site::{TestSite, header, text};

fn names(response: &crate::http::Response) -> Vec<&str> {
    response.headers.iter().map(|(name, _)| name).collect()
}

#[test]
fn a_page_has_the_headers_of_django_in_their_order() {
    let browser = TestSite::new("debug = true").browser();
    let page = browser.get("/plain/");
    assert_eq!((page.status, text(&page)), (200, "plain"));
    let fields: Vec<_> = page.headers.iter().collect();
    let expected = [
        ("Content-Type", "text/html; charset=utf-8"),
        ("X-Frame-Options", "DENY"),
        ("Content-Length", "5"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ];
    assert_eq!(fields, expected);
    let login = browser.get("/accounts/login/");
    let expected = [
        "Content-Type",
        "Expires",
        "Cache-Control",
        "X-Frame-Options",
        "Vary",
        "Content-Length",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Set-Cookie",
    ];
    assert_eq!(names(&login), expected);
}

#[test]
fn a_template_gets_the_values_of_its_path_and_of_the_site() {
    let browser = TestSite::new("debug = true").browser();
    assert_eq!(text(&browser.get("/posts/41/")), "post 42");
    assert_eq!(text(&browser.get("/")), "Hello  Blog");
}

#[test]
fn a_redirect_leads_to_the_url_of_a_name() {
    let browser = TestSite::new("debug = true").browser();
    let moved = browser.get("/old/7/");
    assert_eq!(
        (moved.status, header(&moved, "Location")),
        (301, "/posts/7/")
    );
}

#[test]
fn a_method_that_a_view_does_not_have_is_refused() {
    let browser = TestSite::new("debug = true").browser();
    let refused = browser.submit("/plain/", &[]);
    assert_eq!(
        (refused.status, header(&refused, "Allow")),
        (405, "GET, HEAD, OPTIONS")
    );
    let options = browser.send("OPTIONS", "/plain/", &[]);
    assert_eq!(
        (options.status, header(&options, "Content-Length")),
        (200, "0")
    );
    let refused = browser.get("/put/");
    assert_eq!(
        (refused.status, header(&refused, "Allow")),
        (405, "POST, PUT")
    );
    let head = browser.send("HEAD", "/plain/", &[]);
    assert_eq!((head.status, header(&head, "Content-Length")), (200, "5"));
}

#[test]
fn a_slash_that_was_left_out_is_added() {
    let browser = TestSite::new("debug = true").browser();
    let moved = browser.get("/plain?x=%C3%A9&y=1");
    assert_eq!(
        (moved.status, header(&moved, "Location")),
        (301, "/plain/?x=%C3%A9&y=1")
    );
    let expected = [
        "Content-Type",
        "Location",
        "X-Content-Type-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
    ];
    assert_eq!(names(&moved), expected);
    assert_eq!(browser.log(), Vec::<String>::new());
    assert_eq!(browser.get("/nowhere").status, 404);
    assert_eq!(browser.get("/plain/x").status, 404);
    let kept = TestSite::new("debug = true\nappend_slash = false").browser();
    assert_eq!(kept.get("/plain").status, 404);
}

#[test]
fn a_form_sent_without_the_slash_is_told_so_with_debug() {
    let lost = TestSite::new("debug = true")
        .browser()
        .submit("/plain", &[("a", "1")]);
    assert_eq!(lost.status, 500);
    assert!(
        text(&lost).contains("does not end in a slash"),
        "{}",
        text(&lost)
    );
    let browser = TestSite::new("allowed_hosts = ['localhost']").browser();
    let moved = browser.post("/plain", &[("a", "1")]);
    assert_eq!((moved.status, header(&moved, "Location")), (301, "/plain/"));
}

#[test]
fn a_path_of_two_slashes_never_leads_to_another_host() {
    let site = TestSite::new("debug = true");
    site.write(
        "urls.toml",
        "[[urls]]\npath = \"<path:any>/\"\nview = \"template\"\ntemplate = \"plain.html\"\n",
    );
    site.write("templates/broken.html", "");
    let moved = site.browser().get("//evil.com");
    assert_eq!(
        (moved.status, header(&moved, "Location")),
        (301, "/%2Fevil.com/")
    );
}

#[test]
fn other_sites_are_told_by_https_headers_to_come_by_https() {
    let settings = "debug = true\n[security]\nhsts_seconds = 60\nhsts_include_subdomains = true\nssl_redirect = true\ntrusted_proxies = ['127.0.0.1']";
    let site = TestSite::new(settings);
    let moved = site.browser().get("/plain/?a=1");
    assert_eq!(
        (moved.status, header(&moved, "Location")),
        (301, "https://localhost/plain/?a=1")
    );
    assert_eq!(header(&moved, "Strict-Transport-Security"), "");
    let page = site
        .browser()
        .header("X-Forwarded-Proto", "https")
        .get("/plain/");
    assert_eq!(page.status, 200);
    assert_eq!(
        header(&page, "Strict-Transport-Security"),
        "max-age=60; includeSubDomains"
    );
}

#[test]
fn names_every_mistake_of_a_project_at_once() {
    let site = TestSite::new("debug = true\nmiddleware = ['auth', 'sesions']\n[auth2]\n");
    assert!(site.read().unwrap_err().to_string().contains("auth2"));
    let site = TestSite::new(
        "debug = true\nmiddleware = ['auth', 'sesions']\n[security]\ntrusted_proxies = ['proxy']",
    );
    site.write("templates/plain.html", "{% csrf_token %}");
    site.write("urls.toml", "[[urls]]\npath = 'a/'\nview = 'tempalte'\ntemplate = 'x'\n[[urls]]\npath = 'b/'\nview = 'template'\ntemplate = 'plian.html'\n[[urls]]\npath = 'c/'\nview = 'redirect'\npattern_name = 'nowhere'\n");
    let findings = site.read().unwrap_err().into_inner();
    let mut codes: Vec<_> = findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    let expected = [
        "bad-address",
        "django-template-language",
        "missing-middleware",
        "missing-template",
        "unknown-middleware",
        "unknown-url",
        "unknown-view",
    ];
    assert_eq!(codes, expected, "{findings:#?}");
    let hint = |code: &str| {
        findings
            .iter()
            .find(|finding| finding.code == code)
            .unwrap()
            .hints
            .join(" ")
    };
    assert_eq!(hint("unknown-view"), "did you mean `template`?");
    assert_eq!(hint("missing-template"), "did you mean `plain.html`?");
    assert_eq!(hint("unknown-middleware"), "did you mean `sessions`?");
}

#[test]
fn static_files_may_be_on_another_host() {
    for url in ["https://cdn.example.com/a/", "//cdn.example.com/"] {
        let site = TestSite::new(&format!("debug = true\n[static]\nurl = '{url}'\n"))
            .replaced("'sessions']", "'sessions', 'staticfiles']");
        site.write("templates/home.html", "{{ static('a b.css') }}");
        site.write("static/a b.css", "");
        let page = site.browser().get("/");
        assert_eq!(text(&page), format!("{url}a%20b.css"));
        assert_eq!(site.browser().get("/a/a%20b.css").status, 404);
    }
}
