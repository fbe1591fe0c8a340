//! What an attacker tries with an API.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::site;
use crate::support::{Project, Server};
use crate::test_server::{Client, RawResponse};

/// Longer than anything here may take on a machine with much else to do.
const TIMEOUT: Duration = Duration::from_secs(5);

const MODELS: &str = r#"
[Post]
fields.title = { type = "CharField", max_length = 40 }
fields.owner = { type = "ForeignKey", to = "auth.User", on_delete = "CASCADE", related_name = "+" }
fields.approved = { type = "BooleanField", default = false }
fields.secret = { type = "CharField", max_length = 40, default = "hidden" }
"#;

const URLS: &str = r#"
[[urls]]
path = "posts/"
view = "api.model"
model = "notes.Post"
fields = ["id", "title", "owner", "approved"]
read_only = ["owner", "approved"]
permissions = "IsAuthenticatedOrReadOnly"
save = { owner = { request = "user" } }
may = { owner = { request = "user" } }
search_fields = ["title"]
ordering_fields = ["title"]
filter_fields = { title = ["exact", "icontains"], id = ["in", "gte"] }
page_size = 2

[[urls]]
path = "mine/"
name = "mine"
view = "api.model"
model = "notes.Post"
fields = ["id", "title"]
filter = { owner = { request = "user" } }
permissions = "IsAuthenticated"
pagination = "limit"
page_size = 2
"#;

/// Posts of ada and of bob, whose tokens come with it.
struct Api {
    project: Project,
    ada: String,
    bob: String,
}

impl Api {
    fn new() -> Self {
        let project = site()
            .replaced("\"staticfiles\"", "\"staticfiles\", \"notes\"")
            .file("notes/models.toml", MODELS)
            .file("urls.toml", URLS);
        for command in [
            &["makemigrations"][..],
            &["migrate"],
            &["ensure", "user", "--username", "bob"],
        ] {
            project.djr(command).success();
        }
        let token = |name| {
            project
                .djr(["users", "token", name])
                .success()
                .stdout()
                .trim()
                .to_owned()
        };
        let (ada, bob) = (token("ada"), token("bob"));
        Self { project, ada, bob }
    }

    fn title_of(&self, id: i64) -> Option<String> {
        let titles = self
            .project
            .texts(&format!("SELECT title FROM notes_post WHERE id = {id}"));
        titles.into_iter().next()
    }
}

fn ask(server: &Server, method: &str, path: &str, token: &str, body: &str) -> RawResponse {
    let mut head =
        format!("{method} {path} HTTP/1.1\r\nHost: testserver\r\nAccept: application/json\r\n");
    if !token.is_empty() {
        write!(head, "Authorization: Token {token}\r\n").unwrap();
    }
    if !body.is_empty() {
        let length = body.len();
        write!(
            head,
            "Content-Type: application/json\r\nContent-Length: {length}\r\n"
        )
        .unwrap();
    }
    let mut client = Client::connect(server.address());
    client.send(format!("{head}\r\n{body}"));
    client.response()
}

fn document(answer: &RawResponse) -> Value {
    serde_json::from_slice(&answer.body)
        .unwrap_or_else(|error| panic!("{error}: {}", answer.text()))
}

fn post(server: &Server, token: &str, title: &str) -> i64 {
    let made = ask(
        server,
        "POST",
        "/posts/",
        token,
        &json!({ "title": title }).to_string(),
    );
    assert_eq!(made.status, 201, "{}", made.text());
    document(&made)["id"].as_i64().unwrap()
}

#[test]
fn fields_that_are_not_to_be_written_are_passed_over() {
    let api = Api::new();
    let server = api.project.serve();
    let body = json!({
        "title": "t", "id": 77, "pk": 77, "owner": 1, "owner_id": 1, "approved": true, "secret": "x", "is_superuser": true,
        "__class__": {}, "owner__is_superuser": true,
    });
    let made = ask(&server, "POST", "/posts/", &api.bob, &body.to_string());
    let row = document(&made);
    assert_eq!(
        (made.status, &row["owner"], &row["approved"]),
        (201, &json!(2), &json!(false)),
        "{row}"
    );
    let id = row["id"].as_i64().unwrap();
    assert_ne!(id, 77);
    let changed = ask(
        &server,
        "PATCH",
        &format!("/posts/{id}/"),
        &api.bob,
        &body.to_string(),
    );
    assert_eq!(
        (changed.status, &document(&changed)["approved"]),
        (200, &json!(false))
    );
    let stored = api
        .project
        .texts("SELECT secret || approved || owner_id FROM notes_post");
    assert_eq!(stored, ["hidden02"]);
}

