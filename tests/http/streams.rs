//! Bodies that are made while they are sent.

use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use djr::http::{BodyStream, Response};

use crate::test_server::{TestServer, short_limits};

/// How many chunks of `/stream/long` were made.
static LONG_CHUNKS_MADE: AtomicUsize = AtomicUsize::new(0);

/// Far more than the buffers of a connection hold.
const LONG_CHUNKS: usize = 1000;
const LONG_CHUNK_SIZE: usize = 64 * 1024;

/// The responses of the test server below `/stream/`.
pub(crate) fn respond(path: &str) -> Option<Response> {
    let body = match path {
        "/stream/lines" => BodyStream::new((1..=3).map(|n| Ok(format!("{n}\n").into_bytes()))),
        "/stream/sized" => {
            let chunks = (1..=3).map(|n| Ok(format!("{n}\n").into_bytes()));
            BodyStream::new(chunks).with_size(6)
        }
        "/stream/error" => {
            let chunks = [Ok(b"begun".to_vec()), Err(io::Error::other("broken"))];
            BodyStream::new(chunks.into_iter())
        }
        "/stream/panic" => BodyStream::new((0..2).map(|n| {
            assert_eq!(n, 0, "a chunk that panics");
            Ok(b"begun".to_vec())
        })),
        "/stream/long" => BodyStream::new((0..LONG_CHUNKS).map(|_| {
            LONG_CHUNKS_MADE.fetch_add(1, Ordering::Relaxed);
            Ok(vec![b'x'; LONG_CHUNK_SIZE])
        })),
        _ => return None,
    };
    Some(Response::new(200, "text/plain", body))
}

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
}

#[test]
fn a_body_of_unknown_size_is_sent_in_chunks() {
    let server = TestServer::start(short_limits());
    let response = server.exchange(get("/stream/lines"));
    let (head, body) = response.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("transfer-encoding: chunked"), "{head}");
    assert_eq!(body, "2\r\n1\n\r\n2\r\n2\n\r\n2\r\n3\n\r\n0\r\n\r\n");
}

#[test]
fn a_body_of_known_size_announces_it() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    let response = client.get("/stream/sized");
    assert_eq!(response.header("content-length"), Some("6"));
    assert_eq!(response.text(), "1\n2\n3\n");
    assert_eq!(client.get("/after").text(), "GET /after 0");
}

#[test]
fn a_client_sees_that_a_body_broke_off() {
    let server = TestServer::start(short_limits());
    for path in ["/stream/error", "/stream/panic"] {
        let response = server.exchange(get(path));
        assert!(response.ends_with("5\r\nbegun\r\n"), "{path}: {response}");
    }
    assert!(server.exchange(get("/")).ends_with("GET / 0"));
}

#[test]
fn chunks_are_made_as_the_client_takes_them() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    client.send(get("/stream/long"));
    thread::sleep(Duration::from_millis(200));
    let made = LONG_CHUNKS_MADE.load(Ordering::Relaxed);
    assert!(made < LONG_CHUNKS / 2, "{made} chunks without a reader");
    let response = client.rest();
    assert!(response.ends_with("\r\n0\r\n\r\n"));
    assert!(response.len() > LONG_CHUNKS * LONG_CHUNK_SIZE);
    assert_eq!(LONG_CHUNKS_MADE.load(Ordering::Relaxed), LONG_CHUNKS);
}
