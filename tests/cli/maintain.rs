//! `djr maintain`.

use std::fs::{self, File};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use crate::support::page::page_text;
use crate::support::{Project, faults};

const CACHES: &str = "
[caches.default]
backend = 'database'
location = 'kept'
max_entries = 10
cull_frequency = 2

[caches.files]
backend = 'file'
location = 'var/cache'
max_entries = 100

[caches.memory]
";

/// A site with sessions and entries of caches, of which some are over and some too many.
fn site() -> Project {
    let project = Project::new().setting(CACHES).migrated();
    project.djr(["createcachetable"]).success();
    let rows = "INSERT INTO django_session VALUES ('gone', '', '2026-01-01 00:00:00'), ('later', '', '2027-01-01 00:00:00'); \
                INSERT INTO kept WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 40) \
                SELECT 'k' || (i + 100), '', CASE WHEN i <= 7 THEN '2026-01-01 00:00:00' ELSE '2027-01-01 00:00:00' END FROM n";
    project.database().execute_batch(rows).unwrap();
    for (key, timeout) in [("a", "0"), ("b", "0"), ("c", "never"), ("d", "60")] {
        let set = [
            "cache",
            "set",
            key,
            "1",
            "--timeout",
            timeout,
            "--alias",
            "files",
        ];
        project.djr(set).success();
    }
    project
}

fn steps(project: &Project, arguments: &[&str]) -> Vec<Value> {
    let run = project.djr([&["maintain", "--json"], arguments].concat());
    run.success().json()["result"]["steps"]
        .as_array()
        .unwrap()
        .clone()
}

#[test]
fn clears_sessions_and_caches_and_looks_after_the_database() {
    let project = site();
    let run = project.djr(["maintain"]).success();
    let printed = run.stdout();
    let lines: Vec<_> = printed.lines().collect();
    assert_eq!(
        lines[..4],
        [
            "step      of        outcome",
            "sessions  database  deleted 1 ended session",
            "cache     default   deleted 7 that expired and 23 beyond `max_entries`",
            "cache     files     deleted 2 that expired",
        ]
    );
    assert!(lines[4].starts_with("optimize  default   "), "{run}");
    assert!(lines[5].starts_with("log       default   moved "), "{run}");
    assert_eq!(lines.len(), 6);
    assert_eq!(
        project.texts("SELECT session_key FROM django_session"),
        ["later"]
    );
    // As a write would: the smallest keys, as many as have to go.
    let kept = project.texts("SELECT cache_key FROM kept ORDER BY cache_key");
    assert_eq!((kept.len(), &*kept[0]), (10, "k131"));
    assert_eq!(project.names("var/cache").len(), 2);
    let again = project.djr(["maintain"]).success().stdout();
    for line in [
        "no session has ended",
        "nothing has expired",
        "log       default   empty",
    ] {
        assert!(again.contains(line), "{again}");
    }
}

#[test]
fn tells_what_there_is_to_do_and_changes_nothing() {
    let project = site();
    let before = fs::read(project.path("db.sqlite3")).unwrap();
    let told = steps(&project, &["--dry-run"]);
    assert_eq!(told[0]["ended"], 1);
    assert_eq!(told[0]["deleted"], 0);
    let expected =
        json!({ "step": "cache", "of": "default", "dry_run": true, "expired": 7, "excess": 23 });
    assert_eq!(told[1], expected);
    let expected =
        json!({ "step": "cache", "of": "files", "dry_run": true, "expired": 2, "excess": 0 });
    assert_eq!(told[2], expected);
    assert_eq!(
        (&told[3]["step"], &told[4]["step"]),
        (&"optimize".into(), &"log".into())
    );
    assert_eq!(fs::read(project.path("db.sqlite3")).unwrap(), before);
    assert_eq!(
        (project.count("kept"), project.count("django_session")),
        (40, 2)
    );
    assert_eq!(project.names("var/cache").len(), 4);
    let printed = project.djr(["maintain", "-n"]).success().stdout();
    assert!(
        printed.contains("would delete 7 that expired and 23 beyond"),
        "{printed}"
    );
}

