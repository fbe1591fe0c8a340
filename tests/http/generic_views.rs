//! `generic.list` and `generic.detail` over a running server.

use crate::attacks::browser::Browser;
use crate::blog::{blog, logged_in, page, status};
use crate::support::Project;

const URLS: &str = r#"
[[urls]]
path = "accounts/"
include = "auth.urls"

[[urls]]
path = "posts/"
name = "post-list"
view = "generic.list"
model = "posts.Post"
filter = { status = "PB", tags__slug = { query = "tag" }, id__in = { query = "id" }, price__gte = { query = "price" } }
search = ["title", "body", "comment__text"]
ordering = { cheap = ["price"], dear = "-price" }
paginate_by = 10
paginate_orphans = 4

[[urls]]
path = "posts/page/<int:page>/"
view = "generic.list"
model = "posts.Post"
paginate_by = 5
context = { tags = { model = "posts.Tag", limit = 2 } }

[[urls]]
path = "of/<str:name>/"
view = "generic.list"
model = "posts.Post"
filter = { author__username = { captured = "name" } }
exclude = { status = "DF" }
order_by = ["title"]
allow_empty = false
context_object_name = "articles"

[[urls]]
path = "mine/"
view = "generic.list"
model = "posts.Post"
filter = { author = { request = "user" } }

[[urls]]
path = "seen/"
view = "generic.list"
model = "posts.Post"
filter = { any = [{ status = "DF", author = { request = "user" } }, { price = { query = "price" } }, { title = "Of Bob" }] }

[[urls]]
path = "not-mine/"
view = "generic.list"
model = "posts.Post"
exclude = { author = { request = "user" } }

