//! The snippets of `docs/feeds.md` make the pages that they promise.

use crate::blog::page;
use crate::support::Project;
use crate::support::page::snippets_of;

/// The snippets of the page that belong into the file of this name, joined.
fn snippets(file: &str) -> String {
    snippets_of("feeds.md", file).join("\n")
}

const PAGES: &str = r#"
[[urls]]
path = ""
name = "home"
view = "template"
template = "page.html"

[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"
template = "page.html"
"#;

const ROWS: &str = "
INSERT INTO posts_tag VALUES (1, 'Rust', 'rust');
INSERT INTO posts_post (id, title, slug, summary, audio_url, audio_length, published_at, updated_at, author_id)
VALUES (1, 'First', 'first', 'Short', 'https://cdn.example/1.mp3', 77, '2026-01-01 10:00:00', '2026-01-02 10:00:00', 1);
INSERT INTO posts_post_tags VALUES (1, 1, 1);
";

#[test]
fn the_snippets_about_feeds_and_sitemaps_are_pages() {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
        .replaced(
            "debug = true",
            "debug = true\nallowed_hosts = [\"testserver\"]",
        )
        .file("posts/models.toml", &snippets("posts/models.toml"))
        .file("templates/page.html", "{{ post }}")
        .file("urls.toml", &format!("{PAGES}{}", snippets("urls.toml")));
    project.djr(["makemigrations"]).success();
    let project = project.migrated().superuser("ada", "a passphrase of ada 1");
    project.database().execute_batch(ROWS).unwrap();
    project.djr(["check"]).success();
    let server = project.serve();
    let feed = page(&server, "/feed/");
    assert!(feed.contains("<category>Rust</category>"), "{feed}");
    assert!(
        feed.contains("<pubDate>Thu, 01 Jan 2026 10:00:00 +0000</pubDate>"),
        "{feed}"
    );
    let atom = page(&server, "/tags/rust/feed/");
    assert!(atom.contains("length=\"77\" rel=\"enclosure\""), "{atom}");
    let sitemap = page(&server, "/sitemap.xml");
    assert_eq!(sitemap.matches("<url>").count(), 3, "{sitemap}");
    assert!(
        sitemap.contains("<lastmod>2026-01-02</lastmod>"),
        "{sitemap}"
    );
    let robots = page(&server, "/robots.txt");
    assert!(
        robots.ends_with("Sitemap: http://testserver/sitemap.xml\n"),
        "{robots}"
    );
}
