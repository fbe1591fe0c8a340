//! A blog with tags and comments, whose pages are declared in `urls.toml`.

use crate::attacks::browser::Browser;
use crate::support::{Project, Server};

/// The password of `ada`, who writes posts, and of `bob`, who writes others.
pub(crate) const PASSWORD: &str = "a wholly new passphrase 7";

pub(crate) const MODELS: &str = r#"
[Tag]
str = "{{ name }}"
ordering = ["name"]
[Tag.fields]
name = { type = "CharField", max_length = 50, unique = true }
slug = { type = "SlugField", unique = true }

[Post]
str = "{{ title }}"
url = "{{ url('post-detail', slug) }}"
ordering = ["-published_at", "title"]
[Post.fields]
title = { type = "CharField", max_length = 200 }
slug = { type = "SlugField", unique = true }
body = { type = "TextField", blank = true }
status = { type = "CharField", max_length = 2, choices = [["DF", "Draft"], ["PB", "Published & <seen>"]], default = "DF" }
published_at = { type = "DateTimeField", null = true, blank = true }
price = { type = "DecimalField", max_digits = 8, decimal_places = 2, default = 0 }
cover = { type = "ImageField", upload_to = "covers/", blank = true }
author = { type = "ForeignKey", to = "auth.User", on_delete = "CASCADE", related_name = "posts" }
reviewer = { type = "ForeignKey", to = "auth.User", on_delete = "SET_NULL", null = true, blank = true, related_name = "+" }
tags = { type = "ManyToManyField", to = "Tag", blank = true, related_name = "posts" }

[Comment]
str = "{{ text }} on {{ post }}"
ordering = ["id"]
[Comment.fields]
post = { type = "ForeignKey", to = "Post", on_delete = "CASCADE" }
text = { type = "TextField" }
approved = { type = "BooleanField", default = true }

[Profile]
[Profile.fields]
user = { type = "OneToOneField", to = "auth.User", on_delete = "CASCADE" }
motto = { type = "CharField", max_length = 100 }
"#;

/// The list and the page of each post, and where one logs in, for entries of `urls.toml` that write posts.
pub(crate) const POST_PAGES: &str = r#"
[[urls]]
path = "accounts/"
include = "auth.urls"

[[urls]]
path = "posts/"
name = "post-list"
view = "generic.list"
model = "posts.Post"
template = "list.html"

[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"
template = "detail.html"
"#;

/// Rows: 25 posts of ada, of which two are drafts, and one of bob; comments and tags on some.
const ROWS: &str = r"
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 25)
INSERT INTO posts_post (id, title, slug, body, status, published_at, price, cover, author_id, reviewer_id)
SELECT i, 'Post ' || i, 'post-' || i, 'Text & <b>' || i || '</b>', CASE WHEN i > 23 THEN 'DF' ELSE 'PB' END,
       '2026-' || printf('%02d', 1 + i % 3) || '-' || printf('%02d', i) || ' 12:00:00', i + 0.5, '', 1, NULL FROM n;
INSERT INTO posts_post (id, title, slug, body, status, published_at, price, cover, author_id, reviewer_id)
VALUES (26, 'Of Bob', 'of-bob', 'Rust', 'PB', '2025-12-31 23:30:00', 3.10, 'covers/a b.png', 2, 1);
INSERT INTO posts_tag (id, name, slug) VALUES (1, 'Rust', 'rust'), (2, 'Django', 'django'), (3, '<Empty>', 'empty');
INSERT INTO posts_post_tags (post_id, tag_id) VALUES (1, 1), (1, 2), (2, 1), (26, 1);
INSERT INTO posts_comment (id, post_id, text, approved) VALUES (1, 1, 'first', 1), (2, 1, 'spam', 0), (3, 1, 'third', 1), (4, 2, 'other', 1);
INSERT INTO posts_profile (id, user_id, motto) VALUES (1, 1, 'onwards');
";

/// The blog with the pages of `urls` and of `templates`, in a database that is filled.
#[track_caller]
pub(crate) fn blog(urls: &str, templates: &[(&str, &str)]) -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
        .replaced(
            "debug = true",
            "debug = true\nallowed_hosts = [\"testserver\"]",
        )
        .file("posts/models.toml", MODELS)
        .file("urls.toml", urls);
    let project = templates.iter().fold(project, |project, (name, text)| {
        project.file(format!("posts/templates/{name}"), text)
    });
    project.djr(["makemigrations"]).success();
    let project = project
        .migrated()
        .superuser("ada", PASSWORD)
        .superuser("bob", PASSWORD);
    project.database().execute_batch(ROWS).unwrap();
    project
        .database()
        .execute_batch("UPDATE auth_user SET is_superuser = 0, is_staff = 0")
        .unwrap();
    project
}

/// The browser of `name`, who is logged in.
#[track_caller]
pub(crate) fn logged_in(server: &Server, name: &str) -> Browser {
    let mut browser = Browser::new(server.address());
    browser.log_in(name, PASSWORD);
    browser
}

/// The page at `path` of `server`, for one who is not logged in.
#[track_caller]
pub(crate) fn page(server: &Server, path: &str) -> String {
    let mut browser = Browser::new(server.address());
    let answer = browser.get(path);
    assert_eq!(answer.status, 200, "{path}\n{}", answer.text());
    answer.text()
}

/// The status of the page at `path`.
pub(crate) fn status(server: &Server, path: &str) -> u16 {
    Browser::new(server.address()).get(path).status
}
