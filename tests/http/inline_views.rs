//! Rows written together over a running server: `inlines` of `generic.create` and `generic.update`, and `generic.formset`.

use crate::attacks::browser::Browser;
use crate::blog::{POST_PAGES, blog, logged_in, status};
use crate::support::Project;

const FORMS: &str = r#"
[PostForm]
model = "posts.Post"
fields = ["title", "slug", "status"]

[CommentForm]
model = "posts.Comment"
fields = ["text", "approved"]

[CommentFormSet]
form = "CommentForm"
parent_model = "posts.Post"
extra = 1

[TagForm]
model = "posts.Tag"
fields = ["name", "slug"]

[TagFormSet]
form = "TagForm"
can_delete = true
order_by = ["slug"]

[TitleForm]
model = "posts.Post"
fields = ["title", "slug"]

[TitleFormSet]
form = "TitleForm"
"#;

const URLS: &str = r#"
[[urls]]
path = "new/"
view = "generic.create"
form = "posts.PostForm"
set = { author = { request = "user" } }
inlines = ["posts.CommentFormSet"]

[[urls]]
path = "posts/<slug:slug>/edit/"
view = "generic.update"
form = "posts.PostForm"
inlines = [{ formset = "posts.CommentFormSet", set = { approved = true } }]

[[urls]]
path = "tags/"
view = "generic.formset"
formset = "posts.TagFormSet"
exclude = { slug = "empty" }
success_url = "/tags/"
success_message = "Saved."

[[urls]]
path = "mine/"
view = "generic.formset"
formset = "posts.TitleFormSet"
filter = { author = { request = "user" } }
set = { author = { request = "user" } }
success_url = "/mine/"

[[urls]]
path = "posts/<slug:slug>/comments/"
view = "generic.formset"
formset = "posts.CommentFormSet"
may = { author = { request = "user" } }
success_message = "The comments of %(title)s are saved."
"#;

const FORM: &str = "<form method=\"post\">{{ csrf_input }}{{ form }}{% for formset in inlines %}{{ formset.non_form_errors() }}{{ formset }}\
                    {% endfor %}</form>|{{ is_multipart }}|{{ object }}";
const FORM_SET: &str = "<form method=\"post\">{{ csrf_input }}{{ formset.non_form_errors() }}{{ formset }}</form>|{{ object }}|{{ post }}\
                        {% for message in messages %}[{{ message }}]{% endfor %}";

fn site() -> Project {
    let forms = FORMS.replace("\"text\", \"approved\"", "\"text\"");
    blog(
        &[POST_PAGES, URLS].concat(),
        &[
            ("posts/post_form.html", FORM),
            ("posts/tag_formset.html", FORM_SET),
            ("posts/post_formset.html", FORM_SET),
            ("list.html", "list"),
            ("detail.html", "{{ post }}"),
        ],
    )
    .file("posts/forms.toml", &forms)
}

const COMMENTS: &str =
    "SELECT id || ' ' || post_id || ' ' || text || ' ' || approved FROM posts_comment ORDER BY id";

#[test]
fn a_row_is_made_with_the_rows_that_belong_to_it_or_not_at_all() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let page = ada.get("/new/").text();
    for expected in [
        "name=\"title\"",
        "name=\"comment_set-TOTAL_FORMS\" value=\"1\"",
        "name=\"comment_set-0-text\"",
        "name=\"comment_set-0-post\" id=",
        "|False|",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    let wrong = [
        ("title", "New"),
        ("slug", "new"),
        ("status", "PB"),
        ("comment_set-TOTAL_FORMS", "2"),
        ("comment_set-INITIAL_FORMS", "0"),
        ("comment_set-0-text", "fine"),
        ("comment_set-1-text", "\0"),
    ];
    let answer = ada.submit("/new/", &wrong);
    assert_eq!(answer.status, 200);
    let page = answer.text();
    assert!(page.contains("Null characters are not allowed."), "{page}");
    assert!(page.contains(">\nfine</textarea>"), "{page}");
    assert_eq!(
        project.texts("SELECT title FROM posts_post WHERE slug = 'new'"),
        [""; 0]
    );
    let mut right = wrong;
    right[6].1 = "well";
    let answer = ada.submit("/new/", &right);
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/posts/new/"))
    );
    assert_eq!(project.texts(COMMENTS)[4..], ["5 27 fine 1", "6 27 well 1"]);
}

