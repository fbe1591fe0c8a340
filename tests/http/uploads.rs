//! Forms with files while they come: what is kept where, and that nothing is left of them.

use std::thread;
use std::time::{Duration, Instant};

use djr::http::FormLimits;
use djr::server::{ServerLimits, ShutdownOutcome};

use crate::test_server::{Client, TestServer, short_limits};

/// The head of a form whose parts `b` separates, and which is sent in chunks or by its size.
pub(crate) fn head(path: &str, size: Option<usize>) -> String {
    let length = match size {
        Some(size) => format!("Content-Length: {size}"),
        None => "Transfer-Encoding: chunked".to_owned(),
    };
    format!(
        "POST {path} HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\n{length}\r\n\r\n"
    )
}

pub(crate) fn post(body: &[u8]) -> Vec<u8> {
    [head("/", Some(body.len())).as_bytes(), body].concat()
}

pub(crate) fn field(name: &str, value: &str) -> Vec<u8> {
    format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        .into_bytes()
}

pub(crate) fn file(name: &str, size: usize) -> Vec<u8> {
    let head =
        format!("--b\r\nContent-Disposition: form-data; name=f; filename=\"{name}\"\r\n\r\n");
    [head.as_bytes(), &vec![b'x'; size], b"\r\n"].concat()
}

fn form(parts: &[Vec<u8>]) -> Vec<u8> {
    [parts.concat(), b"--b--\r\n".to_vec()].concat()
}

/// Waits until `condition`, for a moment.
fn eventually(condition: impl Fn() -> bool) -> bool {
    let started = Instant::now();
    while !condition() {
        if started.elapsed() > Duration::from_secs(5) {
            return false;
        }
        thread::sleep(Duration::from_millis(5));
    }
    true
}

/// A client that has sent half of a large file.
fn half_sent(server: &TestServer) -> Client {
    let mut client = server.connect();
    client.send(head("/", Some(4_000_000)));
    client.send(file("large.bin", 1_000_000));
    assert!(eventually(|| server.files_on_disk() == 1));
    client
}

#[test]
fn small_files_are_in_memory_and_large_ones_on_disk_as_long_as_the_request() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    client.send(post(&form(&[
        field("a", "1"),
        file("small.txt", 100),
        file("large.bin", 3_000_000),
    ])));
    assert_eq!(
        client.response().text(),
        "POST / a=1; f=\"small.txt\", 100 bytes in memory; f=\"large.bin\", 3000000 bytes in disk"
    );
    assert!(eventually(|| server.files_on_disk() == 0));
    client.send("GET /after HTTP/1.1\r\nHost: a\r\n\r\n");
    assert_eq!(
        client.response().text(),
        "GET /after 0",
        "the connection goes on"
    );
}

#[test]
fn a_form_comes_in_pieces_of_any_size() {
    let server = TestServer::start(ServerLimits {
        body_timeout: Duration::from_secs(20),
        ..short_limits()
    });
    let body = form(&[field("a", "1"), file("b.txt", 10)]);
    let mut client = server.connect();
    client.send(head("/", None));
    for byte in &body {
        client.send(format!("1\r\n{}\r\n", char::from(*byte)));
    }
    client.send("0\r\n\r\n");
    assert_eq!(
        client.response().text(),
        "POST / a=1; f=\"b.txt\", 10 bytes in memory"
    );
}

#[test]
fn nothing_is_left_when_the_client_leaves() {
    let server = TestServer::start(ServerLimits {
        body_timeout: Duration::from_secs(20),
        ..short_limits()
    });
    drop(half_sent(&server));
    assert!(eventually(|| server.files_on_disk() == 0));
}

#[test]
fn nothing_is_left_when_the_rest_does_not_come() {
    let server = TestServer::start(ServerLimits {
        upload_size: 4_000_000,
        ..short_limits()
    });
    let mut client = server.connect();
    client.send(head("/", Some(400_000)));
    client.send(file("large.bin", 300_000));
    let started = Instant::now();
    assert!(client.rest().starts_with("HTTP/1.1 408 "));
    // Each 16 KiB that came give a second more, and no more than that.
    assert!(started.elapsed() < Duration::from_secs(20));
    assert!(eventually(|| server.files_on_disk() == 0));
}

