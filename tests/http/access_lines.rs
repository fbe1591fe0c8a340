//! The server answers who still listens, and logs each request once whatever becomes of it.

use std::thread;
use std::time::Duration;

use djr::server::ServerLimits;

use crate::test_server::{TestServer, short_limits};

fn get(path: &str) -> String {
    format!("GET {path} HTTP/1.1\r\nHost: a\r\n\r\n")
}

#[test]
fn a_client_that_closes_its_writing_half_gets_its_answers() {
    let server = TestServer::start(short_limits());
    let requests = [
        get("/quick"),
        get("/slow"),
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello".to_owned(),
        get("/large"),
        get("/stream/lines"),
    ];
    let clients: Vec<_> = requests
        .iter()
        .map(|request| {
            let mut client = server.connect();
            client.send(format!("{request}{}", get("/last")));
            client.close_write();
            client
        })
        .collect();
    for mut client in clients {
        let answers = client.rest();
        assert_eq!(answers.matches("HTTP/1.1 200 OK\r\n").count(), 2);
        assert!(answers.ends_with("GET /last 0"), "{answers}");
    }
    assert_eq!(server.stopped().1.len(), 2 * requests.len());
}

#[test]
fn a_request_has_one_access_line_though_its_client_hangs_up() {
    let server = TestServer::start(short_limits());
    for path in ["/slow", "/quick", "/large", "/stream/lines"] {
        server.connect().send(get(path));
        // A socket that is closed with unread bytes resets the connection.
        let mut resetting = server.connect();
        resetting.send(format!("{}{}", get("/first"), get(path)));
        thread::sleep(Duration::from_millis(50));
    }
    let mut half = server.connect();
    half.send("POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhel");
    drop(half);
    thread::sleep(Duration::from_millis(600));
    let (_, lines) = server.stopped();
    let count = |start: &str| lines.iter().filter(|line| line.starts_with(start)).count();
    for path in ["GET /slow", "GET /quick", "GET /large", "GET /stream/lines"] {
        assert_eq!(count(path), 2, "{path}: {lines:?}");
    }
    assert_eq!(count("POST /half HTTP/1.1 400 "), 1, "{lines:?}");
}

#[test]
fn a_request_that_is_cut_off_has_an_access_line() {
    let server = TestServer::start(ServerLimits {
        shutdown_timeout: Duration::from_millis(50),
        ..short_limits()
    });
    let mut client = server.connect();
    client.send(get("/slow"));
    thread::sleep(Duration::from_millis(100));
    let (_, lines) = server.stopped();
    assert_eq!(lines, ["GET /slow HTTP/1.1 499 0"]);
}

#[test]
fn the_access_line_says_how_many_bytes_of_the_body_were_sent() {
    let server = TestServer::start(short_limits());
    for path in ["/stream/lines", "/stream/sized", "/stream/error", "/quick"] {
        let mut client = server.connect();
        client.send(get(path));
        client.close_write();
        client.rest();
    }
    server.exchange("HEAD /large HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    let (_, mut lines) = server.stopped();
    lines.sort();
    assert_eq!(
        lines,
        [
            "GET /quick HTTP/1.1 200 12",
            "GET /stream/error HTTP/1.1 200 5",
            "GET /stream/lines HTTP/1.1 200 6",
            "GET /stream/sized HTTP/1.1 200 6",
            "HEAD /large HTTP/1.1 200 0",
        ]
    );
}
