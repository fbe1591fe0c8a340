//! Pages that are kept: who gets them, and what an attacker may put there.

use std::collections::BTreeSet;
use std::thread;
use std::time::{Duration, Instant};

use crate::attacks::browser::Browser;
use crate::attacks::site;
use crate::support::{Project, Server};
use crate::test_server::{Client, RawResponse};

pub(crate) const PASSWORD: &str = "a wholly new passphrase 7";

const URLS: &str = r#"
[[urls]]
path = "mine/"
view = "template"
template = "mine.html"
login_required = true
cache = 300

[[urls]]
path = "random/"
view = "template"
template = "random.html"
cache = 300

[[urls]]
path = "fresh/"
view = "template"
template = "random.html"

[[urls]]
path = "never/"
view = "template"
template = "random.html"
never_cache = true

[[urls]]
path = "hello/"
view = "template"
template = "hello.html"
cache = { seconds = 60, key_prefix = "hello" }

[[urls]]
path = "form/"
view = "template"
template = "form.html"
cache = 300

[[urls]]
path = "news/"
view = "template"
template = "news.html"
cache = 300

[[urls]]
path = "theme/"
view = "template"
template = "theme.html"
cache = 300
vary = ["X-Shape"]

[[urls]]
path = "search/"
view = "template"
template = "search.html"
cache = 300

[[urls]]
path = "headers/"
view = "template"
template = "random.html"
cache_control = { public = true, max_age = 60 }
vary = ["Accept-Language"]

[[urls]]
path = "slow/"
view = "template"
template = "slow.html"
cache = 300

[[urls]]
path = "change/"
view = "auth.password_change"
success_url = "/news/"

[[urls]]
path = "accounts/"
include = "auth.urls"
"#;

const WORDS: &str = r#"<p>{{ lorem(6, "w", random=true) }}</p>"#;

/// A site with pages that are kept and a cache in files; ada and grace have accounts.
pub(crate) fn cached_site() -> Project {
    let project = site()
        .file("urls.toml", URLS)
        .file("templates/mine.html", &format!("mine: {{{{ user.username }}}}{WORDS}"))
        .file("templates/random.html", WORDS)
        .file("templates/hello.html", &format!("hello {{{{ user.username }}}}!{WORDS}"))
        .file("templates/form.html", "<form>{{ csrf_input }}</form>")
        .file("templates/news.html", &format!("{{% for m in messages %}}[{{{{ m }}}}]{{% endfor %}}{WORDS}"))
        .file(
            "templates/theme.html",
            r#"{{ request.headers["X-Theme"]|default("plain") }}-{{ request.headers["X-Shape"]|default("round") }}"#,
        )
        .file("templates/search.html", "found {{ request.GET.q }}")
        .file("templates/slow.html", &format!("{{% for i in range(400) %}}{WORDS}{{% endfor %}}"))
        .setting("[caches.default]\nbackend = \"file\"\nlocation = \"kept\"");
    project.superuser("grace", PASSWORD)
}

pub(crate) fn visitor(server: &Server) -> Browser {
    Browser::new(server.address())
}

pub(crate) fn get(server: &Server, path: &str) -> RawResponse {
    visitor(server).get(path)
}

#[test]
fn a_page_is_made_once_for_all_visitors() {
    let project = cached_site();
    let server = project.serve();
    let first = get(&server, "/random/");
    assert_eq!(first.header("cache-control"), Some("max-age=300"));
    assert_eq!(first.header("age"), None);
    let second = get(&server, "/random/");
    assert_eq!(second.text(), first.text());
    assert_eq!(second.header("age"), Some("0"));
    for name in [
        "expires",
        "content-type",
        "content-length",
        "x-frame-options",
        "cache-control",
    ] {
        assert_eq!(second.header(name), first.header(name), "{name}");
        assert_eq!(second.headers(name).len(), 1, "{name}");
    }
    assert_ne!(get(&server, "/random/?x=1").text(), first.text());
    for path in ["/fresh/", "/never/"] {
        assert_ne!(
            get(&server, path).text(),
            get(&server, path).text(),
            "{path}"
        );
    }
    let mut client = Client::connect(server.address());
    client.send("HEAD /random/ HTTP/1.1\r\nHost: testserver\r\nConnection: close\r\n\r\n");
    let head = client.rest();
    assert!(
        head.starts_with("HTTP/1.1 200") && head.contains("age: 0"),
        "{head}"
    );
    assert!(head.ends_with("\r\n\r\n"), "{head}");
    // Another process finds it in the same directory.
    let other = project.serve();
    assert_eq!(get(&other, "/random/").text(), first.text());
}

