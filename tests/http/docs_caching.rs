//! The snippets of `docs/caching.md` are pages.

use crate::attacks::browser::Browser;
use crate::blog::blog;
use crate::support::Project;
use crate::support::page::{snippets, snippets_of};

#[test]
fn the_snippets_about_pages_are_pages_with_the_headers_that_they_promise() {
    let project = Project::new()
        .replaced("debug = true", "allowed_hosts = [\"testserver\"]")
        .setting("[caches.pages]\nbackend = \"locmem\"")
        .file(
            "urls.toml",
            &snippets_of("caching.md", "urls.toml").concat(),
        )
        .file("templates/about.html", "<h1>About</h1>")
        .file("templates/numbers.html", "<p>1, 2, 3</p>")
        .file("templates/account.html", "<p>Yours</p>")
        .file("templates/logo.html", "<svg/>");
    let project = snippets("caching.md")
        .into_iter()
        .filter(|(file, _)| file.starts_with("templates/"))
        .fold(project, |project, (file, text)| project.file(file, &text))
        .migrated();
    project.djr(["check"]).success();
    let server = project.serve();
    for (path, control) in [
        ("/about/", "max-age=300"),
        ("/numbers/", "max-age=60"),
        (
            "/account/",
            "max-age=0, no-cache, no-store, must-revalidate, private",
        ),
        ("/logo/", "public, max-age=86400, immutable"),
    ] {
        let page = Browser::new(server.address()).get(path);
        assert_eq!(page.status, 200, "{path}: {}", page.text());
        assert_eq!(page.header("cache-control"), Some(control), "{path}");
    }
}

#[test]
fn the_snippet_about_versions_of_rows_is_a_page() {
    let urls = snippets_of("caching.md", "posts/urls.toml").concat();
    let project = blog(&urls, &[("posts/post_detail.html", "{{ post.title }}")]);
    project.djr(["check"]).success();
    let server = project.serve();
    let page = Browser::new(server.address()).get("/posts/post-1/");
    assert_eq!(page.text(), "Post 1");
    let tag = page.header("etag").unwrap().to_owned();
    let mut knowing = Browser::new(server.address()).header("If-None-Match", &tag);
    assert_eq!(knowing.get("/posts/post-1/").status, 304);
}
