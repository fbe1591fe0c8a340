//! Attacks on pages that write rows: fields that the form has not, rows of others, SQL, ways off the site, forms sent
//! twice and at once.

use std::thread;

use crate::attacks::browser::Browser;
use crate::blog::{blog, logged_in};
use crate::support::{Project, Server};

const FORMS: &str = r#"
[PostForm]
model = "posts.Post"
fields = ["title", "slug", "body", "status", "tags"]
"#;

const URLS: &str = r#"
[[urls]]
path = "accounts/"
include = "auth.urls"

[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"
template = "page.html"

[[urls]]
path = "new/"
view = "generic.create"
form = "posts.PostForm"
set = { author = { request = "user" } }
initial = { title = { query = "title" }, status = { query = "status" }, tags = { query = "tag" }, body = { query = "body" } }

[[urls]]
path = "edit/<int:pk>/"
view = "generic.update"
form = "posts.PostForm"
may = { author = { request = "user" } }

[[urls]]
path = "own/<str:slug>/"
view = "generic.update"
form = "posts.PostForm"
filter = { author = { request = "user" } }

[[urls]]
path = "delete/<int:pk>/"
view = "generic.delete"
model = "posts.Post"
may = { author = { request = "user" } }
success_url = "/{slug}/{title}/"

[[urls]]
path = "tags/new/"
view = "generic.create"
model = "posts.Tag"
fields = ["name", "slug"]
success_url = "/{name}/{slug}"

[[urls]]
path = "tags/<int:pk>/"
view = "generic.update"
model = "posts.Tag"
fields = ["name", "slug"]
success_url = "/{name}"

[[urls]]
path = "comment/<str:post>/"
view = "generic.create"
model = "posts.Comment"
fields = ["text"]
set = { post = { captured = "post" } }
success_url = "/"

[[urls]]
path = "profile/new/"
view = "generic.create"
model = "posts.Profile"
fields = ["motto"]
set = { user = { request = "user" } }
success_url = "/"
"#;

const FORM: &str = "<form method=\"post\">{{ csrf_input }}{{ form }}</form>";

/// What an attacker puts into a value.
const HOSTILE: [&str; 8] = [
    "' OR 1=1 --",
    "1); DROP TABLE posts_post; --",
    "\"; DELETE FROM auth_user; --",
    "<script>alert(1)</script>",
    "%s %(title)s {title} {{ 7*7 }}",
    "\\",
    "x\0y",
    "99999999999999999999999999999999",
];

fn site() -> Project {
    let templates = [
        (
            "page.html",
            "{{ post }}{% for message in messages %}{{ message }}{% endfor %}",
        ),
        ("posts/post_form.html", FORM),
        ("posts/tag_form.html", FORM),
        ("posts/comment_form.html", FORM),
        ("posts/profile_form.html", FORM),
        ("posts/post_confirm_delete.html", FORM),
    ];
    blog(URLS, &templates).file("posts/forms.toml", FORMS)
}

fn one(project: &Project, sql: &str) -> String {
    let text = project
        .database()
        .query_row(sql, [], |row| row.get::<_, Option<String>>(0));
    text.unwrap().unwrap_or_default()
}

#[test]
fn fields_that_are_not_in_the_form_are_not_written() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let more = [
        ("title", "Mine"),
        ("slug", "mine"),
        ("status", "DF"),
        ("id", "1"),
        ("pk", "1"),
        ("author", "2"),
        ("author_id", "2"),
        ("price", "0.01"),
        ("reviewer", "2"),
        ("published_at", "2000-01-01"),
        ("cover", "../../etc/passwd"),
        ("author__is_superuser", "1"),
        ("_state", "x"),
        ("instance", "1"),
        ("set", "author=2"),
    ];
    assert_eq!(ada.submit("/new/", &more).status, 302);
    let sql = "SELECT author_id || '|' || price || '|' || ifnull(reviewer_id, '-') || '|' || ifnull(published_at, '-') || '|' || cover
               FROM posts_post WHERE slug = 'mine' AND id > 26";
    assert_eq!(one(&project, sql), "1|0|-|-|");
    assert_eq!(ada.submit("/edit/1/", &more[..1]).status, 200);
    let mut again = more;
    again[1] = ("slug", "again");
    assert_eq!(ada.submit("/edit/2/", &again).status, 302);
    let sql = "SELECT id || '|' || author_id || '|' || price || '|' || published_at || '|' || cover FROM posts_post WHERE slug = 'again'";
    assert_eq!(one(&project, sql), "2|1|2.5|2026-03-02 12:00:00|");
    assert_eq!(
        one(
            &project,
            "SELECT count(*) || '' FROM posts_post WHERE author_id = 2"
        ),
        "1"
    );
    assert_eq!(
        one(&project, "SELECT sum(is_superuser) || '' FROM auth_user"),
        "0"
    );
}

