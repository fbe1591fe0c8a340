//! What Django does with pages, recorded.

use std::time::Duration;

use serde_json::{Value, json};

use super::{now, pages, request, uri};
use crate::http::{BodyStream, Headers, Method, Response, SetCookie};
use crate::page_cache::page_key::{PageKeys, names_in_vary};
use crate::page_cache::{PageCaching, PageLookup};

fn golden(part: &str) -> Vec<Value> {
    let text = include_str!("../../../tests/parity/golden/page_cache.json");
    let golden: Value = serde_json::from_str(text).unwrap();
    golden[part].as_array().unwrap().clone()
}

fn headers(fields: &Value) -> Headers {
    let fields = fields.as_object().into_iter().flatten();
    fields
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect()
}

/// The names of headers that WSGI has under these names.
fn names(list: &Value) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    list.map(|name| {
        name.as_str()
            .unwrap()
            .trim_start_matches("HTTP_")
            .replace('_', "-")
    })
    .collect()
}

#[test]
fn keys_are_those_of_django() {
    for case in golden("keys") {
        let mut fields = headers(&case["headers"]);
        fields.set("Host", case["host"].as_str().unwrap());
        let method = case["method"].as_str().unwrap();
        let mut request = request(method, case["path"].as_str().unwrap(), fields);
        request.https = case["secure"].as_bool().unwrap();
        assert_eq!(uri(&request), case["uri"].as_str().unwrap(), "{case}");
        let keys = PageKeys::new(case["prefix"].as_str().unwrap(), &uri(&request), "UTC");
        let page = keys.of_page(&request.method, &request.headers, &names(&case["names"]));
        assert_eq!(page, case["page_key"].as_str().unwrap(), "{case}");
        assert_eq!(
            keys.of_names(),
            case["header_key"].as_str().unwrap(),
            "{case}"
        );
    }
}

#[test]
fn keys_are_those_of_the_vectors() {
    let text = include_str!("../../../tests/vectors/cache.json");
    let vectors: Value = serde_json::from_str(text).unwrap();
    for case in vectors["page_keys"].as_array().unwrap() {
        if case["USE_I18N"] != true || case["USE_TZ"] != true {
            continue;
        }
        let fields = case["headers"].as_object().unwrap().iter();
        let fields = fields.map(|(name, value)| {
            let name = name.trim_start_matches("HTTP_").replace('_', "-");
            (name, value.as_str().unwrap().to_owned())
        });
        let fields: Headers = fields.collect();
        let uri = case["absolute_uri"].as_str().unwrap();
        let keys = PageKeys::new(case["key_prefix"].as_str().unwrap(), uri, "UTC");
        let method = Method::from_name(case["method"].as_str().unwrap());
        let page = keys.of_page(&method, &fields, &names(&case["headerlist"]));
        assert_eq!(page, case["page_key"].as_str().unwrap(), "{case}");
        assert_eq!(
            keys.of_names(),
            case["header_key"].as_str().unwrap(),
            "{case}"
        );
    }
}

#[test]
fn the_headers_that_count_are_those_of_django() {
    for case in golden("learned") {
        let vary = case[0].as_str().map(|vary| ("Vary", vary));
        let found = names_in_vary(&vary.into_iter().collect());
        assert_eq!(found, names(&case[1]), "{case}");
    }
}

/// The response of a recorded view.
fn response(page: &Value) -> Response {
    let status = page["status"].as_u64().unwrap_or(200);
    let mut response = Response::html(u16::try_from(status).unwrap(), "page");
    if page["streaming"] == true {
        response.body = BodyStream::new(std::iter::once(Ok(b"page".to_vec()))).into();
    }
    for (name, value) in headers(&page["headers"]).iter() {
        response.headers.set(name, value);
    }
    if page["cookie"] == true {
        response.set_cookie(SetCookie::new("a", "1"));
    }
    response
}

#[test]
fn pages_are_kept_where_django_keeps_them() {
    for case in golden("kept") {
        let page = &case["page"];
        let method = page["method"].as_str().unwrap_or("GET");
        let request = request(method, "/x/?a=1", headers(&page["request"]));
        let caching = PageCaching {
            timeout: case["seconds"].as_u64().map(Duration::from_secs),
            ..PageCaching::default()
        };
        let pages = pages();
        let slot = pages.slot(&request, "http://testserver/x/?a=1".to_owned(), &caching);
        let slot = slot.unwrap();
        let mut first = response(page);
        if let Some(slot) = &slot {
            slot.keep(&mut first, now()).unwrap();
        }
        assert_eq!(written(&first), case["first"], "{case}");
        let later = now().after(Duration::from_secs(7));
        let found = slot.map(|slot| slot.find(later).unwrap());
        match found {
            Some(PageLookup::Found(second)) => {
                assert!(case["hit"] == true, "{case}");
                assert_eq!(written(&second), case["second"], "{case}");
                assert_eq!(second.body.as_bytes(), Some(&b"page"[..]));
            }
            _ => assert!(case["hit"] == false, "{case}"),
        }
    }
}

fn written(response: &Response) -> Value {
    json!(["Vary", "Cache-Control", "Expires", "Age"].map(|name| response.headers.get(name)))
}
