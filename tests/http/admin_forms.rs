//! The form of a row in the admin: how fields are filled in, what belongs to the row, and two people at once.

use crate::attacks::browser::Browser;
use crate::blog::{POST_PAGES, blog, logged_in};
use crate::support::Project;

const ADMIN: &str = r#"
["auth.User"]
search_fields = ["username"]

[Tag]
search_fields = ["name"]
prepopulated_fields = { slug = ["name"] }

[Post]
save_as = true
view_on_site = "/seen/{{ slug }}/"
fields = ["title", "slug", "body", "status", "published_at", "price", "cover", "author", "reviewer", "tags"]
prepopulated_fields = { slug = ["title"] }
autocomplete_fields = ["reviewer"]
raw_id_fields = ["author"]
filter_horizontal = ["tags"]
radio_fields = { status = "horizontal" }
inlines = [{ model = "Comment", fields = ["text", "approved"], extra = 1, show_change_link = true }]
"#;

const URLS: &str = r#"
[[urls]]
path = "admin/"
include = "admin.urls"
"#;

pub(crate) const LOG: &str = "SELECT change_message FROM django_admin_log ORDER BY id";

pub(crate) fn site() -> Project {
    site_with(ADMIN)
}

pub(crate) fn site_with(admin: &str) -> Project {
    let templates = [("list.html", "list"), ("detail.html", "{{ object }}")];
    let project = blog(&[POST_PAGES, URLS].concat(), &templates);
    let project = project.file("posts/admin.toml", admin);
    let staff = "UPDATE auth_user SET is_staff = 1; UPDATE auth_user SET is_superuser = 1 WHERE username = 'ada'";
    project.database().execute_batch(staff).unwrap();
    project
}

pub(crate) fn allow(project: &Project, codenames: &[&str]) {
    for codename in codenames {
        let sql = format!(
            "INSERT INTO auth_user_user_permissions (user_id, permission_id)
             SELECT u.id, p.id FROM auth_user u, auth_permission p WHERE u.username = 'bob' AND p.codename = '{codename}'"
        );
        project.database().execute_batch(&sql).unwrap();
    }
}

#[track_caller]
pub(crate) fn shown(browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(path);
    assert_eq!(answer.status, 200, "{path}\n{}", answer.text());
    answer.text()
}

/// The signed version in the page of a form.
#[track_caller]
pub(crate) fn version(page: &str) -> String {
    let rest = page.split_once("name=\"_version\" value=\"").unwrap().1;
    let text = rest.split_once('"').unwrap().0;
    text.replace("&quot;", "\"").replace("&#34;", "\"")
}

/// The fields of post 1 with its first comment, as a browser sends them.
pub(crate) fn post_fields<'f>(title: &'f str, version: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("_version", version),
        ("title", title),
        ("slug", "post-1"),
        ("body", "Text & <b>1</b>"),
        ("status", "PB"),
        ("published_at", "2026-02-01T12:00:00"),
        ("price", "1.50"),
        ("author", "1"),
        ("reviewer", ""),
        ("tags", "1"),
        ("tags", "2"),
        ("comment_set-TOTAL_FORMS", "3"),
        ("comment_set-INITIAL_FORMS", "3"),
        ("comment_set-0-id", "1"),
        ("comment_set-0-text", "first"),
        ("comment_set-0-approved", "on"),
        ("comment_set-1-id", "2"),
        ("comment_set-1-text", "spam"),
        ("comment_set-2-id", "3"),
        ("comment_set-2-text", "third"),
        ("comment_set-2-approved", "on"),
    ]
}

pub(crate) fn with<'f>(
    mut fields: Vec<(&'f str, &'f str)>,
    changes: &[(&'f str, &'f str)],
) -> Vec<(&'f str, &'f str)> {
    for change in changes {
        fields.retain(|(name, _)| *name != change.0);
        fields.push(*change);
    }
    fields
}

pub(crate) const PAGE: &str = "/admin/posts/post/1/change/";

#[test]
fn fields_are_shown_as_the_options_say() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let page = shown(&mut ada, PAGE);
    for expected in [
        "data-prepopulated-from=\"title\"",
        "data-max-length=\"50\"",
        "href=\"/seen/post-1/\"",
        "type=\"datetime-local\"",
        "value=\"2026-02-01T12:00:00\"",
        "Time zone: ",
        // A relation by its key, with the row's text and a list to look in.
        "href=\"/admin/auth/user/?_popup=1&amp;_to_field=id\"",
        "data-key=\"1\">ada</a>",
        "data-autocomplete=\"/admin/autocomplete/\"",
        "data-field-name=\"reviewer\"",
        "class=\"filter_horizontal\"",
        "type=\"radio\" name=\"status\"",
        "name=\"_saveasnew\"",
        "data-pattern=\"/admin/auth/user/__fk__/change/?_popup=1&amp;_to_field=id\"",
        "href=\"/admin/posts/comment/1/change/\"",
        "name=\"comment_set-__prefix__-text\"",
        "<template>",
    ] {
        let found = page.contains(expected) || page.contains(&expected.replace("&amp;", "&"));
        assert!(found, "{expected}\n{page}");
    }
    assert!(
        !page.contains("<script>") && !page.contains(" style="),
        "{page}"
    );
}