#[test]
fn rows_of_others_are_neither_shown_nor_written() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let before = one(
        &project,
        "SELECT group_concat(id || title || slug || author_id) FROM posts_post",
    );
    let token = ada.token("/edit/1/");
    let sent = [
        ("csrfmiddlewaretoken", token.as_str()),
        ("title", "Taken"),
        ("slug", "taken"),
        ("status", "DF"),
    ];
    for (path, status) in [
        ("/edit/26/", 403),
        ("/edit/26/?pk=1", 403),
        ("/delete/26/", 403),
        ("/own/of-bob/", 404),
        ("/edit/999/", 404),
        ("/edit/99999999999999999999/", 404),
        ("/own/1/", 404),
    ] {
        assert_eq!(ada.get(path).status, status, "GET {path}");
        assert_eq!(ada.post(path, &sent).status, status, "POST {path}");
    }
    let mut visitor = Browser::new(server.address());
    let token = visitor.token("/tags/new/");
    let sent = [("csrfmiddlewaretoken", token.as_str())];
    assert_eq!(visitor.post("/edit/1/", &sent).status, 403);
    assert_eq!(visitor.post("/delete/1/", &sent).status, 403);
    let answer = visitor.post("/new/", &sent);
    assert_eq!(
        answer.header("location"),
        Some("/accounts/login/?next=/new/")
    );
    let after = one(
        &project,
        "SELECT group_concat(id || title || slug || author_id) FROM posts_post",
    );
    assert_eq!(before, after);
}

#[test]
fn nothing_is_written_without_the_token() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    for path in ["/new/", "/edit/1/", "/delete/1/", "/tags/1/"] {
        let sent = [
            ("title", "x"),
            ("slug", "x"),
            ("name", "x"),
            ("status", "DF"),
        ];
        assert_eq!(ada.post(path, &sent).status, 403, "{path}");
        for method in ["PUT", "DELETE", "PATCH"] {
            let status = ada.exchange(method, path, "").status;
            assert!([403, 405].contains(&status), "{method} {path}: {status}");
        }
        assert_eq!(ada.get(&format!("{path}?_method=DELETE")).status, 200);
    }
    assert_eq!(project.count("posts_post"), 26);
}

#[test]
fn hostile_values_are_values() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let users = project.count("auth_user");
    for (index, value) in HOSTILE.into_iter().enumerate() {
        let encoded = crate::attacks::browser::form_encoded(value);
        for parameter in ["title", "status", "tag", "body"] {
            let answer = ada.get(&format!("/new/?{parameter}={encoded}"));
            assert_eq!(answer.status, 200, "{parameter}={value}");
            let page = answer.text();
            assert!(!page.contains("<script>"), "{page}");
        }
        for path in [format!("/comment/{encoded}/"), format!("/own/{encoded}/")] {
            let status = ada.get(&path).status;
            assert!([400, 404].contains(&status), "{path}: {status}");
        }
        let slug = format!("s{index}");
        let sent = [
            ("title", value),
            ("slug", &slug),
            ("status", "DF"),
            ("body", value),
        ];
        let answer = ada.submit("/new/", &sent);
        if value.contains('\0') {
            assert_eq!(answer.status, 200, "{value:?}");
            assert!(answer.text().contains("Null characters are not allowed."));
        } else {
            assert_eq!(answer.status, 302, "{value}");
            let stored = one(
                &project,
                &format!("SELECT title FROM posts_post WHERE slug = '{slug}'"),
            );
            assert_eq!(stored, value);
        }
        for (name, found) in [("status", value), ("tags", value), ("slug", value)] {
            let mut sent = vec![("title", "x"), ("slug", "never"), ("status", "DF")];
            sent.retain(|(known, _)| *known != name);
            sent.push((name, found));
            let answer = ada.submit("/new/", &sent);
            let is_slug = name == "slug" && value.chars().all(|c| c.is_ascii_digit());
            assert_eq!(
                answer.status,
                if is_slug { 302 } else { 200 },
                "{name}={value}"
            );
        }
    }
    assert_eq!(project.count("auth_user"), users);
    assert_eq!(
        one(
            &project,
            "SELECT count(*) || '' FROM posts_post WHERE slug = 'never'"
        ),
        "0"
    );
}

