//! Queries in the `context` of entries: every call of them, what their rows are, and values of the request.

use crate::blog::{blog, logged_in, page};
use crate::support::Project;

const URLS: &str = r#"
[[urls]]
path = "accounts/"
include = "auth.urls"

[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"

[[urls]]
path = "values/"
view = "generic.list"
model = "posts.Post"
filter = { id__lte = 12 }
values = ["id", "title"]
order_by = ["id"]
paginate_by = 5
template = "values.html"

[[urls]]
path = ""
name = "home"
view = "template"
template = "home.html"

[urls.context.counted]
model = "posts.Post"
annotate = { comment_count = { Count = "comment", distinct = true } }
filter = { comment_count__gte = 1 }
order_by = ["-comment_count", "id"]

[urls.context.liked]
model = "posts.Post"
annotate = { comment_count = { Count = "comment", filter = { comment__approved = { query = "approved" }, comment__text__startswith = { query = "text" } } }, is_mine = { Exists = { model = "posts.Post", filter = { pk = { OuterRef = "pk" }, author = { request = "user" } } } } }
filter = { id__in = [1, 26] }
order_by = ["id"]

[urls.context]
by_name = { model = "posts.Tag", values = ["name", "slug"], order_by = ["slug"] }
slugs = { model = "posts.Tag", values_list = ["slug"], flat = true, order_by = ["-slug"], limit = 2 }
pairs = { model = "posts.Tag", values_list = ["id", "slug"], order_by = ["id"] }
per_author = { model = "posts.Post", values = ["author__username"], annotate = { n = { Count = "*" }, dearest = { Max = "price" } }, order_by = ["author__username"] }
totals = { model = "posts.Post", filter = { status = "PB" }, aggregate = { n = { Count = "*" }, sum = { Sum = "price" }, mean = { Avg = "id" } } }
asked = { model = "posts.Post", filter = { price__gte = { query = "price" } }, aggregate = { n = { Count = "*" }, mine = { Count = "id", filter = { author = { request = "user" } } } } }
nobody = { model = "posts.Post", filter = { author = { request = "user" } }, aggregate = { n = { Count = "*" }, sum = { Sum = "price" } } }
both = { model = "posts.Post", filter = { id = 1 }, union = [{ model = "posts.Post", filter = { id = 26 } }], order_by = ["title"] }
common = { model = "posts.Post", filter = { tags__slug = "rust" }, intersection = { model = "posts.Post", filter = { tags__slug = "django" } } }
without = { model = "posts.Post", filter = { tags__slug = "rust" }, difference = { model = "posts.Post", filter = { id = 1 } }, order_by = ["id"] }
years = { model = "posts.Post", dates = { field = "published_at", kind = "year" } }
months = { model = "posts.Post", filter = { status = "PB" }, datetimes = { field = "published_at", kind = "month", order = "DESC" } }
lean = { model = "posts.Post", only = ["title"], filter = { id = 2 } }
leaner = { model = "posts.Post", defer = ["body", "title"], filter = { id = 2 } }
good = { model = "posts.Post", filter = { id = 1 }, prefetch_related = ["tags", { path = "comment_set", query = { model = "posts.Comment", filter = { approved = true }, order_by = ["-id"], limit = 2 }, to_attr = "good_comments" }] }
nulls = { model = "posts.Post", filter = { id__in = [1, 26] }, order_by = [{ asc = "reviewer", nulls_last = true }, "-id"] }
random = { model = "posts.Post", order_by = ["?"], limit = 1 }
mine_or_bobs = { model = "posts.Post", filter = { any = [{ author = { request = "user" } }, { author__username = "bob" }] }, order_by = ["id"], limit = 2 }
not_mine = { model = "posts.Post", exclude = { author = { request = "user" } }, order_by = ["id"], limit = 2 }
found = { model = "posts.Post", filter = { any = [{ id = { query = "id" } }, { title = "Of Bob" }] }, order_by = ["id"] }
twice = { model = "posts.Post", calls = [{ filter = { tags__slug = "rust" } }, { filter = { tags__slug = "django" } }] }
case = { model = "posts.Post", filter = { id__in = [1, 25] }, annotate = { label = { Case = [{ when = { status = "DF" }, then = { Value = "draft" } }], default = { Value = "out" } } }, values_list = ["id", "label"], order_by = ["id"] }
"#;

fn site(template: &str) -> Project {
    let detail = ("posts/post_detail.html", "{{ post }}");
    let values = "{% for row in object_list %}{{ row.id }}{{ row.title }};{% endfor %}{{ page_obj.number }}/{{ paginator.num_pages }}";
    blog(
        URLS,
        &[("home.html", template), ("values.html", values), detail],
    )
}

#[test]
fn every_call_of_a_query_is_a_key_of_a_context_query() {
    let lines = [
        (
            "{% for p in counted %}{{ p }}{{ p.comment_count }};{% endfor %}",
            "Post 13;Post 21;",
        ),
        (
            "{{ by_name[0].name }} {{ by_name|length }} {% for t in by_name %}{{ t.slug }},{% endfor %}",
            "Django 3 django,empty,rust,",
        ),
        (
            "{{ slugs|join('+') }} {{ 'rust' in slugs }} {{ slugs.count() }}",
            "rust+empty True 2",
        ),
        (
            "{% for id, slug in pairs %}{{ id }}{{ slug }},{% endfor %}{{ pairs[0] }}",
            "1rust,2django,3empty,(1, 'rust')",
        ),
        (
            "{% for a in per_author %}{{ a.author__username }} {{ a.n }} {{ a.dearest }},{% endfor %}",
            "ada 25 25.5,bob 1 3.10000000000000,",
        ),
        (
            "{{ totals.n }} {{ totals.sum }} {{ totals.mean }}",
            "24 290.600000000000 12.583333333333334",
        ),
        ("{{ nobody.n }} {{ nobody.sum }}", "0 None"),
        (
            "{{ both|join(',') }}|{{ common|join(',') }}|{{ without|join(',') }}",
            "Of Bob,Post 1|Post 1|Post 2,Of Bob",
        ),
        (
            "{{ years|map('date', 'Y')|join(',') }} {{ months|map('date', 'Y-m')|join(',') }}",
            "2025,2026 2026-03,2026-02,2026-01,2025-12",
        ),
        (
            "{{ lean[0].title }} {{ lean[0].body }} {{ leaner[0].title }}",
            "Post 2 Text &amp; &lt;b&gt;2&lt;/b&gt; Post 2",
        ),
        (
            "{{ good[0].good_comments|join(',') }} {{ good[0].tags.all()|join(',') }} {{ good[0].comment_set.count() }}",
            "third on Post 1,first on Post 1 Django,Rust 3",
        ),
        (
            "{{ nulls|join(',') }} {{ random|length }} {{ twice|join(',') }}",
            "Of Bob,Post 1 1 Post 1",
        ),
        (
            "{% for pair in case %}{{ pair|join('=') }},{% endfor %}",
            "1=out,25=draft,",
        ),
        (
            "{{ by_name.first().slug }} {{ by_name.last.slug }} {{ slugs.first() }} {{ pairs.filter(id=2).first()[1] }}",
            "django rust rust django",
        ),
    ];
    let template = lines.map(|(line, _)| line).join("\n");
    let found = page(&site(&template).serve(), "/");
    let expected = lines.map(|(_, expected)| expected.replace('\'', "&#x27;"));
    let found: Vec<_> = found.lines().collect();
    assert_eq!(found, expected);
}

#[test]
fn values_of_the_request_are_in_every_condition_of_a_query() {
    let template = "{% for p in liked %}{{ p.comment_count }}{{ p.is_mine }},{% endfor %}|{{ asked.n }} {{ asked.mine }}\
|{{ mine_or_bobs|join(',') }}|{{ not_mine|join(',') }}|{{ found|join(',') }}";
    let project = site(template);
    let server = project.serve();
    // Nobody has logged in: what is asked of their rows is not known, and what stands beside it is.
    for (path, expected) in [
        ("/", "3False,0False,|26 0|Of Bob||Of Bob"),
        ("/?approved=True", "2False,0False,|26 0|Of Bob||Of Bob"),
        (
            "/?approved=True&text=th",
            "1False,0False,|26 0|Of Bob||Of Bob",
        ),
        ("/?approved=perhaps", "0False,0False,|26 0|Of Bob||Of Bob"),
        ("/?id=3", "3False,0False,|26 0|Of Bob||Post 3,Of Bob"),
        ("/?id=x", "3False,0False,|26 0|Of Bob||Of Bob"),
        ("/?price=20", "3False,0False,|6 0|Of Bob||Of Bob"),
        ("/?price=abc", "3False,0False,|0 0|Of Bob||Of Bob"),
        (
            "/?price=%27%20OR%201=1--&id=1)%20OR%20(1=1",
            "3False,0False,|0 0|Of Bob||Of Bob",
        ),
    ] {
        assert_eq!(page(&server, path), expected, "{path}");
    }
    let mut bob = logged_in(&server, "bob");
    let found = bob.get("/").text();
    assert_eq!(found, "3False,0True,|26 1|Of Bob|Post 1,Post 2|Of Bob");
}

#[test]
fn a_list_shows_values_in_pages() {
    let project = site("");
    let server = project.serve();
    let found = page(&server, "/values/?page=3");
    assert_eq!(found, "11Post 11;12Post 12;3/3");
}
