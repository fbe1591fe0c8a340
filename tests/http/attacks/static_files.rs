//! Attacks on the route of static files: names that lead elsewhere, files that are none, ranges, and a tree that changes
//! while it is served. `docs/static.md` lists them with what was answered.

use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::page::page_text;
use crate::support::{Project, Server};
use crate::test_server::{Client, RawResponse};

/// What no answer may hold; it is in every file beside the root.
const SECRET: &str = "what nobody may read";

/// What the one file holds that may be read.
const PUBLIC: &str = "0123456789";

/// Longer than any answer may take.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A way to ask for what is none of the static files.
struct Attack {
    /// What is tried, as the documentation says it.
    what: &'static str,
    targets: Vec<String>,
    /// The status of every answer.
    status: u16,
}

impl Attack {
    fn new(what: &'static str, targets: &[&str], status: u16) -> Self {
        let targets = targets.iter().map(ToString::to_string).collect();
        Self {
            what,
            targets,
            status,
        }
    }
}

/// What is tried by the name of a file alone.
fn names() -> Vec<Attack> {
    let longest = [
        format!("/static/{}.css", "a".repeat(300)),
        format!("/static/{}", "a/".repeat(2100)),
        format!("/static/{}/css/a.css", "%2e".repeat(300)),
        format!("/static/css/a.css{}", ".br".repeat(90)),
    ];
    vec![
        Attack::new(
            "`..` in the path",
            &[
                "/static/../secret.txt",
                "/static/css/../../secret.txt",
                "/static/css/../css/a.css",
                "/static/./css/a.css",
                "/../../../etc/passwd",
                "http://testserver/static/../secret.txt",
            ],
            404,
        ),
        Attack::new(
            "the same encoded",
            &[
                "/static/%2e%2e/secret.txt",
                "/static/%2E%2E%2Fsecret.txt",
                "/static/..%2fsecret.txt",
                "/static/.%2e/secret.txt",
                "/static/css/%2e%2e/%2e%2e/secret.txt",
                "/static%2f..%2fsecret.txt",
            ],
            404,
        ),
        Attack::new(
            "the same encoded twice",
            &[
                "/static/%252e%252e/secret.txt",
                "/static/%252e%252e%252fsecret.txt",
                "/static/%25%32%65%25%32%65/secret.txt",
            ],
            404,
        ),
        Attack::new(
            "bytes that are not UTF-8, such as a point in two bytes",
            &[
                "/static/%c0%ae%c0%ae/secret.txt",
                "/static/%e0%80%ae%e0%80%ae/secret.txt",
                "/static/css/a%ff.css",
            ],
            400,
        ),
        Attack::new(
            "backslashes",
            &[
                "/static/..\\secret.txt",
                "/static/..%5csecret.txt",
                "/static/css%5ca.css",
                "/static/css\\a.css",
            ],
            404,
        ),
        Attack::new(
            "a null byte",
            &[
                "/static/css/a.css%00.txt",
                "/static/secret.txt%00",
                "/static/%00",
            ],
            400,
        ),
        Attack::new(
            "absolute paths and empty parts",
            &[
                "/static//etc/passwd",
                "/static/%2fetc/passwd",
                "/static//css/a.css",
                "//static/css/a.css",
                "/static/css//a.css",
                "/static/file:///etc/passwd",
            ],
            404,
        ),
        Attack::new(
            "parameters and endings behind the name",
            &[
                "/static/css/a.css;x=1",
                "/static/css/a.css.",
                "/static/css/a.css%20",
                "/static/css/a.css/",
            ],
            404,
        ),
        Attack::new(
            "other letters",
            &[
                "/STATIC/css/a.css",
                "/static/CSS/a.css",
                "/static/css/A.CSS",
                "/%53tatic/css/a.css",
            ],
            404,
        ),
        Attack::new(
            "hidden files",
            &[
                "/static/.env",
                "/static/%2eenv",
                "/static/.djr-static/record",
                "/static/css/.hidden.css",
                "/.env",
            ],
            404,
        ),
        Attack::new(
            "overlong names",
            &longest.each_ref().map(String::as_str),
            404,
        ),
        Attack::new(
            "directories",
            &[
                "/static/",
                "/static",
                "/static/css",
                "/static/css/",
                "/static/css/.",
            ],
            404,
        ),
        Attack::new(
            "links that lead out of the root",
            &[
                "/static/leak.txt",
                "/static/absolute.txt",
                "/static/up/secret.txt",
                "/static/passwd",
                "/static/chain/secret.txt",
            ],
            404,
        ),
        Attack::new(
            "links that lead in a circle, or nowhere",
            &["/static/circle", "/static/nowhere"],
            404,
        ),
        Attack::new(
            "pipes, sockets and devices, which would be waited for",
            &[
                "/static/pipe",
                "/static/socket",
                "/static/zero",
                "/static/terminal",
                "/static/linked-pipe",
            ],
            404,
        ),
    ]
}