#[test]
fn the_rows_of_a_row_are_changed_added_and_deleted_with_it_and_no_others() {
    let project = site();
    let server = project.serve();
    let mut ada = logged_in(&server, "ada");
    let page = ada.get("/posts/post-1/edit/").text();
    for expected in [
        "name=\"comment_set-INITIAL_FORMS\" value=\"3\"",
        "name=\"comment_set-1-id\" value=\"2\"",
        ">\nspam</textarea>",
        "name=\"comment_set-3-text\"",
    ] {
        assert!(page.contains(expected), "{expected}\n{page}");
    }
    assert!(!page.contains("other"), "{page}");
    let sent = |third: &'static str| {
        [
            ("title", "Post 1"),
            ("slug", "post-1"),
            ("status", "PB"),
            ("comment_set-TOTAL_FORMS", "4"),
            ("comment_set-INITIAL_FORMS", "3"),
            ("comment_set-0-id", "1"),
            ("comment_set-0-text", "better"),
            ("comment_set-1-id", "2"),
            ("comment_set-1-DELETE", "on"),
            ("comment_set-2-id", third),
            ("comment_set-2-text", "third"),
            ("comment_set-3-text", "new"),
        ]
    };
    let stolen = ada.submit("/posts/post-1/edit/", &sent("4"));
    assert_eq!(stolen.status, 200);
    assert!(
        stolen
            .text()
            .contains("(Hidden field id) Select a valid choice."),
        "{}",
        stolen.text()
    );
    let before = ["1 1 first 1", "2 1 spam 0", "3 1 third 1", "4 2 other 1"];
    assert_eq!(project.texts(COMMENTS), before);
    let answer = ada.submit("/posts/post-1/edit/", &sent("3"));
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/posts/post-1/"))
    );
    let after = ["1 1 better 1", "3 1 third 1", "4 2 other 1", "5 1 new 1"];
    assert_eq!(project.texts(COMMENTS), after);
}

#[test]
fn the_rows_of_a_model_are_written_on_one_page() {
    let project = site();
    let server = project.serve();
    let mut visitor = Browser::new(server.address());
    let page = visitor.get("/tags/").text();
    assert!(
        page.find("value=\"Django\"") < page.find("value=\"Rust\""),
        "{page}"
    );
    assert!(!page.contains("Empty"), "{page}");
    let sent = [
        ("form-TOTAL_FORMS", "3"),
        ("form-INITIAL_FORMS", "2"),
        ("form-0-id", "2"),
        ("form-0-name", "Django 5"),
        ("form-0-slug", "django"),
        ("form-1-id", "1"),
        ("form-1-DELETE", "on"),
        ("form-2-name", "SQLite"),
        ("form-2-slug", "django"),
    ];
    let answer = visitor.submit("/tags/", &sent);
    assert_eq!(answer.status, 200);
    assert!(
        answer.text().contains("Tag with this Slug already exists."),
        "{}",
        answer.text()
    );
    let mut sent = sent;
    sent[8].1 = "sqlite";
    assert_eq!(visitor.submit("/tags/", &sent).status, 302);
    assert!(visitor.get("/tags/").text().contains("[Saved.]"));
    let names = "SELECT name FROM posts_tag ORDER BY id";
    assert_eq!(project.texts(names), ["Django 5", "<Empty>", "SQLite"]);
    // A row that the conditions of the page leave out cannot be reached by its key.
    sent[2].1 = "3";
    assert_eq!(visitor.submit("/tags/", &sent).status, 200);
    assert_eq!(project.texts(names), ["Django 5", "<Empty>", "SQLite"]);
}

