//! What Django writes into the headers of caches, and how it answers conditions, recorded.

use std::time::{Duration, SystemTime};

use serde_json::{Value, json};

use crate::http::{CacheDirective, Headers, Method, Response};

/// The moment of the recording.
const NOW: u64 = 1_795_191_516;

fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(NOW)
}

fn golden(part: &str) -> Vec<Value> {
    let text = include_str!("../../tests/parity/golden/page_cache.json");
    let golden: Value = serde_json::from_str(text).unwrap();
    golden[part].as_array().unwrap().clone()
}

/// Headers with one field, if it has a value.
fn with(name: &str, value: &Value) -> Headers {
    let value = value.as_str().map(|value| (name, value));
    value.into_iter().collect()
}

fn all(fields: &Value) -> Headers {
    let fields = fields.as_object().unwrap().iter();
    fields
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect()
}

/// The directives of a call of `patch_cache_control`.
fn directives(arguments: &Value) -> Vec<CacheDirective> {
    let arguments = arguments.as_object().unwrap().iter();
    arguments
        .map(|(name, value)| CacheDirective {
            name: name.replace('_', "-"),
            value: match value {
                Value::Bool(_) => None,
                Value::String(text) => Some(text.clone()),
                other => Some(other.to_string()),
            },
        })
        .collect()
}

#[test]
fn vary_is_written_as_django_writes_it() {
    for case in golden("vary") {
        let mut headers = with("Vary", &case[0]);
        let has = ["Cookie", "x-a", "*"].map(|name| headers.varies_on(name));
        assert_eq!(json!(has), case[3], "{case}");
        for name in case[1].as_array().unwrap() {
            headers.vary_on(name.as_str().unwrap());
        }
        assert_eq!(headers.get("Vary"), case[2].as_str(), "{case}");
    }
}

#[test]
fn cache_control_is_written_as_django_writes_it() {
    for case in golden("cache_control") {
        let mut headers = with("Cache-Control", &case[0]);
        headers.patch_cache_control(&directives(&case[1]));
        assert_eq!(headers.get("Cache-Control"), case[2].as_str(), "{case}");
    }
}

#[test]
fn responses_expire_when_they_do_in_django() {
    for case in golden("response_headers") {
        let headers = || {
            let mut headers = with("Cache-Control", &case[0]);
            let expires = with("Expires", &case[1]);
            expires
                .iter()
                .for_each(|(name, value)| headers.set(name, value));
            headers
        };
        let written =
            |headers: &Headers| json!([headers.get("Expires"), headers.get("Cache-Control")]);
        let (mut kept, mut never) = (headers(), headers());
        kept.patch_response_headers(now(), 50);
        assert_eq!(written(&kept), case[2], "{case}");
        never.never_cache(now());
        assert_eq!(written(&never), case[3], "{case}");
    }
}

#[test]
fn max_age_is_read_as_django_reads_it() {
    for case in golden("max_age") {
        let headers = with("Cache-Control", &case[0]);
        assert_eq!(headers.max_age(), case[1].as_i64(), "{case}");
    }
}

#[test]
fn conditions_are_answered_as_django_answers_them() {
    for case in golden("conditional") {
        let method = Method::from_name(case[0].as_str().unwrap());
        let mut response = Response::html(200, "page");
        for (name, value) in [("ETag", &case[1]), ("Last-Modified", &case[2])] {
            with(name, value)
                .iter()
                .for_each(|(name, value)| response.headers.set(name, value));
        }
        // Without anything to compare, djr asks nothing: nor does the middleware of Django.
        if case[1].is_null() && case[2].is_null() {
            continue;
        }
        let answer = response.under_conditions(&method, &all(&case[3]));
        assert_eq!(
            u64::from(answer.status),
            case[4].as_u64().unwrap(),
            "{case}"
        );
    }
}
