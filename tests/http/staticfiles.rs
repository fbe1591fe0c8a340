//! Static files over HTTP: types, conditions, ranges, and paths that lead elsewhere.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Duration;

use djr::staticfiles::{StaticFiles, StaticSource};
use tempfile::TempDir;

use crate::test_server::{Client, RawResponse, TestServer, short_limits};

/// For how long a file may be served as it was.
const UNCHANGED_FOR: Duration = Duration::from_millis(1100);

/// A server of collected files, beside a secret that is none of them.
struct StaticSite {
    _directory: TempDir,
    root: PathBuf,
    server: TestServer,
}

impl StaticSite {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().join("staticfiles");
        fs::create_dir_all(root.join("css")).unwrap();
        fs::write(directory.path().join("secret.txt"), "secret").unwrap();
        fs::write(root.join("css/a.css"), "0123456789").unwrap();
        fs::write(root.join("empty.txt"), "").unwrap();
        let files = StaticFiles::new("/static/", StaticSource::Root(root.clone()));
        Self {
            _directory: directory,
            root,
            server: TestServer::start_with(short_limits(), Some(files)),
        }
    }

    fn client(&self) -> Client {
        self.server.connect()
    }

    fn get(&self, path: &str, headers: &[&str]) -> RawResponse {
        let mut client = self.client();
        client.send(request("GET", path, headers));
        client.response()
    }
}

fn request(method: &str, path: &str, headers: &[&str]) -> String {
    let head = format!("{method} {path} HTTP/1.1\r\nHost: a");
    let lines = [&[head.as_str()], headers, &["", ""]].concat();
    lines.join("\r\n")
}

#[test]
fn sends_a_file_with_its_type_and_its_version() {
    let site = StaticSite::new();
    let answer = site.get("/static/css/a.css", &[]);
    assert_eq!((answer.status, answer.text().as_str()), (200, "0123456789"));
    for (name, value) in [
        ("content-type", "text/css; charset=utf-8"),
        ("content-length", "10"),
        ("accept-ranges", "bytes"),
        ("cache-control", "max-age=60, public"),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    let etag = answer.header("etag").unwrap();
    assert!(etag.starts_with('"') && etag.ends_with('"'), "{etag}");
    assert!(answer.header("last-modified").unwrap().ends_with(" GMT"));
    let empty = site.get("/static/empty.txt", &[]);
    assert_eq!(
        (empty.status, empty.header("content-length")),
        (200, Some("0"))
    );
}

#[test]
fn knows_the_types_of_the_web() {
    let site = StaticSite::new();
    for (name, kind) in [
        ("a.html", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.json", "application/json"),
        ("a.svg", "image/svg+xml"),
        ("a.png", "image/png"),
        ("a.woff2", "font/woff2"),
        ("a.wasm", "application/wasm"),
        ("a.webp", "image/webp"),
        ("a.pdf", "application/pdf"),
        ("a.unheard-of", "application/octet-stream"),
        ("é ü.TXT", "text/plain; charset=utf-8"),
    ] {
        fs::write(site.root.join(name), "x").unwrap();
        let path = format!("/static/{}", djr::http::percent::encode(name, ""));
        let answer = site.get(&path, &[]);
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(kind)),
            "{name}"
        );
    }
}

#[test]
fn a_client_that_has_the_file_gets_304() {
    let site = StaticSite::new();
    let first = site.get("/static/css/a.css", &[]);
    let (etag, date) = (
        first.header("etag").unwrap(),
        first.header("last-modified").unwrap(),
    );
    for condition in [
        format!("If-None-Match: {etag}"),
        format!("If-Modified-Since: {date}"),
    ] {
        let answer = site.get("/static/css/a.css", &[&condition]);
        assert_eq!((answer.status, answer.body.len()), (304, 0));
        assert_eq!(answer.header("etag"), Some(etag));
    }
    fs::write(site.root.join("css/a.css"), "abcdefghij").unwrap();
    thread::sleep(UNCHANGED_FOR);
    let changed = site.get("/static/css/a.css", &[&format!("If-None-Match: {etag}")]);
    assert_eq!(
        (changed.status, changed.text().as_str()),
        (200, "abcdefghij")
    );
    let failed = site.get("/static/css/a.css", &["If-Match: \"other\""]);
    assert_eq!(failed.status, 412);
}

