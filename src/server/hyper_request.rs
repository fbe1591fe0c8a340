//! Requests of hyper as requests that middleware and views see.

use std::net::IpAddr;

use hyper::HeaderMap;
use hyper::header::HeaderValue;
use hyper::http::request::Parts;

use crate::http::{Headers, HttpRequest, InvalidTarget, Method, RequestBody};

/// The request of this head and body, from the client at `peer`.
pub(super) fn from_hyper(
    head: &Parts,
    body: RequestBody,
    peer: IpAddr,
) -> Result<HttpRequest, InvalidTarget> {
    let method = Method::from_name(head.method.as_str());
    let headers = from_header_map(&head.headers);
    HttpRequest::new(method, &head.uri.to_string(), headers, body, peer)
}

fn from_header_map(map: &HeaderMap) -> Headers {
    map.iter()
        .map(|(name, value)| (name.as_str(), decode(value)))
        .collect()
}

/// Decodes UTF-8, or else Latin-1, in which every byte is valid.
fn decode(value: &HeaderValue) -> String {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_owned(),
        Err(_) => value.as_bytes().iter().copied().map(char::from).collect(),
    }
}
