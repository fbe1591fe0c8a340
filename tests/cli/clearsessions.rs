//! `djr clearsessions`.

use std::fs::{self, File, FileTimes};
use std::os::unix::fs::PermissionsExt;
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use crate::support::{Project, Terminal, faults};

/// The moment at which every command of a test runs, in seconds of Unix.
const NOW: u64 = 1_767_323_045;

/// Rows that ended, a microsecond before, at and a microsecond after 2026-01-02 03:04:05.
const ROWS: &str = "INSERT INTO django_session VALUES ('older', '', '2025-12-30 03:04:05'), \
     ('gone', '', '2026-01-02 03:04:04.999999'), \
     ('now', '', '2026-01-02 03:04:05'), ('later', '', '2026-01-02 03:04:05.000001')";

fn with_sessions(project: Project) -> Project {
    project.database().execute(ROWS, []).unwrap();
    project
}

fn left(project: &Project) -> Vec<String> {
    project.texts("SELECT session_key FROM django_session ORDER BY expire_date")
}

/// Many rows, of which every second one ended.
fn with_many_sessions(count: usize) -> Project {
    let project = Project::new().migrated();
    let insert = format!(
        "INSERT INTO django_session WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) \
         SELECT lower(hex(randomblob(16))), hex(zeroblob(100)), CASE i % 2 WHEN 0 THEN '2025-01-01 00:00:00' ELSE '2027-01-01 00:00:00' END FROM n"
    );
    project.database().execute(&insert, []).unwrap();
    project
}

#[test]
fn deletes_the_sessions_that_ended_and_no_other() {
    let project = with_sessions(Project::new().migrated());
    let run = project.djr(["clearsessions"]).success();
    assert_eq!(run.stdout(), "deleted 2 ended sessions\n");
    assert_eq!(left(&project), ["now", "later"]);
    let run = project.djr(["clearsessions"]).success();
    assert_eq!(run.stdout(), "no session has ended\n");
    let result = project.djr(["clearsessions", "--json"]).success().json();
    let expected = serde_json::json!({
        "dry_run": false, "ended": 0, "deleted": 0, "damaged": 0, "unreadable": 0, "engine": "database",
    });
    assert_eq!(result["result"], expected);
}

#[test]
fn counts_without_deleting_and_without_touching_the_file() {
    let project = with_sessions(Project::new().migrated());
    let database = project.database();
    database
        .pragma_update(None, "journal_mode", "delete")
        .unwrap();
    drop(database);
    let before = fs::read(project.path("db.sqlite3")).unwrap();
    let run = project.djr(["clearsessions", "--dry-run"]).success();
    assert_eq!(run.stdout(), "would delete 2 ended sessions\n");
    let run = project.djr(["clearsessions", "-n", "--json"]).success();
    let result = &run.json()["result"];
    assert_eq!(
        (&result["ended"], &result["deleted"]),
        (&2.into(), &0.into())
    );
    assert_eq!(fs::read(project.path("db.sqlite3")).unwrap(), before);
    assert!(!project.path("db.sqlite3-wal").exists());
}

#[test]
fn takes_only_those_that_ended_longer_ago_where_it_is_told_to() {
    for (time, deleted) in [
        ("0", 2),
        ("1", 1),
        ("3d", 0),
        ("259199", 1),
        ("71h", 1),
        ("1w", 0),
        ("4319m", 1),
        ("999999999999999", 0),
    ] {
        let project = with_sessions(Project::new().migrated());
        let run = project.djr(["clearsessions", "--older-than", time, "--json"]);
        let found = run.success().json()["result"]["deleted"].clone();
        assert_eq!(found, deleted, "{time}");
    }
    let project = Project::new().migrated();
    for time in [
        "",
        "d",
        "-1",
        "1.5h",
        "1y",
        "soon",
        "99999999999999999999w",
        "1 d",
        "٣d",
    ] {
        let argument = format!("--older-than={time}");
        let run = project.djr(["clearsessions", &argument]).exited(2);
        assert!(run.stderr().contains("30d"), "{run}");
    }
}

