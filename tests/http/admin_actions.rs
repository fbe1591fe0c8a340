//! Actions of lists of the admin: rows deleted, handed out as files, changed by a declaration and by Python.

use crate::admin::{LOG, allow, shown, site_with};
use crate::attacks::browser::Browser;
use crate::blog::logged_in;
use crate::support::Project;
use crate::test_server::RawResponse;

const ADMIN: &str = r#"
[Post]
list_display = ["title", "author"]
list_filter = ["status"]
list_per_page = 10
actions_on_bottom = true
export_fields = ["title", "price", "author__username", "published_at", "reviewer"]

[[Post.actions]]
name = "publish"
label = "Publish the %(verbose_name_plural)s"
set = { status = "PB", published_at = { function = "now" } }

[[Post.actions]]
name = "hide"
set = { status = "DF" }
permission = "posts.hide_post"

[[Post.actions]]
function = "posts.admin.make_cheap"

[Comment]
has_delete_permission = "{{ not object or object.approved }}"
actions = ["posts.admin.as_text", "posts.admin.explode"]
disable_actions = ["export_as_json"]

[Tag]
actions = false
"#;

const PYTHON: &str = r#"
from django.contrib import admin, messages
from django.http import HttpResponse


@admin.action(description="Make them cheap", permissions=["change"])
def make_cheap(modeladmin, request, queryset):
    count = queryset.update(price=1)
    for row in queryset:
        modeladmin.log_change(request, row, "made cheap")
    modeladmin.message_user(request, f"{count} {modeladmin.opts.verbose_name_plural} are cheap now.", messages.WARNING)


def as_text(modeladmin, request, queryset):
    texts = queryset.order_by("id").values_list("text", flat=True)
    return HttpResponse(", ".join(texts), content_type="text/plain")


def explode(modeladmin, request, queryset):
    raise RuntimeError("no")
"#;

fn site() -> Project {
    site_with("")
        .file("posts/admin.py", PYTHON)
        .file("posts/admin.toml", ADMIN)
}

const POSTS: &str = "/admin/posts/post/";