#[test]
fn nothing_is_left_when_the_view_panics() {
    let server = TestServer::start(short_limits());
    let body = form(&[file("large.bin", 1_000_000)]);
    let mut client = server.connect();
    client.send(head("/panic", Some(body.len())));
    client.send(&body);
    assert_eq!(client.response().status, 500);
    assert!(eventually(|| server.files_on_disk() == 0));
}

#[test]
fn nothing_is_left_when_the_form_is_broken() {
    let server = TestServer::start(short_limits());
    for (tail, reason) in [
        (field("", "1")[..20].to_vec(), "ends within its head"),
        (
            b"--b\r\nX\r\n\r\nvalue\r\n--b--".to_vec(),
            "has a header without `:`",
        ),
    ] {
        let body = [file("large.bin", 1_000_000), tail].concat();
        let mut client = server.connect();
        client.send(post(&body));
        let answer = client.response().text();
        assert!(answer.contains(reason), "{answer}");
        assert!(eventually(|| server.files_on_disk() == 0));
    }
}

#[test]
fn nothing_is_left_when_the_server_stops() {
    for signals in [1, 2] {
        let server = TestServer::start(ServerLimits {
            body_timeout: Duration::from_secs(20),
            shutdown_timeout: Duration::from_millis(50),
            ..short_limits()
        });
        let directory = server.upload_directory();
        let client = half_sent(&server);
        for _ in 0..signals {
            server.shutdown.request();
        }
        let (outcome, _) = server.ended_keeping(|| {
            let left = std::fs::read_dir(&directory).unwrap().count();
            assert_eq!(left, 0, "signals: {signals}");
        });
        assert_eq!(outcome, ShutdownOutcome::CutOff { connections: 1 });
        drop(client);
    }
}

#[test]
fn a_form_that_cannot_be_read_ends_the_connection_with_its_page() {
    let server = TestServer::start(short_limits());
    let mut client = server.connect();
    // 4 MB are announced, and a mistake comes with the first of them.
    client.send(head("/", Some(4_000_000)));
    client.send(b"--b\r\nX\r\n\r\n");
    client.send(vec![b'x'; 600_000]);
    let answer = client.rest();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("connection: close"), "{answer}");
    assert!(answer.contains("has a header without `:`"), "{answer}");
}

#[test]
fn a_form_is_limited_as_a_whole_in_its_fields_and_in_its_files() {
    let server = TestServer::start(ServerLimits {
        form: FormLimits {
            fields: 3,
            files: 2,
            field_bytes: 1000,
            memory_bytes: 10,
        },
        upload_size: 100_000,
        ..short_limits()
    });
    for (parts, told) in [
        (vec![file("a", 99_000)], "99000 bytes in disk"),
        (vec![field("a", &"x".repeat(999))], "a=x"),
        (
            vec![field("a", &"x".repeat(1000))],
            "larger than 1000 bytes",
        ),
        (vec![field("a", ""); 4], "the number of fields exceeded 3"),
        (vec![file("a", 1); 3], "the number of files exceeded 2"),
        (vec![field(&"n".repeat(1001), "")], "larger than 1000 bytes"),
    ] {
        let mut client = server.connect();
        client.send(post(&form(&parts)));
        let answer = client.response();
        assert!(answer.text().contains(told), "{told}: {}", answer.text());
    }
    let large = form(&[file("a", 100_001)]);
    let announced = server.exchange(head("/", Some(large.len())));
    assert!(announced.starts_with("HTTP/1.1 413 "), "{announced}");
    let mut client = server.connect();
    client.send(head("/", None));
    client.send(format!("{:x}\r\n", large.len()));
    client.send(&large);
    let answer = client.rest();
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(eventually(|| server.files_on_disk() == 0));
}