#[test]
fn names_the_command_that_makes_the_table() {
    for arguments in [&["clearsessions"][..], &["clearsessions", "--dry-run"]] {
        let project = Project::new();
        let run = project.djr(arguments).exited(1);
        assert!(run.stderr().contains("run `djr migrate`"), "{run}");
        assert!(!project.path("db.sqlite3").exists());
    }
}

#[test]
fn what_a_clock_that_went_back_calls_unended_stays() {
    let project = with_sessions(Project::new().migrated());
    let back = project
        .command(["clearsessions"])
        .env("DJR_TEST_NOW", "2025-12-31T00:00:00Z");
    assert_eq!(back.run().success().stdout(), "deleted 1 ended session\n");
    assert_eq!(left(&project), ["gone", "now", "later"]);
    let long_ago = project
        .command(["clearsessions"])
        .env("DJR_TEST_NOW", "0001-01-01T00:00:00Z");
    assert_eq!(long_ago.run().success().stdout(), "no session has ended\n");
}

/// A row is compared as Django's `DELETE` compares it: what is no moment is text, or before every text.
#[test]
fn damaged_rows_stay_or_go_as_with_django() {
    let project = Project::new().migrated();
    let rows = "INSERT INTO django_session VALUES ('word', '', 'soon'), ('number', '', 5), ('empty', '', ''), \
                ('bytes', '', x'32303235'), ('data', x'ff00', '2025-01-01 00:00:00')";
    project.database().execute(rows, []).unwrap();
    let run = project.djr(["clearsessions"]).success();
    assert_eq!(run.stdout(), "deleted 3 ended sessions\n");
    let kept = project.texts("SELECT session_key FROM django_session ORDER BY session_key");
    assert_eq!(kept, ["bytes", "word"]);
}

#[test]
fn a_run_that_was_killed_is_gone_on_with() {
    let project = with_many_sessions(60_000);
    let started = Instant::now();
    project.copy().djr(["clearsessions"]).success();
    let whole = started.elapsed();
    for part in 1..6 {
        faults::kill_after(project.command(["clearsessions"]), whole * part / 8);
        let health = project.texts("PRAGMA integrity_check");
        assert_eq!(health, ["ok"]);
    }
    project.djr(["clearsessions"]).success();
    assert_eq!(project.count("django_session"), 30_000);
}

#[test]
fn two_at_once_do_the_work_of_one_while_others_write() {
    let project = with_many_sessions(40_000);
    let writer = project.database();
    writer.busy_timeout(Duration::from_secs(30)).unwrap();
    let mut longest = Duration::ZERO;
    let deleted: u64 = thread::scope(|scope| {
        let run = || {
            let run = project.djr(["clearsessions", "--json"]).success();
            run.json()["result"]["deleted"].as_u64().unwrap()
        };
        let runs = [scope.spawn(run), scope.spawn(run)];
        let mut number = 0;
        while !runs.iter().all(thread::ScopedJoinHandle::is_finished) {
            let begun = Instant::now();
            let sql = "INSERT INTO django_session VALUES (?, '', '2027-01-01 00:00:00')";
            writer.execute(sql, [format!("new{number}")]).unwrap();
            longest = longest.max(begun.elapsed());
            number += 1;
            thread::sleep(Duration::from_millis(2));
        }
        runs.into_iter().map(|run| run.join().unwrap()).sum()
    });
    assert_eq!(deleted, 20_000);
    // Beside other tests; `bench/clearsessions.py` measures it.
    assert!(longest < Duration::from_secs(2), "{longest:?}");
}

#[test]
fn shows_how_far_it_is_on_a_terminal() {
    let project = with_many_sessions(60_000);
    let run = project.command(["clearsessions"]);
    let run = run.under("/usr/bin/env", &["TERM=xterm"]);
    let mut terminal = Terminal::start(run, "echo END");
    terminal.wait_for("clearing");
    terminal.wait_for("deleted 30000 ended sessions");
    terminal.wait_for("END");
}

