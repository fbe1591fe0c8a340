//! `djr runserver`, from its first line to its last.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::thread;
use std::time::Duration;

use insta::assert_snapshot;

use crate::support::{Project, Server};
use crate::test_server::Client;

const URLS: &str = r#"
[[urls]]
path = ""
name = "home"
view = "template"
template = "home.html"
"#;

/// A project that no check has anything to say about.
fn sound() -> Project {
    let project = Project::new().file("urls.toml", "");
    let private = fs::Permissions::from_mode(0o600);
    fs::set_permissions(project.path(".env"), private).unwrap();
    project
}

/// A project of one page that needs no database.
fn project() -> Project {
    sound()
        .replaced(
            r#"apps = ["admin", "auth", "contenttypes", "sessions", "messages", "staticfiles"]"#,
            "apps = [\"staticfiles\"]\nmiddleware = [\"security\", \"common\"]",
        )
        .file("urls.toml", URLS)
        .file("templates/home.html", "<h1>one</h1>")
        .file("static/a.css", "body {}")
}

fn get(server: &Server, path: &str) -> (u16, String) {
    let answer = Client::connect(server.address()).get(path);
    (answer.status, answer.text())
}

fn signal(server: &Server, name: &str) {
    let id = server.id().to_string();
    let status = Command::new("kill").args(["-s", name, &id]).status();
    assert!(status.unwrap().success());
}

#[test]
fn says_where_it_is_and_logs_what_it_does() {
    let project = project();
    let server = Server::start(project.command(["runserver", "127.0.0.1:0"]));
    assert_eq!(get(&server, "/"), (200, "<h1>one</h1>".to_owned()));
    let line = server.line_with("HTTP/1.1");
    let expected = "[02/Jan/2026 03:04:05] \"GET / HTTP/1.1\" 200 12 ";
    assert!(line.starts_with(expected) && line.ends_with("ms"), "{line}");
    assert_eq!(get(&server, "/static/a.css").0, 200);
    assert_eq!(get(&server, "/static/../djr.toml").0, 404);
    assert_eq!(get(&server, "/nope").0, 404);
}

#[test]
fn a_change_shows_at_the_next_request() {
    let project = project();
    let server = project.serve();
    assert_eq!(get(&server, "/").1, "<h1>one</h1>");
    project.write("templates/home.html", "<h1>two</h1>");
    assert_eq!(get(&server, "/").1, "<h1>two</h1>");
    project.write(
        "urls.toml",
        &URLS.replace("path = \"\"", "path = \"moved/\""),
    );
    assert_eq!(get(&server, "/").0, 404);
    assert_eq!(get(&server, "/moved/").1, "<h1>two</h1>");
    project.write("static/b.css", "p {}");
    assert_eq!(get(&server, "/static/b.css").1, "p {}");
}

#[test]
fn a_broken_project_is_told_until_it_is_mended() {
    let project = project();
    let server = project.serve();
    assert_eq!(get(&server, "/").0, 200);
    project.write("urls.toml", "[[urls]]\npath = 1\n");
    let (status, page) = get(&server, "/");
    assert_eq!(status, 500);
    assert!(page.contains("urls.toml"), "{page}");
    server.line_with("urls.toml:2:8");
    project.write("urls.toml", URLS);
    assert_eq!(get(&server, "/").0, 200);
    server.line_with("read again");
}

#[test]
fn a_site_with_a_broken_template_starts_and_is_told_of_it() {
    let project = project().file("templates/other.html", "{{ broken\n");
    let server = project.serve();
    assert_eq!(get(&server, "/").0, 200);
    let started = server.startup_output();
    assert!(
        started.contains("other.html:1:1: `{{` is not closed"),
        "{started}"
    );
    project.write("templates/other.html", "{{ x|uper }}\n");
    assert_eq!(get(&server, "/").0, 200);
    server.line_with("other.html:1:6: there is no filter `uper`");
}

#[test]
fn production_reads_nothing_again_and_serves_what_was_collected() {
    let project = project().replaced(
        "debug = true",
        "debug = false\nallowed_hosts = [\"localhost\"]",
    );
    project.djr(["collectstatic"]).success();
    let server = project.serve();
    project.write("templates/home.html", "<h1>two</h1>");
    project.write("urls.toml", "[[urls]]\npath = 1\n");
    project.write("static/b.css", "p {}");
    assert_eq!(get(&server, "/"), (200, "<h1>one</h1>".to_owned()));
    assert_eq!(get(&server, "/static/a.css").1, "body {}");
    let (status, page) = get(&server, "/static/b.css");
    assert_eq!(status, 404);
    let root = project.root().display().to_string();
    assert!(
        !page.contains(&root) && !page.contains("urls.toml"),
        "{page}"
    );
}

