//! Attacks by forms with files: sizes, parts, heads, boundaries, names, and clients that lie or dawdle.

use std::fmt::Write as _;
use std::fs;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::site;
use crate::support::{Project, Server};
use crate::test_server::{Client, RawResponse};

/// Longer than anything here may take on a machine with much else to do.
const TIMEOUT: Duration = Duration::from_secs(10);

const MODELS: &str = r#"
[Paper]
fields.title = { type = "CharField", max_length = 40 }
fields.file = { type = "FileField", upload_to = "papers/%Y" }
fields.data = { type = "JSONField", default = { function = "dict" }, blank = true }
"#;

const URLS: &str = r#"
[[urls]]
path = "new/"
view = "generic.create"
model = "papers.Paper"
fields = ["title", "file", "data"]
success_url = "/new/"

[[urls]]
path = "api/papers/"
view = "api.model"
model = "papers.Paper"
fields = ["id", "title", "file"]
permissions = "AllowAny"
pagination = "none"
"#;

const FORM: &str =
    "<form method=post enctype=multipart/form-data>{{ csrf_input }}{{ form }}</form>";

/// A site where anybody may send papers, as a page and as an API.
struct Papers {
    project: Project,
    server: Server,
}

impl Papers {
    fn new(settings: &str) -> Self {
        let project = site()
            .replaced("\"staticfiles\"", "\"staticfiles\", \"papers\"")
            .setting(settings)
            .file("papers/models.toml", MODELS)
            .file("papers/templates/papers/paper_form.html", FORM)
            .file("urls.toml", URLS);
        for command in [&["makemigrations"][..], &["migrate"]] {
            project.djr(command).success();
        }
        let server = project.serve();
        Self { project, server }
    }

    /// Sends `body` to the API as a form whose parts `b` separates.
    fn post(&self, body: &[u8]) -> RawResponse {
        self.send("multipart/form-data; boundary=b", body)
    }

    fn send(&self, kind: &str, body: &[u8]) -> RawResponse {
        self.send_as(kind, body.len(), body)
    }

    fn send_as(&self, kind: &str, announced: usize, body: &[u8]) -> RawResponse {
        let mut client = Client::connect(self.server.address());
        client.send(format!(
            "POST /api/papers/ HTTP/1.1\r\nHost: testserver\r\nAccept: application/json\r\nContent-Type: {kind}\r\n\
             Content-Length: {announced}\r\n\r\n"
        ));
        client.send(body);
        client.response()
    }

    fn get(&self, path: &str) -> RawResponse {
        let mut client = Client::connect(self.server.address());
        client.send(format!("GET {path} HTTP/1.1\r\nHost: testserver\r\n\r\n"));
        client.response()
    }

    /// The stored files; fails if anything is left of forms.
    fn stored(&self) -> Vec<String> {
        let names = self.project.names("media");
        let started = Instant::now();
        while self
            .project
            .names("media")
            .iter()
            .any(|name| name.ends_with(".upload"))
        {
            assert!(started.elapsed() < TIMEOUT, "{names:?}");
        }
        let names = self.project.names("media").into_iter();
        names
            .filter(|name| {
                !name.starts_with(".uploads") && self.project.path("media").join(name).is_file()
            })
            .collect()
    }
}

fn title() -> String {
    "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nt\r\n".to_owned()
}

fn file(disposition: &str, content: &str) -> String {
    format!(
        "--b\r\nContent-Disposition: form-data; name=\"file\"; {disposition}\r\n\r\n{content}\r\n"
    )
}

fn form(parts: &[String]) -> Vec<u8> {
    format!("{}--b--\r\n", parts.concat()).into_bytes()
}

/// The most memory that the server has had so far, in bytes.
fn peak(server: &Server) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes: u64 = line
        .unwrap()
        .trim()
        .trim_end_matches(" kB")
        .parse()
        .unwrap();
    kibibytes * 1024
}

#[test]
#[cfg(target_os = "linux")]
fn large_files_cost_no_memory() {
    let papers = Papers::new("");
    assert_eq!(
        papers
            .post(&form(&[title(), file("filename=a.bin", "x")]))
            .status,
        201
    );
    let before = peak(&papers.server);
    let large = "x".repeat(40 * 1024 * 1024);
    let answer = papers.post(&form(&[title(), file("filename=large.bin", &large)]));
    assert_eq!(answer.status, 201, "{}", answer.text());
    let many: Vec<_> = (0..30)
        .map(|_| file("filename=s.bin", &large[..1024 * 1024]))
        .collect();
    let answer = papers.post(&form(&[vec![title()], many].concat()));
    assert_eq!(answer.status, 201, "{}", answer.text());
    let more = peak(&papers.server) - before;
    assert!(more < 16 * 1024 * 1024, "{more} bytes more");
    assert_eq!(papers.stored().len(), 3);
    let size = fs::metadata(papers.project.path("media").join(&papers.stored()[1]))
        .unwrap()
        .len();
    assert_eq!(size, 40 * 1024 * 1024);
}

