//! Services that are not there, do not answer, refuse, or break off.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use super::s3_server::S3Server;
use super::{settings, storage, storage_of};
use crate::diagnostic::Diagnostic as _;
use crate::storage::s3::S3Storage;
use crate::storage::tests::small;
use crate::storage::{Storage as _, StorageError};

/// A bucket of the service at this port.
fn at(port: u16, lines: &str) -> S3Storage {
    let keys = "access_key = 'a'\nsecret_key = 's'";
    storage_of(&format!(
        "[storages.default]\nbackend = 's3'\nbucket_name = 'b'\nendpoint_url = 'http://127.0.0.1:{port}'\n{keys}\n{lines}\n"
    ))
}

/// Everything that asks the service.
fn all(storage: &S3Storage) -> Vec<Result<(), StorageError>> {
    vec![
        storage.open("a.txt").map(drop),
        storage.create("a.txt", &small("x")),
        storage.delete("a.txt"),
        storage.exists("a.txt").map(drop),
        storage.listdir("").map(drop),
        storage.metadata("a.txt").map(drop),
        storage.walk(&mut |_| Ok(())),
    ]
}

/// A service that gives these answers, one for each connection, and the last of them for ever.
fn answering(answers: Vec<&'static str>) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    thread::spawn(move || {
        for (number, connection) in listener.incoming().enumerate() {
            let answer = answers[number.min(answers.len() - 1)];
            let Ok(mut connection) = connection else {
                return;
            };
            read_request(&mut connection);
            connection.write_all(answer.as_bytes()).ok();
        }
    });
    port
}

/// Reads a head, and the body of a short request.
fn read_request(connection: &mut TcpStream) {
    let mut read = Vec::new();
    let mut byte = [0];
    while !read.ends_with(b"\r\n\r\n") && connection.read(&mut byte).is_ok_and(|count| count > 0) {
        read.push(byte[0]);
    }
    let head = String::from_utf8_lossy(&read).to_lowercase();
    let length = head.split_once("content-length: ");
    let length = length.and_then(|(_, rest)| rest.split("\r\n").next()?.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    connection.read_exact(&mut body).ok();
}

#[test]
fn a_service_that_is_gone_or_hangs_is_not_waited_for_beyond_the_setting() {
    let closed = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = closed.local_addr().unwrap().port();
    drop(closed);
    // Connections are made, and nobody ever reads from them.
    let hanging = TcpListener::bind("127.0.0.1:0").unwrap();
    let hanging_port = hanging.local_addr().unwrap().port();
    for port in [port, hanging_port] {
        let storage = at(port, "timeout = 1");
        for outcome in all(&storage).drain(..) {
            let error = outcome.unwrap_err();
            let StorageError::Unavailable { service, .. } = &error else {
                panic!("{error:?}");
            };
            assert_eq!(*service, format!("127.0.0.1:{port}, bucket `b`"));
        }
        let start = Instant::now();
        storage.exists("a.txt").unwrap_err();
        let took = start.elapsed();
        assert!(took < Duration::from_millis(1900), "{port} {took:?}");
    }
}

#[test]
fn a_connection_that_breaks_and_a_service_that_is_busy_are_asked_again() {
    let busy = "HTTP/1.1 503 Slow Down\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    let fine = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nLast-Modified: Mon, 30 Nov 2026 16:00:00 GMT\r\nConnection: close\r\n\r\n";
    for first in [busy, "", "HTTP/1.1 2"] {
        let storage = at(answering(vec![first, first, fine]), "");
        assert!(storage.exists("a.txt").unwrap(), "{first}");
        let storage = at(answering(vec![first, fine]), "");
        storage.create("a.txt", &small("some content")).unwrap();
    }
    let storage = at(answering(vec![busy]), "");
    let error = storage.exists("a.txt").unwrap_err();
    assert!(matches!(error, StorageError::Refused { .. }), "{error:?}");
}

#[test]
fn a_file_that_breaks_off_is_not_taken_for_a_whole_one() {
    let half = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\nhalf";
    let storage = at(answering(vec![half]), "timeout = 2");
    let mut file = storage.open("a.txt").unwrap();
    let mut text = String::new();
    file.reader.read_to_string(&mut text).unwrap_err();
    // The same of a list.
    let xml =
        "HTTP/1.1 200 OK\r\nContent-Length: 500\r\nConnection: close\r\n\r\n<ListBucketResult>";
    let storage = at(answering(vec![xml]), "timeout = 2");
    storage.listdir("").unwrap_err();
    let page = "HTTP/1.1 200 OK\r\nContent-Length: 14\r\nConnection: close\r\n\r\n<html>x</html>";
    let storage = at(answering(vec![page]), "timeout = 2");
    let error = storage.listdir("").unwrap_err();
    assert!(error.to_string().contains("cannot be read"), "{error}");
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn what_a_service_refuses_is_told_with_what_to_do() {
    let bucket = storage("").settings.bucket_name;
    for (bucket, lines, code, hint) in [
        ("nobodys", "", "NoSuchBucket", "bucket_name"),
        (
            bucket.as_str(),
            "secret_key = 'wrong'",
            "SignatureDoesNotMatch",
            "AWS_SECRET_ACCESS_KEY",
        ),
        (
            bucket.as_str(),
            "access_key = 'WRONG'",
            "InvalidAccessKeyId",
            "AWS_ACCESS_KEY_ID",
        ),
    ] {
        let storage = storage_of(&settings(bucket, lines));
        let outcomes = [
            storage.create("a.txt", &small("x")),
            storage.listdir("").map(drop),
        ];
        for outcome in outcomes {
            let error = outcome.unwrap_err();
            let StorageError::Refused {
                code: found,
                service,
                ..
            } = &error
            else {
                panic!("{lines} {error:?}");
            };
            assert_eq!(found, code);
            assert!(service.contains(bucket), "{service}");
            assert!(error.hints()[0].contains(hint), "{:?}", error.hints());
            assert!(!format!("{error} {error:?}").contains("wrong"));
        }
    }
    // Without keys nobody is asked to sign.
    let anonymous = format!(
        "[storages.default]\nbackend = 's3'\nbucket_name = '{bucket}'\nendpoint_url = '{}'\n",
        S3Server::shared().endpoint()
    );
    let error = storage_of(&anonymous).exists("a.txt").unwrap_err();
    assert!(matches!(error, StorageError::Refused { .. }), "{error:?}");
}
