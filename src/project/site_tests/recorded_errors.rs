//! What pages of errors are told, beside what Django's are (`tests/parity/record_errors.py`).

use serde_json::Value;

use super::test_site::{Browser, TestSite, text};
use crate::http::percent::{encode, safe};

const GOLDEN: &str = include_str!("../../../tests/parity/golden/errors.json");

const URLS: &str = "
[[urls]]
path = 'users/<int:pk>/'
view = 'generic.detail'
model = 'auth.User'
template = 'page.html'

[[urls]]
path = 'broken/'
view = 'template'
template = 'broken.html'

[[urls]]
path = 'closed/'
view = 'generic.detail'
model = 'auth.User'
template = 'page.html'
kwargs = { pk = 1 }
may = { username = 'nobody' }

[[urls]]
path = 'form/'
view = 'redirect'
url = '/'
";

/// The site of the recording.
fn site(golden: &Value) -> TestSite {
    let site = TestSite::new("allowed_hosts = ['testserver']\nappend_slash = false");
    site.write("urls.toml", URLS);
    site.write("templates/page.html", "");
    for (name, page) in golden["templates"].as_object().unwrap() {
        site.write(&format!("templates/{name}"), page.as_str().unwrap());
    }
    site
}

fn browser(site: &TestSite) -> Browser {
    site.browser().header("Host", "testserver")
}

fn answer(found: &crate::http::Response) -> (u64, String) {
    (found.status.into(), text(found).to_owned())
}

fn expected(row: &Value) -> (u64, String) {
    let body = row["body"].as_str().unwrap();
    (row["status"].as_u64().unwrap(), body.to_owned())
}

#[test]
fn pages_of_errors_are_told_what_djangos_are() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let site = site(&golden);
    for row in golden["pages"].as_array().unwrap() {
        let path = encode(row["path"].as_str().unwrap(), safe::SLASH);
        let browser = match row["host"].as_str() {
            Some(host) => site.browser().header("Host", host),
            None => browser(&site),
        };
        assert_eq!(answer(&browser.get(&path)), expected(row), "{path}");
    }
}

#[test]
fn the_page_of_a_refused_form_is_told_djangos_reasons() {
    let golden: Value = serde_json::from_str(GOLDEN).unwrap();
    let site = site(&golden);
    for row in golden["forms"].as_array().unwrap() {
        let mut browser = browser(&site);
        if let Some(cookie) = row["cookie"].as_str() {
            browser.set_cookie("csrftoken", cookie);
        }
        for (name, value) in row["headers"].as_object().into_iter().flatten() {
            browser = browser.header(name, value.as_str().unwrap());
        }
        let token = row["token"].as_str();
        let fields: Vec<_> = token
            .map(|token| ("csrfmiddlewaretoken", token))
            .into_iter()
            .collect();
        assert_eq!(
            answer(&browser.post("/form/", &fields)),
            expected(row),
            "{row}"
        );
    }
}