#[test]
fn what_is_too_much_is_refused_before_it_is_read() {
    let papers = Papers::new("[server]\nmax_upload_size = 1048576");
    let started = Instant::now();
    let kind = "multipart/form-data; boundary=b";
    for announced in [1_048_577, 99_999_999_999_999] {
        assert_eq!(
            papers.send_as(kind, announced, b"").status,
            413,
            "{announced}"
        );
    }
    let field = |number: usize| {
        format!("--b\r\nContent-Disposition: form-data; name=f{number}\r\n\r\n\r\n")
    };
    let fields: Vec<_> = (0..10_000).map(field).collect();
    let files: Vec<_> = (0..5_000)
        .map(|number| file(&format!("filename={number}"), ""))
        .collect();
    let large = [title().replace("t\r\n", &format!("{}\r\n", "x".repeat(900_000)))];
    for (body, told) in [
        (form(&fields), "the number of fields exceeded 1000"),
        (form(&files), "the number of files exceeded 100"),
        (
            form(&large),
            "Ensure this field has no more than 40 characters.",
        ),
    ] {
        let answer = papers.post(&body);
        assert!(
            answer.status == 400 && answer.text().contains(told),
            "{}",
            answer.text()
        );
        assert!(answer.body.len() < 1000);
    }
    assert!(started.elapsed() < TIMEOUT, "{:?}", started.elapsed());
    assert!(papers.stored().is_empty());
}

#[test]
fn heads_without_end_and_boundaries_of_any_kind_are_refused_or_read() {
    let papers = Papers::new("");
    let head = |lines: &str| {
        format!("--b\r\nContent-Disposition: form-data; name=a\r\n{lines}\r\n\r\nx\r\n--b--")
            .into_bytes()
    };
    for body in [
        head(&format!("X: {}", "x".repeat(1_000_000))),
        head(&"X: y\r\n".repeat(100_000)),
        head(&"\r\n x".repeat(1000)),
        head("Content-Transfer-Encoding: base64"),
        head("Content-Type: text/plain; charset=utf-7"),
        head("no colon"),
        format!("--b\r\n{}", "x".repeat(1_000_000)).into_bytes(),
        b"--b".repeat(100_000),
        b"--b\r\n".repeat(100_000),
        b"\r\n".repeat(500_000),
        Vec::from("--b--"),
        vec![0; 1_000_000],
    ] {
        let started = Instant::now();
        let answer = papers.post(&body);
        assert_eq!(answer.status, 400, "{}", answer.text());
        assert!(started.elapsed() < TIMEOUT, "{:?}", started.elapsed());
    }
    for (boundary, status) in [
        ("", 400),
        ("\"\"", 400),
        ("\"b", 400),
        ("b; boundary=c", 400),
        (&*"b".repeat(70), 201),
        (&"b".repeat(200), 201),
        (&"b".repeat(201), 400),
        (&"b".repeat(20_000), 400),
        ("\"b\\\" c\"", 201),
        ("é", 400),
    ] {
        let written = boundary.trim_matches('"').replace('\\', "");
        let body = form(&[title(), file("filename=a.txt", "x")]);
        let body = String::from_utf8(body)
            .unwrap()
            .replace("--b", &format!("--{written}"));
        let answer = papers.send(
            &format!("multipart/form-data; boundary={boundary}"),
            body.as_bytes(),
        );
        assert_eq!(answer.status, status, "{boundary:.80}: {}", answer.text());
    }
    let answer = papers.send("multipart/form-data", &form(&[title()]));
    assert_eq!(answer.status, 400);
}

