//! `generic.create`, `generic.update` and `generic.delete` over a running server.

use crate::attacks::browser::Browser;
use crate::blog::{POST_PAGES, blog, logged_in, status};
use crate::support::Project;

const FORMS: &str = r#"
[PostForm]
model = "posts.Post"
fields = ["title", "slug", "body", "status", "tags"]

[CommentForm]
model = "posts.Comment"
fields = ["text"]
"#;

pub(crate) const URLS: &str = r#"
[[urls]]
path = "new/"
view = "generic.create"
form = "posts.PostForm"
initial = { title = { query = "title" }, body = "Dear reader", status = "PB", tags = { query = "tag" } }
set = { author = { request = "user" }, published_at = { function = "now" }, price = "1.50" }
success_message = "“%(title)s” of %(author)s was made, 100%%."

[[urls]]
path = "posts/<slug:slug>/edit/"
view = "generic.update"
form = "posts.PostForm"
login_required = true
may = { author = { request = "user" } }
success_message = "%(title)s was changed."

[[urls]]
path = "posts/<slug:slug>/delete/"
view = "generic.delete"
model = "posts.Post"
login_required = true
may = { author = { request = "user" } }
success_url = "post-list"
success_message = "%(title)s is gone."

[[urls]]
path = "posts/<slug:slug>/comment/"
view = "generic.create"
form = "posts.CommentForm"
set = { post = { model = "posts.Post", filter = { slug = { captured = "slug" }, status = "PB" } } }
success_url = "/posts/{post.slug}/#comment-{id}"

[[urls]]
path = "by-key/<int:post>/comment/"
view = "generic.create"
model = "posts.Comment"
fields = ["text"]
set = { post = { captured = "post" }, approved = false }
success_url = { name = "post-detail", kwargs = { slug = "{post.slug}" } }

[[urls]]
path = "publish/<int:pk>/"
view = "generic.update"
model = "posts.Post"
fields = []
set = { status = "PB" }
filter = { status = "DF" }
success_url = "/posts/"

[[urls]]
path = "tags/<int:pk>/"
view = "generic.update"
model = "posts.Tag"
fields = "__all__"
success_url = "/{name}/{slug}"

[[urls]]
path = "users/<int:pk>/delete/"
view = "generic.delete"
model = "posts.Tag"
template = "posts/post_confirm_delete.html"
success_url = "/gone/{slug}/"
"#;

const FORM: &str = "<form method=\"post\">{{ csrf_input }}{{ form }}</form>|{{ object }}|{{ post }}|{{ view.kwargs.slug }}";
const CONFIRM: &str = "<form method=\"post\">{{ csrf_input }}{{ form }}Delete {{ object }}?</form>";
const MESSAGES: &str =
    "{% for message in messages %}[{{ message.tags }}: {{ message }}]{% endfor %}";

pub(crate) fn site() -> Project {
    blog(
        &[POST_PAGES, URLS].concat(),
        &[
            ("posts/post_form.html", FORM),
            ("posts/comment_form.html", FORM),
            ("posts/tag_form.html", FORM),
            ("posts/post_confirm_delete.html", CONFIRM),
            ("list.html", MESSAGES),
            ("detail.html", &format!("{{{{ post }}}}{MESSAGES}")),
        ],
    )
    .file("posts/forms.toml", FORMS)
}

#[test]
fn a_row_is_made_with_what_was_sent_and_what_the_site_sets() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let page = ada.get("/new/?title=Hello&tag=2").text();
    for expected in [
        "<input type=\"text\" name=\"title\" value=\"Hello\"",
        "Dear reader</textarea>",
        "<option value=\"PB\" selected>",
        "<option value=\"2\" selected>Django</option>",
        "</form>|||",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert!(
        !page.contains("author") && !page.contains("price"),
        "{page}"
    );
    let sent = [
        ("title", "A & <b>"),
        ("slug", "a-b"),
        ("body", "text"),
        ("status", "DF"),
        ("tags", "1"),
        ("tags", "2"),
    ];
    let answer = ada.submit("/new/", &sent);
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/posts/a-b/"))
    );
    let shown = ada.get("/posts/a-b/").text();
    assert_eq!(
        shown,
        "A &amp; &lt;b&gt;[success: “A &amp; &lt;b&gt;” of ada was made, 100%.]"
    );
    let sql = "SELECT title || '|' || body || '|' || status || '|' || author_id || '|' || price || '|' || (published_at > '2000')
               || '|' || (SELECT group_concat(tag_id) FROM posts_post_tags WHERE post_id = posts_post.id) FROM posts_post WHERE slug = 'a-b'";
    assert_eq!(project.texts(sql), ["A & <b>|text|DF|1|1.5|1|1,2"]);
}

#[test]
fn a_form_that_is_wrong_is_shown_again() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let answer = ada.submit(
        "/new/",
        &[("title", ""), ("slug", "post-1"), ("status", "XX")],
    );
    assert_eq!(answer.status, 200);
    let page = answer.text();
    for expected in [
        "This field is required.",
        "Post with this Slug already exists.",
        "Select a valid choice. XX is not one of the available choices.",
        "aria-invalid=\"true\"",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert_eq!(
        project.texts("SELECT count(*) || '' FROM posts_post"),
        ["26"]
    );
}

