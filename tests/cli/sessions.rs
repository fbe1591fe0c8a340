//! `djr sessions`: who is logged in where.

use std::collections::BTreeMap;
use std::time::Duration;

use djr::auth::{UserFields, UserTable, Users, login};
use djr::clock::Moment;
use djr::db::{Connections, Database, DatabaseAlias};
use djr::sessions::{DatabaseEngine, Session, SessionData, SessionStore as _};
use djr::signing::SecretKeys;

use crate::support::Project;

/// Just before the second that commands run in.
const EARLIER: i64 = 1_767_323_000;

fn project() -> Project {
    let project = Project::new().migrated().superuser("alice", "Xk29!fooBAR");
    project
        .djr(["ensure", "user", "--username", "bob"])
        .success();
    project
}

/// Begins a session of `username`, or of a visitor; returns its key.
fn begin(project: &Project, username: Option<&str>) -> String {
    let database = Database::new(project.path("db.sqlite3"), Duration::from_secs(5));
    let alias = DatabaseAlias::default();
    let connections = Connections::new(BTreeMap::from([(alias.clone(), database)]));
    let connection = connections.get(&alias).unwrap();
    let keys = SecretKeys::new("a-key-for-tests-that-signs-nothing-real", Vec::new());
    let mut session = Session::default();
    session.insert("cart", 1);
    if let Some(username) = username {
        let table = UserTable::new("auth_user", UserFields::usual());
        let user = Users::new(&connection, &table)
            .by_username(username)
            .unwrap();
        let backend = "django.contrib.auth.backends.ModelBackend";
        login(&mut session, &user.unwrap(), backend, &keys);
    }
    let engine = DatabaseEngine::new(connections, alias, Duration::from_secs(3600));
    let store = engine
        .database_store(&keys)
        .at(Moment::from_unix_seconds(EARLIER));
    let data: SessionData = session.data().clone();
    store.create(&data).unwrap().as_str().to_owned()
}

fn listed(project: &Project, options: &[&str]) -> Vec<(String, Option<String>)> {
    let document = project.djr([&["sessions", "list", "--json"], options].concat());
    let document = document.success().json();
    let rows = document["result"]["sessions"].as_array().unwrap();
    let row = |row: &serde_json::Value| {
        let user = row["user"].as_str().map(ToOwned::to_owned);
        (row["key"].as_str().unwrap().to_owned(), user)
    };
    rows.iter().map(row).collect()
}

#[test]
fn lists_who_is_logged_in_and_no_whole_key() {
    let project = project();
    let key = begin(&project, Some("alice"));
    begin(&project, None);
    let alice = (key[..8].to_owned(), Some("alice".to_owned()));
    assert_eq!(listed(&project, &[]), [alice]);
    assert_eq!(listed(&project, &["--anonymous"]).len(), 2);
    assert!(listed(&project, &["--user", "bob"]).is_empty());
    let run = project.djr(["sessions", "list"]).success();
    assert!(run.stdout().contains("2026-01-02T04:03:20Z"), "{run}");
    assert!(!run.stdout().contains(&key), "{run}");
}

#[test]
fn leaves_out_what_lets_nobody_in_any_more() {
    let project = project();
    begin(&project, Some("alice"));
    begin(&project, Some("bob"));
    project.djr(["users", "deactivate", "bob"]).success();
    project
        .command(["changepassword", "alice", "--password-file", "-"])
        .stdin("Xk29!fooBAZ")
        .run()
        .success();
    assert!(listed(&project, &[]).is_empty());
    project.djr(["users", "activate", "bob"]).success();
    assert_eq!(listed(&project, &[]).len(), 1);
    let sql = "UPDATE django_session SET expire_date = '2026-01-02 03:04:04'";
    project.database().execute(sql, []).unwrap();
    assert!(listed(&project, &["--anonymous"]).is_empty());
}

#[test]
fn ends_those_of_a_user_or_one_alone() {
    let project = project();
    let keys = [
        begin(&project, Some("alice")),
        begin(&project, Some("alice")),
    ];
    begin(&project, Some("bob"));
    begin(&project, None);
    let run = project.djr(["sessions", "end", &keys[0][..8]]).success();
    assert_eq!(run.stdout(), "ended 1 session\n");
    let run = project.djr(["sessions", "end", &keys[0][..8]]).exited(1);
    assert!(
        run.stderr().contains("0 sessions have a key that begins"),
        "{run}"
    );
    let document = project.djr(["sessions", "end", "--user", "alice", "--json"]);
    assert_eq!(document.success().json()["result"]["ended"], 1);
    let run = project
        .djr(["sessions", "end", "--user", "alice"])
        .success();
    assert_eq!(run.stdout(), "no session to end\n");
    assert_eq!(listed(&project, &["--anonymous"]).len(), 2);
    let sql = "SELECT count(*) FROM django_session WHERE session_key = ?";
    let kept: i64 = project
        .database()
        .query_row(sql, [&keys[1]], |row| row.get(0))
        .unwrap();
    assert_eq!(kept, 0);
}

#[test]
fn ends_all_only_if_somebody_insists() {
    let project = project();
    begin(&project, Some("bob"));
    begin(&project, None);
    project.djr(["sessions", "end", "--all"]).exited(3);
    assert_eq!(listed(&project, &["--anonymous"]).len(), 2);
    let run = project
        .djr(["sessions", "end", "--all", "--noinput"])
        .success();
    assert_eq!(run.stdout(), "ended 2 sessions\n");
    project.djr(["sessions", "end"]).exited(2);
    project
        .djr(["sessions", "end", "--all", "--user", "bob"])
        .exited(2);
    project.djr(["sessions", "end", "--user", "zoe"]).exited(1);
}