#[test]
fn clients_that_lie_or_dawdle_are_told_so_and_leave_nothing() {
    let papers = Papers::new("[server]\nbody_timeout = 1\nupload_memory_size = 0");
    let kind = "multipart/form-data; boundary=b";
    let body = form(&[title(), file("filename=a.txt", "content")]);
    // More is announced than comes.
    let started = Instant::now();
    assert_eq!(papers.send_as(kind, body.len() + 1, &body).status, 408);
    assert!(started.elapsed() < TIMEOUT, "{:?}", started.elapsed());
    // Less: the form has no end, and the rest would be another request.
    let short = papers.send_as(kind, body.len() - 20, &body);
    assert!(
        short.status == 400 && short.text().contains("Multipart form parse error"),
        "{}",
        short.text()
    );
    // Both lengths at once.
    let mut client = Client::connect(papers.server.address());
    client.send(format!(
        "POST /api/papers/ HTTP/1.1\r\nHost: testserver\r\nContent-Type: {kind}\r\nContent-Length: 5\r\n\
         Transfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: testserver\r\n\r\n"
    ));
    assert!(!client.rest().contains("smuggled"));
    // A byte now and then.
    let mut client = Client::connect(papers.server.address());
    client.send(format!(
        "POST /api/papers/ HTTP/1.1\r\nHost: testserver\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    ));
    for byte in &body[..30] {
        client.send([*byte]);
        std::thread::sleep(Duration::from_millis(60));
    }
    assert!(client.rest().starts_with("HTTP/1.1 408 "));
    assert!(papers.stored().is_empty());
    assert_eq!(papers.post(&body).status, 201);
}

#[test]
fn a_form_within_a_form_is_content() {
    let papers = Papers::new("");
    let inner = "--c\r\nContent-Disposition: form-data; name=title\r\n\r\nhidden\r\n--c--";
    let part = format!(
        "--b\r\nContent-Disposition: form-data; name=file; filename=a.txt\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n{inner}\r\n"
    );
    let answer = papers.post(&form(&[title(), part]));
    let row: Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((answer.status, &row["title"]), (201, &Value::from("t")));
    let stored = papers.project.path("media").join(&papers.stored()[0]);
    assert_eq!(fs::read_to_string(stored).unwrap(), inner);
}

#[test]
fn the_name_of_a_file_leads_nowhere_and_its_content_runs_nowhere() {
    let papers = Papers::new("");
    let long = "x".repeat(5000);
    let wide = "\u{4e2d}".repeat(90);
    let names = [
        "../../../etc/passwd",
        "/etc/passwd",
        "..\\..\\..\\boot.ini",
        "C:\\dir\\a.txt",
        "....//....//a.txt",
        "a\0.txt",
        "a\u{202e}txt.exe",
        "%2e%2e%2fa.txt",
        "a/../../b",
        ".htaccess",
        "...",
        "con",
        "a;b=c.txt",
        "\u{e9}\u{4e2d}\u{1f600}.txt",
        "<script>.html",
        "'; DROP TABLE papers_paper; --.txt",
        "$(id).txt",
        "-rf",
        "~root",
        &wide,
    ];
    for name in names {
        for disposition in [
            format!(
                "filename=\"{}\"",
                name.replace('\\', "\\\\").replace('"', "\\\"")
            ),
            format!("filename*=UTF-8''{}", super::browser::form_encoded(name)),
        ] {
            let answer = papers.post(&form(&[
                title(),
                file(&disposition, "<script>alert(1)</script>"),
            ]));
            assert_eq!(answer.status, 201, "{name}: {}", answer.text());
            let row: Value = serde_json::from_slice(&answer.body).unwrap();
            let url = row["file"].as_str().unwrap();
            let path = url.strip_prefix("http://testserver").unwrap();
            assert!(
                path.starts_with("/media/papers/20") && path.matches('/').count() == 4,
                "{name}: {url}"
            );
            let served = papers.get(path);
            // A name that begins with a point is stored and never served.
            if path.contains("/.") {
                assert_eq!(served.status, 404, "{name}");
                continue;
            }
            assert_eq!(
                (served.status, served.text().as_str()),
                (200, "<script>alert(1)</script>"),
                "{url}"
            );
            assert_eq!(served.header("x-content-type-options"), Some("nosniff"));
            let kind = served.header("content-type").unwrap();
            let is_text = kind.starts_with("text/plain");
            assert_eq!(
                served.header("content-disposition").is_none(),
                is_text,
                "{url}"
            );
        }
    }
    for name in ["", ".", "..", "dir/", "\u{202e}", &long] {
        let answer = papers.post(&form(&[
            title(),
            file(&format!("filename=\"{name}\""), "x"),
        ]));
        assert_eq!(answer.status, 400, "{name:.20}: {}", answer.text());
    }
    for file in papers.stored() {
        assert!(
            file.starts_with("papers/20") && file.matches('/').count() == 2,
            "{file}"
        );
    }
    assert_eq!(papers.stored().len(), 2 * names.len());
    assert_eq!(papers.project.count("papers_paper"), 40);
    let outside = papers
        .project
        .names("")
        .into_iter()
        .filter(|name| name.contains("passwd"));
    assert!(
        outside
            .into_iter()
            .all(|name| name.starts_with("media/papers/"))
    );
}

#[test]
fn deep_json_in_the_field_of_a_form_is_only_wrong() {
    let papers = Papers::new("");
    let mut browser = super::open(&papers.server);
    for (depth, is_valid) in [
        (1, true),
        (900, true),
        (1000, true),
        (1001, false),
        (100_000, false),
    ] {
        let json = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let token = browser.token("/new/");
        let mut body = String::new();
        for (name, value) in [
            ("csrfmiddlewaretoken", token.as_str()),
            ("title", "t"),
            ("data", &json),
        ] {
            write!(
                body,
                "--b\r\nContent-Disposition: form-data; name={name}\r\n\r\n{value}\r\n"
            )
            .unwrap();
        }
        body += &file("filename=a.txt", "x");
        let cookie = browser.cookie("csrftoken").unwrap();
        let mut client = Client::connect(papers.server.address());
        client.send(format!(
            "POST /new/ HTTP/1.1\r\nHost: testserver\r\nCookie: csrftoken={cookie}\r\nContent-Length: {}\r\n\
             Content-Type: multipart/form-data; boundary=b\r\n\r\n{body}--b--",
            body.len() + 5
        ));
        let answer = client.response();
        let expected = if is_valid { 302 } else { 200 };
        assert_eq!(answer.status, expected, "{depth}: {:.300}", answer.text());
    }
    assert_eq!(papers.project.count("papers_paper"), 3);
}
