//! Requests to pages that write rows, beside what Django's views answered (`tests/parity/record_edit.py`).

use std::collections::BTreeMap;

use serde_json::Value;

use super::test_site::{Browser, TestSite};
use crate::db::SqlValue;
use crate::http::Response;

const GOLDEN: &str = include_str!("../../../tests/parity/golden/edit.json");

const FILES: [(&str, &str); 3] = [
    (
        "shop/models.toml",
        include_str!("../../../tests/parity/edit/models.toml"),
    ),
    (
        "shop/forms.toml",
        include_str!("../../../tests/parity/edit/forms.toml"),
    ),
    (
        "urls.toml",
        include_str!("../../../tests/parity/edit/urls.toml"),
    ),
];

/// What Django's templates call without brackets.
const METHODS: [&str; 3] = ["errors.items", "errors.as_text", "errors.as_json"];

const LOGIN: &str = "\n[[urls]]\npath = 'accounts/'\ninclude = 'auth.urls'\n";

/// The site of the recording: its models, forms, pages and rows.
fn site(golden: &Value) -> TestSite {
    let site = TestSite::new("allowed_hosts = ['localhost']");
    let site = site.replaced("'sessions']", "'sessions', 'messages', 'shop']");
    for (name, text) in FILES {
        let more = if name == "urls.toml" { LOGIN } else { "" };
        site.write(name, &format!("{text}{more}"));
    }
    for (name, text) in golden["templates"].as_object().unwrap() {
        let text = METHODS
            .iter()
            .fold(text.as_str().unwrap().to_owned(), |text, name| {
                text.replace(name, &format!("{name}()"))
            });
        site.write(&format!("templates/{name}"), &text);
    }
    site.add_user("bob", "!");
    let connection = site.connection();
    connection
        .execute("PRAGMA foreign_keys = off", &[])
        .unwrap();
    for statement in golden["script"].as_array().unwrap() {
        let statement = statement.as_str().unwrap();
        connection.execute(statement, &[]).unwrap();
    }
    site
}

fn ask(browser: &Browser, row: &Value) -> Response {
    let sent = row["sent"].as_array().unwrap().iter();
    let sent = sent.map(|pair| (pair[0].as_str().unwrap(), pair[1].as_str().unwrap()));
    let sent: Vec<_> = sent.collect();
    let (method, path) = (
        row["method"].as_str().unwrap(),
        row["path"].as_str().unwrap(),
    );
    browser.send(method, path, &sent)
}

/// Space with a line end in it is one line end: Django's templates are indented.
fn squashed(html: &str) -> String {
    let lines = html.lines().map(str::trim);
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

/// What differs between an answer and the recorded one.
fn differences(found: &Response, expected: &Value) -> Vec<String> {
    let mut differences = Vec::new();
    if u64::from(found.status) != expected["status"].as_u64().unwrap() {
        differences.push(format!(
            "status {} instead of {}",
            found.status, expected["status"]
        ));
    }
    for (name, value) in expected["headers"].as_object().unwrap() {
        let own = found.headers.get(name).unwrap_or_default();
        if own != value.as_str().unwrap() {
            differences.push(format!("{name}: {own} instead of {value}"));
        }
    }
    let body = String::from_utf8_lossy(found.body.as_bytes().unwrap_or_default());
    let (body, expected_body) = (squashed(&body), expected["body"].as_str().unwrap());
    if found.status == 200 && expected["method"] != "HEAD" && body != expected_body {
        differences.push(format!("{body}\n  instead of\n{expected_body}"));
    }
    differences
}

#[test]
fn pages_that_write_rows_answer_as_django() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let site = site(&golden);
    let shared = site.browser();
    let application = shared.application();
    let browsers: BTreeMap<Option<&str>, Browser> = [None, Some("alice")]
        .into_iter()
        .map(|user| {
            let mut browser = site.browser_at(&application);
            match user {
                Some(user) => assert_eq!(browser.log_in(user).status, 302),
                None => drop(browser.get("/accounts/login/")),
            }
            let secret = browser.cookie("csrftoken");
            let secret = secret.unwrap_or_else(|| panic!("{:?}", browser.get("/accounts/login/")));
            browser = browser.header("X-CSRFToken", &secret);
            (user, browser)
        })
        .collect();
    let mut wrong = Vec::new();
    for row in golden["answers"].as_array().unwrap() {
        let found = ask(&browsers[&row["user"].as_str()], row);
        for difference in differences(&found, row) {
            let (method, path) = (&row["method"], &row["path"]);
            wrong.push(format!("{method} {path} {}: {difference}", row["sent"]));
        }
    }
    for (table, rows) in golden["tables"].as_object().unwrap() {
        let found = rows_of(&site, table);
        if found != *rows {
            wrong.push(format!("{table}: {found}\n  instead of\n{rows}"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\n{} wrong",
        wrong.join("\n"),
        wrong.len()
    );
}

/// All rows of a table.
fn rows_of(site: &TestSite, table: &str) -> Value {
    let connection = site.connection();
    let rows = connection
        .query(&format!("SELECT * FROM {table} ORDER BY id"), &[])
        .unwrap();
    let rows = rows.into_iter().map(|row| {
        let values = row.into_values().into_iter().map(|value| match value {
            SqlValue::Integer(number) => number.into(),
            SqlValue::Real(number) => number.into(),
            SqlValue::Text(text) => text.into(),
            SqlValue::Null | SqlValue::Blob(_) => Value::Null,
        });
        Value::Array(values.collect())
    });
    Value::Array(rows.collect())
}