#[test]
fn rows_of_the_user_are_shown_to_nobody_else_and_new_ones_are_theirs() {
    let project = site();
    let server = project.serve();
    assert_eq!(status(&server, "/mine/"), 302);
    let mut bob = logged_in(&server, "bob");
    let page = bob.get("/mine/").text();
    assert!(
        page.contains("value=\"Of Bob\"") && !page.contains("Post 1"),
        "{page}"
    );
    let sent = [
        ("form-TOTAL_FORMS", "2"),
        ("form-INITIAL_FORMS", "1"),
        ("form-0-id", "26"),
        ("form-0-title", "Of Bob"),
        ("form-0-slug", "of-bob"),
        ("form-1-title", "More"),
        ("form-1-slug", "more"),
        ("form-1-author", "1"),
    ];
    assert_eq!(bob.submit("/mine/", &sent).status, 302);
    let author = "SELECT author_id || '' FROM posts_post WHERE slug = 'more'";
    assert_eq!(project.texts(author), ["2"]);
    let mut stolen = sent;
    stolen[2].1 = "1";
    assert_eq!(bob.submit("/mine/", &stolen).status, 200);
    let title = "SELECT title FROM posts_post WHERE id = 1";
    assert_eq!(project.texts(title), ["Post 1"]);
}

#[test]
fn the_rows_of_a_parent_have_a_page_of_their_own() {
    let project = site();
    let server = project.serve();
    let mut bob = logged_in(&server, "bob");
    assert_eq!(bob.get("/posts/post-1/comments/").status, 403);
    assert_eq!(bob.get("/posts/nothing/comments/").status, 404);
    let page = bob.get("/posts/of-bob/comments/").text();
    assert!(page.contains("</form>|Of Bob|Of Bob"), "{page}");
    let sent = [
        ("comment_set-TOTAL_FORMS", "1"),
        ("comment_set-INITIAL_FORMS", "0"),
        ("comment_set-0-text", "mine"),
        ("comment_set-0-post", "1"),
    ];
    let answer = bob.submit("/posts/of-bob/comments/", &sent);
    assert!(
        answer
            .text()
            .contains("The inline value did not match the parent instance."),
        "{}",
        answer.text()
    );
    let answer = bob.submit("/posts/of-bob/comments/", &sent[..3]);
    assert_eq!(
        (answer.status, answer.header("location")),
        (302, Some("/posts/of-bob/"))
    );
    assert_eq!(project.texts(COMMENTS)[4..], ["5 26 mine 1"]);
}

#[test]
fn what_is_wrong_with_an_entry_is_told_with_its_place() {
    let urls = r#"
[[urls]]
path = "a/<int:pk>/"
view = "generic.update"
form = "posts.PostForm"
success_url = "/"
template = "list.html"
inlines = ["posts.CommentSet", "posts.TagFormSet", "posts.CommentFormSet", "posts.CommentFormSet", 3, { set = {} }]

[[urls]]
path = "b/"
view = "generic.formset"
template = "list.html"
success_url = "/"

[[urls]]
path = "c/"
view = "generic.formset"
formset = "posts.TagFormSets"
template = "list.html"
success_url = "/"

[[urls]]
path = "d/"
view = "generic.formset"
formset = "posts.TagFormSet"
filter = { nmae = "x" }
set = { slug = "x" }
template = "list.html"
success_url = "/"

[[urls]]
path = "e/"
view = "generic.formset"
formset = "posts.CommentFormSet"
template = "list.html"
success_url = "/"
"#;
    let project = blog(urls, &[("list.html", "")]).file("posts/forms.toml", FORMS);
    let transcript = project.djr(["check"]);
    let found = transcript.stderr();
    for expected in [
        "urls.toml:8:12: there is no form set `posts.CommentSet`",
        "urls.toml:8:32: it is not a set of rows of a `posts.Post`",
        "urls.toml:8:76: two forms on the page have the prefix `comment_set`",
        "urls.toml:8:100: a form set is named by a string, not by an integer",
        "urls.toml:8:103: an inline needs a `formset`",
        "urls.toml:12:8: the view `generic.formset` needs a `formset`",
        "urls.toml:19:11: there is no form set `posts.TagFormSets`",
        "urls.toml:27:12: `posts.tag` has no field `nmae`",
        "urls.toml:28:9: `slug` is in the form and set by the site",
        "urls.toml:34:8: ",
    ] {
        assert!(found.contains(expected), "{expected}\n{found}");
    }
}
