//! The services of a site as Python sees them, under a server: what Django answered to the same steps, one visitor for each
//! case (`tests/parity/record_services.py`).

use serde_json::Value;

use crate::attacks::browser::Browser;
use crate::support::Project;

const URLS: &str = r#"
[[urls]]
path = "<str:case>/<int:part>/"
view = "replayed.views.replay"
"#;

const SETTINGS: &str = r#"
[caches.default]
[caches.table]
backend = "database"
location = "cache_table"
[caches.files]
backend = "file"
location = "var/cache"
[caches.other]
location = "other"
key_prefix = "pre"
version = 3
timeout = -1
"#;

/// What Django answered.
const RECORDED: &str = include_str!("../parity/golden/services.json");

/// A site that runs the steps of cases; its workers are one, so that what a module holds is there for the next request.
fn site() -> Project {
    let hashers =
        "password_hashers = ['pbkdf2_sha256', 'md5', 'argon2', 'scrypt', 'bcrypt_sha256']";
    Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"replayed\"")
        .replaced(
            "debug = true",
            "debug = true\nallowed_hosts = [\"testserver\"]",
        )
        .setting(&format!("[auth]\n{hashers}\n{SETTINGS}"))
        .setting("[mail]\nbackend = \"memory\"\nadmins = [\"Ann <ann@example.com>\"]")
        .file("urls.toml", URLS)
        .file(
            "replayed/views.py",
            include_str!("../parity/services/views.py"),
        )
        .file("replayed/steps.py", include_str!("../python/steps.py"))
        .file("replayed/cases.json", RECORDED)
        .migrated()
}

#[test]
fn services_answer_as_those_of_django() {
    let project = site();
    project.djr(["createcachetable"]).success();
    let server = project.serve();
    let recorded: Value = serde_json::from_str(RECORDED).unwrap();
    let mut differences = Vec::new();
    for (case, requests) in recorded.as_object().unwrap() {
        let mut browser = Browser::new(server.address());
        for (part, steps) in requests.as_array().unwrap().iter().enumerate() {
            let answer = browser.get(&format!("/{case}/{part}/"));
            let Ok(answer) = serde_json::from_str::<Value>(&answer.text()) else {
                panic!("{case}/{part}: {}", answer.text());
            };
            let answers = answer["answers"].as_array().unwrap();
            for (step, answer) in steps.as_array().unwrap().iter().zip(answers) {
                differences.extend(difference(case, step, answer));
            }
        }
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
}

/// What differs between the recorded answer of `step` and `answer`, item by item.
fn difference(case: &str, step: &Value, answer: &Value) -> Vec<String> {
    let list = |value: &Value| value.as_array().cloned();
    let pairs = match (list(&step["answer"]), list(answer)) {
        (Some(django), Some(here)) if django.len() == here.len() => {
            django.into_iter().zip(here).collect()
        }
        _ => vec![(step["answer"].clone(), answer.clone())],
    };
    let unequal = pairs.into_iter().filter(|(django, here)| django != here);
    let source = step["source"].as_str().unwrap_or_default();
    unequal
        .map(|(django, here)| format!("{case}: {source}\n    Django: {django}\n    djr:    {here}"))
        .collect()
}
