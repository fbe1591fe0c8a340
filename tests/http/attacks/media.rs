//! What is tried with files of visitors: by the names they are asked for, and by what is in them. `docs/media.md` lists it,
//! and its snippets are the site.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::Value;

use super::site;
use crate::support::page::{page_text, snippets};
use crate::support::{Project, Server, faults};
use crate::test_server::{Client, RawResponse};

struct MediaSite {
    project: Project,
    server: Server,
}

impl MediaSite {
    fn new() -> Self {
        let project = Self::project();
        let server = project.serve();
        Self { project, server }
    }

    /// The site whose directory of files has room for three megabytes.
    fn on_a_small_disk() -> Self {
        let project = Self::project();
        let invocation = project.command(["runserver", "127.0.0.1:0"]);
        let server = Server::start(faults::with_a_small_disk(invocation, "media", ""));
        Self { project, server }
    }

    fn project() -> Project {
        let mut project = site().replaced("\"staticfiles\"", "\"staticfiles\", \"posts\"");
        for (file, text) in snippets("media.md") {
            project = match file.as_str() {
                "djr.toml" => project.setting(&text),
                file => project.file(file, &text),
            };
        }
        for command in [&["makemigrations"][..], &["migrate"], &["check"]] {
            project.djr(command).success();
        }
        project
    }

    fn ask(&self, method: &str, target: &str, headers: &str) -> RawResponse {
        let mut client = Client::connect(self.server.address());
        client.send(format!(
            "{method} {target} HTTP/1.1\r\nHost: testserver\r\n{headers}\r\n"
        ));
        client.response()
    }

    fn get(&self, target: &str) -> RawResponse {
        self.ask("GET", target, "")
    }

    /// Sends `content` as the file `name` of `field`; the answer of the API.
    fn send(&self, field: &str, name: &str, content: &[u8]) -> RawResponse {
        let mut client = Client::connect(self.server.address());
        client.send(upload(field, name, content));
        client.response()
    }

    /// How a file that was sent is served; what was said where it was refused.
    fn outcome(&self, field: &str, name: &str, content: &[u8]) -> String {
        let answer = self.send(field, name, content);
        if answer.status == 400 {
            return "refused".to_owned();
        }
        assert_eq!(answer.status, 201, "{}", answer.text());
        let row: Value = serde_json::from_str(&answer.text()).unwrap();
        let address = row[field].as_str().unwrap();
        let path = address.strip_prefix("http://testserver").unwrap();
        let served = self.get(path);
        assert_eq!((served.status, &served.body[..]), (200, content), "{path}");
        assert_eq!(
            served.headers("x-content-type-options"),
            ["nosniff"],
            "{path}"
        );
        let kind = served.header("content-type").unwrap();
        let kind = kind.split(';').next().unwrap();
        let is_saved = served.header("content-disposition").is_some();
        let policy = served.header("content-security-policy");
        assert_eq!(policy.is_some(), is_saved, "{path}");
        let verb = if is_saved { "saved" } else { "shown" };
        format!("`{kind}`, {verb}")
    }
}

/// The request with `content` as the file `name` of `field`.
fn upload(field: &str, name: &str, content: &[u8]) -> Vec<u8> {
    let title = "--b\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nt\r\n";
    let head = format!(
        "--b\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n"
    );
    let body = [title.as_bytes(), head.as_bytes(), content, b"\r\n--b--\r\n"].concat();
    let request = format!(
        "POST /api/photos/ HTTP/1.1\r\nHost: testserver\r\nAccept: application/json\r\n\
         Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [request.as_bytes(), &body].concat()
}

/// A PNG of this size, whole.
fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 6, 0, 0, 0, 1, 2, 3, 4]);
    bytes.extend(b"\0\0\0\x02IDATxx1234\0\0\0\0IEND\xae\x42\x60\x82");
    bytes
}

fn gif() -> Vec<u8> {
    b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;".to_vec()
}

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
const BOMB: &str = "<!DOCTYPE svg [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;\">]><svg xmlns=\"http://www.w3.org/2000/svg\">&b;</svg>";
const HTML: &str = "<script>alert(1)</script>";