#[test]
fn a_step_that_fails_is_told_and_the_others_are_done() {
    let project = Project::new().setting(CACHES).migrated();
    let rows = "INSERT INTO django_session VALUES ('gone', '', '2026-01-01 00:00:00')";
    project.database().execute(rows, []).unwrap();
    project.write("var/cache", "a file");
    let run = project.djr(["maintain"]).exited(1);
    assert!(run.stdout().contains("deleted 1 ended session"), "{run}");
    assert!(run.stdout().contains("cache     default   failed"), "{run}");
    assert!(run.stdout().contains("log       default   moved"), "{run}");
    let told = run.stderr();
    assert!(told.contains("error: cache of `default`: "), "{told}");
    assert!(told.contains("run `djr createcachetable`"), "{told}");
    assert!(
        told.contains("error: cache of `files`: the cache in `"),
        "{told}"
    );
    assert_eq!(project.count("django_session"), 0);
    let run = project.djr(["maintain", "--json"]).exited(1);
    assert!(
        run.stderr().contains("\"code\":\"maintenance-failed\""),
        "{run}"
    );
    let printed: Value = serde_json::from_str(&run.stdout()).unwrap();
    let step = &printed["result"]["steps"][1];
    assert_eq!(
        (&step["step"], &step["of"]),
        (&"cache".into(), &"default".into())
    );
    assert!(
        step["error"]["hints"][0]
            .as_str()
            .unwrap()
            .contains("createcachetable")
    );
}

#[test]
fn without_a_database_the_command_that_makes_it_is_named_once() {
    let project = Project::new();
    let run = project.djr(["maintain"]).exited(1);
    let told = run.stderr();
    assert_eq!(told.matches("run `djr migrate`").count(), 1, "{run}");
    assert_eq!(told.matches("error: ").count(), 1, "{run}");
    let steps = "error: sessions of `database`, optimize of `default` and log of `default`: ";
    assert!(told.contains(steps), "{run}");
    assert_eq!(run.stdout().matches("failed").count(), 3, "{run}");
    assert!(!project.path("db.sqlite3").exists());
}

/// Makes so many pages that are not used any more.
const FREE_PAGES: &str = "CREATE TABLE large AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) \
                          SELECT zeroblob(3000) FROM n; DROP TABLE large";

fn size(project: &Project) -> u64 {
    fs::metadata(project.path("db.sqlite3")).unwrap().len()
}

#[test]
fn a_file_that_is_mostly_free_is_rebuilt_and_whoever_waits_is_told() {
    let project = site();
    project.database().execute_batch(FREE_PAGES).unwrap();
    project.djr(["maintain"]).success();
    let before = (
        size(&project),
        project.texts("SELECT coalesce(sql, '') FROM sqlite_master ORDER BY name"),
    );
    let planned = steps(&project, &["--vacuum", "-n"]);
    let vacuum = planned
        .iter()
        .find(|step| step["step"] == "vacuum")
        .unwrap();
    assert!(vacuum["pages"].as_u64().unwrap() > 400, "{vacuum}");
    assert_eq!(
        (&vacuum["rebuilds"], &vacuum["kept"]),
        (&true.into(), &false.into())
    );
    assert_eq!(size(&project), before.0);
    let run = project.djr(["maintain", "--vacuum"]).success();
    assert!(run.stdout().contains("rebuilt the file and gave "), "{run}");
    assert!(run.stderr().contains("whoever writes waits"), "{run}");
    assert!(size(&project) + 400 * 4096 < before.0, "{}", size(&project));
    assert_eq!(
        project.texts("SELECT coalesce(sql, '') FROM sqlite_master ORDER BY name"),
        before.1
    );
    assert_eq!(project.texts("PRAGMA integrity_check"), ["ok"]);
    // A rebuild every night for a few pages would have others wait for nothing.
    let again = project.djr(["maintain", "--vacuum"]).success();
    assert!(!again.stdout().contains("rebuilt"), "{again}");
    project.djr(["migrate", "--check"]).success();
}

#[test]
fn a_rebuild_waits_for_a_writer_and_leaves_the_file_to_one_that_stays() {
    let project = Project::new().migrated();
    project.database().execute_batch(FREE_PAGES).unwrap();
    let writer = project.database();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    let run = project
        .djr(["maintain", "--vacuum", "--lock-timeout", "1"])
        .exited(1);
    assert!(run.stderr().contains("vacuum of `default`"), "{run}");
    assert!(run.stderr().contains("locked"), "{run}");
    writer.execute_batch("COMMIT").unwrap();
    drop(writer);
    let run = project.djr(["maintain", "--vacuum"]).success();
    assert!(run.stdout().contains("rebuilt the file"), "{run}");
}

#[test]
#[cfg_attr(without_unshare, ignore = "needs unshare")]
fn a_rebuild_that_does_not_fit_on_the_disk_is_not_begun() {
    let project = Project::new().migrated();
    project.database().execute_batch(FREE_PAGES).unwrap();
    project.djr(["maintain"]).success();
    let command = project
        .command(["maintain", "--vacuum"])
        .env("DJR_DATABASES__DEFAULT__NAME", "small/db.sqlite3")
        .env("TMPDIR", "small");
    let copied = "&& cp db.sqlite3 small/";
    // Three megabytes, of which the file takes most.
    let run = faults::with_a_small_disk(command, "small", copied)
        .run()
        .exited(1);
    assert!(
        run.stderr()
            .contains("no room for the database that is rebuilt"),
        "{run}"
    );
    assert!(run.stdout().contains("vacuum    default   failed"), "{run}");
}

