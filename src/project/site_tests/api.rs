//! Requests to an API, beside what Django REST framework answered (`tests/parity/record_api.py`).

use serde_json::Value;

use super::test_site::{Browser, PASSWORD, TestSite, hashers};
use crate::auth::{ApiTokens, UserFields, UserTable, Users};
use crate::http::Response;

const MODELS: &str = include_str!("../../../tests/parity/api/models.toml");
const URLS: &str = include_str!("../../../tests/parity/api/urls.toml");
const GOLDEN: &str = include_str!("../../../tests/parity/golden/api.json");

const LOGIN: &str = "\n[[urls]]\npath = 'accounts/'\ninclude = 'auth.urls'\n\n[[urls]]\npath = 'schema/'\nview = 'api.schema'\n";

/// The moment of what was written while it was recorded.
const RECORDED_NOW: &str = "2026-11-20T18:22:29.250000+01:00";

/// The site of the recording: its models, entries, rows and users.
pub(super) fn site() -> TestSite {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let zone = golden["zone"].as_str().unwrap();
    let site = TestSite::new(&format!(
        "time_zone = '{zone}'\nallowed_hosts = ['testserver']"
    ));
    let site = site.replaced("'sessions']", "'sessions', 'library']");
    site.write("library/models.toml", MODELS);
    site.write("urls.toml", &format!("{URLS}{LOGIN}"));
    let connection = site.connection();
    connection
        .execute("PRAGMA foreign_keys = off", &[])
        .unwrap();
    for statement in golden["script"].as_array().unwrap() {
        connection
            .execute(statement.as_str().unwrap(), &[])
            .unwrap();
    }
    let encoded = hashers(&["pbkdf2_sha256"]).make_password(PASSWORD).unwrap();
    for name in ["bob", "carol", "eve", "root"] {
        site.add_user(name, &encoded);
    }
    for sql in [
        "UPDATE auth_user SET is_staff = 1 WHERE username IN ('carol', 'root')",
        "UPDATE auth_user SET is_superuser = 1 WHERE username = 'root'",
        "UPDATE auth_user SET is_active = 0 WHERE username = 'eve'",
        "INSERT INTO django_content_type (app_label, model) VALUES ('library', 'note'), ('library', 'tag')",
        "INSERT INTO auth_permission (content_type_id, codename, name) SELECT id, 'add_' || model, '' FROM django_content_type WHERE app_label = 'library'",
        "INSERT INTO auth_permission (content_type_id, codename, name) SELECT id, 'change_note', '' FROM django_content_type WHERE model = 'note'",
        "INSERT INTO auth_user_user_permissions (user_id, permission_id) SELECT auth_user.id, auth_permission.id \
         FROM auth_user, auth_permission WHERE username = 'bob' AND codename IN ('add_note', 'change_note', 'add_tag')",
    ] {
        connection.execute(sql, &[]).unwrap();
    }
    site
}

/// A token for `username`.
pub(super) fn token(site: &TestSite, username: &str) -> String {
    let (connection, table) = (
        site.connection(),
        UserTable::new("auth_user", UserFields::usual()),
    );
    let user = Users::new(&connection, &table)
        .by_username(username)
        .unwrap()
        .unwrap();
    let token = ApiTokens::new(&connection).create(&user.pk, "").unwrap();
    token.expose().to_owned()
}

/// The answer to a recorded request.
fn ask(browser: Browser, request: &Value, token: impl Fn(&str) -> String) -> Response {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut browser = browser
        .header("Host", "testserver")
        .header("Accept", "application/json");
    if let Some(username) = request["session"].as_str() {
        browser.log_in(username);
        let secret = browser.cookie("csrftoken").unwrap();
        if request["csrf"].as_bool().unwrap() {
            browser = browser.header("X-CSRFToken", &secret);
        }
    }
    if let Some(username) = request["token"].as_str() {
        browser = browser.header("Authorization", &format!("Token {}", token(username)));
    }
    for (name, value) in request["headers"].as_object().unwrap() {
        let value = value.as_str().unwrap();
        let value = if value.is_empty() { "*/*" } else { value };
        browser = browser.header(name, value);
    }
    let path = text(&request["path"]).replace(' ', "%20");
    let body = text(&request["body"]).into_bytes();
    browser.send_body(
        &text(&request["method"]),
        &path,
        &text(&request["type"]),
        body,
    )
}

/// What differs between an answer and the recorded one.
fn differences(found: &Response, expected: &Value, method: &str) -> Vec<String> {
    let mut differences = Vec::new();
    if u64::from(found.status) != expected["status"].as_u64().unwrap() {
        differences.push(format!(
            "status {} instead of {}",
            found.status, expected["status"]
        ));
    }
    let is_json = expected["headers"]["Content-Type"]
        .as_str()
        .is_none_or(|kind| kind.contains("json"));
    for (name, value) in expected["headers"].as_object().unwrap() {
        let value = value.as_str().unwrap();
        let own = found.headers.get(name).unwrap_or_default();
        let same = match name.as_str() {
            "Retry-After" => !own.is_empty(),
            "Vary" => sorted(own) == sorted(value),
            _ => own == value,
        };
        if is_json && !same {
            differences.push(format!("{name}: {own} instead of {value}"));
        }
    }
    if is_json && method != "HEAD" {
        let body = String::from_utf8_lossy(found.body.as_bytes().unwrap_or_default()).into_owned();
        differences.extend(body_difference(&body, expected));
    }
    differences
}