/// A site with a file that may be read, among much that may not.
struct Site {
    project: Project,
    server: Server,
}

impl Site {
    fn new() -> Self {
        let project = Project::new()
            .replaced(
                "debug = true",
                "debug = false\nallowed_hosts = [\"testserver\"]",
            )
            .file("urls.toml", "urls = []\n")
            .file("secret.txt", SECRET)
            .file("outside/secret.txt", SECRET)
            .file("static/css/a.css", PUBLIC)
            .file("static/css/large.bin", &"x".repeat(3_000_000));
        project.djr(["collectstatic"]).success();
        for hidden in [".env", "css/.hidden.css"] {
            project.write(format!("staticfiles/{hidden}"), SECRET);
        }
        let root = project.path("staticfiles");
        for (target, name) in [
            ("../secret.txt", "leak.txt"),
            (project.path("secret.txt").to_str().unwrap(), "absolute.txt"),
            ("..", "up"),
            ("/etc/passwd", "passwd"),
            ("up", "chain"),
            ("circle", "circle"),
            ("missing", "nowhere"),
            ("/dev/zero", "zero"),
            ("/dev/tty", "terminal"),
            ("pipe", "linked-pipe"),
        ] {
            symlink(target, root.join(name)).unwrap();
        }
        let pipe = Command::new("mkfifo").arg(root.join("pipe")).status();
        assert!(pipe.unwrap().success());
        drop(UnixListener::bind(root.join("socket")).unwrap());
        let server = project.serve();
        Self { project, server }
    }

    fn get(&self, target: &str, headers: &str) -> RawResponse {
        self.send(&format!(
            "GET {target} HTTP/1.1\r\nHost: testserver\r\n{headers}\r\n"
        ))
    }

    fn send(&self, request: &str) -> RawResponse {
        let mut client = Client::connect(self.server.address());
        let started = Instant::now();
        client.send(request);
        let answer = client.response();
        assert!(started.elapsed() < TIMEOUT, "{request}");
        answer
    }

    /// The file that may be read is still served.
    fn check(&self) {
        let file = self.get("/static/css/a.css", "");
        assert_eq!((file.status, file.text().as_str()), (200, PUBLIC));
    }
}

#[test]
fn no_name_leads_to_anything_but_a_static_file() {
    let site = Site::new();
    for attack in names() {
        for target in &attack.targets {
            // Twice: what is asked for again may come from memory.
            for _ in 0..2 {
                let answer = site.get(target, "");
                let text = answer.text();
                assert_eq!(answer.status, attack.status, "{target}: {text}");
                assert!(
                    !text.contains(SECRET) && !text.contains("root:"),
                    "{target}"
                );
            }
        }
        site.check();
    }
}

/// Headers of requests for a file, with the status and the size of the answer.
fn ranges() -> Vec<(&'static str, String, &'static str)> {
    let many =
        |count: usize, range: &str| format!("Range: bytes={}\r\n", vec![range; count].join(","));
    vec![
        ("1,000 ranges", many(1000, "0-0"), "the whole file"),
        ("ranges that overlap", many(16, "0-"), "the whole file"),
        (
            "ranges beyond the end, or of numbers that do not fit",
            "Range: bytes=18446744073709551615-18446744073709551616\r\n".into(),
            "the whole file or 416",
        ),
        (
            "a range that ends before it begins, or has no numbers",
            "Range: bytes=5-2, a-b, --1\r\n".into(),
            "the whole file",
        ),
        (
            "ranges in another unit, or in several headers",
            "Range: lines=1-2\r\n".into(),
            "the whole file",
        ),
    ]
}

