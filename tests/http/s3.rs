//! Files of rows in a bucket: from a form and the API to the object, its address, and its end.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::support::s3_server::{ACCESS_KEY, S3Server, SECRET_KEY};
use crate::support::{Project, Server};
use crate::test_server::{Client, RawResponse};

const MODELS: &str = r#"
[Photo]
str = "{{ title }}"
url = "{{ url('photo-detail', pk) }}"
[Photo.fields]
title = { type = "CharField", max_length = 40 }
image = { type = "ImageField", upload_to = "photos/", blank = true, width_field = "width" }
width = { type = "IntegerField", null = true, editable = false }
paper = { type = "FileField", upload_to = "papers/%Y", blank = true }
"#;

const URLS: &str = r#"
[[urls]]
path = "photos/<int:pk>/"
name = "photo-detail"
view = "generic.detail"
model = "posts.Photo"
template = "photo.html"

[[urls]]
path = "photos/new/"
view = "generic.create"
model = "posts.Photo"
fields = ["title", "image", "paper"]
template = "form.html"

[[urls]]
path = "photos/<int:pk>/edit/"
view = "generic.update"
model = "posts.Photo"
fields = ["title", "image", "paper"]
template = "form.html"

[[urls]]
path = "api/photos/"
view = "api.model"
model = "posts.Photo"
fields = ["id", "title", "image", "width", "paper"]
permissions = "AllowAny"
"#;

/// One pixel.
const GIF: &[u8] =
    b"GIF89a\x01\x00\x01\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x00;";

/// A site whose default storage is the bucket of the service at `endpoint`.
struct BucketSite {
    project: Project,
    server: Server,
}

impl BucketSite {
    fn new(bucket: &str, endpoint: &str, lines: &str) -> Self {
        let settings = format!(
            "[storages.default]\nbackend = \"s3\"\nbucket_name = \"{bucket}\"\nendpoint_url = \"{endpoint}\"\n{lines}\n"
        );
        let project = Project::new()
            .replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"")
            .replaced("debug = true", "debug = false\nallowed_hosts = [\"*\"]")
            .setting(&settings)
            .file("posts/models.toml", MODELS)
            .file("urls.toml", URLS)
            .file(
                "templates/photo.html",
                "{{ photo.paper.url }}|{{ photo.paper.size }}",
            )
            .file("templates/form.html", "{{ form.as_div() }}")
            .env("AWS_ACCESS_KEY_ID", ACCESS_KEY)
            .env("AWS_SECRET_ACCESS_KEY", SECRET_KEY);
        for command in [&["makemigrations"][..], &["migrate"], &["check"]] {
            project.djr(command).success();
        }
        let server = project.serve();
        Self { project, server }
    }

    fn on_a_new_bucket(lines: &str) -> Self {
        let service = S3Server::shared();
        Self::new(&service.new_bucket(), &service.endpoint(), lines)
    }

    fn ask(&self, method: &str, target: &str, parts: &[Vec<u8>]) -> RawResponse {
        let mut body = parts.concat();
        body.extend(b"--b--\r\n");
        let mut client = Client::connect(self.server.address());
        client.send(format!(
            "{method} {target} HTTP/1.1\r\nHost: testserver\r\nAccept: application/json\r\n\
             Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
            body.len()
        ));
        client.send(body);
        client.response()
    }

    /// The row that was made or changed.
    fn row(&self, method: &str, target: &str, parts: &[Vec<u8>]) -> Value {
        let answer = self.ask(method, target, parts);
        assert!(
            matches!(answer.status, 200 | 201),
            "{} {}",
            answer.status,
            answer.text()
        );
        serde_json::from_str(&answer.text()).unwrap()
    }

    /// The files that no row names, of any age.
    fn orphans(&self, options: &[&str]) -> Vec<String> {
        let command = ["media", "orphans", "--older-than", "0s", "--json"];
        let command = self.project.command([&command[..], options].concat());
        // The objects are of today, whatever the day of the test.
        let listed = command.env("DJR_TEST_NOW", "2100-01-01T00:00:00Z").run();
        let listed = listed.success().json();
        let orphans = listed["result"]["orphans"].as_array().unwrap().iter();
        orphans
            .map(|orphan| orphan["name"].as_str().unwrap().to_owned())
            .collect()
    }

    fn page(&self, path: &str) -> String {
        let mut answer = ureq::get(self.server.url(path)).call().unwrap();
        answer.body_mut().read_to_string().unwrap()
    }
}

fn title(title: &str) -> Vec<u8> {
    format!("--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n{title}\r\n").into_bytes()
}

fn file(field: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
    );
    [head.as_bytes(), content, b"\r\n"].concat()
}