/// What is sent: what it is, its name, its content.
fn corpus() -> Vec<(&'static str, &'static str, Vec<u8>)> {
    let text = |text: &str| text.as_bytes().to_vec();
    let behind = |start: Vec<u8>, end: &str| [start, text(end)].concat();
    let cut = |bytes: Vec<u8>, kept: usize| bytes[..kept].to_vec();
    vec![
        ("a PNG", "a.png", png(2, 3)),
        ("a GIF", "a.png", gif()),
        ("a PNG", "a.html", png(2, 3)),
        ("a PNG", "a.svg", png(2, 3)),
        ("an SVG", "a.svg", text(SVG)),
        ("an SVG", "a.jpg", text(SVG)),
        ("an SVG of nested entities", "bomb.svg", text(BOMB)),
        ("HTML", "a.html", text(HTML)),
        ("HTML", "a.png", text(HTML)),
        (
            "HTML of 1 MB of tags",
            "a.htm",
            text(&"<b>".repeat(350_000)),
        ),
        ("HTML", "a.html.", text(HTML)),
        ("HTML", "a.png.html", text(HTML)),
        ("HTML", "a", text(HTML)),
        ("XHTML", "a.xhtml", text(HTML)),
        ("XML", "a.xml", text(HTML)),
        ("a script", "a.js", text("alert(1)")),
        ("a stylesheet", "a.css", text("* { color: red }")),
        ("a shell script", "a.sh", text("rm -rf /")),
        (
            "settings of Apache",
            ".htaccess",
            text("AddType text/html .png"),
        ),
        (
            "a GIF that is a script",
            "a.gif",
            behind(b"GIF89a/*\x01\x01".to_vec(), "*/=1;alert(1)"),
        ),
        (
            "a PNG with HTML behind it",
            "a.png",
            behind(png(2, 3), HTML),
        ),
        (
            "a GIF with a zip behind it",
            "a.gif",
            behind(gif(), "PK\u{5}\u{6}"),
        ),
        ("a PNG that is cut off", "a.png", cut(png(2, 3), 40)),
        ("half of a header", "a.png", cut(png(2, 3), 12)),
        ("a PNG of no size", "a.png", png(0, 5)),
        (
            "a PNG of 65,535 pixels squared",
            "a.png",
            png(65_535, 65_535),
        ),
        (
            "a PNG of 4,294,967,295 pixels squared",
            "a.png",
            png(u32::MAX, u32::MAX),
        ),
        ("a PDF", "a.pdf", text("%PDF-1.7")),
        ("a film", "a.mp4", text("ftyp")),
        ("Flash", "a.swf", text("FWS")),
        ("nothing", "a.png", Vec::new()),
    ]
}

/// The rows of the table of `docs/media.md` whose heading begins with `first`.
fn table(first: &str) -> Vec<String> {
    let page = page_text("media.md");
    let lines = page.lines().skip_while(|line| !line.starts_with(first));
    let rows = lines.skip(2).take_while(|line| line.starts_with('|'));
    rows.map(ToOwned::to_owned).collect()
}

#[test]
fn files_that_attack_are_refused_or_harmless_as_the_page_says() {
    let site = MediaSite::new();
    let mut rows = Vec::new();
    for (what, name, content) in corpus() {
        let [image, paper] = ["image", "paper"].map(|field| {
            if name.starts_with('.') {
                // It is stored, and nobody gets it.
                let answer = site.send(field, name, &content);
                let is_stored = answer.status == 201;
                assert_eq!(site.get("/media/papers/.htaccess").status, 404);
                return if is_stored { "not served" } else { "refused" }.to_owned();
            }
            site.outcome(field, name, &content)
        });
        rows.push(format!("| {what}, `{name}` | {image} | {paper} |"));
    }
    assert_eq!(
        rows.join("\n"),
        table("| sent |").join("\n"),
        "\n{}",
        rows.join("\n")
    );
}