#[test]
fn no_range_asks_for_more_than_the_file() {
    let site = Site::new();
    for path in ["/static/css/a.css", "/static/css/large.bin"] {
        let whole = site.get(path, "").body.len();
        for (what, headers, _) in ranges() {
            let answer = site.get(path, &headers);
            assert!(
                matches!(answer.status, 200 | 416),
                "{what}: {}",
                answer.status
            );
            assert!(answer.body.len() <= whole, "{what}");
        }
        for (headers, status) in [
            ("Range: bytes=99999999999-\r\n", 416),
            ("Range: bytes=-0\r\n", 416),
            ("Range: bytes=-99999999999\r\n", 206),
            ("Range: bytes=0-99999999999\r\n", 206),
        ] {
            let answer = site.get(path, headers);
            assert_eq!(answer.status, status, "{headers}");
            assert!(answer.body.len() <= whole, "{headers}");
        }
    }
    site.check();
}

#[test]
fn a_directory_that_becomes_a_link_while_it_is_served_leads_nowhere() {
    let site = Site::new();
    let root = site.project.path("staticfiles");
    let (place, real) = (root.join("swapped"), root.join("real"));
    fs::create_dir(&place).unwrap();
    fs::write(place.join("secret.txt"), PUBLIC).unwrap();
    let outside = site.project.path("outside");
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                fs::rename(&place, &real).unwrap();
                symlink(&outside, &place).unwrap();
                fs::remove_file(&place).unwrap();
                fs::rename(&real, &place).unwrap();
            }
        });
        let mut client = Client::connect(site.server.address());
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(2) {
            client.send("GET /static/swapped/secret.txt HTTP/1.1\r\nHost: testserver\r\n\r\n");
            let answer = client.response();
            match answer.status {
                200 => assert_eq!(answer.text(), PUBLIC),
                status => assert_eq!(status, 404),
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
    site.check();
}

#[test]
fn the_rules_of_the_site_hold_for_its_files() {
    let project = Project::new()
        .replaced("debug = true", "debug = false\nallowed_hosts = [\"testserver\"]")
        .setting("[security]\ntrusted_proxies = [\"127.0.0.1\"]\nssl_redirect = true\nhsts_seconds = 60\n")
        .file("urls.toml", "urls = []\n")        .file("static/css/a.css", PUBLIC);
    project.djr(["collectstatic"]).success();
    let server = project.serve();
    let site = Site { project, server };
    let secure = "X-Forwarded-Proto: https\r\n";
    // The first answer comes from the disk, the next from memory.
    for _ in 0..3 {
        let plain = site.get("/static/css/a.css", "");
        assert_eq!(
            (plain.status, plain.header("location")),
            (301, Some("https://testserver/static/css/a.css"))
        );
        let file = site.get("/static/css/a.css", secure);
        assert_eq!((file.status, file.text().as_str()), (200, PUBLIC));
        assert_eq!(file.header("strict-transport-security"), Some("max-age=60"));
        assert_eq!(file.header("x-content-type-options"), Some("nosniff"));
        // Nobody is sent on to another host; its page that says so has the files of the site.
        for (protocol, status) in [("", 400), (secure, 200)] {
            let other =
                format!("GET /static/css/a.css HTTP/1.1\r\nHost: evil.example\r\n{protocol}\r\n");
            let other = site.send(&other);
            assert_eq!(other.status, status, "{protocol}");
            assert_eq!(other.text() == PUBLIC, status == 200, "{protocol}");
        }
        thread::sleep(Duration::from_millis(200));
    }
}

#[test]
fn the_documentation_lists_what_is_tried() {
    let mut table = String::from("| what | for example | answer |\n|---|---|---|\n");
    for Attack {
        what,
        targets,
        status,
    } in names()
    {
        writeln!(table, "| {what} | `{}` | {status} |", shown(&targets[0])).unwrap();
    }
    for (what, headers, answer) in ranges() {
        writeln!(
            table,
            "| {what} | `{}` | {answer} |",
            shown(headers.trim_end())
        )
        .unwrap();
    }
    let page = page_text("static.md");
    assert!(
        page.contains(&table),
        "this table belongs into docs/static.md:\n{table}"
    );
}

/// The beginning of `text`.
fn shown(text: &str) -> String {
    match text.get(..40) {
        Some(beginning) => format!("{beginning}…"),
        None => text.to_owned(),
    }
}
