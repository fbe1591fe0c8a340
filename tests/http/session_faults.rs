//! Sessions of each engine while something goes wrong: servers killed or silent, full disks, locks, damage, clocks.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::attacks::browser::Browser;
use crate::attacks::site;
use crate::support::{Project, Server, faults};

pub(crate) const PASSWORD: &str = "correct horse battery";

/// The engines that keep sessions on the server.
const KEEPERS: [&str; 4] = ["database", "cached_db", "cache", "file"];

/// A site with this engine, and a cache with these lines.
pub(crate) fn site_with(engine: &str, cache: &str) -> Project {
    let settings = format!(
        "[sessions]\nengine = \"{engine}\"\nfile_path = \"kept\"\n\n[caches.default]\n{cache}\n\n[auth.costs]"
    );
    site().replaced("[auth.costs]", &settings)
}

fn in_files(engine: &str) -> Project {
    site_with(engine, "backend = \"file\"\nlocation = \"cached\"")
}

pub(crate) fn logged_in(server: &Server) -> Browser {
    let mut browser = Browser::new(server.address());
    assert_eq!(browser.log_in("ada", PASSWORD).status, 302);
    assert_eq!(browser.username().as_deref(), Some("ada"));
    browser
}

/// The same browser at another server.
fn moved(browser: &Browser, server: &Server) -> Browser {
    let mut moved = Browser::new(server.address());
    moved.set_cookie("sessionid", browser.cookie("sessionid").unwrap());
    moved
}

fn kill(server: &Server) {
    let sent = Command::new("kill")
        .args(["-s", "KILL", &server.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

#[test]
fn a_server_that_is_killed_while_it_writes_leaves_whole_sessions() {
    for engine in KEEPERS {
        let project =
            in_files(engine).replaced("[sessions]", "[sessions]\nsave_every_request = true");
        let mut server = project.serve();
        let before = logged_in(&server);
        let address = server.address().to_owned();
        let cookie = before.cookie("sessionid").unwrap().to_owned();
        let killed = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| {
                    // A connection that breaks off is a panic of the browser, and the end of this.
                    let answered = || {
                        let ask = || {
                            let mut browser = Browser::new(&address);
                            browser.set_cookie("sessionid", &cookie);
                            browser.username()
                        };
                        std::panic::catch_unwind(ask).is_ok()
                    };
                    while !killed.load(Ordering::Relaxed) {
                        if !answered() {
                            break;
                        }
                    }
                });
            }
            thread::sleep(Duration::from_millis(400));
            kill(&server);
            killed.store(true, Ordering::Relaxed);
        });
        server.wait();
        let server = project.serve();
        assert_eq!(
            moved(&before, &server).username().as_deref(),
            Some("ada"),
            "{engine}"
        );
        logged_in(&server);
        project.djr(["clearsessions"]).success();
        assert_eq!(
            moved(&before, &server).username().as_deref(),
            Some("ada"),
            "{engine}"
        );
    }
}

#[test]
fn who_logs_out_while_other_requests_write_stays_out() {
    for engine in KEEPERS {
        let project =
            in_files(engine).replaced("[sessions]", "[sessions]\nsave_every_request = true");
        let server = project.serve();
        let mut browser = logged_in(&server);
        let token = browser.token("/accounts/password_change/");
        let is_out = AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..3 {
                let mut other = moved(&browser, &server);
                let is_out = &is_out;
                scope.spawn(move || {
                    let cookie = other.cookie("sessionid").unwrap().to_owned();
                    while !is_out.load(Ordering::Relaxed) {
                        other.set_cookie("sessionid", &cookie);
                        let status = other.get("/mine/").status;
                        // 400: it was deleted before this request could keep it.
                        assert!([200, 302, 400].contains(&status), "{engine}: {status}");
                    }
                });
            }
            thread::sleep(Duration::from_millis(150));
            let before = moved(&browser, &server);
            let out = browser.post("/accounts/logout/", &[("csrfmiddlewaretoken", &token)]);
            assert_eq!(out.status, 200, "{engine}");
            thread::sleep(Duration::from_millis(150));
            is_out.store(true, Ordering::Relaxed);
            assert_eq!(moved(&before, &server).username(), None, "{engine}");
        });
    }
}

#[test]
fn a_session_that_is_damaged_is_nobodys_and_harms_no_page() {
    let project = in_files("database");
    let server = project.serve();
    for damage in [
        "session_data = ''",
        "session_data = 'garbage'",
        "session_data = x'ff00'",
        "session_data = 5",
        "session_data = replace(session_data, ':', '.')",
        "session_data = substr(session_data, 1, 20)",
        "expire_date = 'soon'",
        "expire_date = x'00'",
    ] {
        let mut browser = logged_in(&server);
        let sql = format!("UPDATE django_session SET {damage}");
        project.database().execute_batch(&sql).unwrap();
        let answer = browser.get("/mine/");
        assert_eq!(answer.status, 302, "{damage}: {}", answer.text());
        logged_in(&server);
        project
            .database()
            .execute_batch("DELETE FROM django_session")
            .unwrap();
    }
    for (engine, directory) in [
        ("file", "kept"),
        ("cache", "cached"),
        ("cached_db", "cached"),
    ] {
        let project = in_files(engine);
        let server = project.serve();
        let much = vec![b'x'; 100_000];
        for damage in [&b""[..], b"garbage", b"\xff\xfe\x00", &much] {
            let mut browser = logged_in(&server);
            for name in project.names(directory) {
                fs::write(project.path(directory).join(name), damage).unwrap();
            }
            let known = browser.username();
            // A copy is nothing that matters.
            assert_eq!(known.is_some(), engine == "cached_db", "{engine}");
            logged_in(&server);
        }
        project.djr(["clearsessions"]).success();
    }
}

