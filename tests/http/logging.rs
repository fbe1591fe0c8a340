//! `[logging]`, over a running server.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{Project, Server};
use crate::test_server::Client;

const URLS: &str = r#"
[[urls]]
path = ""
view = "template"
template = "home.html"

[[urls]]
path = "broken/"
view = "template"
template = "broken.html"

[[urls]]
path = "accounts/"
include = "auth.urls"
"#;

/// A site in production with a page that fails, and `logging` among its settings.
fn project(logging: &str) -> Project {
    Project::new()
        .migrated()
        .replaced(
            "debug = true",
            "debug = false\nallowed_hosts = [\"localhost\"]",
        )
        .file("urls.toml", URLS)
        .file("templates/home.html", "<h1>home</h1>")
        .file("templates/broken.html", "{{ url('nowhere') }}")
        .setting(logging)
}

fn get(server: &Server, path: &str) -> u16 {
    Client::connect(server.address()).get(path).status
}

/// The text of a file of the project, as soon as it holds `part`.
#[track_caller]
fn file_with(project: &Project, name: &str, part: &str) -> String {
    let started = Instant::now();
    loop {
        let text = fs::read_to_string(project.path(name)).unwrap_or_default();
        if text.contains(part) {
            return text;
        }
        assert!(
            started.elapsed() < Duration::from_secs(10),
            "{part}\n{text}"
        );
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn loggers_write_files_in_the_format_of_their_handlers() {
    let project = project(
        r#"
[logging.formatters.verbose]
format = "{levelname} {asctime} {name} {message}"
[logging.handlers.file]
class = "file"
filename = "log/djr.log"
formatter = "verbose"
[logging.handlers.access]
class = "file"
filename = "log/access.log"
formatter = "json"
[logging.formatters.json]
format = "json"
[logging.loggers.djr]
handlers = ["file"]
[logging.loggers."djr.server"]
handlers = ["access", "server"]
"#,
    );
    let server = project.serve();
    assert_eq!(get(&server, "/"), 200);
    assert_eq!(get(&server, "/nowhere/%0aERROR"), 404);
    assert_eq!(get(&server, "/broken/"), 500);
    let log = file_with(&project, "log/djr.log", "/broken/");
    let lines: Vec<_> = log.lines().collect();
    assert_eq!(lines.len(), 2, "{log}");
    let expected = "WARNING 2026-01-02 03:04:05,000 djr.request Not Found: /nowhere/\\nERROR";
    assert_eq!(lines[0], expected);
    let expected = "ERROR 2026-01-02 03:04:05,000 djr.request Internal Server Error: /broken/: ";
    assert!(lines[1].starts_with(expected), "{log}");
    let access = file_with(&project, "log/access.log", "/broken/");
    let first: serde_json::Value = serde_json::from_str(access.lines().next().unwrap()).unwrap();
    for (key, value) in [
        ("level", "INFO".into()),
        ("logger", "djr.server".into()),
        ("method", "GET".into()),
        ("target", "/".into()),
        ("status", serde_json::Value::from(200)),
        ("size", 13.into()),
    ] {
        assert_eq!(first[key], value, "{key} in {first}");
    }
    assert!(first["milliseconds"].is_u64());
    // The console still has the access lines, by its own handler.
    server.line_with("\"GET /broken/ HTTP/1.1\" 500 ");
    for name in ["log/djr.log", "log/access.log"] {
        let mode = fs::metadata(project.path(name))
            .unwrap()
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn a_log_that_logrotate_moved_away_is_opened_anew() {
    let project = project(
        "[logging.handlers.file]\nclass = \"file\"\nfilename = \"djr.log\"\n\
         [logging.loggers.djr]\nhandlers = [\"file\"]\n",
    );
    let server = project.serve();
    get(&server, "/one/");
    file_with(&project, "djr.log", "/one/");
    fs::rename(project.path("djr.log"), project.path("djr.log.1")).unwrap();
    get(&server, "/two/");
    assert_eq!(
        file_with(&project, "djr.log", "/two/"),
        "Not Found: /two/\n"
    );
}

#[test]
fn two_servers_share_a_log_that_is_put_aside_by_size() {
    let project = project(
        "[logging.handlers.file]\nclass = \"rotating_file\"\nfilename = \"djr.log\"\nmax_bytes = 400\nbackup_count = 100\n\
         [logging.loggers.djr]\nhandlers = [\"file\"]\n",
    );
    let servers = [project.serve(), project.serve()];
    thread::scope(|scope| {
        for (number, server) in servers.iter().enumerate() {
            let address = server.address().to_owned();
            scope.spawn(move || {
                for index in 0..40 {
                    let path = format!("/{number}/{index:02}/");
                    assert_eq!(Client::connect(&*address).get(&path).status, 404);
                }
            });
        }
    });
    let names = project
        .names("")
        .into_iter()
        .filter(|name| name.starts_with("djr.log"));
    let texts: Vec<_> = names.map(|name| project.read(name)).collect();
    assert!(texts.len() > 3);
    assert!(texts.iter().all(|text| text.len() <= 400));
    let mut lines: Vec<_> = texts.iter().flat_map(|text| text.lines()).collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!(lines.len(), 80, "{lines:?}");
}

#[test]
fn a_log_that_cannot_be_opened_stops_the_start_and_a_full_disk_stops_nothing() {
    let handler = |name: &str| {
        format!(
            "[logging.handlers.file]\nclass = \"file\"\nfilename = \"{name}\"\n[logging.loggers.djr]\nhandlers = [\"file\"]\n"
        )
    };
    let refused = project(&handler("urls.toml/x.log")).djr(["runserver", "127.0.0.1:0"]);
    let transcript = refused.exited(1).to_string();
    let expected = "urls.toml/x.log` of `logging.handlers.file` cannot be opened: ";
    assert!(transcript.contains(expected), "{transcript}");
    let project = project(&handler("/dev/full"));
    let server = project.serve();
    for _ in 0..3 {
        assert_eq!(get(&server, "/nowhere/"), 404);
    }
    server.line_with("the log `/dev/full` cannot be written: No space left on device");
    assert_eq!(get(&server, "/"), 200);
}

#[test]
fn check_finds_mistakes_in_the_logging_with_their_places() {
    let project =
        project("[logging.loggers.\"djr.db\"]\nlevel = \"DEBGU\"\nhandlers = [\"consol\"]\n");
    let transcript = project.djr(["check"]).to_string();
    for line in [
        "`logging.loggers.\"djr.db\".level` must be one of",
        "did you mean `DEBUG`?",
        "has an unknown handler, `consol`",
        "did you mean `console`?",
    ] {
        assert!(transcript.contains(line), "{line}\n{transcript}");
    }
}

#[test]
fn admins_are_mailed_what_went_wrong_with_the_request_and_not_too_often() {
    let project = project(
        "[mail]\nbackend = \"file\"\nadmins = [\"Ada <ada@example.com>\"]\n\
         [logging.handlers.mail_admins]\nmax_per_hour = 2\n",
    );
    let server = project.serve();
    assert_eq!(get(&server, "/nowhere/"), 404);
    for _ in 0..5 {
        let mut client = Client::connect(server.address());
        client.send(
            "GET /broken/?q=1&password=hush HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=hush\r\n\
             Authorization: Bearer hush\r\nX-Api-Key: hush\r\nUser-Agent: Probe/1\r\n\r\n",
        );
        assert_eq!(client.response().status, 500);
    }
    let mails = project.mail(2);
    for part in [
        "Subject: [djr] ERROR: Internal Server Error: /broken/:",
        "To: Ada <ada@example.com>",
        "From: root@localhost",
        "GET http://localhost/broken/",
        "client: 127.0.0.1",
        "  q: 1",
        "  password: ********",
        "Probe/1",
    ] {
        assert!(mails[0].contains(part), "{part}\n{}", mails[0]);
    }
    assert!(!mails.concat().contains("hush"), "{}", mails[0]);
    thread::sleep(Duration::from_millis(200));
    assert_eq!(project.mail(2).len(), 2);
}

#[test]
fn admins_are_not_mailed_with_debug_or_where_there_are_none() {
    for settings in [
        "[mail]\nbackend = \"file\"\n",
        "[mail]\nbackend = \"file\"\nadmins = [\"a@x.org\"]\n[logging.handlers.mail_admins]\nfilters = [\"require_debug_true\"]\n",
    ] {
        let project = project(settings);
        let server = project.serve();
        assert_eq!(get(&server, "/broken/"), 500);
        server.line_with("\"GET /broken/ HTTP/1.1\" 500 ");
        thread::sleep(Duration::from_millis(200));
        assert!(!project.path("mail").exists());
    }
}

#[test]
fn statements_are_logged_with_their_time_when_they_are_asked_for() {
    let project = project(
        "[logging.handlers.sql]\nclass = \"file\"\nfilename = \"sql.log\"\nformatter = \"sql\"\n\
         [logging.formatters.sql]\nformat = \"{levelname} {alias} {duration} {message}\"\n\
         [logging.loggers.\"djr.db\"]\nlevel = \"DEBUG\"\nhandlers = [\"sql\"]\n",
    )
    .file("templates/home.html", "{{ user.username }}");
    let server = project.serve();
    let mut client = Client::connect(server.address());
    client.send("GET / HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid=abcdefghijklmnopqrstuvwxyz012345\r\n\r\n");
    assert_eq!(client.response().status, 200);
    let log = file_with(&project, "sql.log", "django_session");
    let line = log.lines().next().unwrap();
    assert!(line.starts_with("DEBUG default 0."), "{line}");
    assert!(
        line.contains("SELECT ") && line.contains("; args=("),
        "{line}"
    );
    assert!(line.ends_with("; alias=default"), "{line}");
}
