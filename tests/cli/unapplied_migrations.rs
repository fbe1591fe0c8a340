//! Commands that fail at a database which lacks a migration say so.

use crate::support::Project;

const BEFORE: &str = "[A.fields]\ntitle = { type = 'CharField', max_length = 9 }\ncontent = { type = 'TextField' }\n";
const AFTER: &str = "[A.fields]\ntitle = { type = 'CharField', max_length = 9 }\n";

fn fixture(fields: &str) -> String {
    format!("[{{\"model\": \"a.a\", \"pk\": 9, \"fields\": {{{fields}}}}}]")
}

/// A project whose second migration turns the models `before` into `after`, with a row from before.
fn project(before: &str, after: &str) -> Project {
    let project = Project::new()
        .replaced("\"staticfiles\"", "\"staticfiles\", \"a\"")
        .file("a/models.toml", before);
    project.djr(["makemigrations", "a"]).success();
    let project = project.migrated();
    project.write("a/models.toml", after);
    project
        .djr(["makemigrations", "a", "--name", "next"])
        .success();
    project
}

#[test]
fn after_undo_loaddata_says_which_migration_is_not_applied() {
    let project = project(BEFORE, AFTER);
    let database = project.database();
    database
        .execute("INSERT INTO a_a VALUES (1, 'x', 'y')", [])
        .unwrap();
    project.djr(["migrate"]).success();
    project.djr(["undo"]).success();
    project.write("a.json", &fixture("\"title\": \"z\""));
    let run = project.djr(["loaddata", "a.json"]).exited(1);
    insta::assert_snapshot!(run, @"
    exit code: 1
    ----- stderr -----
    error: a.json:1: object 1 (a.a 9): NOT NULL constraint failed: a_a.content
    hint: `a.0002_next` is not applied: run `djr migrate`
    hint: nothing was changed
    ");
    let document = project.djr(["loaddata", "a.json", "--json"]).exited(1);
    assert!(document.stderr().contains("`a.0002_next` is not applied"));
    project.djr(["migrate"]).success();
    project.djr(["loaddata", "a.json"]).success();
}

#[test]
fn a_column_or_a_table_that_a_migration_would_add_is_told_by_every_command_that_misses_it() {
    let more = format!("{BEFORE}\n[B.fields]\nx = {{ type = 'IntegerField' }}\n");
    let more = more.replace(
        "content = { type = 'TextField' }",
        "content = { type = 'TextField' }\nnew = { type = 'IntegerField', null = true }",
    );
    let project = project(BEFORE, &more);
    project.write(
        "a.json",
        &fixture("\"title\": \"z\", \"content\": \"\", \"new\": 1"),
    );
    project.write("b.json", "[{\"model\": \"a.b\", \"fields\": {\"x\": 1}}]");
    for command in [
        &["loaddata", "a.json"][..],
        &["loaddata", "b.json"],
        &["dumpdata", "a.A"],
        &["dumpdata", "a.B"],
    ] {
        let run = project.djr(command).exited(1);
        let hint = "hint: `a.0002_next` is not applied: run `djr migrate`\n";
        assert!(run.stderr().contains(hint), "{run}");
    }
    let project = Project::new();
    std::fs::write(project.path("db.sqlite3"), "").unwrap();
    let run = project.djr(["users", "list"]).exited(1);
    let hint = "`admin.0001_initial`, `admin.0002_logentry_remove_auto_add`, `admin.0003_logentry_add_action_flag_choices` and 15 more are not applied";
    assert!(run.stderr().contains(hint), "{run}");
}

#[test]
fn what_a_migration_that_is_not_applied_would_convert_or_allow_is_told_with_its_name() {
    let day = "[A.fields]\nd = { type = 'DateTimeField' }\n";
    let project = project(day, &day.replace("DateTimeField", "DateField"));
    let sql = "INSERT INTO a_a VALUES (1, '9999-12-31 00:00:00')";
    project.database().execute(sql, []).unwrap();
    let run = project.djr(["dumpdata", "a"]).exited(1);
    assert!(
        run.stderr()
            .contains("not a value of a DateField\nhint: `a.0002_next` is not applied"),
        "{run}"
    );

    // The first migration of `auth` asks for a last login and an address.
    let project = Project::new();
    project.djr(["migrate", "auth", "0001"]).success();
    project.write("u.csv", "username\nx\n");
    for command in [
        &[
            "createsuperuser",
            "--noinput",
            "--username",
            "cd",
            "--email",
            "c@x.com",
        ][..],
        &["ensure", "user", "--username", "cd", "--email", "c@x.com"],
        &["users", "import", "u.csv"],
    ] {
        let run = project.djr(command).exited(1);
        assert!(
            run.stderr().contains("are not applied: run `djr migrate`"),
            "{run}"
        );
    }
}

#[test]
fn where_all_migrations_are_applied_nothing_is_said_of_them() {
    let project = project(BEFORE, AFTER);
    project.djr(["migrate"]).success();
    project.write("a.json", &fixture("\"title\": null"));
    let run = project.djr(["loaddata", "a.json"]).exited(1);
    assert!(run.stderr().contains("NOT NULL constraint failed"), "{run}");
    assert!(!run.stderr().contains("not applied"), "{run}");
}
