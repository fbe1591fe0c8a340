//! Error responses of the server itself, and responses in the form that hyper sends.

use std::borrow::Cow;
use std::fmt::Write as _;

use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{HeaderMap, StatusCode};

use crate::http::{Headers, Response, reason_phrase};
use crate::server::response_body::ResponseBody;

/// A response in the form that hyper sends.
pub(super) type HyperResponse = hyper::Response<ResponseBody>;

/// The plain page for an error status: its number, its reason phrase, and what the client can do.
pub(super) fn error_response(status: u16) -> Response {
    let mut response = Response::text(
        status,
        format!("{status} {}\n{}", reason_phrase(status), advice(status)),
    );
    if status == 503 {
        response.headers.append("Retry-After", "1");
    }
    response
}

fn advice(status: u16) -> &'static str {
    match status {
        400 => "the request is not valid HTTP\n",
        408 => "the request took too long to arrive\n",
        413 => "the body of the request is too large\n",
        431 => "the head of the request is too large\n",
        501 => "this server is not a proxy\n",
        503 => "too many requests wait; try again soon\n",
        505 => "this server speaks HTTP/1.1\n",
        _ => "",
    }
}

/// The whole of `response`, which is in memory, as bytes, for a connection that hyper has given up.
pub(super) fn to_bytes(response: &Response) -> Vec<u8> {
    let status = response.status;
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason_phrase(status));
    for (name, value) in response.headers.iter() {
        // Writing to a string cannot fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let body = response.body.as_bytes().unwrap_or_default();
    let size = body.len();
    let _ = write!(head, "Content-Length: {size}\r\nConnection: close\r\n\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend(body);
    bytes
}

/// Converts `response`, its cookies included; headers that HTTP does not allow are left out.
pub(super) fn into_hyper(response: Response) -> HyperResponse {
    let response = response.with_cookie_headers();
    let status = StatusCode::from_u16(response.status);
    let headers = to_header_map(response.headers);
    let mut converted = hyper::Response::new(ResponseBody::from(response.body));
    *converted.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *converted.headers_mut() = headers;
    converted
}

/// `text` in the encoding that headers have beyond ASCII; `None` where it has none in that.
fn latin_1(text: &str) -> Option<Vec<u8>> {
    text.chars()
        .map(|c| u8::try_from(u32::from(c)).ok())
        .collect()
}

fn to_header_map(headers: Headers) -> HeaderMap {
    let mut map = HeaderMap::with_capacity(16);
    for (name, value) in headers.into_fields() {
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = match value {
            text if !text.is_ascii() => {
                let Some(bytes) = latin_1(&text) else {
                    continue;
                };
                HeaderValue::from_maybe_shared(Bytes::from(bytes))
            }
            Cow::Borrowed(text) => {
                HeaderValue::from_maybe_shared(Bytes::from_static(text.as_bytes()))
            }
            Cow::Owned(text) => HeaderValue::from_maybe_shared(Bytes::from(text)),
        };
        if let (Ok(name), Ok(value)) = (name, value) {
            map.append(name, value);
        }
    }
    // Hyper writes this header itself, from the size of the body.
    map.remove(hyper::header::CONTENT_LENGTH);
    map
}