[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"
filter = { status = "PB" }
context = { others = { model = "posts.Post", exclude = { slug = { captured = "slug" } }, filter = { author__username = "bob" } } }

[[urls]]
path = "by-key/<int:pk>/"
view = "generic.detail"
model = "posts.Post"
template = "key.html"
context_object_name = "article"

[[urls]]
path = "own/<int:pk>/"
view = "generic.detail"
model = "posts.Post"
template = "key.html"
may = { author = { request = "user" } }

[[urls]]
path = "both/<int:pk>/<slug:slug>/"
view = "generic.detail"
model = "posts.Post"
template = "key.html"
query_pk_and_slug = true

[[urls]]
path = "tags/<name>/"
view = "generic.detail"
model = "posts.Tag"
slug_field = "name"
slug_url_kwarg = "name"
template = "key.html"
"#;

const LIST: &str = "{{ post_list|join(',') }}{{ articles|join(',') }}|{{ object_list|length }}|{{ is_paginated }}\
|{% if page_obj %}{{ page_obj.number }}/{{ page_obj.paginator.num_pages }} of {{ paginator.count }} \
{{ page_obj.start_index() }}-{{ page_obj.end_index }} {{ page_obj.has_next() }} {{ page_obj.has_previous }} \
{{ paginator.get_elided_page_range(page_obj.number)|join(' ') }}{% endif %}|{{ search }}|{{ ordering }} \
{{ ordering_choices|join(' ') }}|{{ tags|join(',') }}";

const DETAIL: &str =
    "{{ post.title }} {{ object.title }} {{ view.kwargs.slug }} {{ others|join(',') }}";

fn site() -> Project {
    blog(
        URLS,
        &[
            ("posts/post_list.html", LIST),
            ("posts/post_detail.html", DETAIL),
            ("key.html", "{{ object }}{{ article.title }}"),
        ],
    )
}

#[test]
fn a_list_comes_in_pages_under_djangos_names() {
    let project = site();
    let server = project.serve();
    let first = "Post 23,Post 20,Post 17,Post 14,Post 11,Post 8,Post 5,Post 2,Post 22,Post 19|10|True|1/2 of 24 1-10 True False 1 2";
    let second = "Post 16,Post 13,Post 10,Post 7,Post 4,Post 1,Post 21,Post 18,Post 15,Post 12,Post 9,Post 6,Post 3,Of Bob|14|True|2/2 of 24 11-24 False True 1 2";
    for (path, expected) in [
        ("/posts/", first),
        ("/posts/?page=1", first),
        ("/posts/?page=", first),
        ("/posts/?page=2", second),
        ("/posts/?page=last", second),
        ("/posts/?page=%202%20", second),
    ] {
        let found = page(&server, path);
        assert_eq!(found, format!("{expected}|| cheap dear|"), "{path}");
    }
    let captured = page(&server, "/posts/page/5/");
    let expected = "Post 15,Post 12,Post 9,Post 6,Post 3|5|True|5/6 of 26 21-25 True True 1 2 3 4 5 6|| |<Empty>,Django";
    assert_eq!(captured, expected.replace('<', "&lt;").replace('>', "&gt;"));
    for path in [
        "?page=0",
        "?page=3",
        "?page=-1",
        "?page=x",
        "?page=1.0",
        "?page=99999999999999999999",
        "page/7/",
        "page/0/",
    ] {
        assert_eq!(status(&server, &format!("/posts/{path}")), 404, "{path}");
    }
    let told = Browser::new(server.address()).get("/posts/?page=9").text();
    for part in [
        "Invalid page (9): That page contains no results",
        "<h2>The pattern that matches</h2>",
        "named <code>post-list</code>",
    ] {
        assert!(told.contains(part), "{part}\n{told}");
    }
    assert!(!told.contains("Patterns that were tried"), "{told}");
}

#[test]
fn conditions_take_values_of_the_request_and_those_not_used_are_left_out() {
    let project = site();
    let server = project.serve();
    let found = |path: &str| {
        let text = page(&server, path);
        text.split('|').next().unwrap().to_owned()
    };
    for (path, expected) in [
        ("/posts/?tag=rust", "Post 2,Post 1,Of Bob"),
        ("/posts/?tag=rust&tag=django", "Post 1"),
        ("/posts/?tag=rust&price=2.5", "Post 2,Of Bob"),
        ("/posts/?tag=nothing", ""),
        ("/posts/?price=abc", ""),
        ("/posts/?price=NaN", ""),
        ("/posts/?id=1&id=26&id=24", "Post 1,Of Bob"),
        ("/posts/?id=1&id=x", ""),
        ("/posts/?q=first", "Post 1"),
        (
            "/posts/?q=post+2",
            "Post 23,Post 20,Post 2,Post 22,Post 21,Post 12",
        ),
        ("/posts/?q=rust&order=cheap", "Of Bob"),
        (
            "/posts/?id=1&id=2&id=26&order=cheap",
            "Post 1,Post 2,Of Bob",
        ),
        ("/posts/?id=1&id=2&id=26&order=dear", "Of Bob,Post 2,Post 1"),
        (
            "/posts/?id=1&id=2&id=26&order=-author__password",
            "Post 2,Post 1,Of Bob",
        ),
        ("/of/bob/", "Of Bob"),
        ("/mine/", ""),
    ] {
        assert_eq!(found(path), expected, "{path}");
    }
    assert_eq!(status(&server, "/of/nobody/"), 404);
    let mut bob = logged_in(&server, "bob");
    assert!(
        bob.get("/mine/").text().starts_with("Of Bob|1|False|"),
        "{}",
        bob.get("/mine/").text()
    );
}

#[test]
fn a_condition_that_holds_for_nobody_leaves_those_beside_it_in_any() {
    let project = site();
    let server = project.serve();
    let (mut visitor, mut ada) = (Browser::new(server.address()), logged_in(&server, "ada"));
    let of_ada = "Post 24,Post 25,Of Bob";
    for (path, to_visitor, to_ada) in [
        ("/seen/", "Of Bob", of_ada),
        ("/seen/?price=abc", "Of Bob", of_ada),
        (
            "/seen/?price=1.5",
            "Post 1,Of Bob",
            "Post 1,Post 24,Post 25,Of Bob",
        ),
        ("/not-mine/", "", "Of Bob"),
    ] {
        for (browser, expected) in [(&mut visitor, to_visitor), (&mut ada, to_ada)] {
            let text = browser.get(path).text();
            let found = text.split('|').next().unwrap();
            let mut found: Vec<_> = found.split(',').collect();
            found.sort_by_key(|title| expected.find(title));
            assert_eq!(found.join(","), expected, "{path}");
        }
    }
}

#[test]
fn a_row_is_found_by_key_by_slug_or_by_both() {
    let project = site();
    let server = project.serve();
    assert_eq!(
        page(&server, "/posts/post-1/"),
        "Post 1 Post 1 post-1 Of Bob"
    );
    assert_eq!(page(&server, "/posts/of-bob/"), "Of Bob Of Bob of-bob ");
    assert_eq!(page(&server, "/by-key/25/"), "Post 25Post 25");
    assert_eq!(page(&server, "/both/1/post-1/"), "Post 1");
    assert_eq!(page(&server, "/tags/Rust/"), "Rust");
    for path in [
        "/posts/post-25/",
        "/posts/nothing/",
        "/by-key/27/",
        "/by-key/99999999999999999999999999/",
        "/both/1/post-2/",
        "/tags/rust/",
    ] {
        assert_eq!(status(&server, path), 404, "{path}");
    }
    let told = Browser::new(server.address()).get("/by-key/27/").text();
    assert!(told.contains("No post found matching the query"), "{told}");
    let answer = Browser::new(server.address()).exchange("OPTIONS", "/by-key/1/", "");
    assert_eq!(
        (answer.status, answer.header("allow")),
        (200, Some("GET, HEAD, OPTIONS"))
    );
}

#[test]
fn a_row_is_refused_to_whom_its_condition_does_not_name() {
    let project = site();
    let server = project.serve();
    assert_eq!(status(&server, "/own/1/"), 403);
    let (mut ada, mut bob) = (logged_in(&server, "ada"), logged_in(&server, "bob"));
    assert_eq!(
        (ada.get("/own/1/").status, ada.get("/own/26/").status),
        (200, 403)
    );
    assert_eq!(
        (bob.get("/own/1/").status, bob.get("/own/26/").status),
        (403, 200)
    );
    assert_eq!(ada.get("/own/999/").status, 404);
}

#[test]
fn what_is_wrong_in_an_entry_is_found_with_its_place() {
    let entries = r#"
[[urls]]
path = "a/"
view = "generic.list"
model = "posts.Pots"

[[urls]]
path = "b/"
view = "generic.list"
model = "posts.Post"
filter = { titel = "x", title__contians = "y", id__gte = "many", author__usernam = { request = "user" } }
order_by = ["-publishd_at"]
search = ["titl"]
ordering = { new = ["-nothing"] }
paginate_by = 0
templat = "x.html"

[[urls]]
path = "c/"
view = "generic.detail"
model = "posts.Post"
may = { author = { query = "user" } }

[[urls]]
path = "d/<int:key>/"
view = "generic.detail"
model = "posts.Tag"
slug_field = "slog"
template = "key.html"

[[urls]]
path = "e/<slug:slug>/"
view = "template"
template = "key.html"
context = { post = { model = "posts.Post", filter = { slug = { captured = "slg" } }, limt = 2 }, x = { model = 3 } }

[[urls]]
path = "f/"
view = "generic.list"
"#;
    let project = blog(
        URLS,
        &[
            ("posts/post_list.html", ""),
            ("posts/post_detail.html", ""),
            ("key.html", ""),
        ],
    );
    project.write("urls.toml", &format!("{URLS}{entries}"));
    insta::assert_snapshot!(project.djr(["check", "--tag", "urls"]), @r##"
exit code: 1
----- stderr -----
error: urls.toml:92:9: there is no model `posts.Pots`
hint: did you mean `posts.Post`?
error: urls.toml:98:12: `posts.post` has no field `titel`
hint: did you mean `title`?
hint: the choices are `author`, `body`, `comment`, `cover`, `id`, `price`, `published_at`, `reviewer`, `slug`, `status`, `tags`, `title`
error: urls.toml:98:25: nothing is called `contians` behind `title`
hint: did you mean `contains`?
hint: behind it may stand `exact`, `iexact`, `gt`, `gte`, `lt`, `lte`, `in`, `range`, `isnull`, `contains`, `icontains`, `startswith`, `istartswith`, `endswith`, `iendswith`, `regex`, `iregex`
error: urls.toml:98:48: `id` cannot be compared with String("many")
error: urls.toml:98:66: `auth.user` has no field `usernam`
hint: did you mean `username`?
hint: the choices are `date_joined`, `email`, `first_name`, `groups`, `id`, `is_active`, `is_staff`, `is_superuser`, `last_login`, `last_name`, `logentry`, `password`, `posts`, `profile`, `user_permissions`, `username`
error: urls.toml:99:13: `posts.post` has no field `publishd_at`
hint: did you mean `published_at`?
hint: the choices are `author`, `body`, `comment`, `cover`, `id`, `price`, `published_at`, `reviewer`, `slug`, `status`, `tags`, `title`
error: urls.toml:100:10: `posts.post` has no field `titl`
hint: did you mean `title`?
hint: the choices are `author`, `body`, `comment`, `cover`, `id`, `price`, `published_at`, `reviewer`, `slug`, `status`, `tags`, `title`
error: urls.toml:101:21: `posts.post` has no field `nothing`
hint: the choices are `author`, `body`, `comment`, `cover`, `id`, `price`, `published_at`, `reviewer`, `slug`, `status`, `tags`, `title`
error: urls.toml:102:15: a page holds one row at least
hint: leave `paginate_by` out for all rows on one page
error: urls.toml:103:1: unknown key `templat`
hint: did you mean `template`?
error: urls.toml:107:8: the path captures neither of `pk`, `slug`
hint: a view of one row finds it by `<int:pk>` or `<slug:slug>`
error: urls.toml:109:20: `query` is not an expression
hint: one of `F`, `Value`, `Cast`, `Collate`, `Case`, `Q`, `Abs`, `ACos`, `ASin`, `ATan`, `ATan2`, `Ceil`, `Chr`, `Coalesce`, `Concat`, `Cos`, `Cot`, `Degrees`, `Exp`, `Floor`, `Greatest`, `JSONArray`, `LPad`, `LTrim`, `Least`, `Left`, `Length`, `Ln`, `Log`, `Lower`, `MD5`, `Mod`, `Now`, `NullIf`, `Ord`, `Pi`, `Power`, `RPad`, `RTrim`, `Radians`, `Random`, `Repeat`, `Replace`, `Reverse`, `Right`, `Round`, `SHA1`, `SHA224`, `SHA256`, `SHA384`, `SHA512`, `Sign`, `Sin`, `Sqrt`, `StrIndex`, `Substr`, `Tan`, `Trim`, `Upper`, `add`, `sub`, `mul`, `div`, `mod`, `pow`, `bitand`, `bitor`, `bitxor`, `bitleftshift`, `bitrightshift`, `ExpressionWrapper`, `Extract`, `Trunc`, `JSONObject`, `KT`, `OuterRef`, `Subquery`, `Exists`, `Window`, `FilteredRelation`, `Avg`, `Count`, `Max`, `Min`, `StdDev`, `Sum`, `Variance`, `ExtractDay`, `ExtractHour`, `ExtractIsoWeekDay`, `ExtractIsoYear`, `ExtractMinute`, `ExtractMonth`, `ExtractQuarter`, `ExtractSecond`, `ExtractWeek`, `ExtractWeekDay`, `ExtractYear`, `TruncDate`, `TruncDay`, `TruncHour`, `TruncMinute`, `TruncMonth`, `TruncQuarter`, `TruncSecond`, `TruncTime`, `TruncWeek`, `TruncYear`, `request`, `captured`
error: urls.toml:113:8: the path captures neither of `pk`, `slug`
hint: a view of one row finds it by `<int:pk>` or `<slug:slug>`
error: urls.toml:115:14: `posts.tag` has no field `slog`
hint: did you mean `slug`?
hint: the choices are `id`, `name`, `posts`, `slug`
error: urls.toml:120:8: the path does not capture `slg`
hint: did you mean `slug`?
error: urls.toml:122:86: unknown key `limt`
hint: did you mean `limit`?
error: urls.toml:122:112: `model` must be a string, not an integer
error: urls.toml:126:8: the view `generic.list` needs a `model`
hint: write `model = "app.Model"`
error: found 18 errors
"##);
}
