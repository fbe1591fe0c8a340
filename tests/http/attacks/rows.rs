//! Attacks on pages that read rows: lookups that were not allowed, SQL, deep pages, very many conditions.

use std::fmt::Write as _;

use crate::attacks::browser::{Browser, form_encoded};
use crate::blog::blog;

const URLS: &str = r#"
[[urls]]
path = "posts/"
view = "generic.list"
model = "posts.Post"
filter = { tags__slug = { query = "tag" }, id__in = { query = "id" }, price__gte = { query = "price" } }
search = ["title", "body", "comment__text"]
ordering = { cheap = ["price"] }
paginate_by = 10

[[urls]]
path = "posts/<slug:slug>/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"

[[urls]]
path = "of/<path:name>"
view = "generic.list"
model = "posts.Post"
filter = { author__username = { captured = "name" } }
"#;

const TEMPLATES: [(&str, &str); 2] = [
    ("posts/post_list.html", "{{ object_list|length }}"),
    ("posts/post_detail.html", "{{ post }}"),
];

/// What an attacker puts into a value.
const HOSTILE: [&str; 8] = [
    "' OR 1=1 --",
    "1; DROP TABLE posts_post",
    "\" UNION SELECT password FROM auth_user --",
    "%",
    "_",
    "\\",
    "x\0y",
    "99999999999999999999999999999999",
];

#[test]
fn hostile_values_find_nothing_and_break_nothing() {
    let project = blog(URLS, &TEMPLATES);
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    for value in HOSTILE {
        let value = form_encoded(value);
        for parameter in ["tag", "id", "price", "q"] {
            let answer = browser.get(&format!("/posts/?{parameter}={value}"));
            assert_eq!(
                (answer.status, answer.text().as_str()),
                (200, "0"),
                "{parameter}={value}"
            );
        }
        let page = browser.get(&format!("/posts/?page={value}"));
        assert_eq!(page.status, 404, "{value}");
        let order = browser.get(&format!("/posts/?order={value}"));
        assert_eq!(
            (order.status, order.text().as_str()),
            (200, "10"),
            "{value}"
        );
        let captured = browser.get(&format!("/of/{value}"));
        assert!(
            [200, 400, 404].contains(&captured.status),
            "{value}: {}",
            captured.status
        );
    }
    assert_eq!(project.count("posts_post"), 26);
}

#[test]
fn lookups_that_were_not_allowed_change_nothing() {
    let project = blog(URLS, &TEMPLATES);
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    for query in [
        "author__password__startswith=a",
        "status=DF",
        "title=Post+1",
        "tag__contains=x",
        "filter=x",
        "order=-author__password",
        "ordering=price",
        "search=title",
        "paginate_by=1",
        "page_size=1",
        "limit=1",
    ] {
        let answer = browser.get(&format!("/posts/?{query}"));
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (200, "10"),
            "{query}"
        );
    }
}

#[test]
fn deep_pages_and_ten_thousand_conditions_are_answered_at_once() {
    let project = blog(URLS, &TEMPLATES);
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    for page in [
        "999999999",
        "9223372036854775807",
        "9223372036854775808",
        "-1",
        "1e9",
    ] {
        assert_eq!(
            browser.get(&format!("/posts/?page={page}")).status,
            404,
            "{page}"
        );
    }
    let words: Vec<_> = (0..1000).map(|number| format!("w{number}")).collect();
    let answer = browser.get(&format!("/posts/?q={}", words.join("+")));
    assert_eq!((answer.status, answer.text().as_str()), (200, "0"));
    let mut ids = String::from("/posts/?id=1");
    for number in 0..10_000 {
        write!(ids, "&id={number}").unwrap();
    }
    let answer = browser.get(&ids);
    assert!(
        [400, 414, 431].contains(&answer.status),
        "{}",
        answer.status
    );
    let several = browser.get("/posts/?id=1&id=2&id=3&tag=rust&tag=nothing&tag=rust");
    assert_eq!((several.status, several.text().as_str()), (200, "2"));
}