#[test]
fn rows_of_others_are_not_changed_and_not_seen_where_they_are_hidden() {
    let api = Api::new();
    let server = api.project.serve();
    let id = post(&server, &api.ada, "of ada");
    let path = format!("/posts/{id}/");
    for (method, body) in [
        ("PATCH", r#"{"title": "x"}"#),
        ("PUT", r#"{"title": "x"}"#),
        ("DELETE", ""),
    ] {
        assert_eq!(
            ask(&server, method, &path, &api.bob, body).status,
            403,
            "{method}"
        );
        assert_eq!(
            ask(&server, method, &path, "", body).status,
            401,
            "{method}"
        );
        let hidden = format!("/mine/{id}/");
        assert_eq!(
            ask(&server, method, &hidden, &api.bob, body).status,
            404,
            "{method}"
        );
    }
    assert_eq!(
        ask(&server, "GET", &format!("/mine/{id}/"), &api.bob, "").status,
        404
    );
    assert_eq!(
        document(&ask(&server, "GET", "/mine/", &api.bob, ""))["count"],
        0
    );
    assert_eq!(api.title_of(id).as_deref(), Some("of ada"));
}

#[test]
fn lookups_that_were_not_allowed_find_out_nothing() {
    let api = Api::new();
    let server = api.project.serve();
    post(&server, &api.ada, "one");
    let count = |query: &str| {
        let answer = ask(&server, "GET", &format!("/posts/?{query}"), "", "");
        (answer.status, document(&answer)["count"].clone())
    };
    for query in [
        "secret=nothing",
        "secret__startswith=x",
        "owner__password__startswith=x",
        "owner__is_superuser=false",
        "title__regex=x",
        "title__startswith=x",
        "pk=9",
        "id=9",
        "owner=9",
        "ordering=secret",
        "ordering=owner__password",
    ] {
        assert_eq!(count(query), (200, json!(1)), "{query}");
    }
    assert_eq!(count("title=two"), (200, json!(0)));
    assert_eq!(count("search=hidden"), (200, json!(0)));
}

#[test]
fn sql_in_any_parameter_is_only_a_text() {
    let api = Api::new();
    let server = api.project.serve();
    let id = post(&server, &api.ada, "one");
    let attacks = [
        "'",
        "\"",
        "' OR 1=1 --",
        "1; DROP TABLE notes_post",
        "1) OR (1=1",
        "%00",
        "\\",
        "*/",
        "CASE WHEN 1 THEN 1 END",
        "(SELECT password FROM auth_user)",
        "1 UNION SELECT password FROM auth_user",
        "%F0%9F%92%A9",
        "%ff",
        "-1",
        "0x7f",
        "1e999",
        "NULL",
    ];
    for attack in attacks {
        let attack: String = attack
            .chars()
            .map(|c| match c {
                ' ' => "%20".to_owned(),
                '"' | '\\' | '\'' => format!("%{:02X}", u32::from(c)),
                c => c.to_string(),
            })
            .collect();
        for name in [
            "title",
            "title__icontains",
            "id__in",
            "id__gte",
            "search",
            "ordering",
            "page",
            "format",
            "x' OR '1",
        ] {
            let name = name.replace(' ', "%20").replace('\'', "%27");
            let answer = ask(&server, "GET", &format!("/posts/?{name}={attack}"), "", "");
            assert!(answer.status < 500, "{name}={attack}: {}", answer.text());
            assert!(
                !answer.text().contains("argon2") && !answer.text().contains("pbkdf2"),
                "{name}={attack}"
            );
        }
        for name in ["limit", "offset"] {
            let answer = ask(
                &server,
                "GET",
                &format!("/mine/?{name}={attack}"),
                &api.ada,
                "",
            );
            assert_eq!(answer.status, 200, "{name}={attack}");
        }
        let answer = ask(&server, "GET", &format!("/posts/{attack}/"), "", "");
        assert!(answer.status < 500, "{attack}: {}", answer.text());
    }
    let body = json!({ "title": "'); DROP TABLE notes_post; --" });
    let changed = ask(
        &server,
        "PATCH",
        &format!("/posts/{id}/"),
        &api.ada,
        &body.to_string(),
    );
    assert_eq!(changed.status, 200);
    assert_eq!(
        api.title_of(id).as_deref(),
        Some("'); DROP TABLE notes_post; --")
    );
}

#[test]
fn depth_and_size_cost_a_moment() {
    let api = Api::new();
    let server = api.project.serve();
    post(&server, &api.ada, "one");
    let nested = format!("{}{}", "[".repeat(400_000), "]".repeat(400_000));
    let objects = format!(
        "{{\"title\": {}1{}}}",
        "{\"a\":".repeat(100_000),
        "}".repeat(100_000)
    );
    let digits = format!("{{\"title\": {}}}", "9".repeat(1_000_000));
    let keys: Vec<_> = (0..50_000)
        .map(|number| format!("\"k{number}\": 1"))
        .collect();
    let keys = format!("{{{}}}", keys.join(","));
    for body in [&nested, &objects, &digits, &keys] {
        let started = Instant::now();
        let answer = ask(&server, "POST", "/posts/", &api.ada, body);
        assert_eq!(answer.status, 400, "{}", answer.text());
        assert!(started.elapsed() < TIMEOUT, "{:?}", started.elapsed());
        assert!(answer.body.len() < 2000, "{}", answer.body.len());
    }
    let words = "a%20".repeat(2_000);
    for path in [
        "/posts/?page=99999999999999999999".to_owned(),
        "/posts/?page=9223372036854775807".to_owned(),
        format!("/posts/?search={words}"),
        format!("/posts/?ordering={}", "title,".repeat(1_000)),
        format!("/posts/?id__in={}", "1,".repeat(2_000)),
    ] {
        let started = Instant::now();
        let answer = ask(&server, "GET", &path, "", "");
        assert!(answer.status < 500, "{}", answer.text());
        assert!(started.elapsed() < TIMEOUT, "{:?}", started.elapsed());
    }
    let deep = ask(
        &server,
        "GET",
        "/mine/?limit=1000000&offset=9223372036854775807",
        &api.ada,
        "",
    );
    assert_eq!(
        (deep.status, &document(&deep)["results"]),
        (200, &json!([]))
    );
    assert_eq!(
        ask(
            &server,
            "POST",
            "/posts/",
            &api.ada,
            &"x".repeat(3 * 1024 * 1024)
        )
        .status,
        413
    );
    assert_eq!(ask(&server, "GET", "/posts/", "", "").status, 200);
}

#[test]
fn guessed_tokens_open_nothing_and_no_token_is_told() {
    let api = Api::new();
    let server = api.project.serve();
    let long = "x".repeat(5_000);
    let upper = api.ada.to_uppercase();
    for token in [
        "",
        "djr_",
        "djr_' OR '1'='1",
        &api.ada[..20],
        &upper,
        &long,
        "%",
        "*",
    ] {
        let answer = ask(&server, "GET", "/mine/", token, "");
        assert_eq!(answer.status, 401, "{token}");
        assert_eq!(answer.header("WWW-Authenticate"), Some("Token"));
    }
    assert_eq!(ask(&server, "GET", "/mine/", &api.ada, "").status, 200);
    api.project.djr(["users", "deactivate", "bob"]).success();
    assert_eq!(ask(&server, "GET", "/mine/", &api.bob, "").status, 401);
    let line = server.line_with("/mine/");
    assert!(
        !line.contains(&api.ada) && !line.contains(&api.bob),
        "{line}"
    );
}