#[test]
#[cfg_attr(without_unshare, ignore = "needs unshare")]
fn a_full_disk_is_told_and_costs_nothing() {
    let project = with_many_sessions(4000);
    let database = project.database();
    let moved = database.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        row.get::<_, i64>(0)
    });
    assert_eq!(moved.unwrap(), 0);
    drop(database);
    fs::create_dir(project.path("small")).unwrap();
    let script = "mount -t tmpfs -o size=4m tmpfs small && cp db.sqlite3 small/ || exit 9; \
                  cat /dev/zero > small/rest; truncate -s -200K small/rest; \
                  \"$@\"; code=$?; rm small/rest; \"$@\" || exit 8; cp small/db.sqlite3* .; exit $code";
    let run = project
        .command(["clearsessions"])
        .env("DJR_DATABASES__DEFAULT__NAME", "small/db.sqlite3")
        .under("unshare", &["-rm", "sh", "-c", script, "sh"])
        .run()
        .exited(1);
    assert!(run.stderr().contains("make room on the disk"), "{run}");
    assert_eq!(run.stdout(), "deleted 2000 ended sessions\n", "{run}");
    assert_eq!(project.count("django_session"), 2000);
}

const FILES: &str = "[sessions]\nengine = 'file'\nfile_path = 'kept'\n";

/// `{}`, one that ends in 2030, and one that ended on the day before, as the engine keeps them.
const PLAIN: &str = "e30:1:x";
const LONG: &str = "eyJfc2Vzc2lvbl9leHBpcnkiOiIyMDMwLTAxLTAxVDAwOjAwOjAwKzAwOjAwIn0:1:x";
const SHORT: &str = "eyJfc2Vzc2lvbl9leHBpcnkiOiIyMDI2LTAxLTAxVDAwOjAwOjAwKzAwOjAwIn0:1:x";

const DAY: u64 = 86_400;

/// Writes a file of the name `name` that is so many days old.
fn write(project: &Project, name: &str, text: &[u8], days: u64) {
    let path = project.path("kept").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, text).unwrap();
    let written = SystemTime::UNIX_EPOCH + Duration::from_secs(NOW - days * DAY);
    let file = File::options().write(true).open(path).unwrap();
    file.set_times(FileTimes::new().set_modified(written))
        .unwrap();
}

fn with_files() -> Project {
    let project = Project::new().setting(FILES);
    let file = |name: &str, text: &str, days| write(&project, name, text.as_bytes(), days);
    file("sessionidplain-old", PLAIN, 15);
    file("sessionidplain-new", PLAIN, 13);
    file("sessionidlong-old", LONG, 100);
    file("sessionidshort-new", SHORT, 1);
    file("sessioniddamaged-old", "nothing", 15);
    file("sessioniddamaged-new", "eyJf", 13);
    file("sessionidempty-old", "", 15);
    write(&project, "sessionidbytes-old", b"\xff\x00", 15);
    file("otherplain-old", PLAIN, 15);
    file("sessionid", PLAIN, 15);
    file("sessionidkey with a space", PLAIN, 15);
    file(".sessionidkilled-1.djr-tmp", PLAIN, 1);
    project
}

#[test]
fn files_end_as_with_django() {
    let project = with_files();
    let run = project.djr(["clearsessions", "--dry-run"]).success();
    assert_eq!(run.stdout(), "would delete 5 ended sessions\n");
    assert_eq!(project.names("kept").len(), 12);
    let run = project.djr(["clearsessions"]).success();
    assert_eq!(run.stdout(), "deleted 5 ended sessions\n");
    let told = run.stderr();
    assert!(
        told.contains("warning: 4 files without a session"),
        "{told}"
    );
    let mut names = project.names("kept");
    names.sort();
    let expected = [
        "otherplain-old",
        "sessionid",
        "sessioniddamaged-new",
        "sessionidkey with a space",
        "sessionidlong-old",
        "sessionidplain-new",
    ];
    assert_eq!(names, expected);
    let run = project.djr(["clearsessions", "--json"]).success();
    assert_eq!(run.json()["result"]["damaged"], 1);
}