#[test]
fn sends_the_ranges_that_are_asked_for() {
    let site = StaticSite::new();
    for (range, content_range, body) in [
        ("bytes=2-4", "bytes 2-4/10", "234"),
        ("bytes=7-", "bytes 7-9/10", "789"),
        ("bytes=-2", "bytes 8-9/10", "89"),
        ("bytes=5-99", "bytes 5-9/10", "56789"),
    ] {
        let answer = site.get("/static/css/a.css", &[&format!("Range: {range}")]);
        assert_eq!(
            (answer.status, answer.text().as_str()),
            (206, body),
            "{range}"
        );
        assert_eq!(answer.header("content-range"), Some(content_range));
    }
    let beyond = site.get("/static/css/a.css", &["Range: bytes=10-"]);
    assert_eq!(
        (beyond.status, beyond.header("content-range")),
        (416, Some("bytes */10"))
    );
    let senseless = site.get("/static/css/a.css", &["Range: bytes=x"]);
    assert_eq!((senseless.status, senseless.body.len()), (200, 10));
    let old = site.get(
        "/static/css/a.css",
        &["Range: bytes=0-1", "If-Range: \"old\""],
    );
    assert_eq!((old.status, old.body.len()), (200, 10));
    let empty = site.get("/static/empty.txt", &["Range: bytes=0-"]);
    assert_eq!(empty.status, 416);
}

#[test]
fn sends_several_ranges_as_parts() {
    let site = StaticSite::new();
    let answer = site.get("/static/css/a.css", &["Range: bytes=0-1, -2"]);
    assert_eq!(answer.status, 206);
    let kind = answer.header("content-type").unwrap();
    let boundary = kind
        .strip_prefix("multipart/byteranges; boundary=")
        .unwrap();
    let part = |range: &str, body: &str| {
        let kind = "Content-Type: text/css; charset=utf-8";
        format!("\r\n--{boundary}\r\n{kind}\r\nContent-Range: bytes {range}/10\r\n\r\n{body}")
    };
    let expected = [
        part("0-1", "01"),
        part("8-9", "89"),
        format!("\r\n--{boundary}--\r\n"),
    ];
    assert_eq!(answer.text(), expected.concat());
}

#[test]
fn streams_a_large_file_whole_and_in_part() {
    let site = StaticSite::new();
    let content: Vec<u8> = (0..3_000_000_u32).flat_map(u32::to_le_bytes).collect();
    fs::write(site.root.join("large.bin"), &content).unwrap();
    assert!(site.get("/static/large.bin", &[]).body == content);
    let part = site.get("/static/large.bin", &["Range: bytes=1000000-9000000"]);
    assert!(part.body == content[1_000_000..=9_000_000]);
    let mut client = site.client();
    client.send(request("HEAD", "/static/large.bin", &["Connection: close"]));
    let head = client.rest();
    assert!(
        head.contains("content-length: 12000000\r\n") && head.ends_with("\r\n\r\n"),
        "{head}"
    );
}

#[test]
fn a_file_that_the_system_sends_is_whole_in_part_and_among_others() {
    let site = StaticSite::new();
    let content: Vec<u8> = (0..200_000_u32).flat_map(u32::to_le_bytes).collect();
    fs::write(site.root.join("kept.bin"), &content).unwrap();
    // From here on it is known not to change.
    thread::sleep(Duration::from_millis(100));
    let first = site.get("/static/kept.bin", &[]);
    assert!(first.body == content);
    let tag = first.header("etag").unwrap();
    let mut client = site.client();
    for _ in 0..3 {
        client.send(request("GET", "/static/kept.bin", &[]));
        let again = client.response();
        assert!(again.body == content && again.header("etag") == Some(tag));
        client.send(request(
            "GET",
            "/static/kept.bin",
            &["Range: bytes=100001-700000"],
        ));
        assert!(client.response().body == content[100_001..=700_000]);
        client.send(request(
            "GET",
            "/static/kept.bin",
            &["Range: bytes=5-9,799990-"],
        ));
        let parts = client.response();
        let has = |part: &[u8]| parts.body.windows(part.len()).any(|window| window == part);
        assert!(parts.status == 206 && has(&content[5..=9]) && has(&content[799_990..]));
        client.send(request(
            "GET",
            "/static/kept.bin",
            &[&format!("If-None-Match: {tag}")],
        ));
        assert_eq!(client.response().status, 304);
        client.send(request("GET", "/static/css/a.css", &[]));
        assert_eq!(client.response().text(), "0123456789");
    }
    // Many at once on one connection, read when all of them are on their way.
    let pipelined = ["kept.bin", "css/a.css", "kept.bin", "empty.txt", "kept.bin"];
    for name in pipelined {
        client.send(request("GET", &format!("/static/{name}"), &[]));
    }
    thread::sleep(Duration::from_millis(100));
    for name in pipelined {
        let content = fs::read(site.root.join(name)).unwrap();
        assert!(client.response().body == content, "{name}");
    }
    // The body that HEAD leaves out is not the next one.
    client.send(request("HEAD", "/static/kept.bin", &[]));
    let last = ["Range: bytes=4-7", "Connection: close"];
    client.send(request("GET", "/static/kept.bin", &last));
    let both = client.rest();
    assert!(both.contains("content-length: 800000\r\n"), "{both}");
    assert!(both.ends_with("\r\n\r\n\u{1}\0\0\0"), "{both}");
}

