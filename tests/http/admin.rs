//! The admin over a running server: who gets in, what a list and a form show, and what is written.

use crate::attacks::browser::Browser;
use crate::blog::{POST_PAGES, blog, logged_in};
use crate::support::page::snippets_of;
use crate::support::{Project, Server};

const ADMIN: &str = r#"
[site]
header = "The blog"
color = "teal"

[Post]
list_display = ["title", "status", "author", "published_at", "tags", { header = "Words", value = "{{ body|wordcount }}" }]
list_filter = ["status", "published_at", { field = "tags", filter = "related_only" }, { name = "price", choices = [{ value = "dear", where = { price__gte = 20 } }] }]
search_fields = ["title", "^body", "author__username"]
list_per_page = 10
readonly_fields = ["reviewer"]
inlines = [{ model = "Comment", fields = ["text", "approved"], extra = 1 }]

[[Post.fieldsets]]
fields = [["title", "slug"], "body"]

[[Post.fieldsets]]
name = "Publication"
collapse = true
fields = [["status", "price"], "author", "reviewer", "tags"]

[Comment]
has_change_permission = "{{ not object or object.approved }}"
"#;

const URLS: &str = r#"
[[urls]]
path = "admin/"
include = "admin.urls"
"#;

fn site() -> Project {
    site_with(ADMIN)
}

/// The blog with the pages of `admin`, where ada may do everything.
pub(crate) fn site_with(admin: &str) -> Project {
    let templates = [("list.html", "list"), ("detail.html", "{{ object }}")];
    let project = blog(&[POST_PAGES, URLS].concat(), &templates);
    let project = project.file("posts/admin.toml", admin);
    let names = "UPDATE auth_user SET is_superuser = 1, is_staff = 1 WHERE username = 'ada'";
    project.database().execute_batch(names).unwrap();
    project
}

/// Gives `bob`, who is of the staff, the permission of this code name.
pub(crate) fn allow(project: &Project, codename: &str) {
    let sql = format!(
        "UPDATE auth_user SET is_staff = 1 WHERE username = 'bob';
         INSERT INTO auth_user_user_permissions (user_id, permission_id)
         SELECT u.id, p.id FROM auth_user u, auth_permission p WHERE u.username = 'bob' AND p.codename = '{codename}'"
    );
    project.database().execute_batch(&sql).unwrap();
}

#[track_caller]
pub(crate) fn shown(browser: &mut Browser, path: &str) -> String {
    let answer = browser.get(path);
    assert_eq!(answer.status, 200, "{path}\n{}", answer.text());
    answer.text()
}

/// The titles in the first column of a list, in their order.
pub(crate) fn titles(page: &str) -> Vec<String> {
    let rows = page
        .split("<th scope=\"row\" class=\"field-title\">")
        .skip(1);
    let texts = rows.map(|row| row.split_once('>').unwrap().1);
    let titles = texts.map(|text| text.split_once('<').unwrap().0.to_owned());
    titles.collect()
}

#[test]
fn only_staff_get_in() {
    let project = site();
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let answer = visitor.get("/admin/posts/post/?q=a");
    assert_eq!(
        answer.header("location").unwrap(),
        "/admin/login/?next=/admin/posts/post/%3Fq%3Da"
    );
    let page = visitor.get("/admin/login/").text();
    assert!(page.contains("The blog"), "{page}");
    let bob = [("username", "bob"), ("password", crate::blog::PASSWORD)];
    let answer = visitor.submit("/admin/login/", &bob);
    assert!(
        answer.text().contains("for a staff account"),
        "{}",
        answer.text()
    );
    // Somebody without staff who is logged in elsewhere is led to the login, too.
    let mut bob = logged_in(&server, "bob");
    assert_eq!(bob.get("/admin/").status, 302);
    assert!(
        bob.get("/admin/login/")
            .text()
            .contains("who may not see this page")
    );
    let ada = [("username", "ada"), ("password", crate::blog::PASSWORD)];
    let answer = visitor.submit("/admin/login/?next=/admin/posts/", &ada);
    assert_eq!(answer.header("location").unwrap(), "/admin/posts/");
    assert!(shown(&mut visitor, "/admin/posts/").contains("Posts administration"));
    let answer = visitor.get("/admin/");
    assert!(
        answer
            .header("content-security-policy")
            .unwrap()
            .contains("default-src 'self'")
    );
    assert!(answer.header("cache-control").unwrap().contains("no-store"));
    assert!(
        visitor
            .get("/admin/theme.css")
            .text()
            .contains("--accent: teal")
    );
}