fn sorted(list: &str) -> Vec<&str> {
    let mut names: Vec<_> = list.split(", ").collect();
    names.sort_unstable();
    names
}

fn body_difference(body: &str, expected: &Value) -> Option<String> {
    if let Some(text) = expected["text"].as_str() {
        return (text != body).then(|| format!("{body} instead of {text}"));
    }
    let expected = expected.get("body")?;
    let mut found: Value = serde_json::from_str(body).unwrap_or_else(|_| Value::from(body));
    take_random(&mut found, expected);
    if expected["added"] == RECORDED_NOW {
        found["added"] = Value::from(RECORDED_NOW);
    }
    let detail = |body: &Value| {
        let text = body["detail"].as_str().unwrap_or_default().to_owned();
        // What exactly is wrong with a document is said in other words.
        let kinds = [
            "JSON parse error - ",
            "Multipart form parse error - ",
            "CSRF Failed: ",
            "Request was throttled.",
        ];
        kinds.into_iter().find(|kind| text.starts_with(kind))
    };
    if detail(expected).is_some() && detail(expected) == detail(&found) || found == *expected {
        return None;
    }
    Some(format!("{found} instead of {expected}"))
}

/// Takes the random part out of the names of files, and the kinds of images that are known, as the recording does.
fn take_random(found: &mut Value, expected: &Value) {
    match (found, expected) {
        (Value::Array(found), Value::Array(expected)) => {
            for (found, expected) in found.iter_mut().zip(expected) {
                take_random(found, expected);
            }
        }
        (Value::Object(found), Value::Object(expected)) => {
            for (name, expected) in expected {
                if let Some(found) = found.get_mut(name) {
                    take_random(found, expected);
                }
            }
        }
        (found, Value::String(expected)) => {
            let text = found.as_str().unwrap_or_default();
            let between = |mark: &str| {
                let (before, after) = expected.split_once(mark)?;
                text.strip_prefix(before)?.strip_suffix(after)
            };
            let is_random = between("RANDOM").is_some_and(|random| random.len() == 7);
            let is_image = between("IMAGES").is_some_and(|list| list.starts_with("bmp, gif, "));
            if is_random || is_image {
                *found = Value::from(expected.as_str());
            }
        }
        _ => {}
    }
}

#[test]
fn answers_as_django_rest_framework() {
    let site = site();
    let tokens: Vec<_> = ["alice", "bob", "carol", "eve", "root"]
        .map(|name| (name, token(&site, name)))
        .into();
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let shared = site.browser();
    let application = shared.application();
    let mut wrong = Vec::new();
    for row in golden["requests"].as_array().unwrap() {
        let (request, expected) = (&row["request"], &row["response"]);
        let found = ask(site.browser_at(&application), request, |name| {
            tokens
                .iter()
                .find(|(known, _)| *known == name)
                .unwrap()
                .1
                .clone()
        });
        let method = request["method"].as_str().unwrap();
        for difference in differences(&found, expected, method) {
            let body: String = request["body"]
                .as_str()
                .unwrap_or_default()
                .chars()
                .take(100)
                .collect();
            wrong.push(format!("{method} {} {body}: {difference}", request["path"]));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
}

#[test]
fn the_root_of_an_api_lists_what_lies_below_it() {
    let site = site();
    let urls = format!("{URLS}{LOGIN}");
    let root = "\n[[urls]]\npath = 'api/'\nview = 'api.root'\n\n[[urls]]\npath = 'root/'\nview = 'api.root'\n";
    site.write("urls.toml", &format!("{urls}{root}"));
    let asked = |method: &str, path: &str, accept: &str| {
        let browser = site
            .browser()
            .header("Host", "testserver")
            .header("Accept", accept);
        let answer = browser.send(method, path, &[]);
        let text = String::from_utf8_lossy(answer.body.as_bytes().unwrap()).into_owned();
        (answer, text)
    };
    let (answer, text) = asked("GET", "/api/", "application/json");
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        (answer.status, answer.headers.get("Allow")),
        (200, Some("GET, HEAD, OPTIONS"))
    );
    let names: Vec<_> = document
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert!(
        names.contains(&"books") && names.contains(&"documents") && names.len() > 8,
        "{names:?}"
    );
    assert_eq!(document["books"], "http://testserver/api/books/");
    let (_, page) = asked("GET", "/api/", "text/html");
    assert!(page.contains("<h1>Api Root</h1>"), "{page}");
    assert!(
        page.contains("<a rel=\"nofollow\" href=\"http://testserver/api/books/\">"),
        "{page}"
    );
    assert!(!page.contains("<form"), "{page}");
    assert_eq!(asked("GET", "/root/", "application/json").1, "{}");
    let (refused, text) = asked("POST", "/api/", "application/json");
    assert_eq!(
        (refused.status, text.as_str()),
        (405, "{\"detail\":\"Method \\\"POST\\\" not allowed.\"}")
    );
    let (described, text) = asked("OPTIONS", "/api/", "application/json");
    assert!(
        described.status == 200 && text.starts_with("{\"name\":\"Api Root\""),
        "{text}"
    );
}