#[test]
fn a_locked_database_is_waited_for_and_pages_that_read_go_on() {
    let project = in_files("database").setting("[databases.default]\ntimeout = 1");
    let server = project.serve();
    let mut browser = logged_in(&server);
    let lock = project.database();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(browser.username().as_deref(), Some("ada"));
    let started = Instant::now();
    let refused = Browser::new(server.address())
        .log_in("ada", PASSWORD)
        .status;
    assert!([500, 503].contains(&refused), "{refused}");
    assert!(
        started.elapsed() < Duration::from_secs(10),
        "{:?}",
        started.elapsed()
    );
    lock.execute_batch("COMMIT").unwrap();
    logged_in(&server);
    assert_eq!(browser.username().as_deref(), Some("ada"));
}

/// Fills the small disk of `server`, which only it sees, until it is left again.
pub(crate) struct FullDisk(std::path::PathBuf);

impl FullDisk {
    pub(crate) fn of(server: &Server, directory: &Path) -> Self {
        let inside = format!("/proc/{}/root{}/fill", server.id(), directory.display());
        let path = std::path::PathBuf::from(inside);
        // The last bytes, too.
        let mut size = 4 << 20;
        while size > 0 {
            // One that does not fit is written as far as there is room.
            fs::write(path.with_extension(size.to_string()), vec![b'x'; size]).ok();
            size /= 2;
        }
        Self(path)
    }
}

impl Drop for FullDisk {
    fn drop(&mut self) {
        let directory = self.0.parent().unwrap();
        for entry in fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.file_stem().is_some_and(|name| name == "fill") {
                fs::remove_file(path).unwrap();
            }
        }
    }
}

#[test]
#[cfg_attr(without_unshare, ignore = "needs unshare")]
fn on_a_full_disk_nobody_logs_in_and_who_did_is_known() {
    const DATABASE: &str = "DJR_DATABASES__DEFAULT__NAME";
    const IN_FILES: &str = "backend = \"file\"\nlocation = \"cached\"";
    const IN_A_TABLE: &str = "backend = \"database\"\nlocation = \"cached\"";
    let files = [
        (
            "file",
            IN_FILES,
            "DJR_SESSIONS__FILE_PATH",
            "small/sessions",
        ),
        (
            "cache",
            IN_FILES,
            "DJR_CACHES__DEFAULT__LOCATION",
            "small/cache",
        ),
    ];
    let tables = [
        ("database", IN_FILES),
        ("cached_db", IN_FILES),
        ("cached_db", IN_A_TABLE),
        ("cache", IN_A_TABLE),
    ];
    let tables = tables.map(|(engine, cache)| (engine, cache, DATABASE, "small/db.sqlite3"));
    for (engine, cache, variable, value) in files.into_iter().chain(tables) {
        let project = site_with(engine, cache);
        project.djr(["createcachetable"]).success();
        let copied = if variable == DATABASE {
            "&& cp db.sqlite3 small/"
        } else {
            ""
        };
        let invocation = project
            .command(["runserver", "127.0.0.1:0"])
            .env(variable, value);
        let server = Server::start(faults::with_a_small_disk(invocation, "small", copied));
        let mut browser = logged_in(&server);
        let full = FullDisk::of(&server, &project.path("small"));
        let refused = Browser::new(server.address())
            .log_in("ada", PASSWORD)
            .status;
        assert_eq!(refused, 500, "{engine}, {cache}");
        assert_eq!(
            browser.username().as_deref(),
            Some("ada"),
            "{engine}, {cache}"
        );
        assert_eq!(
            Browser::new(server.address()).get("/").status,
            200,
            "{engine}, {cache}"
        );
        drop(full);
        logged_in(&server);
    }
}

#[test]
fn a_clock_that_is_set_back_ends_no_session_and_one_that_is_set_on_does() {
    for engine in ["database", "cached_db", "cache", "signed_cookies"] {
        let project = in_files(engine);
        let at = |now: &str| {
            Server::start(
                project
                    .command(["runserver", "127.0.0.1:0"])
                    .env("DJR_TEST_NOW", now),
            )
        };
        let browser = logged_in(&at("2026-06-15T12:00:00Z"));
        for (now, is_known) in [
            ("2025-06-15T12:00:00Z", true),
            ("2026-06-28T12:00:00Z", true),
            ("2026-07-28T12:00:00Z", false),
        ] {
            let server = at(now);
            let known = moved(&browser, &server).username();
            assert_eq!(known.is_some(), is_known, "{engine} at {now}");
        }
    }
}