#[test]
fn every_permission_decides_what_is_shown_and_what_can_be_sent() {
    let project = site();
    allow(&project, "view_tag");
    let server = project.serve();
    let mut bob = logged_in(&server, "bob");
    let index = shown(&mut bob, "/admin/");
    assert!(
        index.contains("Tags") && !index.contains("/admin/posts/post/"),
        "{index}"
    );
    let pages = |bob: &mut Browser, at: &str| {
        let list = bob.get(&format!("/admin/posts/{at}/")).status;
        let others = ["add/", "1/change/", "1/delete/", "1/history/"];
        let others = others.map(|page| bob.get(&format!("/admin/posts/{at}/{page}")).status);
        (list, others)
    };
    assert_eq!(pages(&mut bob, "tag"), (200, [403, 200, 403, 200]));
    assert_eq!(pages(&mut bob, "post"), (403, [403; 4]));
    let form = shown(&mut bob, "/admin/posts/tag/1/change/");
    assert!(
        !form.contains("name=\"name\"") && form.contains("Rust"),
        "{form}"
    );
    let send = |bob: &mut Browser, path: &str| {
        let token = bob.cookie("csrftoken").unwrap_or_default().to_owned();
        let fields = [
            ("csrfmiddlewaretoken", &*token),
            ("name", "x"),
            ("slug", "x"),
        ];
        bob.post(path, &fields).status
    };
    bob.get("/accounts/password_change/");
    assert_eq!(send(&mut bob, "/admin/posts/tag/1/change/"), 403);
    assert_eq!(send(&mut bob, "/admin/posts/tag/add/"), 403);
    assert_eq!(send(&mut bob, "/admin/posts/tag/1/delete/"), 403);
    assert_eq!(project.count("posts_tag"), 3);
    allow(&project, "change_tag");
    allow(&project, "add_tag");
    allow(&project, "delete_tag");
    assert_eq!(
        pages(&mut bob, "tag"),
        (200, [200; 5].first_chunk::<4>().copied().unwrap())
    );
    assert_eq!(send(&mut bob, "/admin/posts/tag/2/change/"), 302);
    assert_eq!(send(&mut bob, "/admin/posts/tag/3/delete/"), 302);
    assert_eq!(
        project.texts("SELECT name FROM posts_tag ORDER BY id"),
        ["Rust", "x"]
    );
    // A rule of the file takes away what the permission gives, row by row.
    allow(&project, "change_comment");
    let form = shown(&mut bob, "/admin/posts/comment/1/change/");
    assert!(form.contains("name=\"text\""), "{form}");
    assert_eq!(bob.get("/admin/posts/comment/2/change/").status, 403);
}

#[test]
fn a_list_has_columns_filters_a_search_and_pages() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let list =
        |ada: &mut Browser, query: &str| titles(&shown(ada, &format!("/admin/posts/post/{query}")));
    let page = shown(&mut ada, "/admin/posts/post/");
    for expected in [
        "Published &amp; &lt;seen&gt;",
        "<td class=\"field-author\">ada</td>",
        "<td class=\"field-words\">",
        "By status",
        "26 posts",
        "aria-current=\"page\">1</span>",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert_eq!(titles(&page).len(), 10);
    assert_eq!(list(&mut ada, "?p=3").len(), 6);
    assert_eq!(list(&mut ada, "?all=1").len(), 26);
    assert_eq!(list(&mut ada, "?o=1&p=1")[..2], ["Of Bob", "Post 1"]);
    assert_eq!(list(&mut ada, "?o=-3.1")[..2], ["Of Bob", "Post 1"]);
    assert_eq!(list(&mut ada, "?o=99.x.-0")[0], list(&mut ada, "?o=")[0]);
    assert_eq!(list(&mut ada, "?status__exact=DF"), ["Post 25", "Post 24"]);
    assert_eq!(list(&mut ada, "?tags__id__exact=2"), ["Post 1"]);
    assert_eq!(list(&mut ada, "?price=dear&status__exact=PB").len(), 4);
    assert_eq!(list(&mut ada, "?q=rust"), ["Of Bob"]);
    assert_eq!(list(&mut ada, "?q=%22of+bob%22+bob"), ["Of Bob"]);
    assert_eq!(list(&mut ada, "?q=post+bob").len(), 0);
    assert_eq!(list(&mut ada, "?q=%00").len(), 0);
    // What is not offered is refused: nobody finds out a hash letter by letter.
    let refused = ada.get("/admin/posts/post/?author__password__startswith=x&all=1");
    assert_eq!(refused.status, 400);
    let used = shown(&mut ada, "/admin/posts/post/");
    assert!(!used.contains("?tags__id__exact=3"), "{used}");
}