#[test]
fn nobody_is_led_off_the_site() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    for (index, (name, location)) in [
        ("/evil.com", "/%2Fevil.com/s0"),
        ("//evil.com", "/%2F%2Fevil.com/s1"),
        ("\\evil.com", "/%5Cevil.com/s2"),
        ("https://evil.com", "/https%3A%2F%2Fevil.com/s3"),
        ("../../admin", "/..%2F..%2Fadmin/s4"),
        ("a\r\nSet-Cookie: x=1", "/a%0D%0ASet-Cookie%3A%20x%3D1/s5"),
        ("?next=x#y", "/%3Fnext%3Dx%23y/s6"),
        ("..", "/../s7"),
    ]
    .into_iter()
    .enumerate()
    {
        let slug = format!("s{index}");
        let answer = ada.submit(
            "/tags/new/?next=//evil.com",
            &[
                ("name", name),
                ("slug", &slug),
                ("next", "//evil.com"),
                ("success_url", "//evil.com"),
            ],
        );
        assert_eq!(
            (answer.status, answer.header("location")),
            (302, Some(location)),
            "{name}"
        );
        assert_eq!(
            answer
                .header("set-cookie")
                .map(|cookie| cookie.contains("x=1")),
            None,
            "{name}"
        );
    }
    // The row of an empty value before a slash: `//evil.com/` would be another host.
    project
        .database()
        .execute_batch("UPDATE posts_post SET slug = '', title = 'evil.com' WHERE id = 3")
        .unwrap();
    let answer = ada.submit("/delete/3/", &[]);
    assert_eq!(answer.header("location"), Some("/evil.com/"));
}

#[test]
fn a_form_sent_twice_makes_one_row_where_the_model_wants_it_so() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let sent = [("title", "Twice"), ("slug", "twice"), ("status", "DF")];
    assert_eq!(ada.submit("/new/", &sent).status, 302);
    let answer = ada.submit("/new/", &sent);
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .text()
            .contains("Post with this Slug already exists.")
    );
    let token = ada.token("/delete/4/");
    let sent = [("csrfmiddlewaretoken", token.as_str())];
    assert_eq!(ada.post("/delete/4/", &sent).status, 302);
    assert_eq!(ada.post("/delete/4/", &sent).status, 404);
    assert_eq!(ada.post("/edit/4/", &sent).status, 404);
    // A field that the site sets may be unique as well, which the form itself cannot know.
    let answer = ada.submit("/profile/new/", &[("motto", "again")]);
    assert_eq!(answer.status, 200);
    assert!(
        answer
            .text()
            .contains("Profile with this User already exists."),
        "{}",
        answer.text()
    );
}

/// The statuses of two requests that are sent at once, and how many rows have the value they want.
fn at_once(server: &Server, paths: [&str; 2], sent: &[(&str, &str)]) -> Vec<u16> {
    let prepared = paths.map(|path| {
        let mut browser = logged_in(server, "ada");
        let token = browser.token(path);
        (browser, path.to_owned(), token)
    });
    thread::scope(|scope| {
        let sending = prepared.map(|(mut browser, path, token)| {
            scope.spawn(move || {
                let mut all = vec![("csrfmiddlewaretoken", token.as_str())];
                all.extend(sent);
                browser.post(&path, &all).status
            })
        });
        let mut statuses: Vec<_> = sending.into_iter().map(|one| one.join().unwrap()).collect();
        statuses.sort_unstable();
        statuses
    })
}

#[test]
fn of_two_who_want_one_value_at_once_one_is_told() {
    let project = site();
    let server = project.serve();
    for round in 0..8 {
        let slug = format!("wanted-{round}");
        let sent = [("title", "x"), ("slug", slug.as_str()), ("status", "DF")];
        let statuses = at_once(&server, ["/edit/5/", "/edit/6/"], &sent);
        assert_eq!(statuses, [200, 302], "update {round}");
        let slug = format!("new-{round}");
        let sent = [("title", "x"), ("slug", slug.as_str()), ("status", "DF")];
        let statuses = at_once(&server, ["/new/", "/new/"], &sent);
        assert_eq!(statuses, [200, 302], "create {round}");
        let path = format!("/delete/{}/", 10 + round);
        let statuses = at_once(&server, [&path, &path], &[]);
        // The second may find the row gone before, while or after it is asked whether ada may delete it.
        assert_eq!(statuses[0], 302, "delete {round}");
        assert!(
            [302, 403, 404].contains(&statuses[1]),
            "delete {round}: {statuses:?}"
        );
    }
}
