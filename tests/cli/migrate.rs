//! `djr migrate`, as a user runs it.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::thread;

use insta::assert_snapshot;

use crate::support::Project;

#[test]
fn applies_what_is_missing_once() {
    let project = Project::new();
    assert_snapshot!(project.djr(["migrate", "sessions"]), @"
    exit code: 0
    ----- stdout -----
    applied 1 migration
    ----- stderr -----
    applying sessions.0001_initial
    ");
    assert_snapshot!(project.djr(["migrate", "sessions"]), @"
    exit code: 0
    ----- stdout -----
    nothing to migrate
    ");
    let mode = project
        .path("db.sqlite3")
        .metadata()
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn plans_and_checks_without_a_trace() {
    let project = Project::new();
    assert_snapshot!(project.djr(["migrate", "contenttypes", "--plan"]), @"
    exit code: 0
    ----- stdout -----
    would apply contenttypes.0001_initial
        Create model ContentType
        Alter unique_together for contenttype (1 constraint(s))
    would apply contenttypes.0002_remove_content_type_name
        Change Meta options on contenttype
        Alter field name on contenttype
        Forget the names of content types
        Remove field name from contenttype
    ");
    assert_snapshot!(project.djr(["migrate", "sessions", "--check"]), @"
    exit code: 1
    ----- stderr -----
    error: 1 migration to run
    hint: `djr migrate --plan` names them, `djr migrate` runs them
    ");
    let error = project
        .djr(["migrate", "--check", "--json"])
        .exited(1)
        .stderr();
    assert!(error.contains("\"unapplied-migrations\""), "{error}");
    assert!(!project.path("db.sqlite3").exists());
    let project = project.migrated();
    assert_eq!(project.djr(["migrate", "--check"]).success().stdout(), "");
}

#[test]
fn goes_back_to_zero_and_forward_again() {
    let project = Project::new().migrated();
    let schema = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid";
    let before = project.texts(schema);
    for app in ["sessions", "contenttypes"] {
        project.djr(["migrate", app, "zero"]).success();
    }
    let tables = project.texts("SELECT name FROM sqlite_master");
    assert_eq!(tables, ["django_migrations", "sqlite_sequence"]);
    let project = project.migrated();
    assert_eq!(project.texts(schema), before);
}

#[test]
fn a_remade_table_keeps_the_rows_that_refer_to_it() {
    let project = Project::with_blog().migrated();
    let file = project.database();
    file.execute_batch(
        "INSERT INTO blog_author (id, name) VALUES (7, 'Ada'); \
         INSERT INTO blog_post (author_id) VALUES (7)",
    )
    .unwrap();
    project.second_migration(r#"
        [[operations]]
        AlterField = { model = "Author", name = "name", field = { type = "CharField", max_length = 99 } }
        [[operations]]
        AddField = { model = "Author", name = "rank", field = { type = "IntegerField", default = 3 }, preserve_default = false }
        "#,
    );
    project.djr(["migrate"]).success();
    let joined =
        "SELECT name || rank FROM blog_post JOIN blog_author ON author_id = blog_author.id";
    assert_eq!(project.texts(joined), ["Ada3"]);
    project.djr(["migrate", "blog", "0001"]).success();
    assert_eq!(project.texts("SELECT name FROM blog_author"), ["Ada"]);
}

#[test]
fn records_without_running_when_asked_to() {
    let project = Project::new();
    assert_snapshot!(project.djr(["migrate", "sessions", "--fake"]), @"
    exit code: 0
    ----- stdout -----
    recorded 1 migration
    ----- stderr -----
    recording sessions.0001_initial
    ");
    assert!(
        project
            .texts("SELECT name FROM sqlite_master WHERE name = 'django_session'")
            .is_empty()
    );
    project
        .djr(["migrate", "sessions", "zero", "--fake"])
        .success();
    assert_eq!(project.count("django_migrations"), 0);
}

#[test]
fn takes_over_tables_that_are_there_only_when_asked_to() {
    let project = Project::new();
    project
        .database()
        .execute_batch("CREATE TABLE django_session (session_key, session_data, expire_date)")
        .unwrap();
    assert_snapshot!(project.djr(["migrate", "sessions"]), @"
    exit code: 3
    ----- stderr -----
    applying sessions.0001_initial
    error: `sessions.0001_initial` failed at `Create model Session`; nothing was changed
    caused by: the table `django_session` is there already
    hint: if it has the right columns, `djr migrate --fake-initial` records the first migration of its app without running it
    ");
    assert_snapshot!(project.djr(["migrate", "sessions", "--fake-initial"]), @"
    exit code: 0
    ----- stdout -----
    applied 1 migration
    ----- stderr -----
    applying sessions.0001_initial
        only recorded: its tables are there
    ");
}

#[test]
fn the_user_model_of_the_settings_takes_the_place_of_the_built_in_one() {
    let project = Project::new()
        .replaced("apps = [", "apps = [\"people\", ")
        .replaced(
            "[auth.costs]",
            "[auth]\nuser_model = \"people.Person\"\n\n[auth.costs]",
        )
        .file(
            "people/migrations/0001_initial.toml",
            "dependencies = ['auth.0012_alter_user_first_name_max_length']\n[[operations]]\n\
             CreateModel = { name = 'Person', fields = { username = { type = 'CharField' } } }\n",
        )
        .migrated();
    let tables = project.texts("SELECT name FROM sqlite_master WHERE type = 'table'");
    assert!(
        tables.iter().all(|table| !table.starts_with("auth_user")),
        "{tables:?}"
    );
    let log = project.texts("SELECT sql FROM sqlite_master WHERE name = 'django_admin_log'");
    assert!(log[0].contains(r#""user_id" bigint NOT NULL REFERENCES "people_person" ("id")"#));
    let types = "SELECT app_label || '.' || model FROM django_content_type";
    let types = project.texts(types);
    assert_eq!(types[0], "people.person");
    assert!(!types.contains(&"auth.user".to_owned()), "{types:?}");
}

#[test]
fn a_check_leaves_a_file_of_django_as_it_is() {
    let project = Project::new().migrated();
    // Django keeps its files in the mode SQLite starts with.
    project
        .database()
        .execute_batch("PRAGMA journal_mode = delete")
        .unwrap();
    let before = fs::read(project.path("db.sqlite3")).unwrap();
    for arguments in [
        &["migrate", "--check"][..],
        &["migrate"],
        &["showmigrations"],
    ] {
        project.djr(arguments).success();
    }
    assert_eq!(fs::read(project.path("db.sqlite3")).unwrap(), before);
    assert_eq!(
        project
            .names(".")
            .iter()
            .filter(|name| name.starts_with("db."))
            .count(),
        1
    );
}

#[test]
fn eight_at_once_leave_the_state_of_one() {
    let project = Project::new();
    let outputs: String = thread::scope(|scope| {
        let run = || project.djr(["migrate"]).success().stdout();
        let runs: Vec<_> = (0..8).map(|_| scope.spawn(run)).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    assert_eq!(
        outputs.matches("applied 18 migrations").count(),
        1,
        "{outputs}"
    );
    for (table, rows) in [
        ("django_migrations", 18),
        ("django_content_type", 6),
        ("auth_permission", 24),
    ] {
        assert_eq!(project.count(table), rows, "{table}");
    }
}

#[test]
fn a_migration_that_replaces_others_is_recorded_with_them() {
    let project = Project::with_blog();
    project.second_migration("[[operations]]\nDeleteModel = { name = \"Post\" }\n");
    let squashed = r#"
        replaces = ["blog.0001_initial", "blog.0002_next"]
        [[operations]]
        CreateModel = { name = "Author", fields = { name = { type = "CharField", max_length = 50 } } }
        "#;
    project.djr(["migrate", "blog"]).success();
    project.write("blog/migrations/0001_squashed_0002.toml", squashed);
    let listed = project.djr(["showmigrations", "blog"]).success().stdout();
    assert!(
        listed.contains("[-] 0001_squashed_0002 (2 squashed migrations)"),
        "{listed}"
    );
    project.djr(["migrate", "blog"]).success();
    let names = "SELECT name FROM django_migrations ORDER BY name";
    let names = project.texts(names);
    assert_eq!(names, ["0001_initial", "0001_squashed_0002", "0002_next"]);
    project.djr(["migrate", "blog", "--check"]).success();
}
