//! `djr clearsessions`.

use crate::support::Project;

/// Every command of a test runs at 2026-01-02 03:04:05.
fn with_sessions(project: Project) -> Project {
    let rows = "INSERT INTO django_session VALUES ('gone', '', '2026-01-02 03:04:04.999999'), \
                ('now', '', '2026-01-02 03:04:05'), ('later', '', '2026-01-02 03:04:05.000001')";
    project.database().execute(rows, []).unwrap();
    project
}

#[test]
fn deletes_the_sessions_that_ended_and_no_other() {
    let project = with_sessions(Project::new().migrated());
    let run = project.djr(["clearsessions"]).success();
    assert_eq!(run.stdout(), "deleted 1 ended session\n");
    let left: Vec<(String,)> =
        project.rows("SELECT session_key FROM django_session ORDER BY expire_date");
    assert_eq!(left, [("now".to_owned(),), ("later".to_owned(),)]);
    let run = project.djr(["clearsessions", "--json"]).success();
    assert_eq!(run.json()["result"]["deleted"], 0);
}

#[test]
fn names_the_command_that_makes_the_table() {
    let project = Project::new();
    let run = project.djr(["clearsessions"]).exited(1);
    assert!(run.stderr().contains("run `djr migrate`"), "{run}");
    assert!(!project.path("db.sqlite3").exists());
}
