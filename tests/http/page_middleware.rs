//! The middleware `cache`, `conditional_get` and `compression`, and their order.

use crate::attacks::site;
use crate::page_cache::{PASSWORD, cached_site, get, visitor};

#[test]
fn a_whole_site_is_kept_but_for_what_forbids_it() {
    let project = cached_site()
        .replaced("[project]", "[project]\nmiddleware = [\"security\", \"cache\", \"sessions\", \"common\", \"csrf\", \"auth\", \"messages\", \"clickjacking\"]")
        .setting("[page_cache]\nseconds = 70");
    let server = project.serve();
    let fresh = get(&server, "/fresh/");
    assert_eq!(fresh.header("cache-control"), Some("max-age=70"));
    assert_eq!(get(&server, "/fresh/").text(), fresh.text());
    assert_eq!(
        get(&server, "/random/").header("cache-control"),
        Some("max-age=300")
    );
    // What an entry says of itself counts for the cache too.
    assert_eq!(
        get(&server, "/headers/").text(),
        get(&server, "/headers/").text()
    );
    assert_ne!(
        get(&server, "/never/").text(),
        get(&server, "/never/").text()
    );
    assert_ne!(
        get(&server, "/accounts/login/").text(),
        get(&server, "/accounts/login/").text()
    );
    let mut browser = visitor(&server);
    assert_eq!(browser.log_in("grace", PASSWORD).status, 302);
    assert!(browser.get("/mine/").text().starts_with("mine: grace"));
    assert_eq!(get(&server, "/nothing/").status, 404);
}

#[test]
fn a_page_that_the_browser_has_is_not_sent_again() {
    let middleware = "[project]\nmiddleware = [\"security\", \"compression\", \"conditional_get\", \"sessions\", \"common\", \"csrf\", \"auth\", \"messages\", \"clickjacking\"]";
    let project = cached_site().replaced("[project]", middleware);
    let server = project.serve();
    // Before anything is kept, and after it.
    for path in ["/search/?q=a", "/search/?q=a", "/headers/"] {
        let tag = get(&server, path).header("etag").unwrap().to_owned();
        let mut knowing = visitor(&server).header("If-None-Match", &tag);
        let answer = knowing.get(path);
        // The words of the last page are others each time.
        let expected = if path == "/headers/" { 200 } else { 304 };
        assert_eq!(answer.status, expected, "{path}");
        assert!(answer.header("etag").is_some(), "{path}");
    }
    let first = visitor(&server)
        .header("If-None-Match", "*")
        .get("/random/");
    assert_eq!(first.status, 304);
    assert_eq!(get(&server, "/random/").status, 200);
}

#[test]
fn a_page_is_kept_once_for_each_coding() {
    let middleware = "[project]\nmiddleware = [\"security\", \"compression\", \"sessions\", \"common\", \"csrf\", \"auth\", \"messages\", \"clickjacking\"]";
    let project = cached_site().replaced("[project]", middleware);
    let server = project.serve();
    let coded = |accept: &str| {
        let page = visitor(&server)
            .header("Accept-Encoding", accept)
            .get("/slow/");
        (
            page.header("content-encoding").map(ToOwned::to_owned),
            page.body,
        )
    };
    for (accept, alike, coding) in [
        ("gzip", "gzip, deflate", Some("gzip")),
        ("br", "gzip, br", Some("br")),
        ("", "deflate", None),
    ] {
        let (found, body) = coded(accept);
        assert_eq!(found.as_deref(), coding);
        assert_eq!(coded(alike).1, body, "{accept}");
    }
    assert_eq!(
        get(&server, "/slow/").header("vary"),
        Some("Accept-Encoding")
    );
}

#[test]
fn middleware_in_the_wrong_order_is_told() {
    for (order, expected) in [
        (
            "\"sessions\", \"cache\"",
            "middleware `cache` must stand before `sessions`",
        ),
        (
            "\"conditional_get\", \"compression\"",
            "middleware `compression` must stand before `conditional_get`",
        ),
        ("\"compresion\"", "did you mean `compression`?"),
    ] {
        let project = site().replaced("[project]", &format!("[project]\nmiddleware = [{order}]"));
        let told = project.djr(["check"]).exited(1).stderr();
        assert!(
            told.contains(expected) && told.contains("djr.toml:"),
            "{told}"
        );
    }
    let project =
        site().setting("[page_cache]\nalias = \"fast\"\n\n[compression]\ncodings = [\"gzp\"]");
    let told = project.djr(["check"]).exited(1).stderr();
    assert!(told.contains("`[caches]` has no `fast`"), "{told}");
    assert!(told.contains("did you mean `gzip`?"), "{told}");
}
