//! Who may do what in the admin: staff with each set of permissions ask djr what they asked Django
//! (`tests/parity/record_admin.py`), over the same rows.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::admin_models::{admin_site, of_staff};
use crate::attacks::browser::Browser;
use crate::support::Project;
use crate::support::page::page_text;

/// Steps that djr answers in another way than Django, and why, by what is asked.
const DIFFERENCES: [(&str, &str, &str); 0] = [];

/// The project with the people of `people.sql`, whose password is that of `ada`.
fn site_with_people() -> Project {
    let project = admin_site();
    let people = project.read("people.sql");
    let known = "UPDATE auth_user SET is_staff = 1, is_active = 1, password = (SELECT password FROM auth_user WHERE username = 'ada')";
    project
        .database()
        .execute_batch(&format!("{people}{known}"))
        .unwrap();
    project
}

/// What djr answers to `step`, as the recording has it.
fn ask(browser: &mut Browser, step: &Value) -> Value {
    let path = step["path"].as_str().unwrap();
    let answer = match step.get("form").and_then(Value::as_object) {
        None => browser.get(path),
        Some(form) => {
            let token = browser.cookie("csrftoken").unwrap_or_default().to_owned();
            let fields = form
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str().unwrap()));
            let token = [("csrfmiddlewaretoken", token.as_str())].into_iter();
            browser.post(path, &token.chain(fields).collect::<Vec<_>>())
        }
    };
    let page = answer.text();
    let links = step["shows"].as_array().into_iter().flatten();
    let shown = links.filter(|link| page.contains(&format!("href=\"{}", link.as_str().unwrap())));
    json!([
        answer.status,
        answer.header("location").unwrap_or_default(),
        shown.collect::<Vec<_>>()
    ])
}

#[test]
fn staff_with_any_permissions_are_answered_as_by_django() {
    let steps = include_str!("../admin_site/asks.json");
    let recorded: Value =
        serde_json::from_str(include_str!("../parity/golden/admin_permissions.json")).unwrap();
    let project = site_with_people();
    let server = project.serve();
    let people = recorded.as_object().unwrap().iter();
    let mut people: Vec<_> = people
        .map(|(name, answers)| {
            let browser = if name.is_empty() {
                let mut visitor = Browser::new(server.address());
                visitor.get("/admin/login/");
                visitor
            } else {
                of_staff(server.address(), name)
            };
            (name, answers.as_array().unwrap(), browser)
        })
        .collect();
    let gone = "UPDATE auth_user SET is_staff = 0 WHERE id = 116; UPDATE auth_user SET is_active = 0 WHERE id = 117";
    project.database().execute_batch(gone).unwrap();
    let mut found = String::new();
    for (name, answers, browser) in &mut people {
        let key = name.strip_prefix("person").unwrap_or("1");
        let steps: Value = serde_json::from_str(&steps.replace("KEY", key)).unwrap();
        let steps = steps.as_array().unwrap();
        assert_eq!(steps.len(), answers.len());
        for (step, expected) in steps.iter().zip(answers.iter()) {
            let answer = ask(browser, step);
            let (method, path) = (
                step["method"].as_str().unwrap(),
                step["path"].as_str().unwrap(),
            );
            let differs = DIFFERENCES
                .iter()
                .any(|(of, start, _)| *of == method && path.starts_with(start));
            if answer != *expected && !differs {
                writeln!(
                    found,
                    "{name}: {method} {path}\n  djr:    {answer}\n  Django: {expected}"
                )
                .unwrap();
            }
        }
    }
    assert!(found.is_empty(), "{found}");
    let told = page_text("django-parity.md");
    for (_, _, why) in DIFFERENCES {
        assert!(told.contains(why), "{why}");
    }
}
