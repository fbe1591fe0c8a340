//! Rows in templates: what they have, when a query runs, and what is said of mistakes.

use crate::attacks::browser::Browser;
use crate::blog::{PASSWORD, blog, page};

const URLS: &str = r#"
[[urls]]
path = "accounts/"
include = "auth.urls"

[[urls]]
path = ""
name = "home"
view = "template"
template = "home.html"
[urls.context]
post = { model = "posts.Post", filter = { slug = "post-1" } }
bobs = { model = "posts.Post", filter = { slug = "of-bob" } }
posts = { model = "posts.Post", filter = { id__lte = 3 }, order_by = ["id"] }
empty = { model = "posts.Post", filter = { id = 0 } }
tags = { model = "posts.Tag" }
greeting = "Hello"

[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"
"#;

/// What a template writes for the rows of [`URLS`].
#[track_caller]
fn written(template: &str) -> String {
    let detail = ("posts/post_detail.html", "{{ post }}");
    let project = blog(URLS, &[("home.html", template), detail]);
    page(&project.serve(), "/")
}

#[test]
fn a_row_has_its_fields_its_relations_and_what_django_adds() {
    let template = "{% set p = post.first() %}{% set b = bobs[0] %}
{{ greeting }} {{ p }} {{ p.pk }} {{ p.id + 1 }} {{ p.title }} {{ p.body }}
{{ p.status }} {{ p.get_status_display() }} {{ p.get_status_display }} {{ p.get_absolute_url() }}
{{ p.published_at.year }} {{ p.published_at|date('Y-m-d') }} {{ p.price }} {{ b.price }}
{{ p.author.username }} {{ p.author_id }} {{ p.author }} {{ p.author.profile.motto }} {{ b.author.profile }}
{{ p.reviewer }}|{{ p.reviewer.username }}|{{ b.reviewer }}|{{ p.nothing }}
{{ b.cover }} {{ b.cover.url }} {{ p.cover.url }}{% if p.cover %}cover{% endif %}
{% for tag in p.tags.all() %}{{ tag }};{% endfor %}{% for tag in p.tags.all %}{{ tag.name }};{% endfor %}
{{ p.tags.count() }} {{ p.tags.count }} {{ p.tags.exists() }} {{ p.tags.first().slug }} {{ p.tags.last.slug }}
{{ p.comment_set.all()|length }} {{ p.comment_set.filter(approved=true).count() }} {{ p.comment_set.last() }}
{% for tag in tags %}{{ loop.index }}{{ tag.name }}{{ tag.posts.count }}{% if not loop.last %},{% endif %}{% endfor %}
{{ p._meta.verbose_name }} {{ p._meta.verbose_name_plural }} {{ posts.model.label }}
{{ p.author.posts.count() }} {{ p.author.password }}|{{ p.save }}|{{ p.delete }}|";
    let expected = "
Hello Post 1 1 2 Post 1 Text &amp; &lt;b&gt;1&lt;/b&gt;
PB Published &amp; &lt;seen&gt; Published &amp; &lt;seen&gt; /posts/post-1/
2026 2026-02-01 1.50 3.10
ada 1 ada onwards None
None||ada|
covers/a b.png /media/covers/a%20b.png \nDjango;Rust;Django;Rust;
2 2 True django rust
3 2 third on Post 1
1&lt;Empty&gt;0,2Django1,3Rust3
post posts posts.Post
25 |||";
    assert_eq!(written(template), expected);
}

#[test]
fn a_query_is_sliced_measured_looped_over_and_compared() {
    let template = "{{ posts|length }} {{ posts[1] }} {{ posts[:2]|join(', ') }} {{ posts[1:]|join(', ') }} {{ posts[-1] }}
{% for p in posts %}{{ loop.index }}/{{ loop.length }}{{ p.title }}{{ ' ' if loop.last else ', ' }}{% endfor %}
{% for p in empty %}{{ p }}{% else %}nobody{% endfor %}{% if empty %}some{% endif %}{% if posts %}some{% endif %}
{{ posts.count() }} {{ posts.exists() }} {{ posts.first() }} {{ posts.last() }} {{ empty.first() }} {{ empty|length }}
{{ posts }} {{ empty }}
{{ posts.order_by('-id')|join(',') }} {{ posts.exclude(id=2)|join(',') }} {{ posts.filter(tags__name='Rust').distinct().count() }}
{{ posts.filter(id__in=[1, 3]).count() }} {{ posts.filter(author=posts[0].author).reverse().first() }}
{{ posts[0] == posts.first() }} {{ posts[0] == posts[1] }} {{ posts[0] in posts }} {{ posts[0].author == posts[1].author }}
{{ posts|map(attribute='author.username')|join(',') }} {{ posts|selectattr('id', 'gt', 1)|list|length }}";
    let expected = "3 Post 2 Post 1, Post 2 Post 2, Post 3 Post 3
1/3Post 1, 2/3Post 2, 3/3Post 3 \nnobodysome
3 True Post 1 Post 3 None 0
&lt;QuerySet [&lt;Post: Post 1&gt;, &lt;Post: Post 2&gt;, &lt;Post: Post 3&gt;]&gt; &lt;QuerySet []&gt;
Post 3,Post 2,Post 1 Post 1,Post 3 2
2 Post 3
True False True True
ada,ada,ada 2";
    assert_eq!(written(template), expected);
}

#[test]
fn nothing_that_writes_can_be_reached() {
    for call in [
        "posts.delete()",
        "posts.update(title='x')",
        "posts.create(title='x')",
        "posts.get_or_create(title='x')",
        "posts.bulk_create([])",
        "posts[0].save()",
        "posts[0].delete()",
        "posts[0].tags.add(1)",
        "posts[0].tags.clear()",
        "posts[0].tags.set([])",
        "posts[0].tags.remove(1)",
        "posts[0].comment_set.create(text='x')",
        "posts.raw('DROP TABLE posts_post')",
    ] {
        let detail = ("posts/post_detail.html", "");
        let project = blog(URLS, &[("home.html", &format!("{{{{ {call} }}}}")), detail]);
        let server = project.serve();
        let answer = Browser::new(server.address()).get("/");
        assert_eq!(answer.status, 500, "{call}");
        assert!(answer.text().contains("has no method"), "{call}");
        let counts = [
            project.count("posts_post"),
            project.count("posts_post_tags"),
            project.count("posts_comment"),
        ];
        assert_eq!(counts, [26, 4, 4], "{call}");
    }
}

#[test]
fn the_user_of_a_request_has_relations_as_any_other() {
    let template = "{{ user.posts.count() }} {{ request.user.profile.motto }} {{ user.posts.first().title }}|{{ user.nothing }}";
    let detail = ("posts/post_detail.html", "");
    let project = blog(URLS, &[("home.html", template), detail]);
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    assert_eq!(browser.get("/").text(), "0  |");
    browser.log_in("ada", PASSWORD);
    assert_eq!(browser.get("/").text(), "25 onwards Post 23|");
}

#[test]
fn an_error_of_a_query_names_the_line_of_the_template() {
    let detail = ("posts/post_detail.html", "");
    let template = "one\n{% for p in posts.filter(titel='x') %}{{ p }}{% endfor %}";
    let project = blog(URLS, &[("home.html", template), detail]);
    let server = project.serve();
    let answer = Browser::new(server.address()).get("/");
    let text = answer.text();
    assert_eq!(answer.status, 500);
    assert!(text.contains("home.html:2:"), "{text}");
    assert!(text.contains("titel"), "{text}");
    // A table that is not there is told as any error of the database, in the line of the loop.
    let project = blog(
        URLS,
        &[
            ("home.html", "{% for p in posts %}{{ p }}{% endfor %}"),
            detail,
        ],
    );
    project
        .database()
        .execute_batch(
            "DROP TABLE posts_post_tags; DROP TABLE posts_comment; DROP TABLE posts_post",
        )
        .unwrap();
    let server = project.serve();
    let text = Browser::new(server.address()).get("/").text();
    assert!(text.contains("home.html:1:"), "{text}");
    assert!(text.contains("posts_post"), "{text}");
}

#[test]
fn rows_are_equal_that_have_the_same_model_and_key() {
    let template = "{{ posts[0].author == user }} {{ user != posts[0].author }} {{ user in posts|map(attribute='author')|list }} \
{{ posts[0] == user }} {{ user == 'ada' }} {{ posts.filter(author=user).count() }} {{ posts[0] in user.posts.all() }}|\
{{ posts[0].price > 1 }} {{ posts[0].price == 1.5 }} {{ posts[0].price * 2 }} {{ posts[1].published_at > posts[0].published_at }}|\
{{ posts|map(attribute='price')|sum }} {{ posts|selectattr('price', 'gt', 2)|join(',') }}";
    let detail = ("posts/post_detail.html", "");
    let project = blog(URLS, &[("home.html", template), detail]);
    let server = project.serve();
    let rest = "|True True 3.00 True|7.50 Post 2,Post 3";
    let mut browser = Browser::new(server.address());
    let expected = format!("False True False False False 0 False{rest}");
    assert_eq!(browser.get("/").text(), expected);
    browser.log_in("ada", PASSWORD);
    let expected = format!("True False True False False 3 True{rest}");
    assert_eq!(browser.get("/").text(), expected);
}

#[test]
fn the_panel_names_what_rows_of_a_list_ask_one_by_one_and_a_part_of_rows_is_read_alone() {
    let template = "<!doctype html><html><body>{% for p in posts %}{{ p.tags.all()|join(',') }}{{ p.author.username }}{% endfor %}\
{{ tags[:2]|join(',') }}{% for t in tags[1:3] %}{{ t }}{% endfor %}</body></html>";
    let detail = ("posts/post_detail.html", "");
    let project = blog(URLS, &[("home.html", template), detail]);
    let server = project.serve();
    let text = page(&server, "/");
    let text = text.replace("&quot;", "\"").replace("&#x27;", "'");
    for expected in [
        "<span class=\"djr-warn\">3 times</span>: each `Post` of a list asks for its `tags`: `prefetch_related = [\"tags\"]` reads them at once",
        "LIMIT 2</code>",
        "LIMIT 2 OFFSET ?</code>",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert!(!text.contains("asks for its `author`"), "{text}");
}
