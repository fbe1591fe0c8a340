//! Answers of the server itself, and answers as hyper sends them.

use std::fmt::Write as _;

use hyper::body::Bytes;
use hyper::header::{HeaderName, HeaderValue};
use hyper::{HeaderMap, StatusCode};

use crate::http::{Headers, Response, reason};
use crate::server::content::Content;

/// An answer as hyper sends it.
pub(super) type Outgoing = hyper::Response<Content>;

/// The plain page of a failure: its status, its name, and what the client can do.
pub(super) fn response(status: u16) -> Response {
    let mut response = Response::text(
        status,
        format!("{status} {}\n{}", reason(status), advice(status)),
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
        501 => "this server is no proxy\n",
        503 => "too many requests wait; try again soon\n",
        505 => "this server speaks HTTP/1.1\n",
        _ => "",
    }
}

/// The whole answer as bytes, for a connection that hyper gave up.
pub(super) fn raw(status: u16) -> Vec<u8> {
    let response = response(status);
    let mut head = format!("HTTP/1.1 {status} {}\r\n", reason(status));
    for (name, value) in response.headers.iter() {
        // Writing to a string cannot fail.
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let size = response.body.len();
    let _ = write!(head, "Content-Length: {size}\r\nConnection: close\r\n\r\n");
    let mut bytes = head.into_bytes();
    bytes.extend(response.body);
    bytes
}

/// `response` with its cookies, as hyper sends it.
pub(super) fn outgoing(response: Response) -> Outgoing {
    let response = response.sealed();
    let body = Content::from(Bytes::from(response.body));
    build(response.status, &response.headers, body)
}

/// An answer of these parts; headers that cannot be sent are left out.
pub(super) fn build(status: u16, headers: &Headers, content: Content) -> Outgoing {
    let mut outgoing = hyper::Response::new(content);
    *outgoing.status_mut() =
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    *outgoing.headers_mut() = header_map(headers);
    outgoing
}

fn header_map(headers: &Headers) -> HeaderMap {
    let mut map = HeaderMap::with_capacity(16);
    for (name, value) in headers.iter() {
        let name = HeaderName::from_bytes(name.as_bytes());
        if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
            map.append(name, value);
        }
    }
    // Hyper writes this one, from the body it sends.
    map.remove(hyper::header::CONTENT_LENGTH);
    map
}
