//! Pages of one row that say when it changed: a browser that has this version gets no other.

use crate::attacks::browser::Browser;
use crate::blog::blog;
use crate::support::Server;
use crate::test_server::RawResponse;

const URLS: &str = r#"
[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"
template = "post.html"
[[urls]]
path = "dated/<int:pk>/"
view = "generic.detail"
model = "posts.Post"
template = "post.html"
last_modified = "published_at"

[[urls]]
path = "tagged/<int:pk>/"
view = "generic.detail"
model = "posts.Post"
template = "post.html"
etag = ["title", "price"]

[[urls]]
path = "both/<int:pk>/"
view = "generic.detail"
model = "posts.Post"
template = "post.html"
last_modified = "published_at"
etag = "title"
cache = 300
"#;

const DATE: &str = "Sun, 01 Feb 2026 12:00:00 GMT";
const BEFORE: &str = "Sun, 01 Feb 2026 11:59:59 GMT";

fn get(server: &Server, path: &str, header: Option<(&str, &str)>) -> RawResponse {
    let browser = Browser::new(server.address());
    let mut browser = header.into_iter().fold(browser, |browser, (name, value)| {
        browser.header(name, value)
    });
    browser.get(path)
}

#[test]
fn a_page_is_not_made_for_who_has_its_version() {
    let project = blog(URLS, &[("post.html", "<h1>{{ post.title }}</h1>")]);
    project.djr(["check"]).success();
    let server = project.serve();
    let page = get(&server, "/dated/1/", None);
    assert_eq!(page.header("last-modified"), Some(DATE));
    for (name, value, status) in [
        ("If-Modified-Since", DATE, 304),
        ("If-Modified-Since", BEFORE, 200),
        ("If-Unmodified-Since", BEFORE, 412),
        ("If-Unmodified-Since", DATE, 200),
        ("If-Match", "\"a\"", 412),
        ("If-None-Match", "\"a\"", 200),
    ] {
        let answer = get(&server, "/dated/1/", Some((name, value)));
        assert_eq!(answer.status, status, "{name}: {value}");
        assert_eq!(answer.text().contains("<h1>"), status == 200);
        let told = (status != 412).then_some(DATE);
        assert_eq!(answer.header("last-modified"), told, "{name}: {value}");
    }
    assert_eq!(
        get(&server, "/dated/99/", Some(("If-None-Match", "*"))).status,
        404
    );
    let change = |sql: &str| project.database().execute_batch(sql).unwrap();
    let tag = get(&server, "/tagged/1/", None)
        .header("etag")
        .unwrap()
        .to_owned();
    let known = || get(&server, "/tagged/1/", Some(("If-None-Match", &tag))).status;
    assert_eq!(known(), 304);
    change("UPDATE posts_post SET body = 'other' WHERE id = 1");
    assert_eq!(known(), 304);
    change("UPDATE posts_post SET price = 2 WHERE id = 1");
    assert_eq!(known(), 200);
    assert_ne!(
        get(&server, "/tagged/2/", None).header("etag"),
        Some(tag.as_str())
    );
    // A page that is kept answers so by itself.
    for _ in 0..2 {
        assert_eq!(
            get(&server, "/both/1/", Some(("If-Modified-Since", DATE))).status,
            304
        );
        assert_eq!(get(&server, "/both/1/", None).status, 200);
    }
}

#[test]
fn fields_that_tell_no_versions_are_found_with_their_place() {
    for (line, expected) in [
        (
            "last_modified = \"title\"",
            "must be a date field of the model",
        ),
        (
            "last_modified = \"publshed_at\"",
            "did you mean `published_at`?",
        ),
        ("etag = \"titel\"", "did you mean `title`?"),
        ("etag = [\"tags\"]", "which `tags` is not"),
        ("etag = [1]", "must be a string"),
    ] {
        let urls = format!(
            "[[urls]]\npath = \"<int:pk>/\"\nview = \"generic.detail\"\nmodel = \"posts.Post\"\ntemplate = \"post.html\"\n{line}\n"
        );
        let project = blog("", &[("post.html", "")]).file("urls.toml", &urls);
        let told = project.djr(["check"]).exited(1).stderr();
        assert!(
            told.contains(expected) && told.contains("urls.toml:6:"),
            "{line}: {told}"
        );
    }
}