#[test]
fn gives_pages_back_without_a_rebuild_where_the_file_was_made_for_that() {
    let project = Project::new().migrated();
    let database = project.database();
    database
        .execute_batch(&format!(
            "PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = DELETE; VACUUM; PRAGMA journal_mode = WAL; {FREE_PAGES}"
        ))
        .unwrap();
    drop(database);
    let planned = steps(&project, &["--vacuum", "-n"]);
    let pages = planned[1]["pages"].as_u64().unwrap();
    assert!(pages > 400, "{planned:?}");
    assert_eq!(planned[1]["bytes"], pages * 4096);
    let done = steps(&project, &["--vacuum"]);
    assert_eq!(done[1]["pages"], pages);
    assert_eq!(done[1]["rebuilds"], false);
    assert!(size(&project) < 500_000, "{}", size(&project));
    let run = project.djr(["maintain", "--vacuum"]).success();
    assert!(
        run.stdout().contains("vacuum    default   no page is free"),
        "{run}"
    );
}

#[test]
fn the_schema_is_what_it_was_for_every_other_command() {
    let project = Project::new().migrated();
    let rows = "INSERT INTO django_session WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) \
                SELECT 'k' || i, '', '2027-01-01 00:00:00' FROM n";
    project.database().execute(rows, []).unwrap();
    let before = project.djr(["inspectdb"]).success().stdout();
    let done = steps(&project, &[]);
    assert_ne!(done[1]["statements"], json!([]), "nothing was analyzed");
    assert_eq!(project.djr(["inspectdb"]).success().stdout(), before);
    project.djr(["check", "--database"]).success();
    project.djr(["migrate", "--check"]).success();
    project
        .djr(["migrate", "sessions", "zero", "--no-snapshot"])
        .success();
    project.djr(["migrate"]).success();
    project.djr(["dumpdata"]).success();
    project.djr(["flush", "--noinput"]).success();
}

#[test]
fn another_run_at_work_is_left_to_it() {
    let project = site();
    let lock = File::open(project.path("djr.toml")).unwrap();
    lock.lock().unwrap();
    let run = project.djr(["maintain"]).success();
    assert!(
        run.stderr().contains("another `djr maintain` is at work"),
        "{run}"
    );
    assert_eq!(project.count("django_session"), 2);
    assert_eq!(steps(&project, &[]), [] as [Value; 0]);
    assert_eq!(steps(&project, &["--dry-run"]).len(), 5);
    drop(lock);
    assert_eq!(steps(&project, &[]).len(), 5);
}

#[test]
fn eight_at_once_beside_a_server_leave_what_one_leaves() {
    let urls = "[[urls]]\npath = \"accounts/\"\ninclude = \"auth.urls\"\n";
    let project = site().file("urls.toml", urls);
    let server = project.serve();
    thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|_| scope.spawn(|| project.djr(["maintain"]).success()))
            .collect();
        for run in runs {
            drop(run.join().unwrap());
        }
    });
    let answered = ureq::get(server.url("/accounts/login/")).call().unwrap();
    assert_eq!(answered.status(), 200);
    drop(server);
    assert_eq!(project.count("django_session"), 1);
    assert_eq!(project.count("kept"), 10);
    assert_eq!(project.names("var/cache").len(), 2);
    assert_eq!(project.texts("PRAGMA integrity_check"), ["ok"]);
}

#[test]
fn a_run_that_was_killed_is_gone_on_with() {
    let project = site();
    for milliseconds in [1, 3, 6, 10, 15, 25, 40] {
        faults::kill_after(
            project.command(["maintain", "--vacuum"]),
            Duration::from_millis(milliseconds),
        );
        assert_eq!(project.texts("PRAGMA integrity_check"), ["ok"]);
    }
    project.djr(["maintain"]).success();
    assert_eq!(
        (project.count("kept"), project.count("django_session")),
        (10, 1)
    );
}

#[test]
fn the_page_about_deployment_shows_commands_that_there_are() {
    let page = page_text("deployment.md");
    let project = site();
    let lines = page
        .lines()
        .filter_map(|line| line.split_once("djr maintain"));
    let mut tried = 0;
    for (_, options) in lines.filter(|(before, _)| !before.contains('`')) {
        let arguments = ["maintain"].into_iter().chain(options.split_whitespace());
        let run = project.djr(arguments.collect::<Vec<_>>());
        assert_eq!(run.code(), Some(0), "{options}: {run}");
        tried += 1;
    }
    assert!(tried >= 3, "{tried}");
}