pub(crate) const LOG: &str = "SELECT action_flag || ' ' || object_id || ' ' || object_repr || ' ' || change_message FROM django_admin_log ORDER BY id";

#[test]
fn rows_are_added_changed_and_deleted_with_a_history_that_django_reads() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let fields = |title: &'static str| {
        [
            ("title", title),
            ("slug", "new"),
            ("body", ""),
            ("status", "PB"),
            ("price", "3.20"),
            ("author", "1"),
            ("tags", "1"),
            ("comment_set-TOTAL_FORMS", "1"),
            ("comment_set-INITIAL_FORMS", "0"),
            ("comment_set-0-text", "hello"),
        ]
    };
    let bad = ada.submit("/admin/posts/post/add/", &fields("")).text();
    assert!(bad.contains("Please correct the errors below."), "{bad}");
    let answer = ada.submit("/admin/posts/post/add/", &fields("<b>New</b> ünd"));
    assert_eq!(answer.header("location").unwrap(), "/admin/posts/post/");
    let list = shown(&mut ada, "/admin/posts/post/?o=-1");
    assert!(
        list.contains("The post “&lt;b&gt;New&lt;/b&gt; ünd” was added successfully."),
        "{list}"
    );
    assert_eq!(
        project.texts("SELECT text FROM posts_comment WHERE post_id = 27"),
        ["hello"]
    );
    let form = shown(&mut ada, "/admin/posts/post/27/change/");
    assert!(
        !form.contains("<b>New") && form.contains("comment_set-0-id"),
        "{form}"
    );
    let mut changed = fields("Newer").to_vec();
    changed[8].1 = "1";
    changed.retain(|(name, _)| *name != "tags");
    let id = project
        .texts("SELECT CAST(id AS TEXT) FROM posts_comment WHERE post_id = 27")
        .remove(0);
    let inline = [("comment_set-0-id", &*id), ("_continue", "")];
    let sent: Vec<_> = changed.into_iter().chain(inline).collect();
    let answer = ada.submit("/admin/posts/post/27/change/", &sent);
    assert_eq!(
        answer.header("location").unwrap(),
        "/admin/posts/post/27/change/"
    );
    let answer = ada.submit("/admin/posts/post/27/delete/", &[("post", "yes")]);
    assert_eq!(answer.header("location").unwrap(), "/admin/posts/post/");
    assert_eq!(project.count("posts_post"), 26);
    assert_eq!(
        project.texts(LOG),
        [
            r#"1 27 <b>New</b> ünd [{"added": {}}, {"added": {"name": "comment", "object": "hello on <b>New</b> \u00fcnd"}}]"#,
            r#"2 27 Newer [{"changed": {"fields": ["Title", "Tags"]}}]"#,
            "3 27 Newer ",
        ]
    );
    assert!(shown(&mut ada, "/admin/").contains("&lt;b&gt;New"));
    // A row that is gone leads to the first page, which says so.
    assert_eq!(
        ada.get("/admin/posts/post/27/change/")
            .header("location")
            .unwrap(),
        "/admin/"
    );
    assert!(shown(&mut ada, "/admin/").contains("Perhaps it was deleted?"));
}

#[test]
fn what_goes_with_a_row_is_told_before_and_its_history_after() {
    let project = site();
    let server: Server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let page = shown(&mut ada, "/admin/posts/post/1/delete/");
    for expected in ["Posts: 1", "Comments: 3", "Are you sure"] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let log = r#"INSERT INTO django_admin_log (action_time, user_id, content_type_id, object_id, object_repr, action_flag, change_message)
        SELECT '2026-01-02 03:04:05', 1, id, '1', 'Post 1', 2, '[{"changed": {"fields": ["Title", "Body"]}}, {"deleted": {"name": "comment", "object": "spam"}}]'
        FROM django_content_type WHERE app_label = 'posts' AND model = 'post'"#;
    project.database().execute_batch(log).unwrap();
    let page = shown(&mut ada, "/admin/posts/post/1/history/");
    let message = "Changed Title and Body. Deleted comment “spam”.";
    assert!(
        page.contains(message) && page.contains("Jan. 2, 2026"),
        "{page}"
    );
}