#[test]
fn a_slug_is_made_of_the_title_where_nobody_wrote_one() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let answer = ada.submit(
        "/admin/posts/tag/add/",
        &[("name", "Über  Äpfel & Öl"), ("slug", "")],
    );
    assert_eq!(answer.status, 302, "{}", answer.text());
    let slugs = project.texts("SELECT slug FROM posts_tag ORDER BY id");
    assert_eq!(slugs.last().unwrap(), "uber-apfel-ol");
}

#[test]
fn the_history_tells_of_inlines_as_django_does() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let seen = version(&shown(&mut ada, PAGE));
    let changes = [
        ("comment_set-TOTAL_FORMS", "4"),
        ("comment_set-0-text", "First"),
        ("comment_set-1-DELETE", "on"),
        ("comment_set-3-text", "new"),
    ];
    let answer = ada.submit(PAGE, &with(post_fields("Post 1", &seen), &changes));
    assert_eq!(answer.status, 302, "{}", answer.text());
    let seen = version(&shown(&mut ada, "/admin/posts/tag/1/change/"));
    let tag = [
        ("_version", seen.as_str()),
        ("name", "Rust"),
        ("slug", "rust"),
    ];
    assert_eq!(ada.submit("/admin/posts/tag/1/change/", &tag).status, 302);
    assert_eq!(
        project.texts(LOG),
        [
            r#"[{"added": {"name": "comment", "object": "new on Post 1"}}, {"changed": {"name": "comment", "object": "First on Post 1", "fields": ["Text"]}}, {"deleted": {"name": "comment", "object": "spam on Post 1"}}]"#,
            "[]",
        ]
    );
}

#[test]
fn a_row_can_be_saved_as_a_new_one_with_its_inlines() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let seen = version(&shown(&mut ada, PAGE));
    let sent = with(
        post_fields("Copy", &seen),
        &[("slug", "copy"), ("_saveasnew", "")],
    );
    let answer = ada.submit(PAGE, &sent);
    assert_eq!(
        answer.header("location").unwrap(),
        "/admin/posts/post/27/change/"
    );
    let comments = "SELECT post_id || ' ' || count(*) FROM posts_comment WHERE post_id IN (1, 27) GROUP BY post_id";
    assert_eq!(project.texts(comments), ["1 3", "27 3"]);
    // What is wrong with the copy is no reason to write the row that was copied.
    let sent = with(post_fields("", &seen), &[("_saveasnew", "")]);
    let page = ada.submit(PAGE, &sent).text();
    assert!(page.contains("action=\"/admin/posts/post/add/\""), "{page}");
}

#[test]
fn rows_of_inlines_are_changed_only_by_those_who_may() {
    let project = site();
    allow(&project, &["view_post", "change_post", "view_comment"]);
    let server = project.serve();
    let mut bob = logged_in(&server, "bob");
    let page = shown(&mut bob, PAGE);
    assert!(
        page.contains("third") && !page.contains("comment_set-0-text"),
        "{page}"
    );
    let seen = version(&page);
    let changes = [
        ("comment_set-TOTAL_FORMS", "4"),
        ("comment_set-0-text", "hacked"),
        ("comment_set-1-DELETE", "on"),
        ("comment_set-3-text", "new"),
    ];
    let answer = bob.submit(PAGE, &with(post_fields("By bob", &seen), &changes));
    assert_eq!(answer.status, 302, "{}", answer.text());
    let texts = "SELECT text FROM posts_comment WHERE post_id = 1 ORDER BY id";
    assert_eq!(project.texts(texts), ["first", "spam", "third"]);
    assert_eq!(
        project.texts("SELECT title FROM posts_post WHERE id = 1"),
        ["By bob"]
    );
    allow(&project, &["add_comment"]);
    let seen = version(&shown(&mut bob, PAGE));
    let answer = bob.submit(PAGE, &with(post_fields("By bob", &seen), &changes));
    assert_eq!(answer.status, 302, "{}", answer.text());
    assert_eq!(project.texts(texts), ["first", "spam", "third", "new"]);
}

#[test]
fn more_rows_are_shown_without_a_script_and_too_many_are_refused() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let seen = version(&shown(&mut ada, PAGE));
    let sent = with(
        post_fields("Typed", &seen),
        &[("_more_rows", "comment_set")],
    );
    let page = ada.submit(PAGE, &sent).text();
    assert!(
        page.contains("comment_set-5-text") && page.contains("value=\"Typed\""),
        "{page}"
    );
    assert!(!page.contains("Please correct"), "{page}");
    let sent = with(
        post_fields("Post 1", &seen),
        &[("comment_set-TOTAL_FORMS", "10000")],
    );
    assert_eq!(ada.submit(PAGE, &sent).status, 400);
    let names: Vec<_> = (0..10_000)
        .map(|at| format!("comment_set-{at}-text"))
        .collect();
    let many = names.iter().map(|name| (name.as_str(), "x"));
    let sent: Vec<_> = post_fields("Post 1", &seen)
        .into_iter()
        .chain(many)
        .collect();
    assert_eq!(ada.submit(PAGE, &sent).status, 400);
    assert_eq!(project.count("posts_comment"), 4);
}