#[test]
fn warns_of_what_is_not_ready() {
    let project = sound();
    let output = project.serve().startup_output().to_owned();
    assert!(
        output.contains("warning: there is no database yet\n"),
        "{output}"
    );
    let project = project.migrated();
    let output = project.serve().startup_output().to_owned();
    assert!(!output.contains("warning"), "{output}");
    let project = project.replaced(
        "debug = true",
        "debug = false\nallowed_hosts = [\"localhost\"]",
    );
    let output = project.serve().startup_output().to_owned();
    let expected = "there are no static files: `staticfiles` is missing";
    assert!(output.contains(expected), "{output}");
}

#[test]
fn stops_on_a_signal_with_the_request_in_flight_answered() {
    for name in ["INT", "TERM"] {
        let project = project();
        let mut server = project.serve();
        let mut client = Client::connect(server.address());
        client.send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n");
        thread::sleep(Duration::from_millis(100));
        signal(&server, name);
        thread::sleep(Duration::from_millis(100));
        client.send("ab");
        let answer = client.response();
        assert_eq!(answer.status, 405, "{}", answer.text());
        assert_eq!(server.wait(), Some(0), "{name}");
    }
}

#[test]
fn tells_a_port_that_is_taken_and_an_address_that_is_none() {
    let project = project();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let transcript = project.djr(["runserver", &port]).exited(1).to_string();
    let expected = format!("error: cannot listen at 127.0.0.1:{port}: the port is in use\n");
    assert!(transcript.contains(&expected), "{transcript}");
    assert_eq!(transcript.matches("use").count(), 1, "{transcript}");
    assert_snapshot!(project.djr(["runserver", "80x"]), @"
    exit code: 2
    ----- stderr -----
    error: cannot listen at `80x`: it is neither a port nor an address with a port, such as `8000`, `0:8000` or `[::1]:8000`
    ");
    assert_snapshot!(project.djr(["runserver", "192.0.2.1:8000"]), @"
    exit code: 1
    ----- stderr -----
    error: cannot listen at 192.0.2.1:8000: the address does not belong to this machine
    hint: `djr runserver 0:8000` listens at every address
    ");
    assert_snapshot!(project.command(["runserver"]).env("PORT", "no").run(), @"
    exit code: 2
    ----- stderr -----
    error: cannot listen at `no`: it is neither a port nor an address with a port, such as `8000`, `0:8000` or `[::1]:8000`
    ");
}

#[test]
fn does_not_start_with_mistakes() {
    let project = project().file("urls.toml", "[[urls]]\npath = 1\n");
    assert_snapshot!(project.djr(["runserver", "127.0.0.1:0"]), @"
    exit code: 1
    ----- stderr -----
    error: urls.toml:2:8: `path` must be a string, not an integer
    error: urls.toml:2:8: an entry needs a `view` or an `include`
    error: found 2 errors
    ");
    fs::remove_file(project.path("djr.toml")).unwrap();
    assert_snapshot!(project.djr(["runserver", "127.0.0.1:0"]), @"
    exit code: 1
    ----- stderr -----
    error: there is no `djr.toml` in this directory or any above it
    hint: change to a project's directory, or name it with `--project DIR`
    hint: `djr startproject NAME` makes a project
    ");
}

#[test]
fn takes_the_port_from_the_environment_and_speaks_ipv6() {
    let project = project();
    let server = Server::start(project.command(["runserver"]).env("PORT", "0"));
    assert_eq!(get(&server, "/").0, 200);
    let server = Server::start(project.command(["runserver", "[::1]:0"]));
    assert!(
        server.address().starts_with("[::1]:"),
        "{}",
        server.address()
    );
    let mut client = Client::connect(server.address());
    client.send("GET / HTTP/1.1\r\nHost: [::1]\r\n\r\n");
    assert_eq!(client.response().status, 200);
}

#[test]
fn logs_documents_with_json() {
    let project = project();
    let server = Server::start(project.command(["runserver", "127.0.0.1:0", "--json"]));
    get(&server, "/?a=b");
    let line = server.line_with("target");
    let document: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(document["target"], "/?a=b");
    assert_eq!(document["status"], 200);
    assert_eq!(document["time"], "2026-01-02T03:04:05Z");
}
