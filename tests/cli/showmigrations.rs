//! `djr showmigrations`, as a user runs it.

use insta::assert_snapshot;

use crate::support::Project;

#[test]
fn lists_by_app_and_in_order() {
    let project = Project::new();
    project.djr(["migrate", "auth", "0001"]).success();
    assert_snapshot!(project.djr(["showmigrations", "contenttypes", "sessions", "messages"]), @"
    exit code: 0
    ----- stdout -----
    contenttypes
     [X] 0001_initial
     [ ] 0002_remove_content_type_name
    sessions
     [ ] 0001_initial
    messages
     (no migrations)
    ");
    assert_snapshot!(project.djr(["showmigrations", "--plan", "contenttypes", "-v2"]), @"
    exit code: 0
    ----- stdout -----
    [X]  contenttypes.0001_initial
    [ ]  contenttypes.0002_remove_content_type_name ... (contenttypes.0001_initial)
    ");
    assert_snapshot!(project.djr(["showmigrations", "contenttypes", "-v2"]), @"
    exit code: 0
    ----- stdout -----
    contenttypes
     [X] 0001_initial (applied at 2026-01-02 03:04:05)
     [ ] 0002_remove_content_type_name
    ");
}

#[test]
fn lists_all_apps_with_migrations_in_the_order_of_the_alphabet() {
    let printed = Project::new().djr(["showmigrations"]).success().stdout();
    let apps: Vec<_> = printed
        .lines()
        .filter(|line| !line.starts_with(' '))
        .collect();
    assert_eq!(apps, ["admin", "auth", "contenttypes", "sessions"]);
}

#[test]
fn names_every_unknown_app() {
    assert_snapshot!(Project::new().djr(["showmigrations", "atuh", "auth", "blog"]), @"
    exit code: 1
    ----- stderr -----
    error: no app is labelled `atuh`
    hint: did you mean `auth`?
    error: no app is labelled `blog`
    hint: installed apps: `admin`, `auth`, `contenttypes`, `sessions`, `messages`, `staticfiles`
    ");
}

#[test]
fn creates_no_database() {
    let project = Project::new();
    project.djr(["showmigrations"]).success();
    assert!(!project.path("db.sqlite3").exists());
}
