//! Files that visitors brought, as they are served.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use djr::staticfiles::{StaticFiles, StaticSource};
use tempfile::TempDir;

use crate::support::Project;
use crate::test_server::{Client, RawResponse, TestServer, short_limits};

/// A server of files of visitors, beside a secret that is none of them.
struct MediaSite {
    _directory: TempDir,
    root: PathBuf,
    server: TestServer,
}

impl MediaSite {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let root = directory.path().join("media");
        fs::create_dir_all(root.join("photos")).unwrap();
        fs::write(directory.path().join("secret.txt"), "secret").unwrap();
        let files = StaticFiles::new("/media/", StaticSource::Media(root.clone()));
        Self {
            _directory: directory,
            root,
            server: TestServer::start_with(short_limits(), Some(files)),
        }
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.root.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn get(&self, path: &str, headers: &str) -> RawResponse {
        let mut client = self.server.connect();
        client.send(format!("GET {path} HTTP/1.1\r\nHost: a\r\n{headers}\r\n"));
        client.response()
    }
}

#[test]
fn what_could_run_is_saved_and_all_else_is_shown() {
    let site = MediaSite::new();
    for (name, kind, is_shown) in [
        ("a.png", "image/png", true),
        ("a.JPG", "image/jpeg", true),
        ("a.mp4", "video/mp4", true),
        ("a.txt", "text/plain; charset=utf-8", true),
        ("a.pdf", "application/pdf", true),
        ("a.html", "text/html; charset=utf-8", false),
        ("a.htm", "text/html; charset=utf-8", false),
        ("a.xhtml", "application/xhtml+xml", false),
        ("a.svg", "image/svg+xml", false),
        ("a.SVG", "image/svg+xml", false),
        ("a.xml", "text/xml; charset=utf-8", false),
        ("a.js", "text/javascript; charset=utf-8", false),
        ("a.mjs", "text/javascript; charset=utf-8", false),
        ("a.css", "text/css; charset=utf-8", false),
        ("a.swf", "application/x-shockwave-flash", false),
        ("a.wasm", "application/wasm", false),
        ("a.png.html", "text/html; charset=utf-8", false),
        ("a", "application/octet-stream", false),
        ("a.unknown", "application/octet-stream", false),
    ] {
        site.write(name, "<script>alert(1)</script>");
        let answer = site.get(&format!("/media/{name}"), "");
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (200, Some(kind))
        );
        assert_eq!(
            answer.header("x-content-type-options"),
            Some("nosniff"),
            "{name}"
        );
        let disposition = (!is_shown).then(|| format!("attachment; filename=\"{name}\""));
        assert_eq!(
            answer.header("content-disposition"),
            disposition.as_deref(),
            "{name}"
        );
        let policy = (!is_shown).then_some("sandbox; default-src 'none'");
        assert_eq!(answer.header("content-security-policy"), policy, "{name}");
    }
}

#[test]
fn versions_and_ranges_work_as_for_static_files() {
    let site = MediaSite::new();
    site.write("photos/caf\u{e9} 1.txt", "0123456789");
    let path = "/media/photos/caf%C3%A9%201.txt";
    let whole = site.get(path, "");
    assert_eq!(whole.text(), "0123456789");
    assert_eq!(whole.header("cache-control"), Some("max-age=60"));
    let etag = whole.header("etag").unwrap();
    assert_eq!(
        site.get(path, &format!("If-None-Match: {etag}\r\n")).status,
        304
    );
    let part = site.get(path, "Range: bytes=2-4\r\n");
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(site.get(path, "Range: bytes=20-\r\n").status, 416);
}

#[test]
fn nothing_but_files_of_visitors_is_served() {
    let site = MediaSite::new();
    site.write("photos/a.txt", "a");
    site.write(".uploads/.djr-1-0/1.upload", "half of a file");
    site.write(".htpasswd", "x");
    site.write("photos/.git/config", "x");
    symlink("../secret.txt", site.root.join("link.txt")).unwrap();
    symlink("..", site.root.join("up")).unwrap();
    symlink("photos/a.txt", site.root.join("inside.txt")).unwrap();
    assert_eq!(site.get("/media/inside.txt", "").text(), "a");
    for path in [
        "/media/.htpasswd",
        "/media/%2ehtpasswd",
        "/media/.uploads/.djr-1-0/1.upload",
        "/media/photos/.git/config",
        "/media/link.txt",
        "/media/up/secret.txt",
        "/media/../secret.txt",
        "/media/%2e%2e/secret.txt",
        "/media/..%2fsecret.txt",
        "/media/photos/..%2f..%2fsecret.txt",
        "/media/..\\secret.txt",
        "/media//photos/a.txt",
        "/media/photos//a.txt",
        "/media/photos/a.txt/",
        "/media/photos/",
        "/media/photos",
        "/media/",
        "/media",
        "/mediaphotos/a.txt",
        "/media/photos/a.txt%00.png",
        "/media/%C0%AE%C0%AE/secret.txt",
        "/media/nothing.txt",
    ] {
        let answer = site.get(path, "");
        let is_echo = answer.text().starts_with("GET /") || answer.status == 400;
        assert!(is_echo, "{path}: {} {}", answer.status, answer.text());
    }
}

#[test]
fn a_running_site_serves_them_with_debug_and_without() {
    for debug in [true, false] {
        let project = Project::empty();
        project.djr(["startproject", "blog", "."]).success();
        project.djr(["migrate"]).success();
        let project = project
            .file("media/a.svg", "<svg/>")
            .file(
                "media/.uploads/.djr-1-0/1.upload",
                "left by a server that was killed",
            )
            .replaced("debug = true", &format!("debug = {debug}"))
            .replaced("allowed_hosts = []", "allowed_hosts = [\"localhost\"]");
        let server = project.serve();
        let answer = Client::connect(server.address()).get("/media/a.svg");
        assert_eq!((answer.status, answer.text().as_str()), (200, "<svg/>"));
        assert_eq!(answer.headers("x-content-type-options"), ["nosniff"]);
        let disposition = "attachment; filename=\"a.svg\"";
        assert_eq!(answer.header("content-disposition"), Some(disposition));
        let missing = Client::connect(server.address()).get("/media/none.png");
        assert_eq!(missing.status, 404);
        let left = project.names("media");
        assert_eq!(left, [".uploads", "a.svg"], "what was left is removed");
    }
}
