//! The sites of `tests/sites/`, whose Python runs on Django too, walked as a visitor walks them; compared with what Django
//! answered (`tests/parity/record_sites.py`).

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::attacks::browser::Browser;
use crate::support::Project;

/// Headers that a visitor's browser acts on.
const SHOWN: [&str; 9] = [
    "Allow",
    "Content-Type",
    "Location",
    "Set-Cookie",
    "Vary",
    "X-Frame-Options",
    "X-Product",
    "X-Shop",
    "X-Steps",
];

/// The site `name` of `tests/sites/` in a directory of its own.
pub(crate) fn site(name: &str) -> Project {
    let source = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/sites")
        .join(name);
    let files = walkdir::WalkDir::new(&source).sort_by_file_name();
    let project = files.into_iter().fold(Project::new(), |project, entry| {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&source).unwrap();
        if entry.file_type().is_dir() {
            return project;
        }
        let content = fs::read_to_string(entry.path()).unwrap();
        project.file(path, &content)
    });
    project.migrated()
}

#[test]
fn a_visitor_sees_of_a_site_in_python_what_django_shows() {
    let recorded = include_str!("../parity/golden/sites.json");
    let recorded: Value = serde_json::from_str(recorded).unwrap();
    let project = site("first");
    let server = project.serve();
    let mut browser = Browser::new(server.address()).header("User-Agent", "walker");
    for step in recorded["first"].as_array().unwrap() {
        let answer = ask(&mut browser, step);
        assert_eq!(answer, step["answer"], "{}", step["path"]);
    }
}

/// What a visitor sees of the answer to `step`, in the form of the recording.
fn ask(browser: &mut Browser, step: &Value) -> Value {
    let method = step["method"].as_str().unwrap_or("GET");
    let path = step["path"].as_str().unwrap();
    let token = browser.cookie("csrftoken").unwrap_or_default().to_owned();
    let answer = if let Some(form) = step["form"].as_object() {
        let mut fields: Vec<_> = form
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
            .collect();
        fields.push(("csrfmiddlewaretoken", &token));
        browser.post(path, &fields)
    } else {
        let body = step["body"].as_str().unwrap_or_default();
        let own = browser.headers.len();
        for (name, value) in [
            ("X-CSRFToken", token),
            ("Content-Length", body.len().to_string()),
        ] {
            browser.headers.push((name.to_owned(), value));
        }
        let answer = browser.exchange(method, path, body);
        browser.headers.truncate(own);
        answer
    };
    let headers = SHOWN.iter().flat_map(|name| {
        let values = answer.headers(name).into_iter();
        values.map(move |value| [(*name).to_owned(), shown_header(name, value)])
    });
    let mut headers: Vec<_> = headers.collect();
    headers.sort();
    // The pages of errors are of a design of one's own.
    let is_page = answer.status < 400 || [409, 503].contains(&answer.status);
    json!({
        "status": answer.status,
        "headers": headers,
        "page": is_page.then(|| shown_page(&answer.text())),
    })
}

/// A header without what differs with each request.
fn shown_header(name: &str, value: &str) -> String {
    if name != "Set-Cookie" {
        return value.to_owned();
    }
    let (pair, attributes) = value.split_once(';').unwrap_or((value, ""));
    let (cookie, _) = pair.split_once('=').unwrap();
    let pair = match cookie {
        "csrftoken" | "sessionid" => format!("{cookie}=VALUE"),
        _ => pair.to_owned(),
    };
    let attributes = attributes.split(';').map(|attribute| {
        let is_date = attribute.trim_start().starts_with("expires=");
        if is_date { " expires=DATE" } else { attribute }
    });
    let attributes: Vec<_> = attributes.collect();
    format!("{pair};{}", attributes.join(";"))
}

/// A page without what differs with each request.
fn shown_page(page: &str) -> String {
    const FIELD: &str = "name=\"csrfmiddlewaretoken\" value=\"";
    let page = match page.split_once(FIELD) {
        Some((before, rest)) => {
            let (_, after) = rest.split_once('"').unwrap();
            format!("{before}{FIELD}TOKEN\"{after}")
        }
        None => page.to_owned(),
    };
    // Space between tags is not seen.
    let words: Vec<_> = page.split_whitespace().collect();
    words.join(" ").replace(" <", "<").replace("> ", ">")
}