#[test]
fn names_that_attack_find_nothing_as_the_page_says() {
    let site = MediaSite::new();
    let created = site.send("image", "sea.png", &png(2, 3));
    assert_eq!(created.status, 201);
    site.send("contract", "secret.txt", b"SECRET");
    assert_eq!(site.project.read("contracts/secret.txt"), "SECRET");
    let media = site.project.path("media");
    let photos = fs::read_dir(media.join("photos"))
        .unwrap()
        .flatten()
        .next()
        .unwrap();
    fs::rename(photos.path(), media.join("photos/y")).unwrap();
    fs::write(media.join(".env"), "SECRET").unwrap();
    fs::create_dir_all(media.join(".uploads/.djr-1-0")).unwrap();
    fs::write(media.join(".uploads/.djr-1-0/1.upload"), "SECRET").unwrap();
    fs::write(site.project.path("outside.txt"), "SECRET").unwrap();
    symlink("../outside.txt", media.join("link.txt")).unwrap();
    symlink("..", media.join("up")).unwrap();
    let mut rows = Vec::new();
    for row in table("| asked for |") {
        let target = row.split('`').nth(1).unwrap();
        let answer = site.get(&target.replace("{long}", &"x".repeat(5000)));
        assert!(!answer.text().contains("SECRET"), "{target}");
        rows.push(format!("| `{target}` | {} |", answer.status));
    }
    assert!(rows.len() > 30, "{}", rows.len());
    assert_eq!(
        rows.join("\n"),
        table("| asked for |").join("\n"),
        "\n{}",
        rows.join("\n")
    );
    for method in ["POST", "PUT", "DELETE"] {
        let answer = site.ask(method, "/media/photos/y/sea.png", "Content-Length: 0\r\n");
        assert_eq!(answer.status, 405, "{method}");
    }
    let mut client = Client::connect(site.server.address());
    client.send(
        "HEAD /media/photos/y/sea.png HTTP/1.1\r\nHost: testserver\r\nConnection: close\r\n\r\n",
    );
    let head = client.rest();
    let is_head = head.starts_with("HTTP/1.1 200") && head.ends_with("\r\n\r\n");
    assert!(is_head, "{head}");
    assert!(media.join("photos/y/sea.png").is_file());
    let mut stranger = Client::connect(site.server.address());
    stranger.send("GET /media/photos/y/sea.png HTTP/1.1\r\nHost: evil.example\r\n\r\n");
    assert_eq!(stranger.response().status, 400, "another host");
}

#[test]
fn the_page_of_a_row_tells_of_its_file() {
    let site = MediaSite::new();
    let answer = site.send("image", "my sea.png", &png(2, 3));
    let row: Value = serde_json::from_str(&answer.text()).unwrap();
    let address = row["image"].as_str().unwrap();
    let path = address.strip_prefix("http://testserver").unwrap();
    assert!(
        path.starts_with("/media/photos/") && path.ends_with("/my_sea.png"),
        "{path}"
    );
    let page = site.get(&format!("/photos/{}/", row["id"])).text();
    assert!(
        page.contains(&format!("src=\"{path}\" width=\"2\"")),
        "{page}"
    );
    assert!(
        page.contains(&format!(", {} bytes", png(2, 3).len())),
        "{page}"
    );
    let too_large = site.send("contract", "a.txt", &vec![b'x'; 1_000_001]);
    assert_eq!(too_large.status, 400);
    assert!(
        too_large.text().contains("at most 1000000 bytes"),
        "{}",
        too_large.text()
    );
    assert!(!site.project.path("contracts").exists());
    let private: Value =
        serde_json::from_str(&site.send("contract", "a.txt", b"x").text()).unwrap();
    assert_eq!(
        private["contract"], "a.txt",
        "a private file has no address"
    );
}

#[test]
fn eight_at_once_get_eight_files() {
    let site = MediaSite::new();
    let address = site.server.address();
    std::thread::scope(|scope| {
        for number in 0..8_u8 {
            let request = upload("paper", "a.txt", &[b'0' + number]);
            scope.spawn(move || {
                let mut client = Client::connect(address);
                client.send(request);
                assert_eq!(client.response().status, 201);
            });
        }
    });
    let names = site.project.names("media/papers");
    let mut contents: Vec<_> = names
        .iter()
        .map(|name| site.project.read(format!("media/papers/{name}")))
        .collect();
    contents.sort();
    assert_eq!(contents.concat(), "01234567", "{names:?}");
}

#[test]
#[cfg_attr(without_unshare, ignore = "needs unshare")]
fn a_file_without_room_leaves_neither_itself_nor_a_row() {
    let site = MediaSite::on_a_small_disk();
    let answer = site.send("paper", "large.txt", &vec![b'x'; 4 << 20]);
    assert_eq!(answer.status, 500, "{}", answer.text());
    let inside = format!("/proc/{}/root", site.server.id());
    let papers = format!("{inside}{}", site.project.path("media/papers").display());
    let left: Vec<_> = fs::read_dir(papers).into_iter().flatten().collect();
    assert!(left.is_empty(), "{left:?}");
    let answer = site.send("paper", "small.txt", b"x");
    assert_eq!(answer.status, 201, "{}", answer.text());
    let rows = site.get("/api/photos/").text();
    assert!(rows.contains("small") && !rows.contains("large"), "{rows}");
}