#[test]
fn a_page_whose_rows_belong_to_a_user_asks_for_the_login() {
    let server_project = site();
    let server = server_project.serve();
    let answer = Browser::new(server.address()).get("/new/");
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/accounts/login/?next=/new/"))
    );
}

#[test]
fn a_row_is_changed_by_whom_its_condition_names() {
    let project = site();
    let server = project.serve();
    let (mut ada, mut bob) = (logged_in(&server, "ada"), logged_in(&server, "bob"));
    assert_eq!(bob.get("/posts/post-1/edit/").status, 403);
    assert_eq!(ada.get("/posts/nothing/edit/").status, 404);
    let page = ada.get("/posts/post-1/edit/").text();
    for expected in [
        "value=\"Post 1\"",
        "Text &amp; &lt;b&gt;1&lt;/b&gt;</textarea>",
        "<option value=\"1\" selected>Rust</option>",
        "</form>|Post 1|Post 1|post-1",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let token = bob.token("/posts/of-bob/edit/");
    let sent = [
        ("csrfmiddlewaretoken", token.as_str()),
        ("title", "Taken"),
        ("slug", "post-1"),
        ("status", "PB"),
    ];
    assert_eq!(bob.post("/posts/post-1/edit/", &sent).status, 403);
    let wrong = [("title", "New"), ("slug", "post-2"), ("status", "PB")];
    let answer = ada.submit("/posts/post-1/edit/", &wrong);
    assert_eq!(answer.status, 200);
    // Django's form has changed its row by then, and only that: see UpdateView.
    assert!(
        answer.text().contains("</form>|New|New|post-1"),
        "{}",
        answer.text()
    );
    let right = [
        ("title", "New"),
        ("slug", "new"),
        ("status", "DF"),
        ("tags", "3"),
    ];
    let answer = ada.submit("/posts/post-1/edit/", &right);
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/posts/new/"))
    );
    assert_eq!(
        ada.get("/posts/new/").text(),
        "New[success: New was changed.]"
    );
    let sql = "SELECT title || slug || body || status || price || author_id || published_at ||
               (SELECT group_concat(tag_id) FROM posts_post_tags WHERE post_id = 1) FROM posts_post WHERE id = 1";
    assert_eq!(project.texts(sql), ["NewnewDF1.512026-02-01 12:00:003"]);
}

#[test]
fn a_row_is_deleted_once_that_was_confirmed() {
    let project = site();
    let server = project.serve();
    let (mut ada, mut bob) = (logged_in(&server, "ada"), logged_in(&server, "bob"));
    let page = ada.get("/posts/post-1/delete/").text();
    assert!(page.contains("Delete Post 1?"), "{page}");
    assert_eq!(bob.get("/posts/post-1/delete/").status, 403);
    assert_eq!(
        project.texts("SELECT count(*) || '' FROM posts_post"),
        ["26"]
    );
    let answer = ada.submit("/posts/post-1/delete/", &[]);
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/posts/"))
    );
    assert_eq!(ada.get("/posts/").text(), "[success: Post 1 is gone.]");
    assert_eq!(
        project.texts("SELECT count(*) || '' FROM posts_post"),
        ["25"]
    );
    assert_eq!(project.texts("SELECT text FROM posts_comment"), ["other"]);
    assert_eq!(ada.get("/posts/post-1/delete/").status, 404);
    let token = ada.token("/posts/post-2/delete/");
    let mut script = logged_in(&server, "ada").header("X-CSRFToken", &token);
    script.set_cookie("csrftoken", ada.cookie("csrftoken").unwrap());
    assert_eq!(
        script
            .exchange("DELETE", "/posts/post-2/delete/", "")
            .status,
        302
    );
    assert_eq!(status(&server, "/posts/post-2/"), 404);
}

#[test]
fn a_row_may_belong_to_another_that_the_path_names() {
    let project = site();
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    for (path, location, stored) in [
        (
            "/posts/post-3/comment/",
            "/posts/post-3/#comment-5",
            "Hi|3|1",
        ),
        ("/by-key/24/comment/", "/posts/post-24/", "Hi|24|0"),
    ] {
        let answer = visitor.submit(path, &[("text", "Hi"), ("post", "1"), ("approved", "on")]);
        assert_eq!(
            (answer.status, answer.header("location")),
            (302, Some(location))
        );
        let sql = "SELECT text || '|' || post_id || '|' || approved FROM posts_comment ORDER BY id DESC LIMIT 1";
        assert_eq!(project.texts(sql), [stored]);
    }
    for path in [
        "/posts/post-24/comment/",
        "/posts/nothing/comment/",
        "/by-key/999/comment/",
        "/by-key/99999999999999999999999999/comment/",
    ] {
        assert_eq!(status(&server, path), 404, "{path}");
    }
}

#[test]
fn a_form_without_fields_sets_what_the_site_says() {
    let project = site();
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let answer = visitor.submit("/publish/24/", &[("title", "x"), ("status", "DF")]);
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/posts/"))
    );
    assert_eq!(
        project.texts("SELECT title || status FROM posts_post WHERE id = 24"),
        ["Post 24PB"]
    );
    assert_eq!(visitor.get("/publish/24/").status, 404);
}