#[test]
fn rows_are_found_by_words_for_those_who_may_see_them() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let path = |field: &str| {
        format!("/admin/autocomplete/?app_label=posts&model_name=post&field_name={field}&term=")
    };
    let found = ada.get(&format!("{}b", path("reviewer"))).text();
    assert_eq!(
        found,
        r#"{"results": [{"id": "2", "text": "bob"}], "pagination": {"more": false}}"#
    );
    let found = ada.get(&path("tags")).text();
    assert!(
        found.contains("Django") && found.contains("<Empty>"),
        "{found}"
    );
    // What is not a relation, or nobody's, is refused as by Django.
    for field in ["title", "nothing", "pk", ""] {
        assert_eq!(ada.get(&path(field)).status, 403, "{field}");
    }
    assert_eq!(
        ada.get("/admin/autocomplete/?app_label=posts&model_name=comment&field_name=post")
            .status,
        404
    );
    allow(&project, &["view_post"]);
    let mut bob = logged_in(&server, "bob");
    assert_eq!(bob.get(&path("reviewer")).status, 403);
    allow(&project, &["view_user"]);
    assert_eq!(bob.get(&path("reviewer")).status, 200);
    let mut visitor = Browser::new(server.address());
    assert_eq!(visitor.get(&path("reviewer")).status, 302);
}

#[test]
fn a_window_tells_the_page_that_opened_it_of_the_row() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let path = "/admin/posts/tag/add/?_popup=1&_to_field=id";
    let page = shown(&mut ada, path);
    assert!(
        !page.contains("_addanother") && !page.contains("site-header"),
        "{page}"
    );
    let name = "</main><script>alert(1)</script>\"";
    let page = ada.submit(path, &[("name", name), ("slug", "x")]).text();
    assert!(
        page.contains("data-action=\"add\" data-value=\"4\""),
        "{page}"
    );
    assert!(
        !page.contains("<script>alert") && page.contains("popup_response.js"),
        "{page}"
    );
    // A field that is not one a relation may refer to is not told.
    let path = "/admin/posts/tag/4/change/?_popup=1&_to_field=password";
    let page = ada.submit(path, &[("name", "y"), ("slug", "x")]).text();
    assert!(
        page.contains("data-action=\"change\" data-value=\"4\""),
        "{page}"
    );
}

#[test]
fn mistakes_in_the_options_of_forms_are_found_with_their_places() {
    let admin = r#"
[Post]
prepopulated_fields = { slg = ["title"], slug = ["titel"], author = ["title"] }
raw_id_fields = ["title", "auther"]
autocomplete_fields = ["author", "tags"]
filter_horizontal = ["author"]
radio_fields = { status = "diagonal", title = "vertical" }
save_as = "yes"
view_on_site = "{{ nothing }}"

[Tag]
"#;
    let project = site_with(admin);
    insta::assert_snapshot!(project.djr(["check"]), @r#"
    exit code: 1
    ----- stderr -----
    warning: others can read `.env` (its mode is 644)
    hint: `chmod 600 .env` keeps it for its owner
    error: posts/admin.toml:3:25: `slg` is not a field of `Post`
    hint: did you mean `slug`?
    error: posts/admin.toml:3:50: `titel` is not a field of `Post`
    hint: did you mean `title`?
    error: posts/admin.toml:3:60: `author` of `Post` is not a field that can be filled in from others
    hint: it could be `id`, `title`, `slug`, `body`, `status`, `price`, `cover`
    error: posts/admin.toml:4:18: `title` of `Post` is not a relation
    hint: it could be `author`, `reviewer`, `tags`
    error: posts/admin.toml:4:27: `auther` is not a field of `Post`
    hint: did you mean `author`?
    error: posts/admin.toml:5:34: the rows of `posts.Tag` cannot be searched
    hint: give the table of `posts.Tag` `search_fields`
    error: posts/admin.toml:6:22: `author` of `Post` is not a relation to many
    hint: it could be `tags`
    error: posts/admin.toml:7:27: `diagonal` is not a direction
    hint: one of `horizontal`, `vertical`
    error: posts/admin.toml:7:39: `title` of `Post` is not a foreign key, nor does it have choices
    hint: it could be `status`, `author`, `reviewer`
    error: posts/admin.toml:8:11: `save_as` must be `true` or `false`, not a string
    error: posts/admin.toml:9:16: `nothing` is not an attribute of the rows of this model
    error: found 11 errors and 1 warning
    "#);
}