#[test]
fn mistakes_in_admin_toml_are_found_with_their_places() {
    let admin = r#"
unregister = ["auth.Grup"]

[site]
color = "red; } body { display: none"
heder = "x"

[Pst]

[Post]
list_display = ["titel", "title", "title", { header = "X" }, { header = "Y", value = "{{ bdy }}" }]
list_display_links = ["slug"]
list_filter = ["body__foo", { field = "title", filter = "boolean" }, { field = "status", filter = "choice" }]
search_fields = ["author__usrname"]
ordering = ["-publshed_at"]
list_per_page = 0
fields = ["title"]
exclude = ["slgu"]
formfield_overrides = { TextFeld = { widget = "TextInput" } }
inlines = [{ model = "Tag" }, { model = "Comment", style = "tabluar" }, { model = "Comment" }]
has_change_permission = 1
lst_editable = []

[[Post.fieldsets]]
fields = ["body"]
"#;
    let project = site().file("posts/admin.toml", admin);
    insta::assert_snapshot!(project.djr(["check"]), @r#"
    exit code: 1
    ----- stderr -----
    warning: others can read `.env` (its mode is 644)
    hint: `chmod 600 .env` keeps it for its owner
    error: posts/admin.toml:2:15: there is no model `auth.Grup`
    hint: did you mean `auth.Group`?
    error: posts/admin.toml:5:9: `red; } body { display: none` is not a colour
    hint: write `#2d6a4f`, or a name such as `teal`
    error: posts/admin.toml:6:1: unknown key `heder`
    hint: did you mean `header`?
    error: posts/admin.toml:8:2: there is no model `Pst`
    hint: did you mean `Post`?
    error: posts/admin.toml:11:17: `titel` is not a field of `Post`
    hint: did you mean `title`?
    error: posts/admin.toml:11:35: `title` is listed twice
    error: posts/admin.toml:11:44: a column needs a `value`: a template whose names are those of the row
    error: posts/admin.toml:11:86: `bdy` is not an attribute of the rows of this model
    hint: did you mean `body`?
    error: posts/admin.toml:12:23: `slug` is not a column of `list_display`
    error: posts/admin.toml:13:16: `body__foo` does not lead to a field of `Post`
    hint: its fields are `id`, `title`, `slug`, `body`, `status`, `published_at`, `price`, `cover`, `author`, `reviewer`, `tags`
    error: posts/admin.toml:13:57: the filter `boolean` does not fit the field `title`
    error: posts/admin.toml:13:99: `choice` is not a filter
    hint: did you mean `choices`?
    error: posts/admin.toml:14:18: `auth.user` has no field `usrname`
    hint: did you mean `username`?
    hint: the choices are `date_joined`, `email`, `first_name`, `groups`, `id`, `is_active`, `is_staff`, `is_superuser`, `last_login`, `last_name`, `logentry`, `password`, `posts`, `profile`, `user_permissions`, `username`
    error: posts/admin.toml:15:13: `posts.post` has no field `publshed_at`
    hint: did you mean `published_at`?
    hint: the choices are `author`, `body`, `comment`, `cover`, `id`, `price`, `published_at`, `reviewer`, `slug`, `status`, `tags`, `title`
    error: posts/admin.toml:16:17: a page holds one row at least
    error: posts/admin.toml:18:12: `slgu` is not a field of `Post`
    hint: did you mean `slug`?
    error: posts/admin.toml:19:25: `TextFeld` is not a class of fields
    hint: did you mean `TextField`?
    error: posts/admin.toml:20:22: `Tag` has no foreign key to `Post`
    error: posts/admin.toml:20:60: `tabluar` is not a style
    hint: did you mean `tabular`?
    error: posts/admin.toml:20:73: two inlines on the page have the prefix `comment_set`
    hint: give one of them another `prefix`
    error: posts/admin.toml:21:25: `has_change_permission` must be a template, not an integer
    hint: write `has_change_permission = "{{ object.author == user }}"`
    error: posts/admin.toml:22:1: unknown key `lst_editable`
    hint: did you mean `list_editable`?
    error: posts/admin.toml:24:1: a form has `fields` or `fieldsets`, not both
    error: found 23 errors and 1 warning
    "#);
}

#[test]
fn the_page_about_it_says_what_works() {
    let snippets = snippets_of("admin.md", "posts/admin.toml");
    assert_eq!(snippets.len(), 4);
    for snippet in snippets {
        let project = site().file("posts/admin.toml", &snippet);
        let project = project.file("static/logo.svg", "<svg/>");
        let checked = project.djr(["check", "--json"]).success();
        assert_eq!(
            checked.json()["result"]["errors"].as_i64().unwrap_or(0),
            0,
            "{snippet}"
        );
        let server = project.serve();
        let mut ada = logged_in(&server, "ada");
        for page in [
            "",
            "posts/post/",
            "posts/post/1/change/",
            "posts/comment/1/change/",
        ] {
            shown(&mut ada, &format!("/admin/{page}"));
        }
    }
}