/// The status of the object at `address`, and its bytes.
fn fetch(address: &str) -> (u16, Vec<u8>) {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .build()
        .into();
    let mut answer = agent.get(address).call().unwrap();
    let body = answer
        .body_mut()
        .with_config()
        .limit(u64::MAX)
        .read_to_vec();
    (answer.status().as_u16(), body.unwrap())
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn files_come_into_the_bucket_are_replaced_and_go_with_their_rows() {
    let site = BucketSite::on_a_new_bucket("location = \"site\"");
    let large = vec![b'x'; 9_000_000];
    let row = site.row(
        "POST",
        "/api/photos/",
        &[
            title("sea"),
            file("image", "a b.gif", GIF),
            file("paper", "ü.txt", &large),
        ],
    );
    assert_eq!(row["width"], 1);
    let (image, paper) = (
        row["image"].as_str().unwrap(),
        row["paper"].as_str().unwrap(),
    );
    assert!(image.contains("/site/photos/a_b.gif?"), "{image}");
    assert!(paper.contains("/site/papers/2026/%C3%BC.txt?"), "{paper}");
    assert_eq!(fetch(image), (200, GIF.to_vec()));
    assert!(fetch(paper) == (200, large));
    let page = site.page(&format!("/photos/{}/", row["id"]));
    assert!(
        page.starts_with("http://127.0.0.1:") && page.ends_with("|9000000"),
        "{page}"
    );
    assert_eq!(site.orphans(&[]), [""; 0]);
    // Another file takes its place, under a name of its own.
    let target = format!("/api/photos/{}/", row["id"]);
    let changed = site.row("PATCH", &target, &[file("paper", "ü.txt", b"two")]);
    let second = changed["paper"].as_str().unwrap();
    assert_eq!(fetch(second), (200, b"two".to_vec()));
    assert_eq!(fetch(paper).0, 404);
    assert_eq!(site.ask("DELETE", &target, &[]).status, 204);
    assert_eq!((fetch(second).0, fetch(image).0), (404, 404));
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn a_row_that_is_refused_leaves_no_object_and_orphans_are_found() {
    let site = BucketSite::on_a_new_bucket("");
    let long = "t".repeat(41);
    let refused = site.ask(
        "POST",
        "/api/photos/",
        &[title(&long), file("paper", "a.txt", b"x")],
    );
    assert_eq!(refused.status, 400);
    assert_eq!(site.orphans(&[]), [""; 0]);
    site.row(
        "POST",
        "/api/photos/",
        &[title("a"), file("paper", "a.txt", b"x")],
    );
    let database = site.project.database();
    database.execute("DELETE FROM posts_photo", []).unwrap();
    assert_eq!(site.orphans(&[]), ["papers/2026/a.txt"]);
    site.orphans(&["--delete", "--noinput"]);
    assert_eq!(site.orphans(&[]), [""; 0]);
}

#[test]
fn a_service_that_is_not_there_is_an_error_in_time_and_pages_without_files_go_on() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", closed.local_addr().unwrap());
    // Connections are made, and nobody ever reads from them.
    let site = BucketSite::new("b", &endpoint, "timeout = 1");
    let start = Instant::now();
    let answer = site.ask(
        "POST",
        "/api/photos/",
        &[title("a"), file("paper", "a.txt", b"x")],
    );
    assert!((500..600).contains(&answer.status), "{}", answer.status);
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "{:?}",
        start.elapsed()
    );
    assert!(
        site.server
            .line_with("does not answer")
            .contains(&endpoint["http://".len()..])
    );
    let row = site.row("POST", "/api/photos/", &[title("without a file")]);
    assert_eq!(row["paper"], Value::Null);
    let orphans = site.project.djr(["media", "orphans"]).exited(1);
    assert!(
        orphans.stderr().contains("does not answer"),
        "{}",
        orphans.stderr()
    );
}

#[test]
#[cfg_attr(without_seaweedfs, ignore = "needs SeaweedFS")]
fn a_server_that_is_killed_while_it_uploads_leaves_no_object() {
    let service = S3Server::shared();
    let bucket = service.new_bucket();
    let site = BucketSite::new(&bucket, &service.endpoint(), "");
    let body = [
        title("a"),
        file("paper", "large.bin", &vec![b'x'; 60_000_000]),
    ]
    .concat();
    let mut client = Client::connect(site.server.address());
    client.send(format!(
        "POST /api/photos/ HTTP/1.1\r\nHost: testserver\r\nContent-Type: multipart/form-data; \
         boundary=b\r\nContent-Length: {}\r\n\r\n",
        body.len() + 7
    ));
    client.send(body);
    client.send("--b--\r\n");
    // It has begun as soon as there is a part.
    let start = Instant::now();
    while !service
        .raw_listing(&bucket, ".uploads/")
        .contains("FullPath")
    {
        assert!(
            start.elapsed() < Duration::from_secs(30),
            "nothing is uploaded"
        );
        thread::sleep(Duration::from_millis(2));
    }
    drop(site.server);
    let listed = service.raw_listing(&bucket, "papers/2026/");
    assert!(!listed.contains("large.bin"), "{listed}");
    assert_eq!(site.project.count("posts_photo"), 0);
}