#[test]
fn a_file_that_becomes_shorter_while_it_is_sent_ends_the_connection() {
    let site = StaticSite::new();
    let path = site.root.join("kept.bin");
    fs::write(&path, vec![b'x'; 2_000_000]).unwrap();
    thread::sleep(Duration::from_millis(100));
    site.get("/static/kept.bin", &[]);
    fs::write(&path, "short").unwrap();
    let mut client = site.client();
    client.send(request("GET", "/static/kept.bin", &[]));
    let answer = client.rest();
    assert!(answer.contains("content-length: 2000000\r\n"), "{answer}");
    assert!(
        answer.ends_with("\r\n\r\nshort"),
        "what is missing is not made up"
    );
    thread::sleep(UNCHANGED_FOR);
    assert_eq!(site.get("/static/kept.bin", &[]).text(), "short");
}

#[test]
fn a_change_of_a_file_shows_a_second_later() {
    let site = StaticSite::new();
    thread::sleep(Duration::from_millis(100));
    assert_eq!(site.get("/static/css/a.css", &[]).text(), "0123456789");
    fs::write(site.root.join("css/a.css"), "changed").unwrap();
    thread::sleep(UNCHANGED_FOR);
    assert_eq!(site.get("/static/css/a.css", &[]).text(), "changed");
    fs::remove_file(site.root.join("css/a.css")).unwrap();
    thread::sleep(UNCHANGED_FOR);
    assert_eq!(
        site.get("/static/css/a.css", &[]).text(),
        "GET /static/css/a.css 0"
    );
}

#[test]
fn only_reads() {
    let site = StaticSite::new();
    let mut client = site.client();
    client.send(request("POST", "/static/css/a.css", &["Content-Length: 0"]));
    let answer = client.response();
    assert_eq!(
        (answer.status, answer.header("allow")),
        (405, Some("GET, HEAD"))
    );
}

#[test]
fn no_path_leads_out_of_the_root() {
    let site = StaticSite::new();
    symlink("../secret.txt", site.root.join("leak.txt")).unwrap();
    symlink("..", site.root.join("up")).unwrap();
    symlink("css/a.css", site.root.join("inside.css")).unwrap();
    for path in [
        "/static/../secret.txt",
        "/static/%2e%2e/secret.txt",
        "/static/%2E%2E%2Fsecret.txt",
        "/static/..%2fsecret.txt",
        "/static/css/../../secret.txt",
        "/static/css/%2e%2e/%2e%2e/secret.txt",
        "/static/.%2e/secret.txt",
        "/static/%252e%252e/secret.txt",
        "/static/%c0%ae%c0%ae/secret.txt",
        "/static/..%5csecret.txt",
        "/static/..\\secret.txt",
        "/static//secret.txt",
        "/static/%2fetc/passwd",
        "/static//etc/passwd",
        "/static/css/a.css%00.txt",
        "/static/css%00/a.css",
        "/static/leak.txt",
        "/static/up/secret.txt",
        "http://a/static/../secret.txt",
    ] {
        let answer = site.get(path, &[]);
        let text = answer.text();
        // The views get what is not a static file, and the toy echoes the path.
        assert!(
            text.starts_with("GET /static/") || answer.status == 400,
            "{path}: {text}"
        );
    }
    assert_eq!(site.get("/static/inside.css", &[]).text(), "0123456789");
    assert_eq!(site.get("/%73tatic/css/a%2Ecss", &[]).text(), "0123456789");
}

#[test]
fn lists_no_directory_and_opens_no_pipe() {
    let site = StaticSite::new();
    let pipe = Command::new("mkfifo").arg(site.root.join("pipe")).status();
    assert!(pipe.unwrap().success());
    for path in [
        "/static/",
        "/static",
        "/static/css",
        "/static/css/",
        "/static/pipe",
        "/static/none.css",
    ] {
        let answer = site.get(path, &[]);
        assert_eq!(answer.text(), format!("GET {path} 0"));
    }
}
