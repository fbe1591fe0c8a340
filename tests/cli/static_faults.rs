//! `djr collectstatic` where the disk, the sources or other runs do what they should not.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::net::UnixListener;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use std::{fs, thread};

use insta::assert_snapshot;
use rustix::fs::{CWD, Mode, mkfifoat};

use crate::support::Project;
use crate::support::faults::{on_a_read_only_disk, on_a_small_disk};

const MANIFEST: &str = "[storages.staticfiles]\nbackend = \"manifest\"";

fn project() -> Project {
    Project::new()
        .without_admin()
        .setting(MANIFEST)
        .file("static/css/site.css", "body { background: url(a.png) }")
        .file("static/css/a.png", "PNG")
}

#[test]
#[cfg_attr(without_unshare, ignore = "needs unshare")]
fn publishes_nothing_where_the_disk_is_full() {
    let project = project();
    for number in 0..5 {
        project.write(format!("static/large/{number}.bin"), &"x".repeat(1 << 20));
    }
    let transcript = on_a_small_disk(project.command(["collectstatic"]), "staticfiles");
    let transcript = transcript.exited(1).to_string();
    assert!(
        transcript.contains("No space left on device"),
        "{transcript}"
    );
    fs::remove_dir_all(project.path("static/large")).unwrap();
    on_a_small_disk(project.command(["collectstatic"]), "staticfiles").success();
}

#[test]
#[cfg_attr(without_unshare, ignore = "needs unshare")]
fn says_what_cannot_be_written_on_a_read_only_disk() {
    let project = project();
    assert_snapshot!(on_a_read_only_disk(project.command(["collectstatic"])), @"
    exit code: 1
    ----- stderr -----
    error: cannot create `staticfiles`
    caused by: Read-only file system (os error 30)
    hint: choose a directory on a file system that can be written; nothing was changed
    ");
    project.djr(["collectstatic"]).success();
    // What is there already needs no writing, even if its source has another time.
    project.write("static/css/a.png", "PNG");
    let unchanged = on_a_read_only_disk(project.command(["collectstatic"]));
    assert_snapshot!(unchanged, @"
    exit code: 0
    ----- stdout -----
    0 static files copied to `staticfiles`, 2 unmodified
    ");
    project.write("static/css/a.png", "PNG 2");
    let changed = on_a_read_only_disk(project.command(["collectstatic", "--noinput"]));
    assert_snapshot!(changed, @"
    exit code: 1
    ----- stderr -----
    error: cannot create `staticfiles/.djr-static/next/css`
    caused by: Read-only file system (os error 30)
    hint: choose a directory on a file system that can be written; nothing was changed
    ");
}

#[test]
fn leaves_out_what_is_not_a_file_and_waits_for_none() {
    let project = project();
    mkfifoat(
        CWD,
        project.path("static/pipe.css"),
        Mode::from_raw_mode(0o600),
    )
    .unwrap();
    let _socket = UnixListener::bind(project.path("static/socket.js")).unwrap();
    assert_snapshot!(project.djr(["collectstatic"]), @"
    exit code: 0
    ----- stdout -----
    2 static files copied to `staticfiles`, 2 post-processed
    ----- stderr -----
    warning: `static/pipe.css` is not a regular file; it stays out
    warning: `static/socket.js` is not a regular file; it stays out
    ");
    let name = OsStr::from_bytes(b"static/caf\xe9.css");
    fs::write(project.root().join(name), "a {}").unwrap();
    let directory = project.root().join(OsStr::from_bytes(b"static/d\xff"));
    fs::create_dir(&directory).unwrap();
    fs::write(directory.join("b.css"), "b {}").unwrap();
    assert_snapshot!(project.djr(["collectstatic"]), @"
    exit code: 0
    ----- stdout -----
    0 static files copied to `staticfiles`, 2 unmodified
    ----- stderr -----
    warning: `static/caf�.css` has a name that is not UTF-8; it stays out
    warning: `static/d�` has a name that is not UTF-8; it stays out
    warning: `static/pipe.css` is not a regular file; it stays out
    warning: `static/socket.js` is not a regular file; it stays out
    ");
}

#[test]
fn takes_names_of_255_bytes_without_a_hash_in_them() {
    let name = format!("{}é.css", "x".repeat(249));
    assert_eq!(name.len(), 255);
    let project = project().file(format!("static/{name}"), "a {}");
    project.djr(["collectstatic"]).success();
    assert_eq!(project.read(format!("staticfiles/{name}")), "a {}");
    let manifest = project.read("staticfiles/staticfiles.json");
    let escaped = name.replace('é', "\\u00e9");
    assert!(
        manifest.contains(&format!("\"{escaped}\": \"{escaped}\"")),
        "{manifest}"
    );
}

/// A name with a hash leads to the content with that hash, whatever happens to the source meanwhile.
#[test]
fn a_source_that_changes_while_it_is_copied_is_copied_whole_or_refused() {
    let project = project();
    let length = 3 << 20;
    let write = |letter: &str| project.write("static/large.js", &letter.repeat(length));
    write("a");
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            for letter in ["a", "b", "c", "d"].iter().cycle() {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                write(letter);
            }
        });
        for _ in 0..10 {
            let transcript = project.djr(["collectstatic", "--noinput"]).to_string();
            let is_refused = transcript.contains("`static/large.js` changes while it is copied");
            assert!(
                is_refused || transcript.contains("exit code: 0"),
                "{transcript}"
            );
        }
        is_over.store(true, Ordering::Relaxed);
    });
    write("e");
    project.djr(["collectstatic", "--noinput"]).success();
    assert_eq!(project.read("staticfiles/large.js"), "e".repeat(length));
}

#[test]
fn a_source_that_vanishes_is_not_missed() {
    let project = project();
    let is_over = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::Relaxed) {
                project.write("static/build/a.tmp", "half");
                fs::remove_dir_all(project.path("static/build")).unwrap();
                // Most of the time it is not there.
                thread::sleep(Duration::from_millis(2));
            }
        });
        for _ in 0..20 {
            project.djr(["collectstatic", "--noinput"]).success();
        }
        is_over.store(true, Ordering::Relaxed);
    });
    assert_eq!(project.read("staticfiles/css/a.png"), "PNG");
}

#[test]
fn eight_runs_at_once_leave_what_one_leaves() {
    let project = project();
    for number in 0..40 {
        project.write(
            format!("static/many/{number}.css"),
            "a { b: url(../css/a.png) }",
        );
    }
    let other = project.copy();
    other.djr(["collectstatic", "--noinput"]).success();
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| project.djr(["collectstatic", "--noinput"]).success());
        }
    });
    assert_eq!(project.names("staticfiles"), other.names("staticfiles"));
    for name in ["staticfiles.json", "many/7.css"] {
        let name = format!("staticfiles/{name}");
        assert_eq!(project.read(&name), other.read(&name));
    }
}
