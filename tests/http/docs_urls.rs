//! The snippets of `docs/urls.md` make the pages that they promise.

use crate::attacks::browser::Browser;
use crate::blog::{PASSWORD, logged_in, page, status};
use crate::support::Project;
use crate::support::page::snippets;

const ROWS: &str = "
INSERT INTO posts_tag VALUES (1, 'Rust', 'rust');
INSERT INTO posts_post (id, title, slug, body, status, published_at, author_id)
VALUES (1, 'First', 'first', 'Text', 'PB', '2025-01-01 10:00:00', 1), (2, 'Second', 'second', 'Text', 'DF', '2025-02-01 10:00:00', 1);
INSERT INTO posts_post_tags VALUES (1, 1, 1);
INSERT INTO posts_comment VALUES (1, 'Fine', 1);
";

#[test]
fn the_snippets_about_pages_with_rows_are_pages() {
    let mut project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
        .replaced(
            "debug = true",
            "debug = true\nallowed_hosts = [\"testserver\"]",
        );
    let mut urls = "[[urls]]\npath = \"accounts/\"\ninclude = \"auth.urls\"\n\n".to_owned();
    let mut forms = String::new();
    for (file, text) in snippets("urls.md") {
        if file == "urls.toml" {
            urls.push_str(&text);
        } else if file == "posts/forms.toml" {
            forms.push_str(&text);
        } else {
            project = project.file(file, &text);
        }
    }
    let project = project
        .file("urls.toml", &urls)
        .file("posts/forms.toml", &forms)
        .setting("[mail]\nbackend = \"file\"\nmanagers = [\"mia@example.com\"]");
    project.djr(["makemigrations"]).success();
    let project = project.migrated().superuser("ada", PASSWORD);
    project.database().execute_batch(ROWS).unwrap();
    project.djr(["check"]).success();
    let server = project.serve();
    for (path, expected) in [
        ("/", "<a href=\"/posts/first/\">First</a>"),
        ("/", "ada, Published, Tag object (1)"),
        ("/?tag=nothing", "Nothing yet."),
        ("/?q=second", "Nothing yet."),
        ("/posts/first/", "<p>1 comments</p>"),
        ("/posts/first/", "<a href=\"/posts/second/\">Second</a>"),
        ("/archive/", "Second First"),
        ("/archive/2025/feb/", "Second"),
        ("/about/", "A blog: First"),
        ("/about/", "ada wrote 2"),
        ("/about/", "2025, 1 comments"),
    ] {
        let found = page(&server, path);
        assert!(found.contains(expected), "{path}\n{found}\n{expected}");
    }
    assert_eq!(status(&server, "/posts/second/"), 404);
    let answer =
        Browser::new(server.address()).submit("/posts/first/comment/", &[("text", "Well")]);
    assert_eq!(answer.header("location"), Some("/posts/first/#comments"));
    let sent = [("name", "Ada"), ("email", "a@b.de"), ("message", "Hi")];
    let answer = Browser::new(server.address()).submit("/contact/", &sent);
    assert_eq!(answer.header("location"), Some("/"));
    assert!(project.mail(1)[0].contains("Message: Hi"));
    assert_eq!(status(&server, "/posts/first/edit/"), 403);
    assert_eq!(status(&server, "/write/"), 302);
    assert_eq!(status(&server, "/drafts/2/"), 403);
    assert_eq!(status(&server, "/tags/new/"), 302);
    assert_eq!(status(&server, "/posts/first/ask/"), 200);
    assert_eq!(status(&server, "/api/tags/"), 200);
    let mut visitor = Browser::new(server.address());
    let answer = visitor.submit("/posts/first/ask/", &sent);
    let login = "/accounts/login/?next=/posts/first/ask/";
    assert_eq!(answer.header("location"), Some(login));
    let answer = visitor.exchange("POST", "/api/tags/", "name=x&slug=x");
    assert_eq!(answer.status, 401);
    let mut ada = logged_in(&server, "ada");
    assert!(ada.get("/drafts/2/").text().contains("Second of 2"));
    let page = ada.get("/write/?title=Third").text();
    assert!(
        page.contains("New post") && page.contains("value=\"Third\""),
        "{page}"
    );
    let sent = [
        ("title", "Third"),
        ("slug", "third"),
        ("body", "Text"),
        ("status", "PB"),
    ];
    assert_eq!(
        ada.submit("/write/", &sent).header("location"),
        Some("/posts/third/")
    );
    let page = ada.get("/posts/third/edit/").text();
    assert!(page.contains("Edit Third"), "{page}");
    let comment = [
        ("comment_set-TOTAL_FORMS", "1"),
        ("comment_set-INITIAL_FORMS", "0"),
        ("comment_set-0-text", "My own"),
    ];
    let sent = [sent.as_slice(), comment.as_slice()].concat();
    let answer = ada.submit("/posts/third/edit-all/", &sent);
    assert_eq!(answer.header("location"), Some("/posts/third/"));
    let page = ada.get("/posts/third/comments/").text();
    assert!(
        page.contains("Comments on Third") && page.contains("My own"),
        "{page}"
    );
    let sent = [
        ("form-TOTAL_FORMS", "1"),
        ("form-INITIAL_FORMS", "0"),
        ("form-0-name", "SQLite"),
        ("form-0-slug", "sqlite"),
    ];
    assert_eq!(
        ada.submit("/tags/", &sent).header("location"),
        Some("/tags/")
    );
    let page = ada.get("/tags/").text();
    assert!(
        page.contains("value=\"SQLite\"") && !page.contains("value=\"Rust\""),
        "{page}"
    );
    assert!(
        ada.get("/posts/third/delete/")
            .text()
            .contains("Delete “Third”?")
    );
    assert_eq!(
        ada.submit("/posts/third/delete/", &[]).header("location"),
        Some("/")
    );
    assert_eq!(status(&server, "/posts/third/"), 404);
}