fn run(browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> RawResponse {
    let token = browser.token("/admin/posts/post/");
    let mut all = vec![("csrfmiddlewaretoken", token.as_str())];
    all.extend(fields);
    browser.post(path, &all)
}

#[test]
fn chosen_rows_are_deleted_after_a_question_with_an_entry_for_each() {
    let project = site();
    let approved = "UPDATE posts_comment SET approved = 1";
    project.database().execute_batch(approved).unwrap();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let chosen = [
        ("action", "delete_selected"),
        ("index", "0"),
        ("_selected_action", "1"),
        ("_selected_action", "2"),
    ];
    let page = run(&mut ada, POSTS, &chosen).text();
    for expected in [
        "delete the selected 2 posts",
        "Posts: 2",
        "Comments: 4",
        "Post: <a href=\"/admin/posts/post/1/change/\">Post 1</a>",
        "value=\"2\"",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert_eq!(project.count("posts_post"), 26);
    let sure = [&chosen[..1], &chosen[2..], &[("post", "yes")]].concat();
    let answer = run(&mut ada, "/admin/posts/post/?status__exact=PB", &sure);
    assert_eq!(
        answer.header("location").unwrap(),
        "/admin/posts/post/?status__exact=PB"
    );
    assert_eq!(project.count("posts_post"), 24);
    assert_eq!(project.texts(LOG), ["3 2 Post 2 ", "3 1 Post 1 "]);
    assert!(shown(&mut ada, POSTS).contains("Successfully deleted 2 posts."));
    // What the list does not find is not deleted through it.
    let other = [
        ("action", "delete_selected"),
        ("post", "yes"),
        ("_selected_action", "5"),
    ];
    run(&mut ada, "/admin/posts/post/?status__exact=DF", &other);
    assert_eq!(project.count("posts_post"), 24);
}

#[test]
fn all_rows_of_all_pages_are_meant_where_somebody_says_so() {
    let project = site();
    let approved = "UPDATE posts_comment SET approved = 1";
    project.database().execute_batch(approved).unwrap();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let page = shown(&mut ada, POSTS);
    assert!(page.contains("All 26 posts that are found"), "{page}");
    let path = "/admin/posts/post/?status__exact=PB";
    let across = [
        ("action", "delete_selected"),
        ("index", "0"),
        ("select_across", "1"),
    ];
    let page = run(&mut ada, path, &across).text();
    assert!(
        page.contains("the selected 24 posts") && page.contains("name=\"count\" value=\"24\""),
        "{page}"
    );
    // A row that came meanwhile is asked about again.
    let sql = "UPDATE posts_post SET status = 'PB' WHERE id = 25";
    project.database().execute_batch(sql).unwrap();
    let sure = [
        ("action", "delete_selected"),
        ("select_across", "1"),
        ("post", "yes"),
        ("count", "24"),
    ];
    let page = run(&mut ada, path, &sure).text();
    assert!(page.contains("the selected 25 posts"), "{page}");
    assert_eq!(project.count("posts_post"), 26);
    let sure = [&sure[..3], &[("count", "25")]].concat();
    assert_eq!(run(&mut ada, path, &sure).status, 302);
    assert_eq!(project.texts("SELECT title FROM posts_post"), ["Post 24"]);
    assert_eq!(project.count("django_admin_log"), 25);
}

#[test]
fn rows_are_handed_out_as_files_without_formulas() {
    let project = site();
    let sql =
        "UPDATE posts_post SET title = '=cmd|''/C calc''!A1, \"x\"', price = -2 WHERE id = 26";
    project.database().execute_batch(sql).unwrap();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let csv = [
        ("action", "export_as_csv"),
        ("_selected_action", "26"),
        ("_selected_action", "3"),
    ];
    let answer = run(&mut ada, POSTS, &csv);
    assert_eq!(
        answer.header("content-disposition").unwrap(),
        "attachment; filename=\"post.csv\""
    );
    insta::assert_snapshot!(answer.text().replace('\r', ""), @r#"
    title,price,author__username,published_at,reviewer
    Post 3,3.50,ada,2026-01-03T12:00:00+00:00,
    "'=cmd|'/C calc'!A1, ""x""",-2.00,bob,2025-12-31T23:30:00+00:00,1
    "#);
    let all = [("action", "export_as_json"), ("select_across", "1")];
    let text = run(&mut ada, "/admin/posts/post/?status__exact=DF&o=1", &all).text();
    insta::assert_snapshot!(text, @r#"
    [
    {"title": "Post 24", "price": "24.50", "author__username": "ada", "published_at": "2026-01-24T12:00:00Z", "reviewer": null},
    {"title": "Post 25", "price": "25.50", "author__username": "ada", "published_at": "2026-02-25T12:00:00Z", "reviewer": null}
    ]
    "#);
    let none = [("action", "export_as_json"), ("select_across", "1")];
    assert_eq!(
        run(
            &mut ada,
            "/admin/posts/post/?q=nobody&status__exact=XX",
            &none
        )
        .text(),
        "[\n]\n"
    );
}

#[test]
fn actions_of_a_file_give_fields_values_and_those_of_python_do_what_they_say() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let page = shown(&mut ada, POSTS);
    assert!(
        page.contains("<option value=\"publish\">Publish the posts</option>"),
        "{page}"
    );
    assert!(
        page.contains("<option value=\"make_cheap\">Make them cheap</option>"),
        "{page}"
    );
    assert!(
        page.contains("Delete selected posts") && page.contains("id=\"action-bottom\""),
        "{page}"
    );
    let publish = [
        ("action", "publish"),
        ("index", "0"),
        ("_selected_action", "24"),
    ];
    assert_eq!(run(&mut ada, POSTS, &publish).status, 302);
    assert!(shown(&mut ada, POSTS).contains("Publish the posts: 1 post changed."));
    let row = "SELECT status || ' ' || (published_at LIKE '2026-01-02 03:04:05%') FROM posts_post WHERE id = 24";
    assert_eq!(project.texts(row), ["PB 1"]);
    let cheap = [
        ("action", ""),
        ("action", "make_cheap"),
        ("index", "1"),
        ("select_across", "1"),
    ];
    assert_eq!(
        run(&mut ada, "/admin/posts/post/?status__exact=DF", &cheap)
            .header("location")
            .unwrap(),
        "/admin/posts/post/?status__exact=DF"
    );
    assert!(shown(&mut ada, POSTS).contains("<li class=\"warning\">1 posts are cheap now."));
    assert_eq!(
        project.texts("SELECT id || '' FROM posts_post WHERE price = 1"),
        ["25"]
    );
    assert_eq!(
        project.texts(LOG),
        [
            r#"2 24 Post 24 [{"changed": {"fields": ["Status", "Published at"]}}]"#,
            "2 25 Post 25 made cheap"
        ]
    );
    let comments = "/admin/posts/comment/";
    let text = [
        ("action", "as_text"),
        ("_selected_action", "3"),
        ("_selected_action", "1"),
    ];
    assert_eq!(run(&mut ada, comments, &text).text(), "first, third");
    let explode = [("action", "explode"), ("_selected_action", "3")];
    assert_eq!(run(&mut ada, comments, &explode).status, 500);
}

#[test]
fn actions_ask_for_permissions_and_for_rows() {
    let project = site();
    allow(&project, "view_post");
    allow(&project, "view_comment");
    let server = project.serve();
    let mut bob = logged_in(&server, "bob");
    let page = shown(&mut bob, POSTS);
    assert!(
        page.contains("export_as_csv") && !page.contains("delete_selected"),
        "{page}"
    );
    assert!(
        !page.contains("\"publish\"") && !page.contains("make_cheap"),
        "{page}"
    );
    for action in [
        "delete_selected",
        "publish",
        "make_cheap",
        "hide",
        "nonsense",
        "",
    ] {
        let sent = [
            ("action", action),
            ("_selected_action", "1"),
            ("post", "yes"),
        ];
        assert_eq!(run(&mut bob, POSTS, &sent).status, 302, "{action}");
        assert!(
            shown(&mut bob, POSTS).contains("No action selected."),
            "{action}"
        );
    }
    assert_eq!(
        run(&mut bob, POSTS, &[("action", "export_as_csv")]).status,
        302
    );
    assert!(shown(&mut bob, POSTS).contains("Items must be selected"));
    assert_eq!(project.count("posts_post"), 26);
    assert_eq!(project.count("django_admin_log"), 0);
    let comments = shown(&mut bob, "/admin/posts/comment/");
    assert!(
        !comments.contains("export_as_json") && comments.contains("As text"),
        "{comments}"
    );
    // A rule of the file forbids one of the rows.
    allow(&project, "delete_comment");
    let both = [
        ("action", "delete_selected"),
        ("_selected_action", "1"),
        ("_selected_action", "2"),
        ("post", "yes"),
    ];
    assert_eq!(run(&mut bob, "/admin/posts/comment/", &both).status, 403);
    assert_eq!(project.count("posts_comment"), 4);
    assert_eq!(
        run(
            &mut bob,
            "/admin/posts/comment/",
            &[both[0], both[1], both[3]]
        )
        .status,
        302
    );
    assert_eq!(project.count("posts_comment"), 3);
    allow(&project, "view_tag");
    assert!(!shown(&mut bob, "/admin/posts/tag/").contains("action-checkbox"));
    let csv = [("action", "export_as_csv"), ("select_across", "1")];
    assert_eq!(run(&mut bob, "/admin/posts/tag/", &csv).status, 302);
    // Without the secret of the form nothing is done.
    let sent = [("action", "export_as_csv"), ("select_across", "1")];
    assert_eq!(bob.post(POSTS, &sent).status, 403);
}

#[test]
fn mistakes_in_actions_and_lists_are_found_with_their_places() {
    let admin = r#"
[Post]
list_display = ["title", "status", "author__username"]
list_editable = ["title", "sttus", "author__username"]
date_hierarchy = "title"
show_facets = "sometimes"
list_select_related = ["author", "tags"]
list_filter = [{ field = "title", filter = "range" }, { field = "price", filter = "rang" }]
export_fields = ["titel", "tags"]
disable_actions = ["delete_selectd"]
actions = [
    "posts.admin.make_cheep",
    { name = "a", set = { sttus = "PB", price = "much" } },
    { name = "b" },
    { name = "c", set = {}, permission = "chnge" },
    3,
]
"#;
    let project = site().file("posts/admin.toml", admin);
    insta::assert_snapshot!(project.djr(["check"]), @r#"
    exit code: 1
    ----- stderr -----
    warning: others can read `.env` (its mode is 644)
    hint: `chmod 600 .env` keeps it for its owner
    error: posts/admin.toml:4:18: `title` leads to the form of the row, so that it cannot be changed here
    hint: name another column in `list_display_links`
    error: posts/admin.toml:4:27: `sttus` is not a column of `list_display`
    hint: did you mean `status`?
    error: posts/admin.toml:4:36: `author__username` is not a field of `Post` that can be changed
    error: posts/admin.toml:5:18: `title` does not lead to a field of days or moments
    hint: its fields are `id`, `title`, `slug`, `body`, `status`, `published_at`, `price`, `cover`, `author`, `reviewer`, `tags`
    error: posts/admin.toml:6:15: `sometimes` is not a show_facets
    hint: one of `never`, `allow`, `always`
    error: posts/admin.toml:7:34: `tags` does not lead to one row of another model
    hint: its fields are `id`, `title`, `slug`, `body`, `status`, `published_at`, `price`, `cover`, `author`, `reviewer`, `tags`
    error: posts/admin.toml:8:44: the filter `range` does not fit the field `title`
    error: posts/admin.toml:8:83: `rang` is not a filter
    hint: did you mean `range`?
    error: posts/admin.toml:9:18: `titel` does not lead to one value of a row of `Post`
    hint: did you mean `title`?
    error: posts/admin.toml:9:27: `tags` does not lead to one value of a row of `Post`
    hint: its fields are `id`, `title`, `slug`, `body`, `status`, `published_at`, `price`, `cover`, `author`, `reviewer`, `tags`
    error: posts/admin.toml:10:20: `delete_selectd` is not an action
    hint: did you mean `delete_selected`?
    error: posts/admin.toml:12:5: there is no `make_cheep` in the module `posts.admin`
    hint: did you mean `make_cheap`?
    error: posts/admin.toml:13:27: `sttus` is not a field of `Post` that can be set
    hint: did you mean `status`?
    error: posts/admin.toml:13:49: this is not a value of a DecimalField
    error: posts/admin.toml:14:5: an action has either `set`, the values that it gives fields, or `function`
    error: posts/admin.toml:15:42: `chnge` is not a permission
    hint: did you mean `change`?
    hint: a permission of one's own is written with its app: `posts.publish_post`
    error: posts/admin.toml:16:5: an action is the dotted name of a function, or a table, not an integer
    hint: write `"posts.admin.make_published"`, or `{ name = "publish", set = { published = true } }`
    error: found 17 errors and 1 warning
    "#);
}
