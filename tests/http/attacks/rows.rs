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

const ARCHIVES: &str = r#"
[[urls]]
path = "archive/"
view = "generic.archive"
model = "posts.Post"
date_field = "published_at"
paginate_by = 3

[[urls]]
path = "archive/<path:year>/of/"
view = "generic.archive"
period = "year"
model = "posts.Post"
date_field = "published_at"
make_object_list = true

[[urls]]
path = "archive/<path:year>/<path:month>/<path:day>/day/"
view = "generic.archive"
period = "day"
model = "posts.Post"
date_field = "published_at"

[[urls]]
path = "by/<path:slug>/slug/"
name = "post-detail"
view = "generic.detail"
model = "posts.Post"

[[urls]]
path = "by/<path:pk>/key/"
name = "post-key"
view = "generic.detail"
model = "posts.Post"
"#;

const ARCHIVE_TEMPLATES: [(&str, &str); 4] = [
    ("posts/post_archive.html", "{{ latest|length }}"),
    ("posts/post_archive_year.html", "{{ object_list|length }}"),
    ("posts/post_archive_day.html", "{{ object_list|length }}"),
    ("posts/post_detail.html", "{{ post }}"),
];

#[test]
fn days_slugs_and_keys_of_an_attacker_lead_nowhere() {
    let project = blog(ARCHIVES, &ARCHIVE_TEMPLATES);
    let server = project.serve();
    let mut browser = Browser::new(server.address());
    assert_eq!(browser.get("/by/post-1/slug/").text(), "Post 1");
    assert_eq!(browser.get("/by/1/key/").text(), "Post 1");
    let latest = browser.get("/archive/").text();
    assert_ne!(latest, "0");
    let long = "9".repeat(5_000);
    let more = [
        "2026' --",
        "0",
        "-1",
        "10000",
        "2026.0",
        "\u{ff12}\u{ff10}\u{ff12}\u{ff16}",
        "1 OR 1=1",
        &long,
    ];
    for value in HOSTILE.iter().copied().chain(more) {
        let value = form_encoded(value);
        for path in [
            format!("/archive/{value}/of/"),
            format!("/archive/{value}/jan/1/day/"),
            format!("/archive/2026/{value}/1/day/"),
            format!("/archive/2026/jan/{value}/day/"),
            format!("/by/{value}/slug/"),
            format!("/by/{value}/key/"),
            format!("/archive/?page={value}"),
        ] {
            let answer = browser.get(&path);
            assert!(
                matches!(answer.status, 400 | 404),
                "{path:.80}: {} {:.200}",
                answer.status,
                answer.text()
            );
        }
        for name in [
            "published_at__year",
            "author__password__startswith",
            "order_by",
            "date_field",
            "year",
        ] {
            let answer = browser.get(&format!("/archive/?{name}={value}"));
            assert_eq!(
                (answer.status, answer.text()),
                (200, latest.clone()),
                "{name}={value:.80}"
            );
            let answer = browser.get(&format!(
                "/by/1/key/?{name}={value}&slug={value}&pk={value}"
            ));
            assert_eq!(
                (answer.status, answer.text().as_str()),
                (200, "Post 1"),
                "{name}={value:.80}"
            );
        }
    }
    assert_eq!(project.count("posts_post"), 26);
}