#[test]
fn headers_say_what_the_entry_says() {
    let project = cached_site();
    let server = project.serve();
    let page = get(&server, "/headers/");
    assert_eq!(page.header("cache-control"), Some("public, max-age=60"));
    assert_eq!(page.header("vary"), Some("Accept-Language"));
    let never = get(&server, "/never/");
    let expected = "max-age=0, no-cache, no-store, must-revalidate, private";
    assert_eq!(never.header("cache-control"), Some(expected));
}

#[test]
fn each_user_gets_the_page_that_was_made_for_them() {
    let project = cached_site();
    let server = project.serve();
    let visited = get(&server, "/hello/");
    assert!(visited.text().starts_with("hello !"), "{}", visited.text());
    assert_eq!(visited.header("vary"), Some("Cookie"));
    let mut pages = BTreeSet::from([visited.text()]);
    for name in ["ada", "grace"] {
        let mut browser = visitor(&server);
        let password = if name == "ada" {
            crate::attacks::PASSWORD
        } else {
            PASSWORD
        };
        assert_eq!(browser.log_in(name, password).status, 302);
        let page = browser.get("/hello/");
        assert!(
            page.text().starts_with(&format!("hello {name}!")),
            "{}",
            page.text()
        );
        assert_eq!(browser.get("/hello/").text(), page.text());
        pages.insert(page.text());
    }
    assert_eq!(pages.len(), 3);
    assert_eq!(get(&server, "/hello/").text(), visited.text());
    // A cookie that is not a session gets a page of its own, and never one of a user.
    let mut odd = visitor(&server);
    odd.set_cookie("sessionid", "-,");
    assert!(odd.get("/hello/").text().starts_with("hello !"));
}

#[test]
fn who_logged_out_does_not_see_the_page_that_was_kept_for_them() {
    let project = cached_site();
    let server = project.serve();
    assert_eq!(get(&server, "/mine/").status, 302);
    let mut browser = visitor(&server);
    browser.log_in("grace", PASSWORD);
    let page = browser.get("/mine/");
    assert!(page.text().starts_with("mine: grace"), "{}", page.text());
    assert_eq!(browser.get("/mine/").text(), page.text());
    assert_eq!(get(&server, "/mine/").status, 302);
    // The cookie that was copied before is worth nothing after the end of its session.
    let cookies = ["sessionid", "csrftoken"].map(|name| browser.cookie(name).unwrap().to_owned());
    project
        .djr(["sessions", "end", "--user", "grace"])
        .success();
    let mut thief = visitor(&server);
    thief.set_cookie("csrftoken", &cookies[1]);
    thief.set_cookie("sessionid", &cookies[0]);
    assert_eq!(thief.get("/mine/").status, 302);
}

#[test]
fn a_page_with_a_secret_is_never_kept() {
    let project = cached_site();
    let server = project.serve();
    let mut secrets = BTreeSet::new();
    for _ in 0..3 {
        let mut browser = visitor(&server);
        let page = browser.get("/form/");
        assert_eq!(page.header("cache-control"), None);
        assert_eq!(page.header("age"), None);
        secrets.insert(browser.cookie("csrftoken").unwrap().to_owned());
        // The second time the browser has the cookie, and the page is made again.
        assert_ne!(browser.get("/form/").text(), page.text());
    }
    assert_eq!(secrets.len(), 3);
}

#[test]
fn messages_are_shown_to_nobody_else() {
    let project = cached_site();
    let server = project.serve();
    let mut grace = visitor(&server);
    grace.log_in("grace", PASSWORD);
    let new = "another passphrase 8";
    let fields = [
        ("old_password", PASSWORD),
        ("new_password1", new),
        ("new_password2", new),
    ];
    let changed = grace.submit("/change/", &fields);
    assert_eq!(
        changed.header("location"),
        Some("/news/"),
        "{}",
        changed.text()
    );
    let news = grace.get("/news/");
    assert!(news.text().starts_with('['), "{}", news.text());
    for _ in 0..2 {
        assert!(get(&server, "/news/").text().starts_with("<p>"));
        assert!(grace.get("/news/").text().starts_with("<p>"));
    }
    assert_eq!(get(&server, "/news/").header("vary"), Some("Cookie"));
}