#[test]
fn files_that_ended_longer_ago_are_meant_by_their_end_and_not_by_their_age() {
    let project = with_files();
    let run = project
        .djr(["clearsessions", "--older-than", "2d"])
        .success();
    assert_eq!(run.stdout(), "no session has ended\n");
    let run = project
        .djr(["clearsessions", "--older-than", "1d"])
        .success();
    // Those that were written fifteen days ago ended a day ago, and so did the one that said so.
    assert_eq!(run.stdout(), "deleted 5 ended sessions\n");
}

#[test]
fn a_directory_that_is_not_there_has_no_sessions() {
    let project = Project::new().setting(FILES);
    let run = project.djr(["clearsessions"]).success();
    assert_eq!(run.stdout(), "no session has ended\n");
    assert!(!project.path("kept").exists());
}

#[test]
#[cfg_attr(without_setpriv, ignore = "needs setpriv")]
fn a_file_that_cannot_be_read_does_not_keep_the_others() {
    let project = Project::new().setting(FILES);
    write(&project, "sessionidplain-old", PLAIN.as_bytes(), 15);
    write(&project, "sessionidsecret-one", PLAIN.as_bytes(), 15);
    let mode = |path: &str, mode| {
        fs::set_permissions(project.path(path), PermissionsExt::from_mode(mode)).unwrap();
    };
    mode("", 0o755);
    mode("kept", 0o777);
    mode(".env", 0o644);
    mode("kept/sessionidsecret-one", 0o000);
    let run = faults::unprivileged(project.command(["clearsessions"])).success();
    assert_eq!(run.stdout(), "deleted 1 ended session\n");
    assert!(run.stderr().contains("1 file could not be read"), "{run}");
    assert!(run.stderr().contains("sessionidsecret-one"), "{run}");
    assert_eq!(project.names("kept"), ["sessionidsecret-one"]);
    write(&project, "sessionidplain-old", PLAIN.as_bytes(), 15);
    mode("kept", 0o555);
    mode("kept/sessionidplain-old", 0o644);
    let run = faults::unprivileged(project.command(["clearsessions"])).exited(1);
    assert!(
        run.stderr().contains("`file_path` below `[sessions]`"),
        "{run}"
    );
}

#[test]
fn two_at_once_delete_files_once_and_one_that_was_killed_is_gone_on_with() {
    let project = Project::new().setting(FILES);
    for number in 0..3000 {
        write(
            &project,
            &format!("sessionidnumber{number:04}"),
            PLAIN.as_bytes(),
            13 + number % 2 * 2,
        );
    }
    faults::kill_after(
        project.command(["clearsessions"]),
        Duration::from_millis(20),
    );
    let left = project.names("kept").len() - 1500;
    let deleted: usize = thread::scope(|scope| {
        let run = || {
            let run = project.djr(["clearsessions", "--json"]).success();
            usize::try_from(run.json()["result"]["deleted"].as_u64().unwrap()).unwrap()
        };
        let runs = [scope.spawn(run), scope.spawn(run)];
        runs.map(|run| run.join().unwrap()).into_iter().sum()
    });
    assert_eq!((project.names("kept").len(), deleted), (1500, left));
}

#[test]
fn engines_that_forget_by_themselves_say_so() {
    let cache = "[caches.default]\nbackend = 'locmem'\n";
    for engine in ["cache", "signed_cookies"] {
        let project = Project::new().setting(&format!("[sessions]\nengine = '{engine}'\n{cache}"));
        for arguments in [&["clearsessions"][..], &["clearsessions", "--dry-run"]] {
            let run = project.djr(arguments).success();
            assert!(run.stdout().contains("forgotten without this"), "{run}");
        }
    }
    let settings = format!("[sessions]\nengine = 'cached_db'\n{cache}");
    let project = with_sessions(Project::new().setting(&settings).migrated());
    let run = project.djr(["clearsessions"]).success();
    assert_eq!(run.stdout(), "deleted 2 ended sessions\n");
}