#[test]
fn nobody_can_put_anything_into_the_pages_of_others() {
    let project = cached_site();
    let server = project.serve();
    let mut evil = visitor(&server)
        .header("X-Theme", "evil")
        .header("X-Shape", "crooked")
        .header("X-Forwarded-Host", "evil.example.com")
        .header("X-Original-URL", "/random/")
        .header("X-HTTP-Method-Override", "POST");
    assert_eq!(evil.get("/theme/").text(), "evil-crooked");
    let plain = get(&server, "/theme/");
    assert_eq!(plain.text(), "plain-round");
    assert_eq!(plain.header("vary"), Some("X-Shape, X-Theme"));
    assert_eq!(evil.get("/theme/").text(), "evil-crooked");
    // Another host is refused, and its page is not kept.
    let mut elsewhere = visitor(&server);
    elsewhere.host = "evil.example.com".to_owned();
    assert_eq!(elsewhere.get("/random/").status, 400);
    let page = get(&server, "/random/");
    assert_eq!(page.status, 200);
    assert_eq!(elsewhere.get("/random/").status, 400);
    // Each query is another page, however it is written.
    assert_eq!(get(&server, "/search/?q=a").text(), "found a");
    for (query, expected) in [
        ("q=b", "b"),
        ("q=a&q=b", "b"),
        ("Q=a", ""),
        ("q=a%00", "a\0"),
        ("", ""),
    ] {
        let found = get(&server, &format!("/search/?{query}")).text();
        assert_eq!(found, format!("found {expected}"), "{query}");
    }
    assert_eq!(get(&server, "/search/?q=a").text(), "found a");
}

#[test]
fn a_page_for_one_user_is_not_kept_under_the_name_of_a_file() {
    let project = cached_site();
    let server = project.serve();
    let mut grace = visitor(&server);
    grace.log_in("grace", PASSWORD);
    for path in [
        "/mine/style.css",
        "/mine/;a.css",
        "/mine/%2e%2e/random.css",
        "/mine//a.js",
        "/mine/?a.css",
        "/hello/?x.js",
    ] {
        grace.get(path);
        let stolen = get(&server, path);
        assert!(
            !stolen.text().contains("grace"),
            "{path}: {}",
            stolen.text()
        );
    }
}

#[test]
fn many_queries_fill_no_more_than_the_cache() {
    let project = cached_site().replaced(
        "location = \"kept\"",
        "location = \"kept\"\nmax_entries = 40",
    );
    let server = project.serve();
    let mut browser = visitor(&server);
    for number in 0..150 {
        assert_eq!(browser.get(&format!("/search/?q={number}")).status, 200);
    }
    let files = std::fs::read_dir(project.root().join("kept"))
        .unwrap()
        .count();
    assert!(files <= 45, "{files} files");
}

#[test]
fn of_many_who_ask_at_once_one_has_the_page_made() {
    let project = cached_site();
    let server = project.serve();
    let address = server.address().to_owned();
    let threads: Vec<_> = (0..6)
        .map(|_| {
            let address = address.clone();
            thread::spawn(move || Browser::new(&address).get("/slow/").text())
        })
        .collect();
    let pages: BTreeSet<String> = threads
        .into_iter()
        .map(|thread| thread.join().unwrap())
        .collect();
    assert_eq!(pages.len(), 1);
}

#[test]
fn a_site_outlives_its_cache() {
    let project = cached_site().replaced(
        "backend = \"file\"\nlocation = \"kept\"",
        "backend = \"memcached\"\nlocation = \"127.0.0.1:9\"\nsocket_timeout = 1",
    );
    let server = project.serve();
    let begun = Instant::now();
    let pages: BTreeSet<String> = (0..5).map(|_| get(&server, "/random/").text()).collect();
    assert_eq!(pages.len(), 5);
    assert!(
        begun.elapsed() < Duration::from_secs(8),
        "{:?}",
        begun.elapsed()
    );
    server.line_with("pages are not kept for now");
}

#[test]
fn a_table_that_was_not_made_is_told_with_the_command_that_makes_it() {
    let table = "backend = \"database\"\nlocation = \"kept\"";
    let project = cached_site().replaced("backend = \"file\"\nlocation = \"kept\"", table);
    let server = project.serve();
    assert_eq!(get(&server, "/random/").status, 200);
    let told = server.line_with("pages are not kept for now");
    assert!(told.contains("run `djr createcachetable`"), "{told}");
}
